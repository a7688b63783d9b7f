-- What belongs to the current session, or to one that is named.

-- session_username ------------------------------------------------------------
CREATE OR REPLACE FUNCTION session_username (
) RETURNS       text
AS $$
  SELECT username FROM db."user" WHERE id = session_userid();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION session_username () IS
'Gives the name of the user who opened the session, whatever user was substituted.';

-- session_username ------------------------------------------------------------
CREATE OR REPLACE FUNCTION session_username (
  pSession      varchar
) RETURNS       text
AS $$
  SELECT u.username
    FROM db.session s
   INNER JOIN db."user" u ON u.id = s.suid
   WHERE s.code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION session_username (varchar) IS
'Gives the name of the user who opened a session; null for an unknown one.';

-- session_userid --------------------------------------------------------------
CREATE OR REPLACE FUNCTION session_userid (
  pSession      varchar
) RETURNS       uuid
AS $$
  SELECT suid FROM db.session WHERE code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION session_userid (varchar) IS
'Gives the user who opened a session; null for an unknown one.';

-- session_secret --------------------------------------------------------------
CREATE OR REPLACE FUNCTION session_secret (
  pSession      varchar DEFAULT current_session()
) RETURNS       text
AS $$
  SELECT secret FROM db.session WHERE code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION session_secret (varchar) IS
'Gives the secret of a session; null for an unknown one.';

-- session_agent ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION session_agent (
  pSession      varchar DEFAULT current_session()
) RETURNS       text
AS $$
  SELECT agent FROM db.session WHERE code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION session_agent (varchar) IS
'Gives the program that a session was seen with last; null for an unknown one.';

-- session_host ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION session_host (
  pSession      varchar DEFAULT current_session()
) RETURNS       text
AS $$
  SELECT host(host) FROM db.session WHERE code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION session_host (varchar) IS
'Gives the address that a session was seen at last; null for an unknown one.';

-- session_area ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION session_area (
  pSession      varchar DEFAULT current_session()
) RETURNS       text
AS $$
  SELECT a.code
    FROM db.session s
   INNER JOIN db.area a ON a.id = s.area
   WHERE s.code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION session_area (varchar) IS
'Gives the code of the area of a session; null for an unknown one.';

-- current_scope ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_scope (
  pSession      varchar
) RETURNS       uuid
AS $$
  SELECT coalesce((SELECT scope FROM db.session WHERE code = pSession),
                  '00000000-0000-4006-a000-000000000000');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_scope (varchar) IS
'Gives the scope of a session; the default one for an unknown session.';

-- current_area ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_area (
  pSession      varchar
) RETURNS       uuid
AS $$
  SELECT coalesce((SELECT area FROM db.session WHERE code = pSession),
                  '00000000-0000-4003-a000-000000000002');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_area (varchar) IS
'Gives the area of a session; the guest area for an unknown one.';

-- current_interface -----------------------------------------------------------
CREATE OR REPLACE FUNCTION current_interface (
  pSession      varchar
) RETURNS       uuid
AS $$
  SELECT coalesce((SELECT interface FROM db.session WHERE code = pSession),
                  '00000000-0000-4004-a000-000000000003');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_interface (varchar) IS
'Gives the interface of a session; that of guests for an unknown one.';

-- current_locale --------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_locale (
  pSession      varchar
) RETURNS       uuid
AS $$
  SELECT coalesce((SELECT locale FROM db.session WHERE code = pSession), DefaultLocale());
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_locale (varchar) IS
'Gives the locale of a session; that of the project for an unknown one.';

-- oper_date -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION oper_date (
  pSession      varchar
) RETURNS       timestamptz
AS $$
  SELECT coalesce((SELECT oper_date FROM db.session WHERE code = pSession), now());
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION oper_date (varchar) IS
'Gives the operational date of a session; the present moment where none is set.';

-- current_scope_code ----------------------------------------------------------
CREATE OR REPLACE FUNCTION current_scope_code (
) RETURNS       text
AS $$
  SELECT code FROM db.scope WHERE id = current_scope();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_scope_code () IS 'Gives the code of the current scope.';

-- current_scope_code ----------------------------------------------------------
CREATE OR REPLACE FUNCTION current_scope_code (
  pSession      varchar
) RETURNS       text
AS $$
  SELECT code FROM db.scope WHERE id = current_scope(pSession);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_scope_code (varchar) IS
'Gives the code of the scope of a session.';

-- current_area_type -----------------------------------------------------------
CREATE OR REPLACE FUNCTION current_area_type (
) RETURNS       uuid
AS $$
  SELECT type FROM db.area WHERE id = current_area();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_area_type () IS 'Gives the kind of the current area.';

-- current_area_type -----------------------------------------------------------
CREATE OR REPLACE FUNCTION current_area_type (
  pSession      varchar
) RETURNS       uuid
AS $$
  SELECT type FROM db.area WHERE id = current_area(pSession);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_area_type (varchar) IS
'Gives the kind of the area of a session.';

-- locale_code -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION locale_code (
) RETURNS       text
AS $$
  SELECT GetLocaleCode(current_locale());
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION locale_code () IS 'Gives the code of the current locale.';

-- locale_code -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION locale_code (
  pSession      varchar
) RETURNS       text
AS $$
  SELECT GetLocaleCode(current_locale(pSession));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION locale_code (varchar) IS
'Gives the code of the locale of a session.';

-- current_scopes --------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_scopes (
  pSession      varchar DEFAULT current_session()
) RETURNS       SETOF uuid
AS $$
  SELECT GetOAuth2Scopes((SELECT oauth2 FROM db.session WHERE code = pSession));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_scopes (varchar) IS
'Gives the scopes that a session was granted, in the order asked for.';

-- current_application ---------------------------------------------------------
CREATE OR REPLACE FUNCTION current_application (
  pSession      text DEFAULT current_session()
) RETURNS       integer
AS $$
  SELECT a.application
    FROM db.session s
   INNER JOIN db.oauth2 g ON g.id = s.oauth2
   INNER JOIN oauth2.audience a ON a.id = g.audience
   WHERE s.code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_application (text) IS
'Gives the application that opened a session; null for an unknown one.';

-- current_application_code ----------------------------------------------------
CREATE OR REPLACE FUNCTION current_application_code (
  pApplication  integer DEFAULT current_application()
) RETURNS       text
AS $$
  SELECT GetApplicationCode(pApplication);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_application_code (integer) IS
'Gives the code of an application, that of the current session for one.';

-- current_company -------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_company (
  pSession      varchar DEFAULT current_session()
) RETURNS       uuid
AS $$
DECLARE
  uArea         uuid;
BEGIN
  -- Who works in the company itself needs no climbing.
  SELECT s.area INTO uArea
    FROM db.session s
   INNER JOIN db.area a ON a.id = s.area
   WHERE s.code = pSession
     AND a.type = '00000000-0000-4002-a001-000000000001';

  IF FOUND THEN
    RETURN uArea;
  END IF;

  RETURN (
    WITH RECURSIVE up (id, parent, type, place) AS (
      SELECT id, parent, type, 1 FROM db.area WHERE id = current_area(pSession)
       UNION ALL
      SELECT a.id, a.parent, a.type, up.place + 1
        FROM up
       INNER JOIN db.area a ON a.id = up.parent
    )
    SELECT coalesce(
             (SELECT id FROM up WHERE type = '00000000-0000-4002-a001-000000000001' ORDER BY place LIMIT 1),
             GetAreaOfType('00000000-0000-4002-a001-000000000001', current_scope(pSession))));
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION current_company (varchar) IS
$$Gives the company of a session: the nearest main area above its own, else the first one of the scope.

A company and its area share one id. A configuration that knows better replaces the function.
pSession  session$$;
