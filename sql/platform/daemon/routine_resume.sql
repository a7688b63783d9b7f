-- Taking up a session for one call.

-- BlockReason -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION BlockReason (
  pUserId       uuid,
  pHost         inet,
  OUT reason    text,
  OUT until     timestamptz
) RETURNS       record
AS $$
BEGIN
  SELECT CASE
         WHEN get_bit(u.status, 1) = 1 THEN 'locked'
         WHEN u.lock_date > now() THEN 'until'
         WHEN get_bit(u.status, 0) = 1 OR u.expiry_date <= now() THEN 'expired'
         WHEN NOT CheckIPTable(u.id, pHost) THEN 'address'
         END, u.lock_date
    INTO reason, until
    FROM db."user" u
   WHERE u.id = pUserId
     AND u.type = 'U';

  IF NOT FOUND THEN
    reason := 'refused';
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BlockReason (uuid, inet) IS
$$Tells why a user may not have a session at present.

pHost    address that he comes from
reason   null when he may; locked, until, expired, address, refused: as RaiseLoginError() takes it
until    when a lock ends$$;

-- CheckBlocked ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckBlocked (
  pUserId       uuid,
  pHost         inet
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  r := BlockReason(pUserId, pHost);

  IF r.reason IS NOT NULL THEN
    PERFORM RaiseLoginError(r.reason, r.until, pHost);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckBlocked (uuid, inet) IS
$$Checks that a user may have a session at present.

Raises   UserLockError, UserTempLockError, PasswordExpired, LoginIPTableError, LoginError$$;

-- TakeSession -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION TakeSession (
  pToken        text,
  pSession      text,
  pSecret       text
) RETURNS       text
AS $$
DECLARE
  r             record;
  bAdmin        boolean;
  bSet          boolean;
BEGIN
  -- What every call costs: one query for all that is to be checked and set.
  SELECT s.code, s.userid, s.scope, s.area, s.interface, s.locale, s.oper_date, u.groups
    INTO r
    FROM db.session s
    JOIN db."user" u ON u.id = s.userid
   WHERE s.code = coalesce(pSession,
         (SELECT t.session
            FROM db.token t
           WHERE t.hash = (SELECT GetTokenHash(pToken, k.value) FROM db.setting k WHERE k.name = 'secret.key')
             AND t.type = 'A'
             AND t.validfromdate <= now()
             AND t.validtodate > now()))
     AND (pSession IS NULL OR SameSecret(pSecret, s.secret))
     AND s.suid = s.userid
     AND u.status & B'1100' = B'0000'
     AND u.lock_date IS NULL
     AND u.expiry_date IS NULL
     AND NOT u.guarded;

  IF r.code IS NULL THEN
    RETURN null;
  END IF;

  -- One expression: each statement of its own would be prepared anew in every transaction.
  bAdmin := '00000000-0000-4000-a000-000000000001' = ANY (r.groups);
  bSet := set_config('current.session', r.code, true) IS NOT NULL
      AND set_config('current.user', r.userid::text, true) IS NOT NULL
      AND set_config('current.suid', r.userid::text, true) IS NOT NULL
      AND set_config('current.client_id', '', true) IS NOT NULL
      AND set_config('current.groups', r.groups::text, true) IS NOT NULL
      AND set_config('current.admin', CASE WHEN bAdmin THEN 't' ELSE 'f' END, true) IS NOT NULL
      AND set_config('current.access', CASE WHEN bAdmin THEN 'false' ELSE 'true' END, true) IS NOT NULL
      AND set_config('current.scope', r.scope::text, true) IS NOT NULL
      AND set_config('current.area', r.area::text, true) IS NOT NULL
      AND set_config('current.interface', r.interface::text, true) IS NOT NULL
      AND set_config('current.locale', r.locale::text, true) IS NOT NULL
      AND set_config('current.oper_date', coalesce(r.oper_date::text, ''), true) IS NOT NULL;

  RETURN r.code;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION TakeSession (text, text, text) IS
$$Takes up a session of which nothing is to be said: the quick way, which never raises.

pToken    access token; its hash is proof enough, for only issued tokens are stored
pSession  code of the session, when there is no token
pSecret   its secret
Returns   code of the session, whose context is set then; null when ResumeSession() has to look
          closer: no such session, a substituted user, a lock, an expiry or rules for addresses$$;

-- ResumeSession ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ResumeSession (
  pToken        text,
  pSession      text,
  pSecret       text,
  pHost         inet
) RETURNS       text
AS $$
DECLARE
  vCode         text := TakeSession(pToken, pSession, pSecret);
  r             record;
BEGIN
  IF vCode IS NOT NULL THEN
    RETURN vCode;
  END IF;

  IF pToken IS NOT NULL THEN
    -- Not one of the valid tokens: which of the reasons it is takes a second look.
    SELECT t.session INTO vCode
      FROM db.token t
     WHERE t.hash = GetTokenHash(pToken, GetSecretKey())
       AND t.type = 'A'
       AND t.validfromdate <= now()
       AND t.validtodate > now();
    IF NOT FOUND THEN
      PERFORM TokenValidation(pToken);
      PERFORM TokenExpired();
    END IF;
  END IF;

  SELECT s.code, s.secret, s.userid, s.suid INTO r
    FROM db.session s
   WHERE s.code = coalesce(vCode, pSession);

  IF NOT FOUND THEN
    IF pToken IS NULL THEN
      PERFORM RaiseErrorAs('ERR-400-000', 'ERR-401-001');
    END IF;
    PERFORM TokenValidation(pToken);
    PERFORM TokenExpired();
  END IF;

  IF pToken IS NULL AND NOT SameSecret(pSecret, r.secret) THEN
    PERFORM AuthenticateError(ErrorText('ERR-401-003'));
  END IF;

  PERFORM CheckBlocked(r.userid, pHost);
  IF r.suid <> r.userid THEN
    PERFORM CheckBlocked(r.suid, pHost);
  END IF;

  PERFORM SetSessionContext(r.code);
  RETURN r.code;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ResumeSession (text, text, text, inet) IS
$$Takes up a session: by an access token, or by its code and secret.

pToken    access token; its hash is proof enough, for only issued tokens are stored
pSession  code of the session, when there is no token
pSecret   its secret
pHost     address of the caller
Returns   code of the session; the context of the transaction is that of its user
Raises    as TokenValidation; ERR-400-000 for an unknown session, AuthenticateError for a wrong
          secret; as CheckBlocked, of the user as whom the session acts and of the one who opened it$$;

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

  IF NOT FOUND THEN
    PERFORM AuthenticateError(ErrorText('ERR-401-001'));
  END IF;

  RETURN ResumeSession(null, pSession, vSecret, pHost);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ResumeByCode (text, inet) IS
$$Takes up a session whose caller has proven himself in another way.

Returns  code of the session
Raises   AuthenticateError for an unknown session; as CheckBlocked$$;
