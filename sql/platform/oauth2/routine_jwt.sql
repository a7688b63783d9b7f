-- JSON web tokens: making them, reading them, telling whether they are ours.

-- DecodeToken -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DecodeToken (
  pToken        text,
  OUT header    jsonb,
  OUT claims    jsonb
) RETURNS       record
AS $$
BEGIN
  IF pToken !~ '^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$' THEN
    RETURN;
  END IF;

  header := convert_from(url_decode(split_part(pToken, '.', 1)), 'UTF8')::jsonb;
  claims := convert_from(url_decode(split_part(pToken, '.', 2)), 'UTF8')::jsonb;

  IF jsonb_typeof(header) <> 'object' OR jsonb_typeof(claims) <> 'object' THEN
    header := null;
    claims := null;
  END IF;
EXCEPTION
WHEN data_exception THEN
  -- Not base64url, not UTF-8 or not JSON: no token.
  header := null;
  claims := null;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION DecodeToken (text) IS
$$Splits a token into header and claims without verifying it.

header  null when the text is no token
claims  null when the text is no token$$;

-- VerifyToken -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION VerifyToken (
  pToken        text,
  OUT audience  integer,
  OUT claims    jsonb
) RETURNS       record
AS $$
DECLARE
  jHeader       jsonb;
  vSecret       text;
BEGIN
  SELECT d.header, d.claims INTO jHeader, claims FROM DecodeToken(pToken) d;

  IF claims IS NULL THEN
    PERFORM AuthenticateError('The token is malformed');
  END IF;

  SELECT a.id, a.secret INTO audience, vSecret
    FROM oauth2.issuer i
    JOIN oauth2.audience a ON a.provider = i.provider
   WHERE i.code = claims->>'iss'
     AND a.code = claims->>'aud'
   ORDER BY a.id
   LIMIT 1;

  IF NOT FOUND THEN
    IF GetIssuer(claims->>'iss') IS NULL THEN
      PERFORM IssuerNotFound(claims->>'iss');
    END IF;
    PERFORM AudienceNotFound();
  END IF;

  -- The header is the sender's word: a token that asks for "none" or another key is not ours.
  IF jHeader->>'alg' IS DISTINCT FROM 'HS256'
     OR NOT SameSecret(split_part(pToken, '.', 3),
                       url_encode(hmac(split_part(pToken, '.', 1) || '.' || split_part(pToken, '.', 2),
                                       vSecret, 'sha256')))
  THEN
    PERFORM TokenError();
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION VerifyToken (text) IS
$$Verifies who issued a token, to which client, and its signature; not its time.

audience  client named in the token
claims    its claims
Raises    AuthenticateError for a text that is no token, IssuerNotFound, AudienceNotFound, TokenError
          for a wrong signature$$;

-- TokenValidation -------------------------------------------------------------
CREATE OR REPLACE FUNCTION TokenValidation (
  pToken        text
) RETURNS       jsonb
AS $$
DECLARE
  nAudience     integer;
  nGranted      integer;
  jClaims       jsonb;
BEGIN
  SELECT v.audience, v.claims INTO nAudience, jClaims FROM VerifyToken(pToken) v;

  SELECT o.audience INTO nGranted
    FROM db.token t
    JOIN db.token_header h ON h.id = t.header
    JOIN db.oauth2 o ON o.id = h.oauth2
   WHERE t.hash = GetTokenHash(pToken, GetSecretKey())
     AND t.type = 'A'
     AND t.validfromdate <= now()
     AND t.validtodate > now();

  IF NOT FOUND THEN
    PERFORM TokenExpired();
  END IF;

  IF nGranted <> nAudience THEN
    PERFORM TokenBelong();
  END IF;

  RETURN jClaims;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION TokenValidation (text) IS
$$Validates an access token: signature, issue and revocation.

Returns  its claims
Raises   as VerifyToken; TokenExpired when it is unknown, expired or revoked; TokenBelong when it
         was issued to another client$$;

-- SignClaims ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SignClaims (
  pAudience     integer,
  pDateFrom     timestamptz,
  pDateTo       timestamptz,
  pClaims       jsonb
) RETURNS       text
AS $$
DECLARE
  r             record;
BEGIN
  SELECT a.code, a.secret,
         (SELECT i.code FROM oauth2.issuer i WHERE i.provider = a.provider ORDER BY i.id LIMIT 1) AS issuer
    INTO r
    FROM oauth2.audience a
   WHERE a.id = pAudience;

  IF NOT FOUND THEN
    PERFORM AudienceNotFound();
  END IF;

  RETURN sign((jsonb_build_object(
                 'iss', r.issuer,
                 'aud', r.code,
                 'iat', floor(extract(epoch FROM pDateFrom))::bigint,
                 'exp', floor(extract(epoch FROM pDateTo))::bigint
               ) || pClaims)::json, r.secret, 'HS256');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION SignClaims (integer, timestamptz, timestamptz, jsonb) IS
$$Signs claims with the secret of a client.

pClaims  claims beside iss, aud, iat and exp, which are added
Returns  the token
Raises   AudienceNotFound$$;

-- CreateAccessToken -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateAccessToken (
  pAudience     integer,
  pSubject      text,
  pDateFrom     timestamptz DEFAULT now(),
  pDateTo       timestamptz DEFAULT now() + interval '1 hour'
) RETURNS       text
AS $$
  SELECT SignClaims(pAudience, pDateFrom, pDateTo, jsonb_build_object('sub', pSubject));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION CreateAccessToken (integer, text, timestamptz, timestamptz) IS
$$Makes the text of an access token; AddToken() makes it valid.

pAudience  client
pSubject   code of the session
Returns    a token with the claims iss, aud, sub, iat and exp$$;

-- CreateIdToken ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateIdToken (
  pAudience     integer,
  pUserId       uuid,
  pScopes       text[],
  pDateFrom     timestamptz DEFAULT now(),
  pDateTo       timestamptz DEFAULT now() + interval '1 hour'
) RETURNS       text
AS $$
DECLARE
  r             record;
  jClaims       jsonb;
BEGIN
  SELECT u.id, u.username, u.name, u.email, u.phone, u.created, u.description,
         p.given_name, p.family_name, p.patronymic_name, p.email_verified, p.phone_verified,
         p.session_limit, p.picture, l.code AS locale, a.code AS area, i.code AS interface
    INTO r
    FROM db.user u
    JOIN db.profile p ON p.userid = u.id
    JOIN db.scope s ON s.id = p.scope
    JOIN db.locale l ON l.id = p.locale
    JOIN db.area a ON a.id = p.area
    JOIN db.interface i ON i.id = p.interface
   WHERE u.id = pUserId
     AND u.type = 'U'
     AND s.code = ANY (pScopes)
   ORDER BY array_position(pScopes, s.code)
   LIMIT 1;

  IF NOT FOUND THEN
    PERFORM UserNotFound(pUserId);
  END IF;

  jClaims := jsonb_build_object('sub', r.username, 'uid', r.id);

  IF 'profile' = ANY (pScopes) THEN
    jClaims := jClaims || to_jsonb(r);
  END IF;

  RETURN SignClaims(pAudience, pDateFrom, pDateTo, jClaims);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CreateIdToken (integer, uuid, text[], timestamptz, timestamptz) IS
$$Makes an identity token of a user.

pScopes  scopes granted; with "profile" the token carries the profile of the user
Returns  the token
Raises   UserNotFound when the user has no profile in one of the scopes$$;

CREATE OR REPLACE FUNCTION CreateIdToken (
  pAudience     integer,
  pSession      varchar,
  pScopes       text[],
  pDateFrom     timestamptz DEFAULT now(),
  pDateTo       timestamptz DEFAULT now() + interval '1 hour'
) RETURNS       text
AS $$
DECLARE
  uUser         uuid;
BEGIN
  SELECT s.userid INTO uUser FROM db.session s WHERE s.code = pSession;

  RETURN CreateIdToken(pAudience, uUser, pScopes, pDateFrom, pDateTo);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CreateIdToken (integer, varchar, text[], timestamptz, timestamptz) IS
$$Makes an identity token of the user of a session.

Returns  the token
Raises   UserNotFound when the user has no profile in one of the scopes$$;
