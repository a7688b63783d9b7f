-- Opening and closing sessions.

-- ConnectionState -------------------------------------------------------------
CREATE OR REPLACE FUNCTION ConnectionState (
  pArea         uuid,
  pHost         inet
) RETURNS       bit(3)
AS $$
DECLARE
  vKey          text := format('CONFIG\Department\%s\IPTable', GetAreaCode(pArea));
  bTrusted      boolean;
  bLocal        boolean;
BEGIN
  IF pHost IS NULL THEN
    RETURN B'000';
  END IF;

  bTrusted := InetInList(pHost, RegGetValueString('CURRENT_CONFIG', vKey, 'EntrustedIP', null));
  bLocal := InetInList(pHost, coalesce(RegGetValueString('CURRENT_CONFIG', vKey, 'LocalIP', null), '127.0.0.1, ::1'));

  RETURN CASE
         WHEN bTrusted AND bLocal THEN B'110'
         WHEN bTrusted THEN B'100'
         WHEN bLocal THEN B'010'
         ELSE B'001'
         END;
EXCEPTION
WHEN raise_exception THEN
  -- A list that cannot be read must not keep anybody out.
  RETURN B'001';
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ConnectionState (uuid, inet) IS
$$Classifies an address as seen from an area, by the lists LocalIP and EntrustedIP that the registry
holds under CONFIG\Department\<area>\IPTable of CURRENT_CONFIG.

pArea    area of the session
pHost    address
Returns  bits trusted, local, external; 000 without an address$$;

-- NewSession ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewSession (
  pOAuth2       bigint,
  pUserId       uuid,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  r             record;
  uScope        uuid := CheckUserProfile(pOAuth2, pUserId);
  vCode         text := encode(gen_random_bytes(20), 'hex');
BEGIN
  SELECT locale, area, interface INTO r FROM db.profile WHERE userid = pUserId AND scope = uScope;

  IF NOT IsMemberArea(r.area, pUserId) THEN
    PERFORM UserNotMemberArea(GetUserName(pUserId), GetAreaName(r.area));
  END IF;

  IF NOT IsMemberInterface(r.interface, pUserId) THEN
    PERFORM UserNotMemberInterface(GetUserName(pUserId), GetInterfaceName(r.interface));
  END IF;

  pAgent := coalesce(nullif(pAgent, ''), nullif(current_setting('application_name', true), ''), current_database());

  INSERT INTO db.session (code, oauth2, token, suid, userid, locale, area, interface, scope, secret, agent, host)
  VALUES (vCode, pOAuth2, NewTokenCode(pOAuth2, vCode, null, pAgent, pHost, now()), pUserId, pUserId,
          r.locale, r.area, r.interface, uScope, encode(gen_random_bytes(48), 'base64'), pAgent, pHost);

  RETURN vCode;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewSession (bigint, uuid, text, inet) IS
$$Opens a session of a user, in the scope of its profile; nothing about the user is checked.

pOAuth2  grant that the session lives by
pUserId  user
pAgent   program
pHost    address
Returns  code of the session
Raises   UserNotMemberArea, UserNotMemberInterface when the profile names one that the user left$$;

-- CloseSession ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CloseSession (
  pSession      varchar,
  pCloseAll     boolean DEFAULT false,
  pMessage      text DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  SELECT s.suid, s.userid, s.scope, u.username INTO r
    FROM db.session s
   INNER JOIN db."user" u ON u.id = s.suid
   WHERE s.code = pSession;

  IF NOT FOUND THEN
    RETURN;
  END IF;

  PERFORM DoLogout(r.userid);

  -- User, profile, session: the order of signing in and of the last-seen stamps, so nobody waits in a circle.
  PERFORM FROM db."user" WHERE id = r.suid FOR NO KEY UPDATE;
  PERFORM FROM db.profile WHERE userid = r.suid AND scope = r.scope FOR NO KEY UPDATE;

  IF pCloseAll THEN
    DELETE FROM db.session WHERE suid = r.suid;
  ELSE
    DELETE FROM db.session WHERE code = pSession;
  END IF;

  IF NOT EXISTS (SELECT FROM db.session WHERE suid = r.suid) THEN
    UPDATE db."user"
       SET status = (status & B'1100') | B'0001'
     WHERE id = r.suid
       AND status & B'0011' <> B'0001';
    UPDATE db.profile SET state = B'000' WHERE userid = r.suid AND scope = r.scope AND state <> B'000';
  END IF;

  PERFORM WriteToEventLog('M', 6011, 'auth', 'logout',
                          concat_ws(' ', format('User "%s" signed out.', r.username), nullif(pMessage, '')));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CloseSession (varchar, boolean, text) IS
$$Ends a session, or all sessions of the user who opened it. An unknown one is no error.

pSession   code of the session
pCloseAll  all of them
pMessage   reason, for the event log$$;

-- CheckSessionLimit -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckSessionLimit (
  pUserId       uuid
) RETURNS       void
AS $$
DECLARE
  nLimit        integer;
BEGIN
  SELECT session_limit INTO nLimit FROM db.profile WHERE userid = pUserId AND scope = current_scope();

  IF nLimit > 0 THEN
    PERFORM CloseSession(code, false, 'Limit of sessions.')
       FROM (SELECT code FROM db.session WHERE suid = pUserId ORDER BY created DESC, code OFFSET nLimit - 1) s;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckSessionLimit (uuid) IS
$$Makes room for one more session: ends the oldest ones of a user who has as many as its profile allows.

pUserId  user$$;

-- SessionOut ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SessionOut (
  pSession      varchar,
  pCloseAll     boolean,
  pMessage      text DEFAULT NULL
) RETURNS       boolean
AS $$
DECLARE
  uUserId       uuid;
  vSuccess      text := SuccessMessage();
BEGIN
  SELECT userid INTO uUserId FROM db.session WHERE code = pSession;

  IF NOT FOUND THEN
    PERFORM RaiseErrorAs('ERR-400-000', 'ERR-401-001');
  END IF;

  IF NOT CheckAccessControlList(B'10', uUserId) THEN
    PERFORM AccessDenied();
  END IF;

  PERFORM CloseSession(pSession, pCloseAll, pMessage);

  IF NOT ValidSession() THEN
    PERFORM ClearContext();
  END IF;

  PERFORM SetErrorMessage(vSuccess);
  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SessionOut (varchar, boolean, text) IS
$$Signs a session out; when it is the current one, the rest of the transaction is anonymous.

pSession   code of the session
pCloseAll  all sessions of the user who opened it
pMessage   reason, for the event log
Returns    true
Raises     ERR-400-000 for an unknown session; AccessDenied when its user may not sign out$$;

-- FailureText -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION FailureText (
  pMessage      text
) RETURNS       text
AS $$
  SELECT CASE WHEN p.code < 0 THEN ErrorText('ERR-400-100') ELSE InnerErrorText('ERR-401-002', pMessage) END
    FROM ParseMessage(pMessage) p;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION FailureText (text) IS
$$Gives what a client may read of an exception that was caught: never what PostgreSQL itself says.

pMessage  MESSAGE_TEXT of the exception$$;

-- SignOut ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SignOut (
  pSession      varchar DEFAULT current_session(),
  pCloseAll     boolean DEFAULT false
) RETURNS       boolean
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  RETURN SessionOut(pSession, pCloseAll);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;

  PERFORM WriteToEventLog('E', 9001, 'auth', 'error', vMessage);
  PERFORM WriteToEventLog('D', 9001, 'auth', 'context', vContext);
  PERFORM SetErrorMessage(FailureText(vMessage));

  RETURN false;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SignOut (varchar, boolean) IS
$$Signs a session out and reports instead of raising.

pSession   code of the session
pCloseAll  all sessions of the user who opened it
Returns    false when it could not be done, GetErrorMessage() then says why$$;
