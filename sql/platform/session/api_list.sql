-- api.session -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.session (
  pUserId       uuid DEFAULT NULL,
  pUserName     text DEFAULT NULL
) RETURNS       SETOF api.session
AS $$
  SELECT *
    FROM api.session
   WHERE userid = coalesce(pUserId, userid)
     AND username = coalesce(pUserName, username)
   ORDER BY created DESC, code
   LIMIT 500;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.session (uuid, text) IS
$$Lists sessions, the newest first, at most 500.

pUserId    user; null means all
pUserName  name of the user; null means all$$;

-- api.get_session -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_session (
  pCode         varchar
) RETURNS       SETOF api.session
AS $$
  SELECT * FROM api.session WHERE code = pCode;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_session (varchar) IS
$$Gives a session.

pCode  its code$$;

SELECT RegisterView('api.session');
SELECT BuildListFunctions('session');

-- api.check_offline -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.check_offline (
  pOffTime      interval DEFAULT '5 minute'
) RETURNS       void
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM CheckOffline(pOffTime);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  PERFORM WriteDiagnostics(vMessage, vContext);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.check_offline (interval) IS
$$Marks the users as offline that no session was used of lately; an exception goes to the event log.

pOffTime  how long ago is no longer lately$$;

-- api.check_session -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.check_session (
  pOffTime      interval DEFAULT '3 month'
) RETURNS       void
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM CheckSession(pOffTime);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  PERFORM WriteDiagnostics(vMessage, vContext);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.check_session (interval) IS
$$Ends sessions that nobody uses; an exception goes to the event log.

pOffTime  how long a session may lie unused$$;
