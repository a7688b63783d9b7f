-- Signing in with a password.

-- LoginAddress ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION LoginAddress (
  pHost         inet
) RETURNS       inet
AS $$
  SELECT CASE
         WHEN pHost IS NULL THEN inet '0.0.0.0'
         WHEN family(pHost) = 6 THEN network(set_masklen(pHost, 64))::inet
         ELSE host(pHost)::inet
         END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION LoginAddress (inet) IS
$$Gives the address by which failed sign-ins are counted.

pHost    address of the caller
Returns  the address; the /64 network of an IPv6 address, for one host has all of it; 0.0.0.0 when unknown$$;

-- LoginDelay ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION LoginDelay (
  pFailures     integer
) RETURNS       interval
AS $$
  SELECT CASE
         WHEN pFailures < 5 THEN NULL
         ELSE least(interval '1 min' * power(5, least(pFailures / 5 - 1, 6)), interval '10 hours')
         END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION LoginDelay (integer) IS
$$Gives the time for which sign-ins are not looked at: 1 minute from the 5th wrong password on, 5 minutes
from the 10th, 25 from the 15th, at most 10 hours.

pFailures  wrong passwords so far
Returns    null for none$$;

-- CountLoginFailure -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CountLoginFailure (
  pUserId       uuid,
  pHost         inet DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  -- Users that no person signs in as are not locked out by whoever knows their names.
  IF EXISTS (SELECT FROM db."user" WHERE id = pUserId AND (readonly OR username = 'demo')) OR IsSystem(pUserId) THEN
    RETURN;
  END IF;

  INSERT INTO db.login_failure AS f (userid, host, failures, updated)
  VALUES (pUserId, LoginAddress(pHost), 1, now())
      ON CONFLICT (userid, host) DO UPDATE
         SET failures = CASE WHEN f.updated < now() - interval '1 day' THEN 1 ELSE f.failures + 1 END,
             updated = now(),
             lock_date = now() + LoginDelay(
               CASE WHEN f.updated < now() - interval '1 day' THEN 1 ELSE f.failures + 1 END);

  UPDATE db.profile
     SET input_error = input_error + 1,
         input_error_last = now(),
         input_error_all = input_error_all + 1
   WHERE userid = pUserId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CountLoginFailure (uuid, inet) IS
$$Counts a wrong password of a user from an address; from the 5th on the address has to wait.

A day without a wrong password forgets the ones before.
pUserId  user
pHost    address that it came from$$;

-- CheckLogin ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckLogin (
  pOAuth2       bigint,
  pRoleName     text,
  pPassword     text,
  pHost         inet,
  OUT userid    uuid,
  OUT reason    text,
  OUT until     timestamptz
) RETURNS       record
AS $$
DECLARE
  r             record;
BEGIN
  SELECT u.id, u.status, u.lock_date, u.expiry_date, f.lock_date AS wait,
         IsSystem(u.id) AND NOT EXISTS (SELECT
                                          FROM db.oauth2 g
                                         INNER JOIN oauth2.audience a ON a.id = g.audience
                                         WHERE g.id = pOAuth2 AND a.code = u.username) AS stranger
    INTO r
    FROM db."user" u
    LEFT JOIN db.login_failure f ON f.userid = u.id AND f.host = LoginAddress(pHost)
   WHERE u.type = 'U'
     AND u.username = pRoleName
     AND pRoleName <> ''
     AND pPassword <> '';

  userid := r.id;

  -- While an address has to wait, even the right password is answered like a wrong one: the answer
  -- would tell it apart. A client's user signs in through that client only.
  IF r.id IS NULL OR r.stranger OR r.wait > now() THEN
    PERFORM CheckPassword(null::uuid, pPassword);
    reason := 'refused';
  ELSIF NOT CheckPassword(r.id, pPassword) THEN
    reason := 'password';
  ELSIF get_bit(r.status, 1) = 1 THEN
    reason := 'locked';
  ELSIF r.lock_date > now() THEN
    reason := 'until';
    until := r.lock_date;
  ELSIF get_bit(r.status, 0) = 1 OR r.expiry_date <= now() THEN
    reason := 'expired';
  ELSIF NOT CheckAccessControlList(B'1', r.id) THEN
    reason := 'denied';
  ELSIF NOT CheckIPTable(r.id, pHost) THEN
    reason := 'address';
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckLogin (bigint, text, text, inet) IS
$$Tells whether a user may sign in. Why not shows only after the right password.

pOAuth2    grant that the session will live by
pRoleName  name of the user
pPassword  password
pHost      address of the caller
userid     user; null for an unknown one
reason     null when all is well; refused, password, locked, until, expired, denied, address
until      with until: when the lock ends$$;

-- RaiseLoginError -------------------------------------------------------------
CREATE OR REPLACE FUNCTION RaiseLoginError (
  pReason       text,
  pUntil        timestamptz,
  pHost         inet
) RETURNS       void
AS $$
BEGIN
  CASE pReason
  WHEN 'locked' THEN PERFORM UserLockError();
  WHEN 'until' THEN PERFORM UserTempLockError(pUntil);
  WHEN 'expired' THEN PERFORM PasswordExpired();
  WHEN 'denied' THEN PERFORM AccessDenied();
  WHEN 'address' THEN PERFORM LoginIPTableError(pHost);
  ELSE PERFORM LoginError();
  END CASE;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RaiseLoginError (text, timestamptz, inet) IS
$$Raises the exception for what CheckLogin() found.

pReason  reason
pUntil   when the lock ends
pHost    address of the caller
Raises   UserLockError, UserTempLockError, PasswordExpired, AccessDenied, LoginIPTableError; else LoginError$$;

-- EnterSession ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EnterSession (
  pOAuth2       bigint,
  pUserId       uuid,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  vSession      text;
BEGIN
  PERFORM FROM db."user" WHERE id = pUserId FOR NO KEY UPDATE;
  PERFORM SetContextValue('scope', CheckUserProfile(pOAuth2, pUserId)::text);
  PERFORM CheckSessionLimit(pUserId);

  vSession := NewSession(pOAuth2, pUserId, pAgent, pHost);
  PERFORM SetSessionContext(vSession);

  UPDATE db."user"
     SET status = (status & B'1100') | B'0010',
         lock_date = NULL
   WHERE id = pUserId
     AND (status & B'0011' <> B'0010' OR lock_date IS NOT NULL);

  UPDATE db.profile
     SET input_error = 0,
         input_count = input_count + 1,
         input_last = now(),
         lc_ip = coalesce(pHost, lc_ip),
         state = ConnectionState(area, pHost)
   WHERE userid = pUserId
     AND scope = current_scope();

  DELETE FROM db.login_failure WHERE userid = pUserId AND host = LoginAddress(pHost);

  PERFORM DoLogin(pUserId);
  PERFORM WriteToEventLog('M', 6010, 'auth', 'login', format('User "%s" signed in.', GetUserName(pUserId)));

  RETURN vSession;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EnterSession (bigint, uuid, text, inet) IS
$$Signs a user in whose identity is proven: a new session, which the context becomes that of.

pOAuth2  grant that the session lives by
pUserId  user
pAgent   program
pHost    address
Returns  code of the session
Raises   what NewSession and the hook DoLogin raise$$;

-- Login -----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION Login (
  pOAuth2       bigint,
  pRoleName     text,
  pPassword     text,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  r             record;
BEGIN
  SELECT * INTO r FROM CheckLogin(pOAuth2, pRoleName, pPassword, pHost);

  IF r.reason IS NOT NULL THEN
    PERFORM RaiseLoginError(r.reason, r.until, pHost);
  END IF;

  RETURN EnterSession(pOAuth2, r.userid, pAgent, pHost);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION Login (bigint, text, text, text, inet) IS
$$Signs a user in by its password. Failures are not counted, since raising takes the count back: see SignIn.

pOAuth2    grant that the session lives by
pRoleName  name of the user
pPassword  password
pAgent     program
pHost      address
Returns    code of the session
Raises     LoginError, UserLockError, UserTempLockError, PasswordExpired, AccessDenied, LoginIPTableError$$;

-- SignIn ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SignIn (
  pOAuth2       bigint,
  pRoleName     text,
  pPassword     text,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  r             record;
  vMessage      text;
  vContext      text;
BEGIN
  SELECT * INTO r FROM CheckLogin(pOAuth2, pRoleName, pPassword, pHost);

  BEGIN
    IF r.reason IS NOT NULL THEN
      PERFORM RaiseLoginError(r.reason, r.until, pHost);
    END IF;

    RETURN EnterSession(pOAuth2, r.userid, pAgent, pHost);
  EXCEPTION
  WHEN others THEN
    GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  END;

  PERFORM ClearContext();

  IF r.reason = 'password' THEN
    PERFORM CountLoginFailure(r.userid, pHost);
  END IF;

  PERFORM WriteToEventLog('E', 9001, 'auth', 'error', format('%s: %s', pRoleName, vMessage));
  PERFORM WriteToEventLog('D', 9001, 'auth', 'context', vContext);
  PERFORM SetErrorMessage(FailureText(vMessage));

  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SignIn (bigint, text, text, text, inet) IS
$$Signs a user in by its password and reports instead of raising; a wrong password is counted.

pOAuth2    grant that the session lives by
pRoleName  name of the user
pPassword  password
pAgent     program
pHost      address
Returns    code of the session; null when the user may not, GetErrorMessage() then says why and the
           context is anonymous$$;
