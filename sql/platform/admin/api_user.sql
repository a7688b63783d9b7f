-- api.add_user ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_user (
  pUserName          text,
  pPassword          text,
  pName              text,
  pPhone             text DEFAULT NULL,
  pEmail             text DEFAULT NULL,
  pDescription       text DEFAULT NULL,
  pPasswordChange    boolean DEFAULT true,
  pPasswordNotChange boolean DEFAULT false
) RETURNS            uuid
AS $$
BEGIN
  RETURN CreateUser(pUserName, pPassword, pName, pPhone, pEmail, pDescription, pPasswordChange, pPasswordNotChange);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_user (text, text, text, text, text, text, boolean, boolean) IS
'Creates a user; see CreateUser.';

-- api.update_user -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_user (
  pId                uuid,
  pUserName          text DEFAULT NULL,
  pPassword          text DEFAULT NULL,
  pName              text DEFAULT NULL,
  pPhone             text DEFAULT NULL,
  pEmail             text DEFAULT NULL,
  pDescription       text DEFAULT NULL,
  pPasswordChange    boolean DEFAULT NULL,
  pPasswordNotChange boolean DEFAULT NULL
) RETURNS            void
AS $$
BEGIN
  PERFORM UpdateUser(pId, pUserName, pPassword, pName, pPhone, pEmail, pDescription, pPasswordChange, pPasswordNotChange);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_user (uuid, text, text, text, text, text, text, boolean, boolean) IS
'Changes a user; see UpdateUser.';

-- api.set_user ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_user (
  pId                uuid,
  pUserName          text DEFAULT NULL,
  pPassword          text DEFAULT NULL,
  pName              text DEFAULT NULL,
  pPhone             text DEFAULT NULL,
  pEmail             text DEFAULT NULL,
  pDescription       text DEFAULT NULL,
  pPasswordChange    boolean DEFAULT NULL,
  pPasswordNotChange boolean DEFAULT NULL
) RETURNS            SETOF api."user"
AS $$
BEGIN
  IF pId IS NULL THEN
    pId := CreateUser(pUserName, pPassword, pName, pPhone, pEmail, pDescription, pPasswordChange, pPasswordNotChange);
  ELSE
    PERFORM UpdateUser(pId, pUserName, pPassword, pName, pPhone, pEmail, pDescription, pPasswordChange, pPasswordNotChange);
  END IF;

  RETURN QUERY SELECT * FROM api."user" WHERE id = pId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_user (uuid, text, text, text, text, text, text, boolean, boolean) IS
$$Creates a user, or changes one when there is an id.

pId                 user; null creates one
pUserName           name to sign in with
pPassword           password
pName               full name
pPhone              telephone number
pEmail              e-mail address
pDescription        description
pPasswordChange     the user is to change the password; a new one is unless this is false
pPasswordNotChange  the user may not change the password
Returns             the user
Raises              what CreateUser and UpdateUser raise$$;

-- api.delete_user -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.delete_user (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteUser(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.delete_user (uuid) IS 'Deletes a user; see DeleteUser.';

-- api.get_user ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_user (
  pId           uuid DEFAULT current_userid()
) RETURNS       SETOF api."user"
AS $$
BEGIN
  RETURN QUERY SELECT * FROM api."user" WHERE id = pId;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_user (uuid) IS
$$Gives a user of the current scope.

pId  user$$;

SELECT BuildListFunctions('user');

-- api.update_profile ----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_profile (
  pUserId         uuid,
  pFamilyName     text DEFAULT NULL,
  pGivenName      text DEFAULT NULL,
  pPatronymicName text DEFAULT NULL,
  pLocale         uuid DEFAULT NULL,
  pArea           uuid DEFAULT NULL,
  pInterface      uuid DEFAULT NULL,
  pEmailVerified  boolean DEFAULT NULL,
  pPhoneVerified  boolean DEFAULT NULL,
  pPicture        text DEFAULT NULL
) RETURNS         void
AS $$
BEGIN
  IF (pEmailVerified OR pPhoneVerified) AND NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  PERFORM UpdateProfile(pUserId, current_scope(), pFamilyName, pGivenName, pPatronymicName,
                        pLocale, pArea, pInterface, pEmailVerified, pPhoneVerified, pPicture);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_profile (uuid, text, text, text, uuid, uuid, uuid, boolean, boolean, text) IS
$$Changes the profile of a user in the current scope; see UpdateProfile.

pEmailVerified  that the e-mail address was proven may say an administrator only
pPhoneVerified  likewise of the telephone number
Raises          AccessDenied, UserNotMemberArea, UserNotMemberInterface$$;

-- api.set_user_profile --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_user_profile (
  pUserId         uuid,
  pFamilyName     text DEFAULT NULL,
  pGivenName      text DEFAULT NULL,
  pPatronymicName text DEFAULT NULL,
  pLocale         text DEFAULT NULL,
  pArea           text DEFAULT NULL,
  pInterface      text DEFAULT NULL,
  pPicture        text DEFAULT NULL
) RETURNS         SETOF api."user"
AS $$
BEGIN
  PERFORM UpdateProfile(pUserId, current_scope(), pFamilyName, pGivenName, pPatronymicName,
                        GetLocale(pLocale), GetArea(pArea), GetInterface(pInterface), null, null, pPicture);

  RETURN QUERY SELECT * FROM api."user" WHERE id = pUserId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_user_profile (uuid, text, text, text, text, text, text, text) IS
$$Changes the profile of a user in the current scope.

pUserId          user
pFamilyName      family name
pGivenName       given name
pPatronymicName  patronymic
pLocale          code of a locale; an unknown one changes nothing
pArea            code of an area; an unknown one changes nothing
pInterface       code of an interface; an unknown one changes nothing
pPicture         picture
Returns          the user; nothing for an unknown one
Raises           AccessDenied, UserNotMemberArea, UserNotMemberInterface$$;

-- api.change_password ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.change_password (
  pId           uuid,
  pOldPass      text,
  pNewPass      text
) RETURNS       void
AS $$
BEGIN
  IF NOT ChangePassword(pId, pOldPass, pNewPass) THEN
    PERFORM RaiseError('ERR-400-000', GetErrorMessage());
  END IF;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.change_password (uuid, text, text) IS
$$Sets a new password when the old one is right, also for administrators.

pId       user
pOldPass  old password; of 128 characters it is the permanent secret of the user
pNewPass  new password
Raises    ERR-400-000 for a wrong old password; what SetPassword raises$$;

-- api.user_lock ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.user_lock (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM UserLock(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.user_lock (uuid) IS 'Locks a user; see UserLock.';

-- api.user_unlock -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.user_unlock (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM UserUnLock(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.user_unlock (uuid) IS 'Unlocks a user; see UserUnLock.';

-- api.get_user_iptable --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_user_iptable (
  pId           uuid,
  pType         char
) RETURNS       TABLE (id uuid, type char, iptable text)
AS $$
  SELECT pId, pType, GetIPTableStr(pId, pType);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_user_iptable (uuid, char) IS
$$Gives the addresses that a user may (A) or may not (D) come from.

pId      user
pType    A or D
Returns  the list as it is entered; null for an empty one$$;

-- api.set_user_iptable --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_user_iptable (
  pId           uuid,
  pType         char,
  pIpTable      text
) RETURNS       void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  PERFORM SetIPTableStr(pId, coalesce(pType, 'A'), pIpTable);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_user_iptable (uuid, char, text) IS
$$Replaces the addresses that a user may (A) or may not (D) come from.

pId       user
pType     A or D
pIpTable  addresses separated by commas; empty clears the list
Raises    AccessDenied unless an administrator calls; ValueOutOfRange for an item that is no address$$;

-- api.is_user_role ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.is_user_role (
  pRole         uuid,
  pUser         uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
  SELECT IsUserRole(pRole, pUser);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.is_user_role (uuid, uuid) IS 'Tells whether a user is a member of a group.';
