-- What a client learns of the user who signed in: OpenID Connect.

-- SessionId -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SessionId (
  pSession      text
) RETURNS       text
AS $$
  SELECT url_encode(hmac('sid:' || pSession, GetSecretKey(), 'sha256'));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION SessionId (text) IS
'Returns what identity tokens call a session: its code opens things, so it does not go where they go.';

-- IdentityClaims --------------------------------------------------------------
CREATE OR REPLACE FUNCTION IdentityClaims (
  pAudience     integer,
  pSession      varchar,
  pDateFrom     timestamptz,
  pDateTo       timestamptz
) RETURNS       jsonb
AS $$
BEGIN
  RETURN (SELECT jsonb_strip_nulls(jsonb_build_object(
                   'sub', s.suid,
                   'aud', GetAudienceCode(pAudience),
                   'iat', floor(extract(epoch FROM pDateFrom))::bigint,
                   'exp', floor(extract(epoch FROM pDateTo))::bigint,
                   'auth_time', floor(extract(epoch FROM s.created))::bigint,
                   'nonce', o.nonce,
                   'sid', SessionId(s.code),
                   'jti', url_encode(gen_random_bytes(24))))
            FROM db.session s
            JOIN db.oauth2 o ON o.id = s.oauth2
           WHERE s.code = pSession);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION IdentityClaims (integer, varchar, timestamptz, timestamptz) IS
$$Makes the claims of an identity token; the server adds iss and at_hash and signs them.

The subject is the user's id, since a name can be given to somebody else.
Returns  sub, aud, iat, exp, auth_time, nonce, sid, jti; null for an unknown session$$;

-- UserClaims ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION UserClaims (
  pUserId       uuid,
  pProfile      uuid,
  pScopes       text[]
) RETURNS       jsonb
AS $$
DECLARE
  r             record;
  jResult       jsonb := jsonb_build_object('sub', pUserId);
BEGIN
  SELECT u.username, u.name, nullif(u.email, '') AS email, nullif(u.phone, '') AS phone,
         p.given_name, p.family_name, p.patronymic_name, p.picture,
         coalesce(p.email_verified, false) AS email_verified,
         coalesce(p.phone_verified, false) AS phone_verified, l.code AS locale
    INTO r
    FROM db."user" u
    LEFT JOIN db.profile p ON p.userid = u.id AND p.scope = pProfile
    LEFT JOIN db.locale l ON l.id = p.locale
   WHERE u.id = pUserId;

  IF 'profile' = ANY (pScopes) THEN
    jResult := jResult || jsonb_build_object(
      'name', r.name, 'given_name', r.given_name, 'middle_name', r.patronymic_name,
      'family_name', r.family_name, 'preferred_username', r.username, 'picture', r.picture,
      'locale', r.locale);
  END IF;

  IF 'email' = ANY (pScopes) AND r.email IS NOT NULL THEN
    jResult := jResult || jsonb_build_object('email', r.email, 'email_verified', r.email_verified);
  END IF;

  IF 'phone' = ANY (pScopes) AND r.phone IS NOT NULL THEN
    jResult := jResult || jsonb_build_object('phone_number', r.phone,
                                             'phone_number_verified', r.phone_verified);
  END IF;

  RETURN jsonb_strip_nulls(jResult);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION UserClaims (uuid, uuid, text[]) IS
$$Returns what the scopes openid, profile, email and phone tell of a user.

pProfile  scope whose profile counts$$;

-- UserInfo --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION UserInfo (
  pToken        text
) RETURNS       json
AS $$
DECLARE
  r             record;
BEGIN
  SELECT s.suid, s.scope, o.scopes INTO r
    FROM db.token t
    JOIN db.session s ON s.code = t.session
    JOIN db.oauth2 o ON o.id = s.oauth2
   WHERE t.hash = GetTokenHash(pToken, GetSecretKey())
     AND t.type = 'A'
     AND t.validfromdate <= now()
     AND t.validtodate > now();

  IF NOT FOUND OR (BlockReason(r.suid, null)).reason IS NOT NULL THEN
    RETURN OAuthError(401, 'invalid_token', 'The token is unknown, expired or revoked.');
  END IF;

  IF NOT 'openid' = ANY (r.scopes) THEN
    RETURN OAuthError(403, 'insufficient_scope', 'The token was not granted the scope openid.');
  END IF;

  RETURN UserClaims(r.suid, r.scope, r.scopes);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION UserInfo (text) IS
$$Tells the holder of an access token who signed in.

Returns  as UserClaims(), or the errors invalid_token, insufficient_scope$$;

-- EndSession ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EndSession (
  pClientId     text,
  pUserId       uuid,
  pSid          text
) RETURNS       boolean
AS $$
DECLARE
  vSession      text;
BEGIN
  SELECT s.code INTO vSession
    FROM db.session s
    JOIN db.oauth2 o ON o.id = s.oauth2
    JOIN oauth2.audience a ON a.id = o.audience
   WHERE s.suid = pUserId
     AND a.code = pClientId
     AND SameSecret(SessionId(s.code), pSid);

  IF NOT FOUND THEN
    RETURN false;
  END IF;

  PERFORM CloseSession(vSession, false, 'Its client signed it out.');

  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EndSession (text, uuid, text) IS
$$Ends the session that an identity token was issued in; the token was verified before.

pClientId  claim aud
pUserId    claim sub
pSid       claim sid
Returns    false when there is no such session any more$$;
