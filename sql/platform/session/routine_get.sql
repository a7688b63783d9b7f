-- Sessions of programs: without a password, by code and secret, as another user.

-- GetSession ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetSession (
  pUserId       uuid,
  pOAuth2       bigint DEFAULT NULL,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL,
  pNew          boolean DEFAULT NULL,
  pLogin        boolean DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  r             record;
  uScope        uuid;
  vSession      text;
BEGIN
  IF NOT (IsKernel()
          OR (session_user = 'apibot' AND pUserId = '00000000-0000-4000-a002-000000000001')
          OR CheckAccessControlList(B'10000000000000', session_userid())) THEN
    PERFORM AccessDenied();
  END IF;

  SELECT status, lock_date, expiry_date INTO r FROM db."user" WHERE id = pUserId AND type = 'U';

  IF NOT FOUND THEN
    PERFORM UserNotFound(pUserId);
  END IF;

  IF get_bit(r.status, 1) = 1 OR r.lock_date > now() THEN
    PERFORM UserLockError();
  END IF;

  IF get_bit(r.status, 0) = 1 OR r.expiry_date <= now() THEN
    PERFORM PasswordExpired();
  END IF;

  IF NOT CheckIPTable(pUserId, pHost) THEN
    PERFORM LoginIPTableError(pHost);
  END IF;

  IF NOT coalesce(pNew, false) THEN
    uScope := CASE WHEN pOAuth2 IS NULL THEN Setting('scope.default')::uuid
                   ELSE CheckUserProfile(pOAuth2, pUserId) END;

    SELECT code INTO vSession
      FROM db.session
     WHERE suid = pUserId
       AND userid = pUserId
       AND scope = uScope
       AND agent = coalesce(pAgent, agent)
     ORDER BY created DESC
     LIMIT 1;
  END IF;

  IF vSession IS NULL THEN
    vSession := NewSession(coalesce(pOAuth2, CreateSystemOAuth2()), pUserId, pAgent, pHost);
  ELSE
    PERFORM DeleteOAuth2(pOAuth2);
  END IF;

  IF coalesce(pLogin, true) THEN
    PERFORM SetSessionContext(vSession);
  END IF;

  RETURN vSession;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GetSession (uuid, bigint, text, inet, boolean, boolean) IS
$$Gives a session of a user without its password: an open one, else a new one.

Allowed to kernel, to the role apibot for the user apibot, and with right 13.
pUserId  user
pOAuth2  grant; null is one of the system's own client. Of no use any more, it is removed
pAgent   program; an open session is one of the same
pHost    address
pNew     a new session in any case
pLogin   the context becomes that of the session (default)
Returns  code of the session
Raises   AccessDenied, UserNotFound, UserLockError, PasswordExpired, LoginIPTableError$$;

-- Authenticate ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION Authenticate (
  pSession      varchar,
  pSecret       text,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       text
AS $$
BEGIN
  IF NOT ValidSession(pSession) THEN
    PERFORM RaiseErrorAs('ERR-400-000', 'ERR-401-001');
  END IF;

  IF NOT ValidSecret(pSecret, pSession) THEN
    PERFORM CloseSession(pSession, false, 'Wrong secret.');
    PERFORM SetErrorMessage(ErrorText('ERR-401-003'));
    RETURN NULL;
  END IF;

  RETURN SessionIn(pSession, pAgent, pHost, '');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION Authenticate (varchar, text, text, inet) IS
$$Takes up a session by its secret; a wrong one ends the session.

pSession  code of the session
pSecret   its secret
pAgent    program
pHost     address
Returns   a new authorization code; null for a wrong secret
Raises    ERR-400-000 for an unknown session; what SessionIn raises$$;

-- Authorize -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION Authorize (
  pSession      varchar,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       boolean
AS $$
DECLARE
  vMessage      text;
BEGIN
  PERFORM SessionIn(pSession, pAgent, pHost);
  RETURN true;
EXCEPTION
WHEN raise_exception THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT;
  PERFORM SetErrorMessage(InnerErrorText('ERR-401-002', vMessage));
  RETURN false;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION Authorize (varchar, text, inet) IS
$$Takes up a session by its code alone.

pSession  code of the session
pAgent    program
pHost     address
Returns   false when it cannot be taken up, GetErrorMessage() then says why$$;

-- SubstituteUser --------------------------------------------------------------
CREATE OR REPLACE FUNCTION SubstituteUser (
  pUserId       uuid,
  pPassword     text,
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
DECLARE
  uOwner        uuid;
  uScope        uuid;
BEGIN
  SELECT suid, scope INTO uOwner, uScope FROM db.session WHERE code = pSession;

  IF NOT FOUND THEN
    PERFORM LoginFailed();
  END IF;

  IF GetUserName(pUserId) IS NULL THEN
    PERFORM UserNotFound(pUserId);
  END IF;

  IF NOT IsKernel() THEN
    IF NOT CheckAccessControlList(B'10000000000000', uOwner) THEN
      PERFORM AccessDenied();
    END IF;

    IF NOT CheckPassword(uOwner, pPassword) THEN
      PERFORM RaiseErrorAs('ERR-403-000', 'ERR-401-003');
    END IF;
  END IF;

  UPDATE db.session s
     SET userid = pUserId,
         area = p.area,
         interface = p.interface
    FROM db.profile p
   WHERE s.code = pSession
     AND p.userid = pUserId
     AND p.scope = uScope;

  IF NOT FOUND THEN
    UPDATE db.session SET userid = pUserId WHERE code = pSession;
  END IF;

  IF pSession = current_session() THEN
    PERFORM SetSessionContext(pSession);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SubstituteUser (uuid, text, varchar) IS
$$Makes a session act as another user, with that user's area and interface. Back again the same way.

pUserId    user to act as
pPassword  password of the user who opened the session; that user needs right 13
pSession   session
Raises     UserNotFound, AccessDenied; ERR-403-000 for a wrong password$$;

-- SubstituteUser --------------------------------------------------------------
CREATE OR REPLACE FUNCTION SubstituteUser (
  pRoleName     text,
  pPassword     text,
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
DECLARE
  uUserId       uuid := GetUser(pRoleName);
BEGIN
  IF uUserId IS NULL THEN
    PERFORM UserNotFound(pRoleName);
  END IF;

  PERFORM SubstituteUser(uUserId, pPassword, pSession);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SubstituteUser (text, text, varchar) IS
$$Makes a session act as another user.

pRoleName  name of the user to act as
pPassword  password of the user who opened the session
pSession   session
Raises     as SubstituteUser(uuid, text, varchar)$$;
