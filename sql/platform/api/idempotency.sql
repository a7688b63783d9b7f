-- A request that bears an Idempotency-Key is run once; its repetitions get the same reply.

-- IdempotencyPeriod -----------------------------------------------------------
CREATE OR REPLACE FUNCTION IdempotencyPeriod () RETURNS interval
AS $$
  SELECT interval '24 hours';
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION IdempotencyPeriod () IS
'Says how long the reply to a request with an Idempotency-Key is kept.';

-- RunOnce ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RunOnce (
  pKey          text,
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
  vOwner        text := COALESCE(current_userid()::text, oauth2_current_client_id(), '');
  bRequest      bytea := sha256(convert_to(concat_ws(E'\n', pMethod, pPath, pPayload::text), 'UTF8'));
BEGIN
  DELETE FROM db.idempotency
   WHERE owner = vOwner AND key = pKey AND created < now() - IdempotencyPeriod();

  -- A second request with the key waits here until the first is committed or rolled back.
  INSERT INTO db.idempotency (owner, key, request)
  VALUES (vOwner, pKey, bRequest)
      ON CONFLICT DO NOTHING;

  IF NOT FOUND THEN
    SELECT * INTO r FROM db.idempotency i WHERE i.owner = vOwner AND i.key = pKey;

    IF r.request IS DISTINCT FROM bRequest THEN
      r := RunFailure(
        jsonb_build_object('state', 'P0001', 'message', 'ERR-422-001: ' || ErrorText('ERR-422-001') || '.'),
        pPath, null);
      row_count := 1;
      eventid := r.eventid;
    ELSE
      row_count := r.row_count;
      PERFORM set_config('reply.etag', COALESCE(r.etag, ''), true);
    END IF;

    status := r.status;
    body := r.body;
    RETURN;
  END IF;

  r := RunRoute(pMethod, pPath, pPayload);
  row_count := r.row_count;
  status := r.status;
  eventid := r.eventid;
  body := r.body;

  -- A fault of the server is no answer: the client may try again with the same key.
  IF status >= 500 THEN
    DELETE FROM db.idempotency i WHERE i.owner = vOwner AND i.key = pKey;
  ELSE
    UPDATE db.idempotency i
       SET row_count = RunOnce.row_count,
           status = RunOnce.status,
           etag = NULLIF(current_setting('reply.etag', true), ''),
           body = RunOnce.body
     WHERE i.owner = vOwner AND i.key = pKey;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RunOnce (text, text, text, jsonb) IS
$$Runs a request unless one with the same key was run within 24 hours; then its reply is repeated.

The reply is kept in the transaction that does the work: there is never one without the other.
pKey       value of the header Idempotency-Key
pMethod    HTTP method
pPath      full path, lower case
pPayload   null, object or array
row_count  rows of the answer
status     200, or the code of the error; 422 when the key was used for another request
eventid    row of the event log, for an error
body       as of RunRoute()$$;
