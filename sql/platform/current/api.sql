-- api.whoami ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.whoami (
) RETURNS       SETOF api.whoami
AS $$
BEGIN
  RETURN QUERY SELECT * FROM api.whoami;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.whoami () IS
'Tells the caller who he is: user, company, session, profile, locale, scope, area, interface.';

-- api.current_session ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.current_session (
) RETURNS       SETOF Session
AS $$
BEGIN
  RETURN QUERY SELECT * FROM Session WHERE code = current_session();
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.current_session () IS 'Gives the current session; nothing without one.';

-- api.current_user ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.current_user (
) RETURNS       SETOF Users
AS $$
BEGIN
  RETURN QUERY SELECT * FROM Users WHERE id = current_userid() AND scope = current_scope();
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.current_user () IS 'Gives the effective user; nothing without a session.';

-- api.current_userid ----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.current_userid (
) RETURNS       uuid
AS $$
  SELECT kernel.current_userid();
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.current_userid () IS 'Gives the id of the effective user; null without a session.';

-- api.current_username --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.current_username (
) RETURNS       text
AS $$
  SELECT kernel.current_username();
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.current_username () IS 'Gives the name of the effective user; null without a session.';

-- api.current_area ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.current_area (
) RETURNS       SETOF Area
AS $$
BEGIN
  RETURN QUERY SELECT * FROM Area WHERE id = kernel.current_area();
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.current_area () IS 'Gives the working area; the guest area without a session.';

-- api.current_interface -------------------------------------------------------
CREATE OR REPLACE FUNCTION api.current_interface (
) RETURNS       SETOF Interface
AS $$
BEGIN
  RETURN QUERY SELECT * FROM Interface WHERE id = kernel.current_interface();
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.current_interface () IS 'Gives the interface; that of guests without a session.';

-- api.current_locale ----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.current_locale (
) RETURNS       SETOF Locale
AS $$
BEGIN
  RETURN QUERY SELECT * FROM Locale WHERE id = kernel.current_locale();
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.current_locale () IS 'Gives the locale; that of the project without a session.';

-- api.oper_date ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.oper_date (
) RETURNS       timestamptz
AS $$
  SELECT GetSessionOperDate(current_session());
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.oper_date () IS
'Gives the operational date that the session remembers; null when it takes the present moment.';

-- api.is_user_role ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.is_user_role (
  pRole         text,
  pUser         text DEFAULT session_username()
) RETURNS       boolean
AS $$
  SELECT IsUserRole(pRole, pUser);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.is_user_role (text, text) IS 'Tells whether a user is a member of a group, both given by name.';

SELECT RegisterView('api.whoami');
