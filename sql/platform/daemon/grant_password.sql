-- Grants by which somebody signs in: password, client_credentials, ticket.

-- GrantPassword ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GrantPassword (
  pAudience     integer,
  pPayload      jsonb,
  pAgent        text,
  pHost         inet
) RETURNS       json
AS $$
DECLARE
  vUserName     text := pPayload->>'username';
  vPassword     text := pPayload->>'password';
  nOAuth2       bigint;
  vSession      text;
BEGIN
  IF vPassword IS NULL AND pPayload->>'secret' IS NOT NULL THEN
    -- A user made without a password got one derived from his secret.
    SELECT u.username, encode(hmac(u.secret::text, GetSecretKey(), 'sha1'), 'hex')
      INTO vUserName, vPassword
      FROM db."user" u
     WHERE u.type = 'U'
       AND u.hash = encode(digest(pPayload->>'secret', 'sha1'), 'hex');
  END IF;

  -- Clients sign in by client_credentials: a password guessed here must not lock them.
  IF GetAudience(vUserName) IS NOT NULL THEN
    RETURN OAuthError(401, 'access_denied', 'Clients do not sign in by password.');
  END IF;

  nOAuth2 := OpenGrant(pAudience, pPayload);
  vSession := SignIn(nOAuth2, vUserName, vPassword, pAgent, pHost);

  IF vSession IS NULL THEN
    PERFORM DeleteOAuth2(nOAuth2);
    RETURN OAuthError(401, 'access_denied', coalesce(GetErrorMessage(), ErrorText('ERR-401-003')));
  END IF;

  RETURN AnswerSession(vSession, pPayload->>'response_type', pPayload->>'state');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GrantPassword (integer, jsonb, text, inet) IS
$$Serves the grant password.

pPayload  username and password, or secret; response_type and what OpenGrant() takes
Returns   as AnswerSession, or the error access_denied$$;

-- GrantClient -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GrantClient (
  pAudience     integer,
  pPayload      jsonb,
  pAgent        text,
  pHost         inet
) RETURNS       json
AS $$
DECLARE
  nOAuth2       bigint;
  vSession      text;
BEGIN
  nOAuth2 := CreateOAuth2(pAudience, ScopeToArray(pPayload->>'scope'), 'offline', null,
                          pPayload->>'state');
  vSession := OpenClientSession(pAudience, nOAuth2, pAgent, pHost);

  IF vSession IS NULL THEN
    PERFORM DeleteOAuth2(nOAuth2);
    RETURN OAuthError(401, 'unauthorized_client', coalesce(GetErrorMessage(), ErrorText('ERR-401-003')));
  END IF;

  RETURN SessionToken(vSession, '1 day');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GrantClient (integer, jsonb, text, inet) IS
$$Serves the grant client_credentials: the client becomes its own user.

pPayload  scope, state
Returns   the token object, its access token valid for a day, or the error unauthorized_client$$;

-- GrantTicket -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GrantTicket (
  pAudience     integer,
  pPayload      jsonb,
  pAgent        text,
  pHost         inet
) RETURNS       json
AS $$
DECLARE
  uTicket       uuid;
  uUser         uuid;
  nOAuth2       bigint;
  vSession      text;
BEGIN
  IF pPayload->>'ticket' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
    uTicket := pPayload->>'ticket';
    uUser := CheckRecoveryTicket(uTicket, pPayload->>'code', 'P');
  END IF;

  -- Never as somebody the system works by, however the ticket came about.
  IF uUser IS NULL OR EXISTS (SELECT FROM db."user" u
                               WHERE u.id = uUser
                                 AND (u.readonly OR u.type <> 'U' OR GetAudience(u.username) IS NOT NULL
                                      OR IsUserRole('00000000-0000-4000-a000-000000000000'::uuid, u.id)))
  THEN
    RETURN OAuthError(401, 'access_denied', 'The ticket or its answer does not hold.');
  END IF;

  INSERT INTO db.ticket_login (ticket) VALUES (uTicket) ON CONFLICT DO NOTHING;

  IF NOT FOUND THEN
    RETURN OAuthError(401, 'access_denied', 'The ticket was already used.');
  END IF;

  nOAuth2 := OpenGrant(pAudience, pPayload);
  vSession := OpenUserSession(uUser, nOAuth2, pAgent, pHost);

  IF vSession IS NULL THEN
    PERFORM DeleteOAuth2(nOAuth2);
    RETURN OAuthError(401, 'access_denied', coalesce(GetErrorMessage(), ErrorText('ERR-401-003')));
  END IF;

  RETURN AnswerSession(vSession, pPayload->>'response_type', pPayload->>'state');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GrantTicket (integer, jsonb, text, inet) IS
$$Serves the grant ticket: who answers a recovery ticket is signed in.

Each ticket signs in once; it still serves to set a new password then.
pPayload  ticket and code; response_type and what OpenGrant() takes
Returns   as AnswerSession, or the error access_denied$$;
