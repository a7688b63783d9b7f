-- The server's door: who calls, the call and its answer in one statement.

-- OpenCall --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION OpenCall (
  pAuth         text,
  pCredential   text,
  pSecret       text,
  pPath         text,
  pAgent        text,
  pHost         inet
) RETURNS       text
AS $$
DECLARE
  nOAuth2       bigint;
  vSession      text;
BEGIN
  PERFORM ClearContext();

  CASE pAuth
  WHEN 'basic' THEN
    nOAuth2 := CreateSystemOAuth2();
    vSession := SignIn(nOAuth2, pCredential, pSecret, pAgent, pHost);

    IF vSession IS NULL THEN
      PERFORM DeleteOAuth2(nOAuth2);
    END IF;

    RETURN vSession;

  WHEN 'none' THEN
    IF IsBlacklisted(pPath) THEN
      PERFORM LoginFailed();
    END IF;

    RETURN null;

  ELSE
    PERFORM AuthenticateError(format('Unknown way to authenticate: %s', pAuth));
  END CASE;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION OpenCall (text, text, text, text, text, inet) IS
$$Finds out who calls without a session, and sets the context accordingly.

pAuth        basic or none
pCredential  name of a user
pSecret      password of the user
Returns      code of the session; null for nobody, and for a sign-in that failed: its counting must
             not be rolled back
Raises       LoginFailed for a path that is closed to nobody; AuthenticateError$$;

-- daemon.call -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.call (
  pAuth         text,
  pCredential   text,
  pSecret       text,
  pMethod       text,
  pPath         text,
  pPayload      jsonb DEFAULT NULL,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL,
  OUT row_count integer,
  OUT status    integer,
  OUT session   text,
  OUT eventid   bigint,
  OUT body      text
) RETURNS       record
AS $$
DECLARE
  r             record;
  vPath         text := lower(pPath);
  vMessage      text;
  vContext      text;
BEGIN
  -- The usual caller, without the cost of a subtransaction.
  IF pAuth = 'bearer' THEN
    session := TakeSession(pCredential, null, null);
  ELSIF pAuth = 'session' THEN
    session := TakeSession(null, pCredential, pSecret);
  END IF;

  IF session IS NULL THEN
    BEGIN
      session := CASE pAuth
                 WHEN 'bearer' THEN ResumeSession(coalesce(pCredential, ''), null, null, pHost)
                 WHEN 'session' THEN ResumeSession(null, coalesce(pCredential, ''), pSecret, pHost)
                 ELSE OpenCall(pAuth, pCredential, pSecret, vPath, pAgent, pHost)
                 END;
    EXCEPTION
    WHEN others THEN
      GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
    END;
  END IF;

  IF vMessage IS NULL AND pAuth = 'basic' AND session IS NULL THEN
    vMessage := SignInError();
  END IF;

  IF vMessage IS NULL THEN
    IF current_setting('request.idempotency_key', true) <> '' THEN
      r := RunOnce(current_setting('request.idempotency_key', true), pMethod, vPath, pPayload);
    ELSE
      r := RunRoute(pMethod, vPath, pPayload);
    END IF;

    row_count := r.row_count;
    status := r.status;
    eventid := r.eventid;
    body := r.body;
  ELSE
    row_count := 1;
    SELECT e.status, e.eventid, e.body INTO status, eventid, body FROM DoorError(vMessage, vContext) e;
  END IF;

  IF pAuth = 'basic' AND session IS NOT NULL THEN
    PERFORM SignOut(session, false);
  END IF;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.call (text, text, text, text, text, jsonb, text, inet) IS
$$Runs one API call on behalf of whoever proves to be somebody.

Nothing is written for a call that only reads: the server collects the request log and the
last-seen stamps and hands them to daemon.flush_activity().
pAuth        bearer: credential is an access token, its signature verified by the server;
             session: code and secret of a session; basic: name and password; none
pMethod      HTTP method
pPath        full path, /api/v1/whoami for instance
pAgent       User-Agent of the caller
pHost        address of the caller
row_count    rows of the answer
status       200 or the code of the error
session      session of the call
eventid      row of the event log, of an error
body         the rows as JSON texts joined by commas; of an error its object$$;

-- SignInError -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SignInError () RETURNS text
AS $$
  SELECT 'ERR-401-002: ' || coalesce(GetErrorMessage(), ErrorText('ERR-401-003'));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION SignInError () IS
'Returns the message of a sign-in that failed without raising.';

-- RunRows ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RunRows (
  pBody         text
) RETURNS       SETOF json
AS $$
  SELECT r.value FROM json_array_elements(('[' || pBody || ']')::json) AS r;
$$ LANGUAGE sql IMMUTABLE STRICT;

COMMENT ON FUNCTION RunRows (text) IS
'Splits the body of an answer into its rows.';
