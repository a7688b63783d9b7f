-- What a client asks about a token it holds, or is done with: RFC 7009 and RFC 7662. Asking writes
-- nothing.

-- ProveClient -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ProveClient (
  pClientId     text,
  pSecret       text
) RETURNS       integer
AS $$
DECLARE
  nAudience     integer := TokenClient(pClientId);
BEGIN
  RETURN CASE WHEN CheckClientSecret(nAudience, pSecret) THEN nAudience END;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ProveClient (text, text) IS
'Finds a client that shows its secret; null when there is none or the secret is wrong.';

-- RevokeToken -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RevokeToken (
  pAudience     integer,
  pToken        text
) RETURNS       json
AS $$
DECLARE
  r             record;
BEGIN
  SELECT t.id, t.header, t.type, o.audience INTO r
    FROM db.token t
    JOIN db.token_header h ON h.id = t.header
    JOIN db.oauth2 o ON o.id = h.oauth2
   WHERE t.hash = GetTokenHash(pToken, GetSecretKey())
     AND t.type IN ('A', 'R')
     AND t.used IS NULL
     AND t.validtodate > now();

  -- A token that is not good any more needs no revoking.
  IF NOT FOUND THEN
    RETURN '{}';
  END IF;

  IF r.audience <> pAudience THEN
    RETURN OAuthError(400, 'invalid_grant', 'The token was issued to another client.');
  END IF;

  IF r.type = 'R' THEN
    PERFORM CloseFamily(r.header, 'Its client revoked the refresh token.');
  ELSE
    UPDATE db.token SET validtodate = now() WHERE id = r.id AND validtodate > now();
  END IF;

  RETURN '{}';
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RevokeToken (integer, text) IS
$$Revokes a token of a client: an access token alone, a refresh token with its session.

Returns  an empty object, also for a token that is unknown or not good any more; the error
         invalid_grant for one of another client$$;

-- IntrospectToken -------------------------------------------------------------
CREATE OR REPLACE FUNCTION IntrospectToken (
  pAudience     integer,
  pToken        text
) RETURNS       jsonb
AS $$
DECLARE
  r             record;
BEGIN
  SELECT t.type, t.validfromdate, t.validtodate, o.scopes, o.audience, a.code AS client,
         u.id AS userid, u.username,
         (SELECT n.type FROM oauth2.audience c JOIN oauth2.application n ON n.id = c.application
           WHERE c.id = pAudience) AS kind
    INTO r
    FROM db.token t
    JOIN db.token_header h ON h.id = t.header
    JOIN db.oauth2 o ON o.id = h.oauth2
    JOIN oauth2.audience a ON a.id = o.audience
    JOIN db.session s ON s.code = h.session
    JOIN db."user" u ON u.id = s.suid
   WHERE t.hash = GetTokenHash(pToken, GetSecretKey())
     AND t.type IN ('A', 'R')
     AND t.used IS NULL
     AND t.validfromdate <= now()
     AND t.validtodate > now();

  IF NOT FOUND
     OR r.audience <> pAudience AND r.kind <> 'S'
     OR (BlockReason(r.userid, null)).reason IS NOT NULL
  THEN
    RETURN '{"active": false}';
  END IF;

  RETURN jsonb_strip_nulls(jsonb_build_object(
    'active', true,
    'scope', array_to_string(r.scopes, ' '),
    'client_id', r.client,
    'username', r.username,
    'sub', r.userid,
    'aud', r.client,
    'token_type', CASE r.type WHEN 'A' THEN 'Bearer' END,
    'iat', floor(extract(epoch FROM r.validfromdate))::bigint,
    'exp', CASE WHEN r.validtodate < MAXDATE() THEN floor(extract(epoch FROM r.validtodate))::bigint END));
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION IntrospectToken (integer, text) IS
$$Tells what a token is good for. A client may ask about its own tokens, a service about all.

Returns  {"active": true, "scope", "client_id", "username", "sub", "aud", "token_type", "iat", "exp"};
         {"active": false} for a token that is no good, or that the client may not know of$$;

-- daemon.revoke ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.revoke (
  pClientId     text,
  pSecret       text,
  pToken        text
) RETURNS       json
AS $$
DECLARE
  nAudience     integer;
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM ClearContext();
  nAudience := ProveClient(pClientId, pSecret);

  IF nAudience IS NULL THEN
    RETURN OAuthError(401, 'invalid_client', 'The client is unknown or its secret is wrong.');
  END IF;

  RETURN RevokeToken(nAudience, pToken);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext, 'server_error')).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.revoke (text, text, text) IS
$$Revokes a token on behalf of its client; see RevokeToken().

Returns  an empty object, or an error object$$;

-- daemon.introspect -----------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.introspect (
  pClientId     text,
  pSecret       text,
  pToken        text
) RETURNS       json
AS $$
DECLARE
  nAudience     integer;
  vMessage      text;
  vContext      text;
BEGIN
  nAudience := ProveClient(pClientId, pSecret);

  IF nAudience IS NULL THEN
    RETURN OAuthError(401, 'invalid_client', 'The client is unknown or its secret is wrong.');
  END IF;

  RETURN IntrospectToken(nAudience, pToken);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext, 'server_error')).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.introspect (text, text, text) IS
$$Tells a client what a token is good for; see IntrospectToken(). Writes nothing.

Returns  what IntrospectToken() returns, or an error object$$;
