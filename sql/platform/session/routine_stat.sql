-- Who is online: stamps of sessions, users that left, sessions that nobody uses.

-- UpdateSessionStats ----------------------------------------------------------
CREATE OR REPLACE FUNCTION UpdateSessionStats (
  pSession      varchar,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM StampSessions(jsonb_build_array(jsonb_build_object(
            'session', pSession, 'seen', now(), 'agent', pAgent, 'host', pHost)));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UpdateSessionStats (varchar, text, inet) IS
$$Notes that a session is used: it, its profile and its user are stamped, at most once a minute.

pSession  code of the session
pAgent    program
pHost     address$$;

-- CheckOffline ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckOffline (
  pOffTime      interval DEFAULT '5 minute'
) RETURNS       void
AS $$
  WITH gone AS (
    UPDATE db."user" u
       SET status = (u.status & B'1100') | B'0001'
     WHERE u.type = 'U'
       AND u.status & B'0010' = B'0010'
       AND u.id IS DISTINCT FROM current_userid()
       AND NOT EXISTS (SELECT FROM db.session s WHERE s.userid = u.id AND s.updated > now() - pOffTime)
    RETURNING u.id
  )
  UPDATE db.profile p
     SET state = B'000'
    FROM gone g
   WHERE p.userid = g.id
     AND p.state <> B'000';
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION CheckOffline (interval) IS
$$Marks the users as offline that no session was used of lately; the caller stays as he is.

pOffTime  how long ago is no longer lately$$;

-- CheckSession ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckSession (
  pOffTime      interval DEFAULT '3 month'
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT s.code
      FROM db.session s
     INNER JOIN db."user" u ON u.id = s.suid
     WHERE s.code IS DISTINCT FROM current_session()
       AND u.username NOT IN ('admin', session_user)
       AND (s.updated < now() - pOffTime
            OR (s.updated < now() - interval '10 days' AND IsSystem(u.id) AND NOT u.readonly)
            OR s.agent ILIKE 'python-%')
     ORDER BY s.updated
     LIMIT 5000
  LOOP
    PERFORM CloseSession(r.code, false, 'Not used for long.');
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckSession (interval) IS
$$Ends sessions that nobody uses, at most 5000 at a time.

These are sessions not used for the time given, those of OAuth clients not used for 10 days, and all
of agents named python-... The current session stays, and so do those of admin.
pOffTime  how long a session may lie unused$$;
