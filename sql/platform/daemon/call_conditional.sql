-- A call whose effect depends on a version, or on whether it was made before.

-- daemon.call_conditional -----------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.call_conditional (
  pAuth         text,
  pCredential   text,
  pSecret       text,
  pMethod       text,
  pPath         text,
  pPayload      jsonb,
  pAgent        text,
  pHost         inet,
  pIfMatch      text,
  pKey          text,
  OUT row_count integer,
  OUT status    integer,
  OUT session   text,
  OUT eventid   bigint,
  OUT body      text
) RETURNS       record
AS $$
BEGIN
  PERFORM set_config('request.if_match', coalesce(pIfMatch, ''), true),
          set_config('request.idempotency_key', coalesce(pKey, ''), true);

  SELECT c.row_count, c.status, c.session, c.eventid, c.body
    INTO row_count, status, session, eventid, body
    FROM daemon.call(pAuth, pCredential, pSecret, pMethod, pPath, pPayload, pAgent, pHost) AS c;

  PERFORM set_config('request.if_match', '', true), set_config('request.idempotency_key', '', true);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.call_conditional (text, text, text, text, text, jsonb, text, inet, text, text) IS
$$Runs one API call only if an object still has the version that the caller saw, and only once.

pIfMatch   version of the object that the call changes, as an entity tag; null for any
pKey       Idempotency-Key of the request; null for none
row_count  the rest as of daemon.call(); 412 when the object has another version, 422 when the key
           stood for another request$$;
