-- The token endpoint.

-- TokenGrant ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION TokenGrant (
  pClientId     text,
  pSecret       text,
  pPayload      jsonb,
  pAgent        text,
  pHost         inet
) RETURNS       json
AS $$
DECLARE
  vPrefix       CONSTANT text := 'urn:ietf:params:oauth:grant-type:';
  vGrant        text := nullif(pPayload->>'grant_type', '');
  nAudience     integer;
  vFault        text;
BEGIN
  IF vGrant = vPrefix || 'jwt-bearer' THEN
    RETURN GrantBearer(pPayload->>'assertion', pPayload->>'scope', pAgent, pHost);
  END IF;

  IF vGrant IS NULL THEN
    RETURN OAuthError(400, 'unsupported_grant_type', 'The parameter grant_type is required.');
  END IF;

  nAudience := TokenClient(pClientId);

  IF nAudience IS NULL THEN
    RETURN OAuthError(401, 'invalid_client', 'The client is unknown.');
  END IF;

  IF NOT CheckClientSecret(nAudience, pSecret) THEN
    RETURN OAuthError(401, 'unauthorized_client', 'The secret of the client is wrong.');
  END IF;

  IF pPayload->>'access_type' NOT IN ('online', 'offline') THEN
    RETURN OAuthError(400, 'invalid_request', 'The parameter access_type must be online or offline.');
  END IF;

  vFault := ChallengeFault(pPayload->>'code_challenge', pPayload->>'code_challenge_method');

  IF vFault IS NOT NULL THEN
    RETURN OAuthError(400, 'invalid_request', vFault);
  END IF;

  PERFORM SetOAuth2ClientId(pClientId);

  CASE vGrant
  WHEN 'password' THEN
    RETURN GrantPassword(nAudience, pPayload, pAgent, pHost);
  WHEN 'authorization_code' THEN
    RETURN GrantCode(nAudience, pPayload);
  WHEN 'refresh_token' THEN
    RETURN GrantRefresh(nAudience, pPayload);
  WHEN 'client_credentials' THEN
    RETURN GrantClient(nAudience, pPayload, pAgent, pHost);
  WHEN 'ticket' THEN
    RETURN GrantTicket(nAudience, pPayload, pAgent, pHost);
  WHEN vPrefix || 'token-exchange' THEN
    RETURN GrantExchange(nAudience, pPayload);
  ELSE
    RETURN OAuthError(400, 'unsupported_grant_type', format('Unknown grant type: %s', vGrant));
  END CASE;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION TokenGrant (text, text, jsonb, text, inet) IS
$$Authenticates a client and serves the grant that it asks for.

Returns  what the grant returns, or the errors unsupported_grant_type, invalid_client,
         unauthorized_client, invalid_request$$;

-- daemon.token ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.token (
  pClientId     text,
  pSecret       text,
  pPayload      jsonb,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM ClearContext();

  IF jsonb_typeof(pPayload) IS DISTINCT FROM 'object' THEN
    RETURN OAuthError(400, 'invalid_request', 'The parameters are missing.');
  END IF;

  RETURN TokenGrant(pClientId, pSecret, pPayload, pAgent, pHost);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;

  RETURN (DoorError(vMessage, vContext,
                    CASE WHEN vMessage LIKE 'ERR-400-007:%' THEN 'invalid_scope'
                         ELSE 'server_error' END)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.token (text, text, jsonb, text, inet) IS
$$Serves the token endpoint of OAuth 2.0.

pClientId  client_id
pSecret    client_secret
pPayload   parameters of the request: grant_type and those of the grant
pAgent     User-Agent of the caller
pHost      address of the caller
Returns    the token object, or {"error": {"code", "error", "message"}}$$;
