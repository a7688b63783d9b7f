-- api.event_log ---------------------------------------------------------------
CREATE OR REPLACE VIEW api.event_log AS SELECT * FROM EventLog;

COMMENT ON VIEW api.event_log IS 'Event log of everybody.';

SELECT RegisterView('api.event_log');
SELECT BuildListFunctions('event_log');

-- api.user_log ----------------------------------------------------------------
CREATE OR REPLACE VIEW api.user_log
AS
  SELECT *
    FROM EventLog
   WHERE username = (SELECT u.username FROM db.user u WHERE u.id = current_userid());

COMMENT ON VIEW api.user_log IS 'Event log of the current user, found by the present name.';

SELECT RegisterView('api.user_log');
SELECT BuildListFunctions('user_log');

-- api.event_log ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.event_log (
  pUserName     text DEFAULT NULL,
  pType         character DEFAULT NULL,
  pCode         integer DEFAULT NULL,
  pScope        text DEFAULT NULL,
  pDateFrom     timestamptz DEFAULT NULL,
  pDateTo       timestamptz DEFAULT NULL
) RETURNS       SETOF api.event_log
AS $$
  SELECT *
    FROM api.event_log
   WHERE (pUserName IS NULL OR username = pUserName)
     AND (pType IS NULL OR type = pType)
     AND (pCode IS NULL OR code = pCode)
     AND (pScope IS NULL OR scope = pScope)
     AND (pDateFrom IS NULL OR datetime >= pDateFrom)
     AND (pDateTo IS NULL OR datetime < pDateTo)
   ORDER BY datetime DESC, id DESC
   LIMIT 500;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.event_log (text, character, integer, text, timestamptz, timestamptz) IS
$$Lists the event log, newest first, 500 rows at most.

pUserName  name of the user; null means any
pType      M, W, E or D; null means any
pCode      number of the event; null means any
pScope     subsystem; null means any
pDateFrom  from this moment on
pDateTo    before this moment$$;

-- api.user_log ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.user_log (
  pType         character DEFAULT NULL,
  pCode         integer DEFAULT NULL,
  pScope        text DEFAULT NULL,
  pDateFrom     timestamptz DEFAULT NULL,
  pDateTo       timestamptz DEFAULT NULL
) RETURNS       SETOF api.user_log
AS $$
  SELECT *
    FROM api.user_log
   WHERE (pType IS NULL OR type = pType)
     AND (pCode IS NULL OR code = pCode)
     AND (pScope IS NULL OR scope = pScope)
     AND (pDateFrom IS NULL OR datetime >= pDateFrom)
     AND (pDateTo IS NULL OR datetime < pDateTo)
   ORDER BY datetime DESC, id DESC
   LIMIT 500;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.user_log (character, integer, text, timestamptz, timestamptz) IS
$$Lists the event log of the current user, newest first, 500 rows at most.

pType      M, W, E or D; null means any
pCode      number of the event; null means any
pScope     subsystem; null means any
pDateFrom  from this moment on
pDateTo    before this moment$$;

-- api.write_to_log ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.write_to_log (
  pType         text,
  pCode         integer,
  pScope        text,
  pText         text
) RETURNS       SETOF api.event_log
AS $$
DECLARE
  nId           bigint;
BEGIN
  IF coalesce(pType, '') NOT IN ('M', 'W', 'E', 'D') THEN
    PERFORM IncorrectCode(pType, ARRAY['M', 'W', 'E', 'D']);
  END IF;

  nId := AddEventLog(pType, pCode, pScope, 'manual', pText);

  RETURN QUERY SELECT * FROM api.event_log WHERE id = nId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.write_to_log (text, integer, text, text) IS
$$Writes to the event log by hand, as event "manual" of the current user.

pType    M message, W warning, E error, D debug
pCode    number of the event
pScope   subsystem
pText    what happened
Returns  the row
Raises   IncorrectCode for another type$$;

-- api.get_event_log -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_event_log (
  pId           bigint
) RETURNS       SETOF api.event_log
AS $$
  SELECT * FROM api.event_log WHERE id = pId;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_event_log (bigint) IS
$$Gives a row of the event log.

pId      row
Returns  one row, or none$$;

-- api.get_user_log ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_user_log (
  pId           bigint
) RETURNS       SETOF api.user_log
AS $$
  SELECT * FROM api.user_log WHERE id = pId;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_user_log (bigint) IS
$$Gives a row of the current user's event log.

pId      row
Returns  one row, or none; none for a row of another user$$;
