-- The context of one call lives in transaction-local settings, so that a pooled connection never
-- shows one request's user to the next. Readers are one-line SQL functions: they inline.

-- SetContextValue -------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetContextValue (
  pName         text,
  pValue        text
) RETURNS       void
AS $$
BEGIN
  PERFORM set_config(CASE WHEN strpos(pName, '.') > 0 THEN pName ELSE 'current.' || pName END,
                     COALESCE(pValue, ''), true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetContextValue (text, text) IS
$$Sets one value of the context until the end of the transaction.

pName    name; current. is put before a name without a dot
pValue   value as text; null clears$$;

-- GetContextValue -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetContextValue (
  pName         text
) RETURNS       text
AS $$
  SELECT NULLIF(current_setting(
    CASE WHEN strpos(pName, '.') > 0 THEN pName ELSE 'current.' || pName END, true), '');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetContextValue (text) IS
$$Returns one value of the context, null when it is not set.

pName    name; current. is put before a name without a dot
Returns  the value as text$$;

-- ClearContext ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ClearContext ()
RETURNS         void
AS $$
BEGIN
  PERFORM set_config('current.session', '', true), set_config('current.user', '', true),
          set_config('current.suid', '', true), set_config('current.client_id', '', true),
          set_config('current.access', '', true), set_config('current.admin', '', true),
          set_config('current.groups', '', true), set_config('current.scope', '', true),
          set_config('current.area', '', true), set_config('current.interface', '', true),
          set_config('current.locale', '', true), set_config('current.oper_date', '', true),
          set_config('current.notification', '', true), set_config('current.log', '', true),
          set_config('current.debug', '', true), set_config('kernel.error_message', '', true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ClearContext () IS
'Forgets session, user and every other value of the context: the caller is anonymous.';

-- current_session -------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_session ()
RETURNS         text
AS $$
  SELECT NULLIF(current_setting('current.session', true), '');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_session () IS 'Returns the code of the session, null without one.';

-- current_userid --------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_userid ()
RETURNS         uuid
AS $$
  SELECT NULLIF(current_setting('current.user', true), '')::uuid;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_userid () IS
'Returns the effective user, after substitution; null without a session.';

-- session_userid --------------------------------------------------------------
CREATE OR REPLACE FUNCTION session_userid ()
RETURNS         uuid
AS $$
  SELECT NULLIF(current_setting('current.suid', true), '')::uuid;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION session_userid () IS
'Returns the user who opened the session, whatever user was substituted.';

-- current_scope ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_scope ()
RETURNS         uuid
AS $$
  SELECT COALESCE(NULLIF(current_setting('current.scope', true), ''),
                  '00000000-0000-4006-a000-000000000000')::uuid;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_scope () IS
'Returns the scope of the area of the session, without a session the default scope.';

-- current_area ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_area ()
RETURNS         uuid
AS $$
  SELECT COALESCE(NULLIF(current_setting('current.area', true), ''),
                  '00000000-0000-4003-a000-000000000002')::uuid;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_area () IS
'Returns the working area, without a session the guest area.';

-- current_interface -----------------------------------------------------------
CREATE OR REPLACE FUNCTION current_interface ()
RETURNS         uuid
AS $$
  SELECT COALESCE(NULLIF(current_setting('current.interface', true), ''),
                  '00000000-0000-4004-a000-000000000003')::uuid;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_interface () IS
'Returns the interface of the session, without one the guest interface.';

-- DefaultLocale ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION DefaultLocale ()
RETURNS         uuid
AS $$
DECLARE
  uLocale       uuid;
BEGIN
  SELECT l.id INTO uLocale
    FROM db.setting s
   INNER JOIN db.locale l ON l.code = s.value
   WHERE s.name = 'project.locale';
  RETURN COALESCE(uLocale, '00000000-0000-4001-a000-000000000001');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION DefaultLocale () IS
'Returns the locale of the project, English when the configured one is unknown.';

-- current_locale --------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_locale ()
RETURNS         uuid
AS $$
  SELECT COALESCE(NULLIF(current_setting('current.locale', true), '')::uuid, DefaultLocale());
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_locale () IS
'Returns the locale of the session, without one that of the project.';

-- oper_date -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION oper_date ()
RETURNS         timestamptz
AS $$
  SELECT COALESCE(NULLIF(current_setting('current.oper_date', true), '')::timestamptz, now());
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION oper_date () IS
'Returns the operational date of the session, else now.';

-- current_groups --------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_groups ()
RETURNS         uuid[]
AS $$
  SELECT COALESCE(NULLIF(current_setting('current.groups', true), ''), '{}')::uuid[];
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_groups () IS
'Returns the groups whose direct member the effective user is.';

-- SessionClientId -------------------------------------------------------------
CREATE OR REPLACE FUNCTION SessionClientId ()
RETURNS         text
AS $$
BEGIN
  RETURN (SELECT a.code
            FROM db.session s
            JOIN db.oauth2 g ON g.id = s.oauth2
            JOIN oauth2.audience a ON a.id = g.audience
           WHERE s.code = current_session());
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION SessionClientId () IS
'Looks up the OAuth client of the session: few calls ask, so that the context does without.';

-- oauth2_current_client_id ----------------------------------------------------
CREATE OR REPLACE FUNCTION oauth2_current_client_id ()
RETURNS         text
AS $$
  SELECT COALESCE(NULLIF(current_setting('current.client_id', true), ''), SessionClientId());
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION oauth2_current_client_id () IS
'Returns the code of the OAuth client of the session, null without one.';

-- IsInstalling ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsInstalling ()
RETURNS         boolean
AS $$
BEGIN
  RETURN current_user = 'kernel'
     AND EXISTS (SELECT FROM pg_roles WHERE rolname = session_user AND rolsuper);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION IsInstalling () IS
'Tells whether a superuser works as kernel, as the installer does.';

-- IsKernel --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsKernel ()
RETURNS         boolean
AS $$
  -- Anyone may set apostol.install: it only spares the look at pg_roles in every other case.
  SELECT session_user = 'kernel'
      OR (COALESCE(current_setting('apostol.install', true), '') = 'on' AND IsInstalling());
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsKernel () IS
$$Tells whether the caller is the owner of the system: role kernel, or the installer.

Permission checks of administrative functions are skipped for it.$$;

-- IsAdmin ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsAdmin ()
RETURNS         boolean
AS $$
  SELECT COALESCE(current_setting('current.admin', true), '') = 't' OR IsKernel();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsAdmin () IS
'Tells whether the effective user is an administrator, or the caller is kernel.';
