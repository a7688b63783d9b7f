-- ClientFault -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ClientFault (
  pError        jsonb,
  pPath         text,
  pPayload      jsonb
) RETURNS       text
AS $$
DECLARE
  vState        text := pError->>'state';
  vColumn       text := pError->>'column';
  ar            text[];
BEGIN
  -- A value that did not convert in the function of a route itself came from the payload. When PostgreSQL
  -- finds out while it plans, the expression stands above the frame of the function.
  IF vState = '22001' OR vState LIKE '22%' AND
     pError->>'context' ~ '^([^\n]*jPayload[^\n]*\n)?[^\n]*"[a-z][a-z0-9_]*:/[^"\n]*"\(jsonb\)' THEN
    RETURN 'ERR-400-066: ' || ErrorText('ERR-400-066', pError->>'message') || '.';
  END IF;

  CASE vState
  WHEN '23502' THEN -- not null
    IF (CASE jsonb_typeof(pPayload)
          WHEN 'object' THEN pPayload->>vColumn IS NULL
          WHEN 'array' THEN EXISTS (SELECT FROM jsonb_array_elements(pPayload) AS e WHERE e->>vColumn IS NULL)
          ELSE false
        END)
    AND EXISTS (SELECT FROM db.dispatcher d, jsonb_array_elements(d.routes) AS e
                 WHERE DispatchPath(pPath) = ANY (DispatcherPaths(e))
                   AND vColumn = ANY (DispatcherKeys(e)))
    THEN
      RETURN 'ERR-400-062: ' || ErrorText('ERR-400-062', DispatchPath(pPath), vColumn) || '.';
    END IF;

  WHEN '23505' THEN -- unique
    ar := regexp_match(pError->>'detail', '\)=\((.*)\)');
    RETURN 'ERR-400-027: ' || ErrorText('ERR-400-027', COALESCE(ar[1], '')) || '.';

  WHEN '23503' THEN -- foreign key: of a row that others refer to, or to a row that is not there
    ar := regexp_match(pError->>'detail', '\((.*)\)=\((.*)\)');
    IF ar[1] = 'id' THEN
      RETURN 'ERR-400-045: ' || ErrorText('ERR-400-045') || '.';
    END IF;
    RETURN 'ERR-400-030: ' || ErrorText('ERR-400-030', COALESCE(ar[1], ''), 'id', COALESCE(ar[2], '')) || '.';

  WHEN '23514' THEN -- check
    RETURN 'ERR-400-066: ' || ErrorText('ERR-400-066', pError->>'constraint') || '.';

  ELSE
    NULL;
  END CASE;

  RETURN NULL;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ClientFault (jsonb, text, jsonb) IS
$$Finds the coded error for a failure of PostgreSQL that the client caused.

pError    state, message, detail, context, column and constraint of the failure
pPath     full path of the call
pPayload  its payload
Returns   ERR-GGG-CCC: text; null for a fault of the system$$;

-- RunFailure ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RunFailure (
  pError        jsonb,
  pPath         text,
  pPayload      jsonb,
  OUT status    integer,
  OUT eventid   bigint,
  OUT body      text
)
AS $$
DECLARE
  r             record;
  bCoded        boolean := pError->>'state' = 'P0001';
  vMessage      text := pError->>'message';
BEGIN
  IF NOT bCoded THEN
    vMessage := COALESCE(ClientFault(pError, pPath, pPayload), vMessage);
  END IF;

  eventid := WriteRunFailure(vMessage, pError->>'message',
                             concat_ws(E'\n', NULLIF(pError->>'detail', ''), pError->>'context'));

  r := ParseMessage(vMessage);
  status := CASE WHEN r.code < 0 THEN 500 ELSE r.code END;
  -- What PostgreSQL itself says goes to the log; the client learns only that it went wrong.
  IF r.code < 0 AND NOT bCoded THEN
    r.message := ErrorText('ERR-400-100') || '.';
  END IF;

  body := json_build_object('error',
    json_build_object('code', status, 'error', r.error, 'message', r.message));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RunFailure (jsonb, text, jsonb) IS
$$Makes the answer of a call that raised, and writes it to the event log.

pError    state, message, detail, context, column and constraint of the failure
pPath     full path of the call
pPayload  its payload
status    400, 401 ... of a coded error; 500 of any other
eventid   row of the event log
body      {"error":{"code","error","message"}}$$;

-- WriteRunFailure -------------------------------------------------------------
CREATE OR REPLACE FUNCTION WriteRunFailure (
  pMessage      text,
  pDetail       text,
  pContext      text
) RETURNS       bigint
AS $$
BEGIN
  PERFORM SetErrorMessage(pMessage);
  RETURN WriteDiagnostics(pMessage, CASE WHEN pDetail = pMessage THEN pContext
                                         ELSE concat_ws(E'\n', pDetail, pContext) END);
EXCEPTION
WHEN OTHERS THEN
  -- The client gets its answer even when the log is full or read-only.
  RAISE WARNING 'Cannot write event log: %', SQLERRM;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION WriteRunFailure (text, text, text) IS
$$Writes a failed call to the event log.

pMessage  message for the client
pDetail   what was raised, when that is another text
pContext  call stack
Returns   id of the row; null when the log cannot be written$$;

-- RunRoute --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RunRoute (
  pMethod       text,
  pPath         text,
  pPayload      jsonb,
  OUT row_count integer,
  OUT status    integer,
  OUT eventid   bigint,
  OUT body      text
)
AS $$
DECLARE
  r             record;
  rAnswer       kernel.answer;
  vState        text;
  vMessage      text;
  vDetail       text;
  vContext      text;
  vColumn       text;
  vConstraint   text;
BEGIN
  r := FindDispatcher(pMethod, pPath);
  rAnswer := CallDispatcher(r.number, r.path, pPayload);
  row_count := rAnswer.row_count;
  body := rAnswer.body;
  status := 200;
  IF current_setting('reply.status', true) <> '' THEN
    status := current_setting('reply.status', true);
    PERFORM set_config('reply.status', '', true);
  END IF;
EXCEPTION
WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS
    vState = RETURNED_SQLSTATE, vMessage = MESSAGE_TEXT, vDetail = PG_EXCEPTION_DETAIL,
    vContext = PG_EXCEPTION_CONTEXT, vColumn = COLUMN_NAME, vConstraint = CONSTRAINT_NAME;
  r := RunFailure(jsonb_build_object('state', vState, 'message', vMessage, 'detail', vDetail,
                                     'context', vContext, 'column', vColumn, 'constraint', vConstraint),
                  pPath, pPayload);
  row_count := 1;
  status := r.status;
  eventid := r.eventid;
  body := r.body;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RunRoute (text, text, jsonb) IS
$$Runs a request in the context that is set, and never raises.

On an error all work of the request is rolled back, and the event log tells of it. A function that
fails while its work must stand answers the error object itself and sets reply.status.
pMethod    HTTP method
pPath      full path, lower case, such as /api/v1/whoami
pPayload   null, object or array
row_count  rows of the answer
status     200, or the code of the error
eventid    row of the event log, for an error
body       the rows as JSON text joined by commas, null without a row; or the error object$$;

-- api.run ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.run (
  pMethod       text,
  pPath         text,
  pPayload      jsonb DEFAULT NULL
) RETURNS       SETOF json
AS $$
DECLARE
  r             record;
BEGIN
  r := RunRoute(pMethod, pPath, pPayload);
  IF r.row_count > 0 THEN
    RETURN QUERY SELECT e FROM json_array_elements(('[' || r.body || ']')::json) AS e;
  END IF;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.run (text, text, jsonb) IS
$$Runs a request as the server does.

pMethod   HTTP method
pPath     full path, lower case, such as /api/v1/whoami
pPayload  null, object or array
Returns   JSON rows, or one {"error":{"code","error","message"}}$$;

-- RunBatch --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RunBatch (
  pPayload      jsonb
) RETURNS       SETOF json
AS $$
DECLARE
  j             jsonb;
  r             record;
BEGIN
  IF jsonb_typeof(pPayload) <> 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pPayload), 'array');
  END IF;

  PERFORM CheckJsonbKeys('/run', ARRAY['key', 'method', 'path', 'payload'], pPayload);

  FOR j IN SELECT e FROM jsonb_array_elements(pPayload) AS e
  LOOP
    r := RunRoute(upper(COALESCE(j->>'method', 'POST')), lower(j->>'path'), NULLIF(j->'payload', 'null'));
    RETURN NEXT json_build_object('key', j->>'key', 'method', COALESCE(j->>'method', 'POST'),
                                  'path', j->>'path',
                                  'payload', ('[' || COALESCE(r.body, '') || ']')::json);
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RunBatch (jsonb) IS
$$Runs several requests in one transaction; one that fails is rolled back alone.

pPayload  array of {key, method, path, payload}
Returns   for each {key, method, path, payload: rows}
Raises    IncorrectJsonType, IncorrectJsonKey$$;
