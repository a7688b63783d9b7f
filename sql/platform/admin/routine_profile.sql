-- Profiles: what a user is in one scope.

-- CreateProfile ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateProfile (
  pUserId         uuid,
  pScope          uuid,
  pFamilyName     text,
  pGivenName      text,
  pPatronymicName text,
  pLocale         uuid,
  pArea           uuid,
  pInterface      uuid,
  pEmailVerified  boolean,
  pPhoneVerified  boolean,
  pPicture        text
) RETURNS         void
AS $$
  INSERT INTO db.profile (userid, scope, family_name, given_name, patronymic_name, locale, area, interface,
                          email_verified, phone_verified, picture)
  VALUES (pUserId, pScope, pFamilyName, pGivenName, pPatronymicName, pLocale, pArea, pInterface,
          coalesce(pEmailVerified, false), coalesce(pPhoneVerified, false), pPicture);
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION CreateProfile (uuid, uuid, text, text, text, uuid, uuid, uuid, boolean, boolean, text) IS
$$Creates the profile of a user in a scope.

pUserId          user
pScope           scope
pFamilyName      family name
pGivenName       given name
pPatronymicName  patronymic
pLocale          locale; null is the current one
pArea            area; null is the guest area of the scope
pInterface       interface; null is that of guests
pEmailVerified   the e-mail address was proven
pPhoneVerified   the telephone number was proven
pPicture         picture$$;

-- UpdateProfile ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION UpdateProfile (
  pUserId         uuid,
  pScope          uuid,
  pFamilyName     text DEFAULT NULL,
  pGivenName      text DEFAULT NULL,
  pPatronymicName text DEFAULT NULL,
  pLocale         uuid DEFAULT NULL,
  pArea           uuid DEFAULT NULL,
  pInterface      uuid DEFAULT NULL,
  pEmailVerified  boolean DEFAULT NULL,
  pPhoneVerified  boolean DEFAULT NULL,
  pPicture        text DEFAULT NULL
) RETURNS         boolean
AS $$
BEGIN
  IF pUserId IS DISTINCT FROM current_userid() THEN
    PERFORM RequireRight(3);
  END IF;

  UPDATE db.profile
     SET family_name = nullif(coalesce(pFamilyName, family_name), ''),
         given_name = nullif(coalesce(pGivenName, given_name), ''),
         patronymic_name = nullif(coalesce(pPatronymicName, patronymic_name), ''),
         locale = coalesce(pLocale, locale),
         area = coalesce(pArea, area),
         interface = coalesce(pInterface, interface),
         email_verified = coalesce(pEmailVerified, email_verified),
         phone_verified = coalesce(pPhoneVerified, phone_verified),
         picture = nullif(coalesce(pPicture, picture), '')
   WHERE userid = pUserId
     AND scope = pScope;

  RETURN FOUND;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UpdateProfile (uuid, uuid, text, text, text, uuid, uuid, uuid, boolean, boolean, text) IS
$$Changes a profile: one's own, or with right 3 that of another. What is null stays; '' clears names and picture.

pUserId          user
pScope           scope
pFamilyName      family name
pGivenName       given name
pPatronymicName  patronymic
pLocale          locale
pArea            area, one that the user is a member of
pInterface       interface, one that the user is a member of
pEmailVerified   the e-mail address was proven
pPhoneVerified   the telephone number was proven
pPicture         picture
Returns          false when there is no such profile
Raises           AccessDenied, UserNotMemberArea, UserNotMemberInterface$$;

-- ScopeArea -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ScopeArea (
  pScope        uuid,
  pType         uuid,
  pPrefix       text
) RETURNS       uuid
AS $$
DECLARE
  uArea         uuid := GetAreaOfType(pType, pScope);
  uParent       uuid;
BEGIN
  IF uArea IS NULL THEN
    IF pPrefix <> 'R-' THEN
      uParent := ScopeArea(pScope, '00000000-0000-4002-a000-000000000000', 'R-');
    END IF;

    INSERT INTO db.area (parent, type, scope, code, name, level, sequence)
    SELECT uParent, pType, pScope, pPrefix || s.code, s.name, CASE WHEN uParent IS NULL THEN 0 ELSE 1 END, 1
      FROM db.scope s
     WHERE s.id = pScope
    RETURNING id INTO uArea;
  END IF;

  RETURN uArea;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ScopeArea (uuid, uuid, text) IS
$$Finds the first area of a kind in a scope, and makes it, with the root above it, where it is missing.

pScope   scope
pType    kind
pPrefix  what the code of a new one begins with: R- root, G- guest; the code of the scope follows
Returns  the area$$;

-- CheckUserProfile ------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckUserProfile (
  pOAuth2       bigint,
  pUserId       uuid
) RETURNS       uuid
AS $$
DECLARE
  arScopes      uuid[] := ARRAY(SELECT GetOAuth2Scopes(pOAuth2));
  uScope        uuid;
  uArea         uuid;
  uInterface    uuid := '00000000-0000-4004-a000-000000000003';
BEGIN
  SELECT p.scope INTO uScope
    FROM db.profile p
   WHERE p.userid = pUserId
     AND p.scope = ANY (arScopes)
   ORDER BY array_position(arScopes, p.scope)
   LIMIT 1;

  IF FOUND THEN
    RETURN uScope;
  END IF;

  uScope := coalesce(arScopes[cardinality(arScopes)], current_scope());

  IF IsAdmin(pUserId) THEN
    uInterface := '00000000-0000-4004-a000-000000000001';
    SELECT a.id INTO uArea
      FROM unnest('{00000000-0000-4002-a001-000000000001, 00000000-0000-4002-a001-000000000002,
                    00000000-0000-4002-a001-000000000003, 00000000-0000-4002-a001-000000000000}'::uuid[])
           WITH ORDINALITY AS t (type, place)
     CROSS JOIN LATERAL GetAreaOfType(t.type, uScope) AS a (id)
     WHERE a.id IS NOT NULL
     ORDER BY t.place
     LIMIT 1;
  END IF;

  uArea := coalesce(uArea, ScopeArea(uScope, '00000000-0000-4002-a000-000000000002', 'G-'));

  INSERT INTO db.member_area (area, member) VALUES (uArea, pUserId) ON CONFLICT DO NOTHING;
  INSERT INTO db.member_interface (interface, member) VALUES (uInterface, pUserId) ON CONFLICT DO NOTHING;

  PERFORM CreateProfile(pUserId, uScope, null, null, null, current_locale(), uArea, uInterface, false, false, null);

  RETURN uScope;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckUserProfile (bigint, uuid) IS
$$Chooses the scope of a new session: the first one granted in which the user has a profile.

Where there is none, a profile is made in the last scope granted; administrators begin in the main
area, others in the guest area.
pOAuth2  grant
pUserId  user
Returns  the scope$$;

-- GetDefaultInterface ---------------------------------------------------------
CREATE OR REPLACE FUNCTION GetDefaultInterface (
  pMember       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
  SELECT interface FROM db.profile WHERE userid = pMember AND scope = current_scope();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetDefaultInterface (uuid) IS
'Gives the interface with which a user''s sessions in the current scope begin; null without a profile.';

-- SetDefaultInterface ---------------------------------------------------------
CREATE OR REPLACE FUNCTION SetDefaultInterface (
  pInterface    uuid DEFAULT current_interface(),
  pMember       uuid DEFAULT current_userid()
) RETURNS       void
AS $$
  UPDATE db.profile SET interface = pInterface WHERE userid = pMember AND scope = current_scope();
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SetDefaultInterface (uuid, uuid) IS
$$Sets the interface with which a user's sessions in the current scope begin.

pInterface  interface
pMember     user
Raises      UserNotMemberInterface$$;

-- SetInterface ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetInterface (
  pInterface    uuid,
  pMember       uuid DEFAULT current_userid(),
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.interface WHERE id = pInterface) THEN
    PERFORM InterfaceError();
  END IF;

  IF NOT IsMemberInterface(pInterface, pMember) THEN
    PERFORM UserNotMemberInterface(GetUserName(pMember), GetInterfaceName(pInterface));
  END IF;

  UPDATE db.session SET interface = pInterface WHERE code = pSession;

  IF pSession = current_session() THEN
    PERFORM SetContextValue('interface', pInterface::text);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetInterface (uuid, uuid, varchar) IS
$$Sets the interface of a session.

pInterface  interface
pMember     user
pSession    session
Raises      InterfaceError for an unknown interface, UserNotMemberInterface$$;

-- GetDefaultLocale ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetDefaultLocale (
  pUserId       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
  SELECT locale FROM db.profile WHERE userid = pUserId AND scope = current_scope();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetDefaultLocale (uuid) IS
'Gives the locale with which a user''s sessions in the current scope begin; null without a profile.';

-- SetDefaultLocale ------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetDefaultLocale (
  pLocale       uuid DEFAULT current_locale(),
  pUserId       uuid DEFAULT current_userid()
) RETURNS       void
AS $$
  UPDATE db.profile SET locale = pLocale WHERE userid = pUserId AND scope = current_scope();
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SetDefaultLocale (uuid, uuid) IS
'Sets the locale with which a user''s sessions in the current scope begin.';

-- SetLocale -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetLocale (
  pLocale       uuid,
  pUserId       uuid DEFAULT current_userid(),
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
BEGIN
  UPDATE db.session SET locale = pLocale WHERE code = pSession AND locale <> pLocale;
  PERFORM SetDefaultLocale(pLocale, pUserId);

  IF pSession = current_session() THEN
    PERFORM SetContextValue('locale', pLocale::text);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetLocale (uuid, uuid, varchar) IS
$$Sets the locale of a session, and of the sessions to come of its user.

pLocale   locale
pUserId   user
pSession  session$$;
