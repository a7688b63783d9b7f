-- How the doors answer when they do not let anybody in.

-- DoorError -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DoorError (
  pMessage      text,
  pContext      text,
  pError        text DEFAULT NULL,
  OUT status    integer,
  OUT eventid   bigint,
  OUT body      json
) RETURNS       record
AS $$
DECLARE
  vText         text;
BEGIN
  SELECT m.code, m.message INTO status, vText FROM ParseMessage(pMessage) m;

  eventid := WriteRunFailure(pMessage, pMessage, pContext);

  IF status < 0 THEN
    -- A fault of ours: the text is in the log, where it tells strangers nothing.
    status := 500;
    vText := ErrorText('ERR-400-100') || '.';
  END IF;

  body := json_build_object('error', CASE
            WHEN pError IS NULL THEN json_build_object('code', status, 'message', vText)
            ELSE json_build_object('code', status, 'error', pError, 'message', vText)
          END);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DoorError (text, text, text) IS
$$Turns a caught exception into an answer and writes it to the event log.

pMessage  MESSAGE_TEXT of the exception
pContext  PG_EXCEPTION_CONTEXT
pError    OAuth code to put into the answer
status    code of the error; 500 for an exception that is not in the error catalog
eventid   row of the event log
body      {"error": {"code", "message"}}$$;

-- IsBlacklisted ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsBlacklisted (
  pPath         text
) RETURNS       boolean
AS $$
  SELECT coalesce(pPath = ANY (string_to_array(replace(lower(
           RegGetValueString('CURRENT_CONFIG', 'CONFIG\CurrentProject\API\Route', 'Blacklist', null)),
           ' ', ''), ',')), false);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsBlacklisted (text) IS
$$Tells whether a path is closed to callers without a session.

The list is the registry value Blacklist of CONFIG\CurrentProject\API\Route, paths separated by
commas.
pPath    path in lower case$$;

-- CheckPath -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckPath (
  pPath         text
) RETURNS       text
AS $$
BEGIN
  IF coalesce(pPath, '') = '' THEN
    PERFORM RouteIsEmpty();
  END IF;
  RETURN lower(pPath);
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION CheckPath (text) IS
$$Prepares the path of a call.

Returns  it in lower case
Raises   RouteIsEmpty$$;
