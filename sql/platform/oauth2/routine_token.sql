-- Keeping tokens: their hashes, families and validity.

-- GetTokenHash ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetTokenHash (
  pToken        text,
  pPassKey      text
) RETURNS       text
AS $$
  SELECT encode(hmac(pToken, pPassKey, 'sha1'), 'hex');
$$ LANGUAGE sql IMMUTABLE STRICT;

COMMENT ON FUNCTION GetTokenHash (text, text) IS
$$Hashes a token for storing and looking up.

pPassKey  key, GetSecretKey() for what is stored
Returns   HMAC-SHA1, 40 lower-case hexadecimal digits$$;

-- SameSecret ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SameSecret (
  pGiven        text,
  pExpected     text
) RETURNS       boolean
AS $$
  SELECT coalesce(sha256(convert_to(pGiven, 'UTF8')) = sha256(convert_to(pExpected, 'UTF8')), false);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION SameSecret (text, text) IS
$$Compares two secrets; the time it takes says nothing about where they differ.

Hashes are compared, and the caller cannot steer their first differing byte.
Returns  false also when one of them is null$$;

-- CreateTokenHeader -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateTokenHeader (
  pOAuth2       bigint,
  pSession      varchar,
  pSalt         text,
  pAgent        text,
  pHost         inet
) RETURNS       bigint
AS $$
DECLARE
  nId           bigint;
BEGIN
  INSERT INTO db.token_header (oauth2, session, salt, agent, host)
  VALUES (pOAuth2, pSession, pSalt, coalesce(pAgent, ''), pHost)
  RETURNING id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateTokenHeader (bigint, varchar, text, text, inet) IS
$$Starts a family of tokens of a session.

Returns  its id$$;

-- AddToken --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddToken (
  pHeader       bigint,
  pType         char,
  pToken        text,
  pDateFrom     timestamptz,
  pDateTo       timestamptz DEFAULT NULL,
  pGrace        interval DEFAULT '0'
) RETURNS       bigint
AS $$
DECLARE
  nId           bigint;
  vHash         text := GetTokenHash(pToken, GetSecretKey());
  dtTo          timestamptz := coalesce(pDateTo, MAXDATE());
BEGIN
  -- A family has one row for its code, so that the reference of the session stays right.
  IF pType = 'C' THEN
    UPDATE db.token
       SET hash = vHash, used = null, validfromdate = pDateFrom, validtodate = dtTo
     WHERE header = pHeader AND type = 'C'
    RETURNING id INTO nId;

    IF FOUND THEN
      RETURN nId;
    END IF;
  END IF;

  UPDATE db.token
     SET validtodate = pDateFrom + pGrace
   WHERE header = pHeader
     AND type = pType
     AND validtodate > pDateFrom + pGrace
     AND hash <> vHash;

  -- A token signed twice within a second is one token: it stays valid.
  INSERT INTO db.token (header, session, type, hash, validfromdate, validtodate)
  SELECT h.id, h.session, pType, vHash, pDateFrom, dtTo
    FROM db.token_header h
   WHERE h.id = pHeader
      ON CONFLICT (hash) DO UPDATE SET used = null, validtodate = EXCLUDED.validtodate
  RETURNING id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddToken (bigint, char, text, timestamptz, timestamptz, interval) IS
$$Stores the hash of a new token; it takes the place of the family's valid one of its type.

pHeader    family
pType      C code, A access, R refresh, I identity
pDateTo    end of its validity; null for none
pGrace     how long the replaced one stays valid
Returns    id of the token$$;

-- NewTokenCode ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewTokenCode (
  pOAuth2       bigint,
  pSession      varchar,
  pSalt         text,
  pAgent        text,
  pHost         inet,
  pCreated      timestamptz
) RETURNS       bigint
AS $$
  SELECT AddToken(CreateTokenHeader(pOAuth2, pSession, pSalt, pAgent, pHost), 'C',
                  encode(gen_random_bytes(48), 'base64'), pCreated, pCreated + interval '10 min');
$$ LANGUAGE sql;

COMMENT ON FUNCTION NewTokenCode (bigint, varchar, text, text, inet, timestamptz) IS
$$Starts the family of a new session and its code.

Nobody knows this code: oauth2_current_code() puts a known one in its place when one is asked for.
Returns  id of the code, for db.session.token$$;

-- SessionFamily ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION SessionFamily (
  pSession      varchar
) RETURNS       bigint
AS $$
BEGIN
  -- Later ones were started for programs that work for the session.
  RETURN (SELECT min(h.id) FROM db.token_header h WHERE h.session = pSession);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION SessionFamily (varchar) IS
'Returns the family of tokens that a session was opened with; null for an unknown session.';

-- oauth2_current_code ---------------------------------------------------------
CREATE OR REPLACE FUNCTION oauth2_current_code (
  pSession      varchar DEFAULT current_session()
) RETURNS       text
AS $$
DECLARE
  nId           bigint;
  nHeader       bigint := SessionFamily(pSession);
  vCode         text := encode(gen_random_bytes(48), 'base64');
BEGIN
  IF nHeader IS NULL THEN
    RETURN null;
  END IF;

  nId := AddToken(nHeader, 'C', vCode, now(), now() + interval '10 min');

  UPDATE db.session SET token = nId WHERE code = pSession AND token IS DISTINCT FROM nId;

  RETURN vCode;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION oauth2_current_code (varchar) IS
$$Issues an authorization code of a session; the one before it is no longer valid.

Codes are stored as hashes, so an earlier one cannot be shown again.
Returns  the code: valid for 10 minutes, for one exchange; null for an unknown session$$;

-- GetToken --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetToken (
  pId           bigint
) RETURNS       text
AS $$
  SELECT token FROM db.token WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetToken (bigint) IS
$$Returns the stored text of a token.

Returns  null for the tokens issued here: only their hashes are stored$$;

-- DeleteOAuth2 ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteOAuth2 (
  pId           bigint
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.oauth2 o
   WHERE o.id = pId
     AND NOT EXISTS (SELECT FROM db.session s WHERE s.oauth2 = o.id);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteOAuth2 (bigint) IS
'Removes a grant with its tokens, unless a session still lives by it.';
