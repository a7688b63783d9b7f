-- Spending codes and tokens for new ones. Each is spent by one conditional update, which also
-- checks whose it is: of two who come with the same token one gets the row, and another client's
-- attempt leaves it unspent.

-- SpendToken ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SpendToken (
  pAudience     integer,
  pType         char,
  pToken        text
) RETURNS       bigint
AS $$
DECLARE
  nHeader       bigint;
BEGIN
  UPDATE db.token t
     SET used = now(), validtodate = now()
    FROM db.token_header h
    JOIN db.oauth2 o ON o.id = h.oauth2
   WHERE t.hash = GetTokenHash(pToken, GetSecretKey())
     AND t.type = pType
     AND t.used IS NULL
     AND t.validfromdate <= now()
     AND t.validtodate > now()
     AND h.id = t.header
     AND o.audience = pAudience
  RETURNING t.header INTO nHeader;

  RETURN nHeader;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SpendToken (integer, char, text) IS
$$Spends a valid token of a client.

pAudience  client that presents it: another one's is left as it is
pType      C code, A access, R refresh, I identity
Returns    its family; null when there was nothing to spend$$;

-- ExchangeToken ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ExchangeToken (
  pAudience     integer,
  pToken        text,
  pInterval     interval DEFAULT '1 hour',
  pType         char DEFAULT 'A'
) RETURNS       json
AS $$
DECLARE
  nHeader       bigint := SpendToken(pAudience, pType, pToken);
BEGIN
  IF nHeader IS NULL THEN
    -- Asked only now: of two who came at once the second one waited for the first.
    IF pType = 'R' THEN
      PERFORM RefreshReused(pAudience, pToken);
    ELSIF pType = 'C' THEN
      PERFORM CodeReplayed(pAudience, pToken);
    END IF;

    RETURN OAuthError(400, 'invalid_grant', 'The token is unknown, expired, revoked or already used.');
  END IF;

  RETURN NewToken(pAudience, nHeader, now(), now() + pInterval);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ExchangeToken (integer, text, interval, char) IS
$$Exchanges a token for new ones of the same session.

pAudience  client that presents it
pInterval  life of the new access token
pType      what is presented: C code, A access, R refresh, I identity
Returns    the token object, or the error invalid_grant; a code or refresh token that comes back after
           its use may close the session, see RefreshReused() and CodeReplayed()$$;

-- CreateToken -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateToken (
  pAudience     integer,
  pCode         text,
  pInterval     interval DEFAULT '1 hour'
) RETURNS       jsonb
AS $$
  SELECT ExchangeToken(pAudience, pCode, pInterval, 'C')::jsonb;
$$ LANGUAGE sql;

COMMENT ON FUNCTION CreateToken (integer, text, interval) IS
$$Exchanges an authorization code for tokens.

Returns  the token object, or the error invalid_grant$$;

-- RedeemCode ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RedeemCode (
  pAudience     integer,
  pCode         text,
  pRedirectURI  text,
  pVerifier     text DEFAULT NULL,
  pPublic       boolean DEFAULT false
) RETURNS       json
AS $$
DECLARE
  r             record;
  vFault        text;
BEGIN
  SELECT t.id, o.redirect_uri, o.code_challenge INTO r
    FROM db.token t
    JOIN db.token_header h ON h.id = t.header
    JOIN db.oauth2 o ON o.id = h.oauth2
   WHERE t.hash = GetTokenHash(pCode, GetSecretKey())
     AND t.type = 'C'
     AND o.audience = pAudience;

  -- What a grant was made with never changes, so these checks need not be part of the update.
  IF FOUND THEN
    vFault := CASE WHEN r.redirect_uri IS DISTINCT FROM nullif(pRedirectURI, '')
                   THEN 'The redirect_uri is not the one the code was issued for.'
                   ELSE VerifierFault(r.code_challenge, pVerifier, pPublic) END;

    IF vFault IS NOT NULL THEN
      RETURN OAuthError(400, 'invalid_grant', vFault);
    END IF;
  END IF;

  RETURN ExchangeToken(pAudience, pCode, '1 hour', 'C');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RedeemCode (integer, text, text, text, boolean) IS
$$Exchanges an authorization code, as the grant authorization_code does.

pRedirectURI  must be the one that the code was issued with
pVerifier     what the code's challenge was made of
pPublic       the client has proven itself by no secret of its own: its code must have a challenge
Returns       the token object, or the error invalid_grant, which leaves the code unspent when the
              client, the address or the verifier is wrong$$;

-- UpdateToken -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION UpdateToken (
  pAudience     integer,
  pRefresh      text,
  pInterval     interval DEFAULT '1 hour'
) RETURNS       json
AS $$
  SELECT ExchangeToken(pAudience, pRefresh, pInterval, 'R');
$$ LANGUAGE sql;

COMMENT ON FUNCTION UpdateToken (integer, text, interval) IS
$$Exchanges a refresh token, as the grant refresh_token does; a second use is refused at once.

Returns  the token object with the refresh token that replaces it, or the error invalid_grant$$;

-- SealSuccessor, OpenSuccessor --------------------------------------------------
CREATE OR REPLACE FUNCTION SealSuccessor (
  pToken        text,
  pPair         jsonb
) RETURNS       bytea
AS $$
  -- The passphrase is a random key already: stretching it would only cost time.
  SELECT pgp_sym_encrypt(pPair::text, encode(hmac(pToken, GetSecretKey(), 'sha256'), 'hex'),
                         's2k-mode=1, cipher-algo=aes256');
$$ LANGUAGE sql;

COMMENT ON FUNCTION SealSuccessor (text, jsonb) IS
'Encrypts the tokens that replaced a refresh token, so that only its holder can have them read.';

CREATE OR REPLACE FUNCTION OpenSuccessor (
  pToken        text,
  pSealed       bytea
) RETURNS       jsonb
AS $$
  SELECT pgp_sym_decrypt(pSealed, encode(hmac(pToken, GetSecretKey(), 'sha256'), 'hex'))::jsonb;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION OpenSuccessor (text, bytea) IS
'Decrypts what SealSuccessor() sealed with the same token.';

-- RefreshGrace ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RefreshGrace () RETURNS interval
AS $$
  SELECT interval '10 sec';
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION RefreshGrace () IS
$$Tells how long requests in flight may still come with the pair that a refresh has replaced.

A browser sends several requests at once; they all carry the cookies of before the refresh.$$;

-- RefreshToken ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RefreshToken (
  pToken        text,
  pRefresh      text
) RETURNS       json
AS $$
DECLARE
  nAudience     integer;
  jClaims       jsonb;
  jResult       jsonb;
  dtAccess      timestamptz;
  r             record;
  bSpent        boolean;
BEGIN
  IF coalesce(pRefresh, '') = '' THEN
    RETURN OAuthError(400, 'invalid_request', 'The refresh token is missing.');
  END IF;

  SELECT v.audience, v.claims INTO nAudience, jClaims FROM VerifyToken(pToken) v;

  SELECT t.id, t.header, t.used, h.session INTO r
    FROM db.token t
    JOIN db.token_header h ON h.id = t.header
    JOIN db.oauth2 o ON o.id = h.oauth2
   WHERE t.hash = GetTokenHash(pRefresh, GetSecretKey())
     AND t.type = 'R'
     AND o.audience = nAudience
     AND h.session = jClaims->>'sub'
     AND (t.used IS NOT NULL OR t.validtodate > now());

  IF NOT FOUND THEN
    RETURN OAuthError(400, 'invalid_grant', 'The refresh token is unknown or revoked.');
  END IF;

  IF r.used IS NULL THEN
    SELECT t.validtodate INTO dtAccess
      FROM db.token t
     WHERE t.hash = GetTokenHash(pToken, GetSecretKey())
       AND t.type = 'A'
       AND t.header = r.header
       AND t.validtodate > now();

    IF FOUND THEN
      RETURN TokenObject(r.session, pToken, dtAccess, pRefresh);
    END IF;

    bSpent := SpendToken(nAudience, 'R', pRefresh) IS NOT NULL;

    IF bSpent THEN
      jResult := NewToken(nAudience, r.header, now(), now() + interval '1 hour', RefreshGrace());

      UPDATE db.token
         SET successor = SealSuccessor(pRefresh, jResult - '{session,secret,scope,state}'::text[])
       WHERE id = r.id;

      RETURN jResult;
    END IF;
  END IF;

  IF RefreshReused(nAudience, pRefresh) THEN
    RETURN OAuthError(400, 'invalid_grant', 'The refresh token was already used.');
  END IF;

  RETURN RepeatRefresh(r.id, pRefresh);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RefreshToken (text, text) IS
$$Refreshes the pair of tokens that a browser keeps in cookies.

Requests that were sent together all come with the same pair: the first one rotates it, the others
get the same new pair for RefreshGrace() after. Later, or with an older pair, the session is closed.
pToken    access token; it may have expired, but must be the session's of the refresh token
pRefresh  refresh token
Returns   the token object (the same tokens while the access token is still valid), or the errors
          invalid_request, invalid_grant
Raises    as VerifyToken$$;

-- RepeatRefresh ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RepeatRefresh (
  pId           bigint,
  pRefresh      text
) RETURNS       json
AS $$
DECLARE
  r             record;
  jPair         jsonb;
  dtAccess      timestamptz;
BEGIN
  SELECT t.header, t.successor, h.session INTO r
    FROM db.token t
    JOIN db.token_header h ON h.id = t.header
   WHERE t.id = pId
     AND t.used > now() - RefreshGrace()
     AND t.successor IS NOT NULL;

  IF FOUND THEN
    jPair := OpenSuccessor(pRefresh, r.successor);

    SELECT t.validtodate INTO dtAccess
      FROM db.token t
     WHERE t.hash = GetTokenHash(jPair->>'access_token', GetSecretKey())
       AND t.header = r.header
       AND t.validtodate > now();

    IF FOUND THEN
      RETURN TokenObject(r.session, jPair->>'access_token', dtAccess, jPair->>'refresh_token',
                         jPair->'id_claims');
    END IF;
  END IF;

  RETURN OAuthError(400, 'invalid_grant', 'The refresh token was already used.');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RepeatRefresh (bigint, text) IS
$$Answers a refresh token that was spent a moment ago with what it was exchanged for.

pId       the spent token
pRefresh  its text, which opens its successor
Returns   the same token object as the first time, or the error invalid_grant$$;
