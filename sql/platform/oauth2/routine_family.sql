-- Closing a family of tokens: because its client is done with it, or because somebody else has one
-- of its tokens.

-- CloseFamily -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CloseFamily (
  pHeader       bigint,
  pReason       text
) RETURNS       void
AS $$
DECLARE
  vSession      text;
BEGIN
  -- Who is exchanging one of these tokens at this moment holds its row, and comes first.
  PERFORM FROM db.token WHERE header = pHeader ORDER BY id FOR UPDATE;

  SELECT h.session INTO vSession FROM db.token_header h WHERE h.id = pHeader;

  IF FOUND THEN
    PERFORM CloseSession(vSession, false, pReason);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CloseFamily (bigint, text) IS
$$Ends the session of a family of tokens, and with it all of its tokens.

pReason  for the event log$$;

-- CloseMisused ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CloseMisused (
  pHeader       bigint,
  pEvent        text
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  SELECT h.session, u.username, h.host INTO r
    FROM db.token_header h
    JOIN db.session s ON s.code = h.session
    JOIN db."user" u ON u.id = s.suid
   WHERE h.id = pHeader;

  IF NOT FOUND THEN
    RETURN;
  END IF;

  PERFORM CloseFamily(pHeader, 'A token came back after its use.');
  PERFORM WriteToEventLog('W', 6013, 'auth', pEvent,
                          format('A token of "%s" came back after its use: session %s, opened from %s, was closed.',
                                 r.username, left(r.session, 8), coalesce(host(r.host), '-')));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CloseMisused (bigint, text) IS
$$Closes a family one of whose tokens two have: nobody can tell which of them is the rightful one.

pEvent  reuse for a refresh token, replay for a code: event of the log's row 6013$$;

-- RefreshReused ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RefreshReused (
  pAudience     integer,
  pToken        text
) RETURNS       boolean
AS $$
DECLARE
  r             record;
BEGIN
  SELECT t.id, t.header, t.used INTO r
    FROM db.token t
    JOIN db.token_header h ON h.id = t.header
    JOIN db.oauth2 o ON o.id = h.oauth2
   WHERE t.hash = GetTokenHash(pToken, GetSecretKey())
     AND t.type = 'R'
     AND t.used IS NOT NULL
     AND o.audience = pAudience;

  IF NOT FOUND THEN
    RETURN false;
  END IF;

  -- Requests that were sent together all have the parent of the newest pair, never an older one.
  IF r.used > now() - RefreshGrace()
     AND NOT EXISTS (SELECT FROM db.token t
                      WHERE t.header = r.header AND t.type = 'R' AND t.id > r.id AND t.used IS NOT NULL)
  THEN
    RETURN false;
  END IF;

  PERFORM CloseMisused(r.header, 'reuse');

  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RefreshReused (integer, text) IS
$$Tells whether a refresh token came back after its use, and closes its family then.

The parent of the newest pair may come again for RefreshGrace(); an older one means at once that two
have the family's tokens.
pAudience  client that presents it: another one's is no reuse$$;

-- CodeReplayed ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CodeReplayed (
  pAudience     integer,
  pCode         text
) RETURNS       boolean
AS $$
DECLARE
  nHeader       bigint;
BEGIN
  SELECT t.header INTO nHeader
    FROM db.token t
    JOIN db.token_header h ON h.id = t.header
    JOIN db.oauth2 o ON o.id = h.oauth2
   WHERE t.hash = GetTokenHash(pCode, GetSecretKey())
     AND t.type = 'C'
     AND t.used IS NOT NULL
     AND o.audience = pAudience
     AND (o.code_challenge IS NOT NULL OR 'openid' = ANY (o.scopes));

  IF NOT FOUND THEN
    RETURN false;
  END IF;

  PERFORM CloseMisused(nHeader, 'replay');

  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CodeReplayed (integer, text) IS
$$Tells whether a code came back after its use, and takes back what it was exchanged for then.

Of a client that uses neither PKCE nor OpenID Connect it is only refused, as ever: such clients are
known to repeat requests.$$;
