-- Signing in by a signed statement: JWT bearer, RFC 7523.

-- GrantBearer -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GrantBearer (
  pToken        text,
  pScope        text,
  pAgent        text,
  pHost         inet
) RETURNS       json
AS $$
DECLARE
  nAudience     integer;
  nOAuth2       bigint;
  jClaims       jsonb;
  vSession      text;
BEGIN
  IF (DecodeToken(pToken)).claims IS NULL THEN
    RETURN OAuthError(400, 'invalid_request', 'The parameter assertion must be a signed token.');
  END IF;

  SELECT v.audience, v.claims INTO nAudience, jClaims FROM VerifyToken(pToken) v;

  IF jsonb_typeof(jClaims->'exp') = 'number'
     AND (jClaims->>'exp')::numeric <= extract(epoch FROM now())
  THEN
    PERFORM TokenExpired();
  END IF;

  -- Tokens given to users bear the same signature: they must not make their holder the client.
  -- An access token has a session for its subject, an identity token names the user.
  IF jClaims->>'sub' ~ '^[0-9a-f]{40}$' OR jClaims ? 'uid' THEN
    RETURN OAuthError(400, 'invalid_grant', 'The token was issued to a user, it is no statement of a client.');
  END IF;

  IF GetProviderType((SELECT a.provider FROM oauth2.audience a WHERE a.id = nAudience)) <> 'I' THEN
    RETURN OAuthError(400, 'invalid_grant', 'Signing in with an external provider is not available.');
  END IF;

  nOAuth2 := CreateOAuth2(nAudience, ScopeToArray(pScope), 'online');
  vSession := OpenClientSession(nAudience, nOAuth2, pAgent, pHost);

  IF vSession IS NULL THEN
    PERFORM DeleteOAuth2(nOAuth2);
    RETURN OAuthError(401, 'unauthorized_client', coalesce(GetErrorMessage(), ErrorText('ERR-401-003')));
  END IF;

  RETURN SessionToken(vSession);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GrantBearer (text, text, text, inet) IS
$$Serves the grant jwt-bearer: a client signs a statement with its secret and is signed in by it.

pToken   the statement: a token with issuer and audience, not one issued by this server
pScope   scopes
Returns  the token object, or the errors invalid_request, invalid_grant, unauthorized_client
Raises   as VerifyToken; TokenExpired$$;

-- daemon.login ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.login (
  pToken        text,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL,
  pScope        text DEFAULT NULL
) RETURNS       SETOF json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM ClearContext();
  RETURN NEXT GrantBearer(pToken, pScope, pAgent, pHost);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN NEXT (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.login (text, text, inet, text) IS
$$Signs in by a signed statement; see GrantBearer().

Returns  the token object, or an error object$$;
