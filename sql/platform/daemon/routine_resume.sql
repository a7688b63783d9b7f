-- Taking up a session for one call.

-- ResumeSession ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ResumeSession (
  pToken        text,
  pSession      text,
  pSecret       text,
  pHost         inet
) RETURNS       text
AS $$
DECLARE
  r             record;
BEGIN
  -- One query finds everything and sets the context on its way: this is what every call costs.
  SELECT s.code, s.userid,
         pToken IS NULL AND NOT SameSecret(pSecret, s.secret) AS stranger,
         get_bit(u.status | o.status, 1) = 1 OR u.lock_date > now() OR o.lock_date > now() AS locked,
         get_bit(u.status, 0) = 1 OR u.expiry_date <= now() AS expired,
         EXISTS (SELECT FROM db.iptable i WHERE i.userid = s.userid) AS guarded,
         set_config('current.session', s.code, true),
         set_config('current.user', s.userid::text, true),
         set_config('current.suid', s.suid::text, true),
         set_config('current.client_id', a.code, true),
         set_config('current.groups', m.groups::text, true),
         set_config('current.admin', CASE WHEN m.admin THEN 't' ELSE 'f' END, true),
         set_config('current.access', (NOT m.admin)::text, true),
         set_config('current.scope', s.scope::text, true),
         set_config('current.area', s.area::text, true),
         set_config('current.interface', s.interface::text, true),
         set_config('current.locale', s.locale::text, true),
         set_config('current.oper_date', coalesce(s.oper_date::text, ''), true),
         set_config('current.notification', 'true', true),
         set_config('current.log', 'true', true),
         set_config('current.debug', 'false', true),
         set_config('kernel.error_message', '', true)
    INTO r
    FROM db.session s
    JOIN db.oauth2 g ON g.id = s.oauth2
    JOIN oauth2.audience a ON a.id = g.audience
    JOIN db."user" u ON u.id = s.userid
    JOIN db."user" o ON o.id = s.suid
   CROSS JOIN LATERAL (
         SELECT coalesce(array_agg(g.userid), '{}') AS groups,
                coalesce(bool_or(g.userid = '00000000-0000-4000-a000-000000000001'), false) AS admin
           FROM db.member_group g
          WHERE g.member = s.userid) m
   WHERE s.code = coalesce(pSession,
         (SELECT h.session
            FROM db.token t
            JOIN db.token_header h ON h.id = t.header
           WHERE t.hash = encode(hmac(pToken, (SELECT GetSecretKey()), 'sha1'), 'hex')
             AND t.type = 'A'
             AND t.validfromdate <= now()
             AND t.validtodate > now()));

  IF NOT FOUND OR r.stranger THEN
    IF pToken IS NULL THEN
      PERFORM AuthenticateError('Unknown session or wrong secret');
    END IF;
    -- Not one of the valid tokens: which of the reasons it is takes a second look.
    PERFORM TokenValidation(pToken);
    PERFORM TokenExpired();
  END IF;

  IF r.locked THEN
    PERFORM UserLockError();
  END IF;

  IF r.expired THEN
    PERFORM PasswordExpired();
  END IF;

  IF r.guarded AND NOT CheckIPTable(r.userid, pHost) THEN
    PERFORM LoginIPTableError(pHost);
  END IF;

  RETURN r.code;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ResumeSession (text, text, text, inet) IS
$$Takes up a session: by an access token, or by its code and secret.

Callers roll back what it did when it raises: the context is set before all is checked.
pToken    access token; its hash is proof enough, for only issued tokens are stored
pSession  code of the session, when there is no token
pSecret   its secret
pHost     address of the caller
Returns   code of the session; the context of the transaction is that of its user
Raises    as TokenValidation; AuthenticateError, UserLockError, PasswordExpired, LoginIPTableError$$;

-- ResumeByCode ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ResumeByCode (
  pSession      text,
  pHost         inet
) RETURNS       text
AS $$
DECLARE
  vSecret       text;
BEGIN
  SELECT s.secret INTO vSecret FROM db.session s WHERE s.code = pSession;

  RETURN ResumeSession(null, coalesce(pSession, ''), vSecret, pHost);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ResumeByCode (text, inet) IS
$$Takes up a session whose caller has proven himself in another way.

Returns  code of the session
Raises   as ResumeSession$$;
