-- Grants by which a token or code is exchanged.

-- GrantCode -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GrantCode (
  pAudience     integer,
  pPayload      jsonb
) RETURNS       json
AS $$
BEGIN
  IF coalesce(pPayload->>'code', '') = '' OR coalesce(pPayload->>'redirect_uri', '') = '' THEN
    RETURN OAuthError(400, 'invalid_request', 'The parameters code and redirect_uri are required.');
  END IF;

  RETURN RedeemCode(pAudience, pPayload->>'code', pPayload->>'redirect_uri',
                    pPayload->>'code_verifier', pPayload->>'client_auth' IS NOT DISTINCT FROM 'none');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GrantCode (integer, jsonb) IS
$$Serves the grant authorization_code.

pPayload  code, redirect_uri, code_verifier; client_auth is "none" for a client whose secret the
          server has lent
Returns   the token object, or the errors invalid_request, invalid_grant$$;

-- GrantRefresh ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GrantRefresh (
  pAudience     integer,
  pPayload      jsonb
) RETURNS       json
AS $$
BEGIN
  IF coalesce(pPayload->>'refresh_token', '') = '' THEN
    RETURN OAuthError(400, 'invalid_request', 'The parameter refresh_token is required.');
  END IF;

  RETURN UpdateToken(pAudience, pPayload->>'refresh_token');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GrantRefresh (integer, jsonb) IS
$$Serves the grant refresh_token.

pPayload  refresh_token
Returns   the token object, or the errors invalid_request, invalid_grant$$;

-- GrantExchange ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GrantExchange (
  pAudience     integer,
  pPayload      jsonb
) RETURNS       json
AS $$
DECLARE
  vPrefix       CONSTANT text := 'urn:ietf:params:oauth:token-type:';
  vKind         text := coalesce(nullif(pPayload->>'subject_token_type', ''), vPrefix || 'jwt');
  vType         char;
BEGIN
  vType := CASE vKind
           WHEN vPrefix || 'jwt' THEN 'A'
           WHEN vPrefix || 'access_token' THEN 'A'
           WHEN vPrefix || 'refresh_token' THEN 'R'
           WHEN vPrefix || 'id_token' THEN 'I'
           END;

  IF vType IS NULL THEN
    RETURN OAuthError(400, 'unsupported_token_type', format('Unknown token type: %s', vKind));
  END IF;

  -- What the server signs is known here by its random claim jti, of which the hash is kept.
  RETURN ExchangeToken(pAudience, CASE vType WHEN 'I' THEN (DecodeToken(pPayload->>'subject_token')).claims->>'jti'
                                  ELSE pPayload->>'subject_token' END, '1 hour', vType);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GrantExchange (integer, jsonb) IS
$$Serves the grant token-exchange: a client renews its tokens before they expire.

pPayload  subject_token, subject_token_type
Returns   the token object, or the errors unsupported_token_type, invalid_grant$$;
