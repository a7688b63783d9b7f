-- api.login -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.login (
  pUserName     text,
  pPassword     text,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL,
  pScope        text DEFAULT NULL,
  OUT session   text,
  OUT secret    text,
  OUT code      text
) RETURNS       record
AS $$
BEGIN
  session := Login(CreateSystemOAuth2(pScope), pUserName, pPassword, pAgent, pHost);
  secret := session_secret(session);
  code := oauth2_current_code(session);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.login (text, text, text, inet, text) IS
$$Signs a user in through the system's own client.

pUserName  name of the user
pPassword  password
pAgent     program
pHost      address
pScope     scopes, separated by spaces
session    code of the session, which the context becomes that of
secret     its secret
code       an authorization code of it
Raises     LoginError and what else keeps a user out$$;

-- api.signin ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.signin (
  pUserName     text,
  pPassword     text,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL,
  OUT session   text,
  OUT secret    text,
  OUT code      text
) RETURNS       record
AS $$
DECLARE
  nAudience     integer := GetAudience(oauth2_current_client_id());
  vCurrent      text := current_session();
  vMessage      text;
  nOAuth2       bigint;
BEGIN
  IF nAudience IS NULL THEN
    PERFORM AudienceNotFound();
  END IF;

  nOAuth2 := CreateOAuth2(nAudience, ARRAY[current_scope_code()]);
  session := SignIn(nOAuth2, pUserName, pPassword, pAgent, pHost);
  vMessage := GetErrorMessage();

  IF session IS NULL THEN
    PERFORM DeleteOAuth2(nOAuth2);
  ELSE
    secret := session_secret(session);
    code := oauth2_current_code(session);
  END IF;

  -- The call goes on as whom it began.
  IF NOT SetSessionContext(vCurrent) THEN
    PERFORM ClearContext();
  END IF;
  PERFORM SetErrorMessage(vMessage);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.signin (text, text, text, inet) IS
$$Opens a further session, of whatever user, for the client of the current one, which goes on.

pUserName  name of the user
pPassword  password
pAgent     program
pHost      address
session    code of the new session; null when the user may not sign in, GetErrorMessage() then says why:
           raising would take back the count of wrong passwords
secret     its secret
code       an authorization code of it
Raises     AudienceNotFound without a client$$;

-- api.signout -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.signout (
  pSession      varchar DEFAULT current_session(),
  pCloseAll     boolean DEFAULT false
) RETURNS       boolean
AS $$
BEGIN
  IF NOT IsAdmin()
     AND EXISTS (SELECT FROM db.session WHERE code = pSession AND suid IS DISTINCT FROM session_userid()) THEN
    PERFORM SetErrorMessage(ErrorText('ERR-400-001'));
    RETURN false;
  END IF;

  RETURN SignOut(pSession, coalesce(pCloseAll, false));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.signout (varchar, boolean) IS
$$Signs a session out: one of one's own, as an administrator any.

pSession   code of the session
pCloseAll  all sessions of the user who opened it
Returns    false when it could not be done, GetErrorMessage() then says why$$;

-- api.authenticate ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.authenticate (
  pSession      varchar,
  pSecret       text,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL,
  OUT authorized boolean,
  OUT userid    uuid,
  OUT code      text,
  OUT message   text
) RETURNS       record
AS $$
BEGIN
  code := Authenticate(pSession, pSecret, pAgent, pHost);
  authorized := code IS NOT NULL;

  IF authorized THEN
    userid := current_userid();
    message := SuccessMessage();
  ELSE
    message := GetErrorMessage();
  END IF;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.authenticate (varchar, text, text, inet) IS
$$Takes up a session by its secret; a wrong one ends the session.

pSession    code of the session
pSecret     its secret
pAgent      program
pHost       address
authorized  whether the secret was right
userid      user of the session
code        a new authorization code of it
message     the outcome in words
Raises      ERR-400-000 for an unknown session; what else keeps a user out$$;

-- api.authorize ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.authorize (
  pSession      varchar,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL,
  OUT authorized boolean,
  OUT userid    uuid,
  OUT message   text
) RETURNS       record
AS $$
BEGIN
  authorized := Authorize(pSession, pAgent, pHost);
  userid := current_userid();
  message := CASE WHEN authorized THEN SuccessMessage() ELSE GetErrorMessage() END;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.authorize (varchar, text, inet) IS
$$Takes up a session by its code alone.

pSession    code of the session
pAgent      program
pHost       address
authorized  whether it could be taken up
userid      user of the session; when it could not, that of the caller
message     the outcome in words$$;

-- api.su ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.su (
  pUserName     text,
  pPassword     text
) RETURNS       void
AS $$
BEGIN
  PERFORM SubstituteUser(pUserName, pPassword);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.su (text, text) IS
$$Makes the current session act as another user.

pUserName  name of the user to act as
pPassword  password of the user who opened the session
Raises     UserNotFound, AccessDenied; ERR-403-000 for a wrong password$$;

-- api.get_session -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_session (
  pUserName     text,
  pAgent        text,
  pHost         inet,
  pScope        text DEFAULT NULL,
  pNew          boolean DEFAULT NULL,
  pLogin        boolean DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  uUserId       uuid := GetUser(pUserName);
BEGIN
  IF uUserId IS NULL THEN
    PERFORM UserNotFound(pUserName);
  END IF;

  RETURN GetSession(uUserId, CASE WHEN pScope IS NOT NULL THEN CreateSystemOAuth2(pScope) END,
                    pAgent, pHost, pNew, pLogin);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_session (text, text, inet, text, boolean, boolean) IS
$$Gives a session of a user without its password; for background processes.

pUserName  name of the user
pAgent     program
pHost      address
pScope     scopes, separated by spaces
pNew       a new session in any case
pLogin     the context becomes that of the session (default)
Returns    code of the session
Raises     AccessDenied, UserNotFound and what else keeps a user out$$;

-- api.get_sessions ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_sessions (
  pUserName     text,
  pAgent        text,
  pHost         inet,
  pNew          boolean DEFAULT NULL,
  pLogin        boolean DEFAULT NULL
) RETURNS       SETOF text
AS $$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT code FROM db.scope ORDER BY code
  LOOP
    RETURN NEXT api.get_session(pUserName, pAgent, pHost, r.code, pNew, pLogin);
  END LOOP;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_sessions (text, text, inet, boolean, boolean) IS
$$Gives a session of a user in every scope, without its password; for background processes.

pUserName  name of the user
pAgent     program
pHost      address
pNew       new sessions in any case
pLogin     the context becomes that of the last one (default)
Returns    codes of the sessions
Raises     as api.get_session$$;
