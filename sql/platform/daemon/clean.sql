-- What the cleaner daemon has done each time it wakes.

-- CleanTokens -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CleanTokens (
  pLimit        integer
) RETURNS       integer
AS $$
DECLARE
  nCount        integer;
BEGIN
  -- Spent refresh tokens are kept for a while: one that comes back tells of misuse.
  DELETE FROM db.token
   WHERE id IN (SELECT t.id
                  FROM db.token t
                 WHERE t.validtodate < now() - interval '1 hour'
                   AND (t.type IN ('C', 'A', 'I')
                        OR t.type = 'R' AND t.validtodate < now() - interval '7 days')
                 ORDER BY t.validtodate
                 LIMIT pLimit
                   FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS nCount = ROW_COUNT;

  UPDATE db.token
     SET successor = null
   WHERE id IN (SELECT t.id
                  FROM db.token t
                 WHERE t.validtodate < now() - RefreshGrace()
                   AND t.successor IS NOT NULL
                 ORDER BY t.validtodate DESC
                 LIMIT pLimit
                   FOR UPDATE SKIP LOCKED);

  RETURN nCount;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CleanTokens (integer) IS
$$Removes expired tokens, and the sealed successors whose time is over.

pLimit   most rows of one call
Returns  how many tokens were removed$$;

-- CleanGrants -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CleanGrants (
  pLimit        integer
) RETURNS       integer
AS $$
DECLARE
  nCount        integer;
  nHeaders      integer;
BEGIN
  DELETE FROM db.oauth2
   WHERE id IN (SELECT o.id
                  FROM db.oauth2 o
                 WHERE NOT EXISTS (SELECT FROM db.session s WHERE s.oauth2 = o.id)
                 LIMIT pLimit
                   FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS nCount = ROW_COUNT;

  DELETE FROM db.token_header
   WHERE id IN (SELECT h.id
                  FROM db.token_header h
                 WHERE h.updated < now() - interval '1 hour'
                   AND NOT EXISTS (SELECT FROM db.token t WHERE t.header = h.id)
                   AND SessionFamily(h.session) IS DISTINCT FROM h.id
                 LIMIT pLimit
                   FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS nHeaders = ROW_COUNT;

  RETURN nCount + nHeaders;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CleanGrants (integer) IS
$$Removes grants that no session lives by, and further families whose tokens are gone.

pLimit   most rows of one call, of each kind
Returns  how many were removed$$;

-- CleanClientSessions ---------------------------------------------------------
CREATE OR REPLACE FUNCTION CleanClientSessions (
  pLimit        integer,
  pIdle         interval DEFAULT '10 days'
) RETURNS       integer
AS $$
DECLARE
  nCount        integer;
BEGIN
  DELETE FROM db.session
   WHERE code IN (SELECT s.code
                    FROM db.session s
                    JOIN db."user" u ON u.id = s.suid
                    JOIN oauth2.audience a ON a.code = u.username
                   WHERE s.updated < now() - pIdle
                   LIMIT pLimit
                     FOR UPDATE OF s SKIP LOCKED);
  GET DIAGNOSTICS nCount = ROW_COUNT;

  RETURN nCount;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CleanClientSessions (integer, interval) IS
$$Removes sessions of clients that were not seen lately: every guest of a web site opens one.

pLimit   most rows of one call
pIdle    how long they were not seen
Returns  how many were removed$$;

-- CleanRest -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CleanRest (
  pLimit        integer
) RETURNS       json
AS $$
DECLARE
  nTickets      integer;
  nListeners    integer;
  nFailures     integer;
  nApiLog       integer;
  nReplies      integer;
  nRequests     integer;
  nLog          integer;
BEGIN
  DELETE FROM db.recovery_ticket
   WHERE ticket IN (SELECT t.ticket FROM db.recovery_ticket t
                     WHERE t.validtodate < now() - interval '1 day' LIMIT pLimit);
  GET DIAGNOSTICS nTickets = ROW_COUNT;

  DELETE FROM db.listener l
   WHERE NOT EXISTS (SELECT FROM db.session s WHERE s.code = l.session);
  GET DIAGNOSTICS nListeners = ROW_COUNT;

  -- After a day wrong passwords are counted from one again.
  DELETE FROM db.login_failure
   WHERE ctid IN (SELECT f.ctid FROM db.login_failure f
                   WHERE f.updated < now() - interval '1 day' LIMIT pLimit);
  GET DIAGNOSTICS nFailures = ROW_COUNT;

  DELETE FROM db.api_log
   WHERE id IN (SELECT l.id FROM db.api_log l
                 WHERE l.datetime < now() - interval '1 month' LIMIT pLimit);
  GET DIAGNOSTICS nApiLog = ROW_COUNT;

  DELETE FROM db.idempotency
   WHERE (owner, key) IN (SELECT i.owner, i.key FROM db.idempotency i
                           WHERE i.created < now() - IdempotencyPeriod() LIMIT pLimit);
  GET DIAGNOSTICS nReplies = ROW_COUNT;

  DELETE FROM http.request
   WHERE id IN (SELECT q.id FROM http.request q
                 WHERE q.datetime < now() - interval '1 month' AND q.state IN (2, 3) LIMIT pLimit);
  GET DIAGNOSTICS nRequests = ROW_COUNT;

  DELETE FROM http.log
   WHERE id IN (SELECT l.id FROM http.log l
                 WHERE l.datetime < now() - interval '1 month' LIMIT pLimit);
  GET DIAGNOSTICS nLog = ROW_COUNT;

  RETURN json_build_object('tickets', nTickets, 'listeners', nListeners, 'failures', nFailures,
                           'api_log', nApiLog, 'replies', nReplies, 'http_requests', nRequests, 'http_log', nLog);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CleanRest (integer) IS
$$Removes what else is too old: tickets, subscriptions, wrong passwords, rows of the request and HTTP logs.

pLimit   most rows of one call, of each kind
Returns  how many of each kind were removed$$;

-- daemon.clean ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.clean (
  pLimit        integer DEFAULT 10000
) RETURNS       json
AS $$
DECLARE
  jResult       jsonb;
BEGIN
  jResult := jsonb_build_object('sessions', CleanClientSessions(pLimit),
                                'tokens', CleanTokens(pLimit),
                                'grants', CleanGrants(pLimit)) || CleanRest(pLimit)::jsonb;

  -- The same lock as the last-seen stamps: both move many users at once. Last, to hold it shortly.
  PERFORM pg_advisory_xact_lock(hashtext('apostol.stamp'));
  PERFORM CheckSession();
  PERFORM CheckOffline();

  RETURN jResult;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.clean (integer) IS
$$Does the house-keeping: users who went offline, dead sessions, expired tokens, old rows of logs.

pLimit   most rows of one call, of each kind: a caller that gets as many calls again
Returns  how many rows of each kind were removed$$;
