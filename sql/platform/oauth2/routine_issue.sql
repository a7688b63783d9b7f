-- Issuing tokens for a session, and the object that tells a client of them.

-- OAuthError ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION OAuthError (
  pCode         integer,
  pError        text,
  pMessage      text
) RETURNS       json
AS $$
  SELECT json_build_object('error',
           json_build_object('code', pCode, 'error', pError, 'message', pMessage));
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION OAuthError (integer, text, text) IS
$$Makes the error object of the token endpoint.

pCode     HTTP status
pError    code of RFC 6749, invalid_grant for instance
pMessage  text for a developer, in English as the standard has it$$;

-- TokenObject -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION TokenObject (
  pSession      varchar,
  pAccess       text,
  pExpires      timestamptz,
  pRefresh      text DEFAULT NULL,
  pClaims       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
BEGIN
  RETURN (SELECT jsonb_strip_nulls(jsonb_build_object(
                   'session', s.code,
                   'secret', s.secret,
                   'access_token', pAccess,
                   'token_type', 'Bearer',
                   'expires_in', greatest(0, round(extract(epoch FROM pExpires - now())))::integer,
                   'scope', array_to_string(o.scopes, ' '),
                   'state', o.state,
                   'refresh_token', pRefresh,
                   'id_claims', pClaims))
            FROM db.session s
            JOIN db.oauth2 o ON o.id = s.oauth2
           WHERE s.code = pSession);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION TokenObject (varchar, text, timestamptz, text, jsonb) IS
$$Makes the answer of the token endpoint.

pExpires  end of the access token
pClaims   claims of an identity token, which the server signs
Returns   session, secret, access_token, token_type, expires_in, scope, and state, refresh_token and
          id_claims where there are such; null for an unknown session$$;

-- NewToken --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewToken (
  pAudience     integer,
  pHeader       bigint,
  pDateFrom     timestamptz DEFAULT now(),
  pDateTo       timestamptz DEFAULT now() + interval '1 hour',
  pGrace        interval DEFAULT '0'
) RETURNS       jsonb
AS $$
DECLARE
  r             record;
  vAccess       text;
  vRefresh      text;
  jClaims       jsonb;
BEGIN
  SELECT h.session, o.scopes, o.access_type INTO r
    FROM db.token_header h
    JOIN db.oauth2 o ON o.id = h.oauth2
   WHERE h.id = pHeader;

  IF NOT FOUND THEN
    PERFORM TokenExpired();
  END IF;

  vAccess := CreateAccessToken(pAudience, r.session, pDateFrom, pDateTo);
  PERFORM AddToken(pHeader, 'A', vAccess, pDateFrom, pDateTo, pGrace);

  IF r.access_type = 'offline' THEN
    vRefresh := encode(gen_random_bytes(54), 'base64');
    PERFORM AddToken(pHeader, 'R', vRefresh, pDateFrom);
  END IF;

  IF 'openid' = ANY (r.scopes) THEN
    jClaims := IdentityClaims(pAudience, r.session, pDateFrom, pDateTo);
    PERFORM AddToken(pHeader, 'I', jClaims->>'jti', pDateFrom, pDateTo);

    -- A nonce is the answer to one request.
    IF jClaims ? 'nonce' THEN
      UPDATE db.oauth2 o SET nonce = null FROM db.token_header h WHERE h.id = pHeader AND o.id = h.oauth2;
    END IF;
  END IF;

  UPDATE db.token_header SET updated = now() WHERE id = pHeader;

  RETURN TokenObject(r.session, vAccess, pDateTo, vRefresh, jClaims);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewToken (integer, bigint, timestamptz, timestamptz, interval) IS
$$Issues the tokens of a session: access, refresh when the grant is offline, identity when asked for.

pAudience  client that gets them
pHeader    family; its tokens before these are no longer valid
pGrace     how long the access token before stays valid
Returns    the token object
Raises     TokenExpired when the family is gone$$;

-- SessionToken ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SessionToken (
  pSession      varchar,
  pInterval     interval DEFAULT '1 hour'
) RETURNS       jsonb
AS $$
DECLARE
  nAudience     integer;
BEGIN
  SELECT o.audience INTO nAudience
    FROM db.session s
    JOIN db.oauth2 o ON o.id = s.oauth2
   WHERE s.code = pSession;

  IF NOT FOUND THEN
    RETURN null;
  END IF;

  RETURN NewToken(nAudience, SessionFamily(pSession), now(), now() + pInterval);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SessionToken (varchar, interval) IS
$$Issues the tokens of a session to the client that opened it.

pInterval  life of the access token
Returns    the token object; null for an unknown session$$;

-- GetAccessToken --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAccessToken (
  pUserName     text,
  pPassword     text
) RETURNS       text
AS $$
DECLARE
  nOAuth2       bigint := CreateSystemOAuth2();
  vSession      text;
BEGIN
  vSession := SignIn(nOAuth2, pUserName, pPassword);

  IF vSession IS NULL THEN
    PERFORM DeleteOAuth2(nOAuth2);
    RETURN null;
  END IF;

  RETURN SessionToken(vSession)->>'access_token';
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GetAccessToken (text, text) IS
$$Signs a user in through the system's own client.

Returns  an access token for 1 hour; null when the user cannot sign in$$;
