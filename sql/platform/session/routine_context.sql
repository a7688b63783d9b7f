-- What a session puts into the context of a call.

-- SetSessionContext -----------------------------------------------------------
CREATE OR REPLACE FUNCTION SetSessionContext (
  pSession      varchar
) RETURNS       boolean
AS $$
BEGIN
  PERFORM set_config('current.session', s.code, true),
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
     FROM db.session s
     JOIN db.oauth2 g ON g.id = s.oauth2
     JOIN oauth2.audience a ON a.id = g.audience
    CROSS JOIN LATERAL (
          SELECT coalesce(array_agg(mg.userid), '{}') AS groups,
                 coalesce(bool_or(mg.userid = '00000000-0000-4000-a000-000000000001'), false) AS admin
            FROM db.member_group mg
           WHERE mg.member = s.userid) m
    WHERE s.code = pSession;

  RETURN FOUND;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetSessionContext (varchar) IS
$$Makes the rest of the transaction act for a session; one query, nothing is checked.

pSession  code of the session
Returns   false for an unknown one: the context is as it was$$;

-- ValidSession ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ValidSession (
  pSession      varchar
) RETURNS       boolean
AS $$
  SELECT EXISTS (SELECT FROM db.session WHERE code = pSession);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ValidSession (varchar) IS 'Tells whether a session is open.';

-- ValidSession ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ValidSession (
) RETURNS       boolean
AS $$
  SELECT ValidSession(current_session());
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ValidSession () IS 'Tells whether the current session is open.';

-- ValidSecret -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ValidSecret (
  pSecret       text,
  pSession      varchar DEFAULT current_session()
) RETURNS       boolean
AS $$
  SELECT coalesce((SELECT SameSecret(pSecret, secret) FROM db.session WHERE code = pSession), false);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ValidSecret (text, varchar) IS
$$Tells whether a secret is that of a session.

pSecret   secret
pSession  code of the session$$;

-- SessionIn -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SessionIn (
  pSession      varchar,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL,
  pSalt         text DEFAULT NULL
) RETURNS       text
AS $$
BEGIN
  PERFORM ResumeByCode(pSession, pHost);

  IF pSalt IS NULL THEN
    RETURN pSession;
  END IF;

  PERFORM UpdateSessionStats(pSession, pAgent, pHost);
  RETURN oauth2_current_code(pSession);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SessionIn (varchar, text, inet, text) IS
$$Takes up a session whose caller has proven himself.

pSession  code of the session
pAgent    program that asks
pHost     address that asks
pSalt     any value: the session is stamped and gets a new authorization code
Returns   the new code; without pSalt, where nothing is written, the code of the session
Raises    AuthenticateError for an unknown session; UserLockError, PasswordExpired, LoginIPTableError$$;
