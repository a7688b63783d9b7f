-- EventCategory ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION EventCategory (
  pObject       uuid
) RETURNS       text
AS $$
BEGIN
  IF pObject IS NOT NULL AND to_regclass('db.object') IS NOT NULL THEN
    RETURN GetClassCode(GetObjectClass(pObject));
  END IF;

  RETURN NULL;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION EventCategory (uuid) IS
$$Gives the category that an event of an object is logged under: the code of its class.

pObject  object
Returns  code; null without object, or where no objects are installed$$;

-- AddEventLog -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddEventLog (
  pType         character,
  pCode         integer,
  pScope        text,
  pEvent        text,
  pText         text,
  pCategory     text DEFAULT NULL,
  pObject       uuid DEFAULT NULL
) RETURNS       bigint
AS $$
DECLARE
  nId           bigint;
BEGIN
  INSERT INTO db.log (type, username, session, scope, code, event, text, category, object)
  VALUES (pType,
          coalesce((SELECT u.username FROM db."user" u WHERE u.id = current_userid()), session_user),
          current_session(), pScope, coalesce(pCode, -1), coalesce(pEvent, 'log'), coalesce(pText, ''),
          pCategory, pObject)
  RETURNING id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddEventLog (character, integer, text, text, text, text, uuid) IS
$$Adds a row to the event log, whatever the log mode is.

pType      M message, W warning, E error, D debug
pCode      number of the event
pScope     subsystem
pEvent     event within it
pText      what happened
pCategory  code of the class of the object
pObject    object
Returns    id of the row$$;

-- The older forms know no scope. Theirs have no defaults: a call would fit both otherwise.
CREATE OR REPLACE FUNCTION AddEventLog (
  pType         character,
  pCode         integer,
  pEvent        text,
  pText         text
) RETURNS       bigint
AS $$
  SELECT AddEventLog(pType, pCode, NULL, pEvent, pText, NULL, NULL);
$$ LANGUAGE sql;

COMMENT ON FUNCTION AddEventLog (character, integer, text, text) IS
$$Adds a row without scope to the event log, whatever the log mode is.

pType    M message, W warning, E error, D debug
pCode    number of the event
pEvent   event
pText    what happened
Returns  id of the row$$;

CREATE OR REPLACE FUNCTION AddEventLog (
  pType         character,
  pCode         integer,
  pEvent        text,
  pText         text,
  pCategory     text,
  pObject       uuid
) RETURNS       bigint
AS $$
  SELECT AddEventLog(pType, pCode, NULL, pEvent, pText, pCategory, pObject);
$$ LANGUAGE sql;

COMMENT ON FUNCTION AddEventLog (character, integer, text, text, text, uuid) IS
$$Adds a row without scope to the event log, whatever the log mode is.

pType      M message, W warning, E error, D debug
pCode      number of the event
pEvent     event
pText      what happened
pCategory  code of the class of the object
pObject    object
Returns    id of the row$$;

-- NewEventLog -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewEventLog (
  pType         character,
  pCode         integer,
  pScope        text,
  pEvent        text,
  pText         text,
  pCategory     text DEFAULT NULL,
  pObject       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM AddEventLog(pType, pCode, pScope, pEvent, pText, pCategory, pObject);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewEventLog (character, integer, text, text, text, text, uuid) IS
'As AddEventLog() with the same arguments, for callers that do not want the id.';

CREATE OR REPLACE FUNCTION NewEventLog (
  pType         character,
  pCode         integer,
  pEvent        text,
  pText         text
) RETURNS       void
AS $$
BEGIN
  PERFORM AddEventLog(pType, pCode, NULL, pEvent, pText, NULL, NULL);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewEventLog (character, integer, text, text) IS
'As AddEventLog() with the same arguments, for callers that do not want the id.';

CREATE OR REPLACE FUNCTION NewEventLog (
  pType         character,
  pCode         integer,
  pEvent        text,
  pText         text,
  pCategory     text,
  pObject       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddEventLog(pType, pCode, NULL, pEvent, pText, pCategory, pObject);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewEventLog (character, integer, text, text, text, uuid) IS
'As AddEventLog() with the same arguments, for callers that do not want the id.';

-- WriteToEventLog -------------------------------------------------------------
CREATE OR REPLACE FUNCTION WriteToEventLog (
  pType         character,
  pCode         integer,
  pScope        text,
  pEvent        text,
  pText         text,
  pObject       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF pType = 'N' OR (pType = 'D' AND GetDebugMode()) THEN
    RAISE NOTICE '% % % %: %', pType, pCode, coalesce(pScope, '-'), pEvent, pText;
  END IF;

  IF pType IN ('M', 'W', 'E', 'D') AND GetLogMode() THEN
    PERFORM AddEventLog(pType, pCode, pScope, pEvent, pText, EventCategory(pObject), pObject);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION WriteToEventLog (character, integer, text, text, text, uuid) IS
$$Writes to the event log when the log mode is on.

pType    M message, W warning, E error, D debug (in debug mode a notice too), N only a notice
pCode    number of the event
pScope   subsystem
pEvent   event within it
pText    what happened
pObject  object; its class becomes the category$$;

CREATE OR REPLACE FUNCTION WriteToEventLog (
  pType         character,
  pCode         integer,
  pEvent        text,
  pText         text,
  pObject       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM WriteToEventLog(pType, pCode, NULL::text, pEvent, pText, pObject);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION WriteToEventLog (character, integer, text, text, uuid) IS
$$Writes to the event log without a scope when the log mode is on.

pType    M, W, E, D or N
pCode    number of the event
pEvent   event
pText    what happened
pObject  object; its class becomes the category$$;

CREATE OR REPLACE FUNCTION WriteToEventLog (
  pType         character,
  pCode         integer,
  pText         text,
  pObject       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM WriteToEventLog(pType, pCode, NULL::text, 'log', pText, pObject);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION WriteToEventLog (character, integer, text, uuid) IS
$$Writes to the event log as event "log" when the log mode is on.

pType    M, W, E, D or N
pCode    number of the event
pText    what happened
pObject  object; its class becomes the category$$;

-- WriteDiagnostics ------------------------------------------------------------
CREATE OR REPLACE FUNCTION WriteDiagnostics (
  pMessage      text,
  pContext      text DEFAULT NULL,
  pScope        text DEFAULT 'exception',
  pObject       uuid DEFAULT NULL
) RETURNS       bigint
AS $$
DECLARE
  r             record;
  vCategory     text := EventCategory(pObject);
  nId           bigint;
BEGIN
  r := ParseMessage(pMessage);

  PERFORM SetErrorMessage(r.message);

  nId := AddEventLog('E', r.code, pScope, 'error', pMessage, vCategory, pObject);

  IF pContext IS NOT NULL THEN
    PERFORM AddEventLog('D', r.code, pScope, 'context', pContext, vCategory, pObject);
  END IF;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION WriteDiagnostics (text, text, text, uuid) IS
$$Logs an exception that was caught: a row E with its message, a row D with its context.

Both bear the HTTP status of the error as their code, -1 for a fault without identifier. The message
without identifier is kept for GetErrorMessage().
pMessage  MESSAGE_TEXT of the exception
pContext  PG_EXCEPTION_CONTEXT of the exception; null writes no row D
pScope    subsystem
pObject   object that the exception is about
Returns   id of the row E$$;

CREATE OR REPLACE FUNCTION WriteDiagnostics (
  pMessage      text,
  pContext      text,
  pObject       uuid
) RETURNS       bigint
AS $$
  SELECT WriteDiagnostics(pMessage, pContext, 'exception', pObject);
$$ LANGUAGE sql;

COMMENT ON FUNCTION WriteDiagnostics (text, text, uuid) IS
$$Logs an exception that was caught, in scope "exception".

pMessage  MESSAGE_TEXT of the exception
pContext  PG_EXCEPTION_CONTEXT of the exception
pObject   object that the exception is about
Returns   id of the row E$$;

-- DeleteEventLog --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteEventLog (
  pId           bigint
) RETURNS       void
AS $$
  DELETE FROM db.log WHERE id = pId;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DeleteEventLog (bigint) IS
$$Removes a row of the event log.

pId  row$$;
