-- What the server collected while answering, written in batches; and what it asks at start.

-- FlushLog --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION FlushLog (
  pLog          jsonb
) RETURNS       void
AS $$
BEGIN
  INSERT INTO db.api_log (datetime, session, username, path, json, eventid, runtime)
  SELECT coalesce(x.datetime, clock_timestamp()), x.session, u.username,
         -- A routed call is logged under what its dispatcher got, another one as it came.
         CASE WHEN x.path ~ '^/[^/]+/v\d+(/|$)' THEN DispatchPath(x.path) ELSE coalesce(x.path, '/') END,
         x.payload, x.eventid, x.runtime * interval '1 ms'
    FROM jsonb_to_recordset(pLog) AS x (datetime timestamptz, path text, payload jsonb, session text,
                                        eventid bigint, runtime double precision)
    LEFT JOIN db.session s ON s.code = x.session
    LEFT JOIN db."user" u ON u.id = s.userid;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION FlushLog (jsonb) IS
'Writes rows of the request log; see daemon.flush_activity().';

-- StampSessions ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION StampSessions (
  pSessions     jsonb
) RETURNS       void
AS $$
DECLARE
  arSession     text[];
  arSeen        timestamptz[];
  arAgent       text[];
  arHost        inet[];
BEGIN
  -- Serialised, and in the order user, profile, session of a sign-in: nobody waits in a circle.
  PERFORM pg_advisory_xact_lock(hashtext('apostol.stamp'));

  SELECT array_agg(x.session), array_agg(x.seen), array_agg(x.agent), array_agg(x.host)
    INTO arSession, arSeen, arAgent, arHost
    FROM (SELECT DISTINCT ON (i.session) i.session, least(i.seen, now()) AS seen, i.agent, i.host
            FROM jsonb_to_recordset(pSessions) AS i (session text, seen timestamptz, agent text, host inet)
           ORDER BY i.session, i.seen DESC) x
    JOIN db.session s ON s.code = x.session
   WHERE s.updated <= x.seen - interval '1 min'
      OR s.host IS DISTINCT FROM coalesce(x.host, s.host)
      OR s.agent <> coalesce(x.agent, s.agent);

  IF arSession IS NULL THEN
    RETURN;
  END IF;

  UPDATE db."user" u
     SET status = (u.status | B'0010') & B'1110'
    FROM (SELECT DISTINCT s.userid FROM db.session s WHERE s.code = ANY (arSession)) x
   WHERE u.id = x.userid
     AND u.status <> (u.status | B'0010') & B'1110';

  UPDATE db.profile p
     SET input_last = greatest(p.input_last, x.seen),
         lc_ip = coalesce(x.host, p.lc_ip),
         state = x.state
    FROM (SELECT DISTINCT ON (s.userid, s.scope) s.userid, s.scope, n.seen, n.host,
                 ConnectionState(s.area, coalesce(n.host, s.host)) AS state
            FROM unnest(arSession, arSeen, arHost) AS n (session, seen, host)
            JOIN db.session s ON s.code = n.session
           ORDER BY s.userid, s.scope, n.seen DESC) x
   WHERE p.userid = x.userid
     AND p.scope = x.scope;

  UPDATE db.session s
     SET updated = greatest(s.updated, n.seen),
         agent = coalesce(n.agent, s.agent),
         host = coalesce(n.host, s.host)
    FROM unnest(arSession, arSeen, arAgent, arHost) AS n (session, seen, agent, host)
   WHERE s.code = n.session;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION StampSessions (jsonb) IS
'Notes when and where sessions were seen, at most once a minute each; see daemon.flush_activity().';

-- daemon.flush_activity -------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.flush_activity (
  pLog          jsonb,
  pSessions     jsonb
) RETURNS       void
AS $$
BEGIN
  IF jsonb_typeof(pLog) = 'array' THEN
    PERFORM FlushLog(pLog);
  END IF;

  IF jsonb_typeof(pSessions) = 'array' THEN
    PERFORM StampSessions(pSessions);
  END IF;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.flush_activity (jsonb, jsonb) IS
$$Writes what the server collected: the request log and when sessions were seen.

pLog       [{datetime, method, path, payload, runtime, session, eventid, host, agent}]: payload
           without secrets, runtime in milliseconds
pSessions  [{session, agent, host, seen}]$$;

-- daemon.ready ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.ready () RETURNS json
AS $$
  SELECT json_build_object('version', Setting('schema.version'), 'time', now());
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.ready () IS
'Tells that the database answers: {"version", "time"}, the version being that of its schema.';
