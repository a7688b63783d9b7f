-- Doors around a session: proving a token, taking up, closing, getting a token for it.

-- daemon.validation -----------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.validation (
  pToken        text
) RETURNS       jsonb
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  RETURN TokenValidation(pToken);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.validation (text) IS
$$Validates an access token.

Returns  its claims, or an error object$$;

-- daemon.session_open ---------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.session_open (
  pToken        text,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       SETOF json
AS $$
DECLARE
  jClaims       jsonb;
  vSession      text;
  vMessage      text;
  vContext      text;
BEGIN
  jClaims := TokenValidation(pToken);
  vSession := ResumeSession(pToken, null, null, pHost);
  PERFORM StampSession(vSession, pAgent, pHost);

  RETURN NEXT jClaims;
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN NEXT (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.session_open (text, text, inet) IS
$$Takes up the session of an access token for the rest of the transaction.

Returns  the claims of the token, or an error object$$;

-- daemon.session_close --------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.session_close (
  pToken        text,
  pCloseAll     boolean DEFAULT false,
  pMessage      text DEFAULT NULL
) RETURNS       SETOF json
AS $$
DECLARE
  jClaims       jsonb;
  vMessage      text;
  vContext      text;
BEGIN
  jClaims := TokenValidation(pToken);
  -- Not taken up: somebody who is locked out may still leave.
  PERFORM SetSessionContext(jClaims->>'sub');
  PERFORM SessionOut(jClaims->>'sub', coalesce(pCloseAll, false), pMessage);

  RETURN NEXT jClaims;
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN NEXT (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.session_close (text, boolean, text) IS
$$Signs the session of an access token out.

pCloseAll  with all other sessions of its user
pMessage   reason, for the event log
Returns    the claims of the token, or an error object$$;

-- daemon.authorize ------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.authorize (
  pSession      varchar,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       json
AS $$
DECLARE
  r             record;
  vToken        text;
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM ResumeByCode(pSession, pHost);

  SELECT s.oauth2, o.audience INTO r
    FROM db.session s
    JOIN db.oauth2 o ON o.id = s.oauth2
   WHERE s.code = pSession;

  -- A family of its own: the tokens that the client of the session holds stay as they are.
  vToken := CreateAccessToken(r.audience, pSession);
  PERFORM AddToken(CreateTokenHeader(r.oauth2, pSession, null, pAgent, pHost), 'A', vToken,
                   now(), now() + interval '1 hour');

  RETURN json_build_object('access_token', vToken, 'token_type', 'Bearer', 'expires_in', 3600,
                           'session', pSession);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.authorize (varchar, text, inet) IS
$$Gives an access token of a session to a program that works for it, a report server for instance.

Returns  {"access_token", "token_type", "expires_in", "session"}, or an error object$$;

-- daemon.refresh_token --------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.refresh_token (
  pToken        text,
  pRefresh      text
) RETURNS       json
AS $$
DECLARE
  jResult       json;
  vMessage      text;
  vContext      text;
BEGIN
  jResult := RefreshToken(pToken, pRefresh);

  IF jResult->'error' IS NULL THEN
    RETURN jResult;
  END IF;

  RETURN OAuthError(401, jResult->'error'->>'error', jResult->'error'->>'message');
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.refresh_token (text, text) IS
$$Refreshes the pair of tokens that a browser keeps in cookies; see RefreshToken().

pToken    access token of the cookie, as a rule an expired one
pRefresh  refresh token of the cookie
Returns   the token object; an error object with code 401 when the pair is not good any more$$;
