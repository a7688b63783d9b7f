-- The doors that return the rows of a call, for SQL clients and the WebSocket API.

-- StampSession ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION StampSession (
  pSession      text,
  pAgent        text,
  pHost         inet
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.session s
              WHERE s.code = pSession
                AND s.updated < now() - interval '1 min')
  THEN
    PERFORM UpdateSessionStats(pSession, pAgent, pHost);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION StampSession (text, text, inet) IS
'Notes that a session was seen, at most once a minute.';

-- daemon.unauthorized_fetch ---------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.unauthorized_fetch (
  pMethod       text,
  pPath         text,
  pPayload      jsonb DEFAULT NULL,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       SETOF json
AS $$
  SELECT RunRows(c.body)
    FROM daemon.call('none', null, null, pMethod, pPath, pPayload, pAgent, pHost) c;
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.unauthorized_fetch (text, text, jsonb, text, inet) IS
$$Runs an API call on behalf of nobody.

Returns  the rows of the call, or one error object$$;

-- daemon.fetch ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.fetch (
  pToken        text,
  pMethod       text,
  pPath         text,
  pPayload      jsonb DEFAULT NULL,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       SETOF json
AS $$
DECLARE
  r             record;
BEGIN
  SELECT * INTO r FROM daemon.call('bearer', pToken, null, pMethod, pPath, pPayload, pAgent, pHost);

  IF r.session IS NOT NULL THEN
    PERFORM StampSession(r.session, pAgent, pHost);
  END IF;

  RETURN QUERY SELECT RunRows(r.body);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.fetch (text, text, text, jsonb, text, inet) IS
$$Runs an API call on behalf of the holder of an access token.

Returns  the rows of the call, or one error object$$;

-- daemon.session_fetch --------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.session_fetch (
  pSession      varchar,
  pSecret       text,
  pMethod       text,
  pPath         text,
  pPayload      jsonb DEFAULT NULL,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       SETOF json
AS $$
DECLARE
  r             record;
BEGIN
  SELECT * INTO r
    FROM daemon.call('session', pSession, pSecret, pMethod, pPath, pPayload, pAgent, pHost);

  IF r.session IS NOT NULL THEN
    PERFORM StampSession(r.session, pAgent, pHost);
  END IF;

  RETURN QUERY SELECT RunRows(r.body);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.session_fetch (varchar, text, text, text, jsonb, text, inet) IS
$$Runs an API call on behalf of who knows the secret of a session.

Returns  the rows of the call, or one error object$$;

-- daemon.authorized_fetch -----------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.authorized_fetch (
  pUserName     text,
  pPassword     text,
  pMethod       text,
  pPath         text,
  pPayload      jsonb DEFAULT NULL,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       SETOF json
AS $$
  SELECT RunRows(c.body)
    FROM daemon.call('basic', pUserName, pPassword, pMethod, pPath, pPayload, pAgent, pHost) c;
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.authorized_fetch (text, text, text, text, jsonb, text, inet) IS
$$Runs an API call on behalf of a user, who is signed in and out for it.

Returns  the rows of the call, or one error object$$;
