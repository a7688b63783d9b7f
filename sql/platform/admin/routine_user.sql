-- Users: create, update, delete, lock.

-- CheckUserContacts -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckUserContacts (
  pId           uuid,
  pPhone        text,
  pEmail        text
) RETURNS       void
AS $$
BEGIN
  IF pEmail IS NOT NULL AND NOT is_valid_email(pEmail) THEN
    PERFORM ValueOutOfRange(pEmail);
  END IF;

  IF EXISTS (SELECT FROM db."user" WHERE lower(email) = lower(pEmail) AND id IS DISTINCT FROM pId) THEN
    PERFORM AlreadyExists(pEmail);
  END IF;

  IF EXISTS (SELECT FROM db."user"
              WHERE regexp_replace(phone, '\D', '', 'g') = regexp_replace(pPhone, '\D', '', 'g')
                AND id IS DISTINCT FROM pId) THEN
    PERFORM AlreadyExists(pPhone);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckUserContacts (uuid, text, text) IS
$$Passes when no other user has the telephone number or the e-mail address.

pId     user whose they are to be; null for a new one
pPhone  telephone number, compared by its digits; null is no question
pEmail  e-mail address, compared without case; null is no question
Raises  AlreadyExists; ValueOutOfRange for a malformed address$$;

-- CheckRoleName ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckRoleName (
  pId           uuid,
  pType         char,
  pRoleName     text
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db."user"
              WHERE type = pType AND lower(username) = lower(pRoleName) AND id IS DISTINCT FROM pId) THEN
    PERFORM RoleExists(pRoleName);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckRoleName (uuid, char, text) IS
$$Passes when no other user (type U) or group (type G) has the name, in whatever case.

pId        user or group that is to have it; null for a new one
pType      U or G
pRoleName  name
Raises     RoleExists$$;

-- CreateUser ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateUser (
  pRoleName          text,
  pPassword          text,
  pName              text,
  pPhone             text DEFAULT NULL,
  pEmail             text DEFAULT NULL,
  pDescription       text DEFAULT NULL,
  pPasswordChange    boolean DEFAULT true,
  pPasswordNotChange boolean DEFAULT false,
  pId                uuid DEFAULT gen_kernel_uuid('a')
) RETURNS            uuid
AS $$
DECLARE
  uArea         uuid := current_area();
  bySecret      bytea;
BEGIN
  -- Right 2 to create; 5 and 9 because the password and the first memberships are part of it.
  PERFORM RequireRight(2, 5, 9);

  PERFORM CheckRoleName(null, 'U', pRoleName);
  PERFORM CheckUserContacts(null, nullif(pPhone, ''), nullif(pEmail, ''));

  INSERT INTO db."user" (id, type, username, name, phone, email, description, passwordchange, passwordnotchange)
  VALUES (coalesce(pId, gen_kernel_uuid('a')), 'U', pRoleName, coalesce(nullif(pName, ''), pRoleName),
          nullif(pPhone, ''), nullif(pEmail, ''), pDescription,
          coalesce(pPasswordChange, true), coalesce(pPasswordNotChange, false))
  RETURNING id, secret INTO pId, bySecret;

  INSERT INTO db.member_interface (interface, member)
  SELECT i.id, pId
    FROM db.interface i
   WHERE i.id IN ('00000000-0000-4004-a000-000000000000', '00000000-0000-4004-a000-000000000003');

  INSERT INTO db.member_area (area, member) VALUES (uArea, pId);

  PERFORM CreateProfile(pId, GetAreaScope(uArea), null, null, null, current_locale(), uArea,
                        '00000000-0000-4004-a000-000000000003', false, false, null);

  UPDATE db."user"
     SET pswhash = PasswordHash(coalesce(nullif(pPassword, ''),
                                         encode(hmac(bySecret::text, GetSecretKey(), 'sha1'), 'hex')))
   WHERE id = pId;

  PERFORM DoCreateRole(pId);

  RETURN pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateUser (text, text, text, text, text, text, boolean, boolean, uuid) IS
$$Creates a user, member of the current area and of the interfaces all and guest.

pRoleName           name to sign in with
pPassword           password; empty gives one that nobody knows
pName               full name; empty means the name to sign in with
pPhone              telephone number
pEmail              e-mail address
pDescription        description
pPasswordChange     the user is to change the password
pPasswordNotChange  the user may not change the password
pId                 identifier
Returns             the identifier
Raises              AccessDenied, RoleExists, AlreadyExists, InvalidPhoneNumber, ValueOutOfRange$$;

-- UpdateUser ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION UpdateUser (
  pId                uuid,
  pRoleName          text DEFAULT NULL,
  pPassword          text DEFAULT NULL,
  pName              text DEFAULT NULL,
  pPhone             text DEFAULT NULL,
  pEmail             text DEFAULT NULL,
  pDescription       text DEFAULT NULL,
  pPasswordChange    boolean DEFAULT NULL,
  pPasswordNotChange boolean DEFAULT NULL
) RETURNS            void
AS $$
DECLARE
  r             record;
  vPhone        text;
BEGIN
  IF pId IS DISTINCT FROM current_userid() THEN
    PERFORM RequireRight(3);
  END IF;

  SELECT * INTO r FROM db."user" WHERE id = pId AND type = 'U' FOR NO KEY UPDATE;

  IF NOT FOUND THEN
    PERFORM UserNotFound(pId);
  END IF;

  IF r.readonly AND NOT IsKernel() THEN
    PERFORM ReadOnlyError();
  END IF;

  pRoleName := coalesce(pRoleName, r.username);
  IF pRoleName <> r.username THEN
    IF RoleIsSystem(r.username) THEN
      PERFORM SystemRoleError();
    END IF;
    PERFORM CheckRoleName(pId, 'U', pRoleName);
  END IF;

  -- A number given in its international form keeps its plus sign.
  vPhone := CASE WHEN ltrim(pPhone) LIKE '+%' THEN '+' ELSE '' END || TrimPhone(nullif(pPhone, ''));
  PERFORM CheckUserContacts(pId, vPhone, nullif(pEmail, ''));

  UPDATE db."user"
     SET username = pRoleName,
         name = coalesce(nullif(pName, ''), name),
         phone = coalesce(vPhone, phone),
         email = coalesce(nullif(pEmail, ''), email),
         description = nullif(coalesce(pDescription, description), ''),
         passwordchange = coalesce(pPasswordChange, passwordchange),
         passwordnotchange = coalesce(pPasswordNotChange, passwordnotchange)
   WHERE id = pId;

  IF pPassword <> '' THEN
    PERFORM SetPassword(pId, pPassword);
    UPDATE db."user" SET passwordchange = pPasswordChange
     WHERE id = pId AND passwordchange <> pPasswordChange;
  END IF;

  PERFORM DoUpdateRole(pId);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UpdateUser (uuid, text, text, text, text, text, text, boolean, boolean) IS
$$Changes a user: oneself, or with right 3 another. What is null or empty stays; '' clears the description.

pId                 user
pRoleName           name to sign in with
pPassword           new password
pName               full name
pPhone              telephone number
pEmail              e-mail address
pDescription        description
pPasswordChange     the user is to change the password
pPasswordNotChange  the user may not change the password
Raises              UserNotFound, ReadOnlyError, AccessDenied, RoleExists, AlreadyExists; SystemRoleError
                    when a user that is a database role is renamed$$;

-- DeleteUser ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteUser (
  pId           uuid
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  PERFORM RequireRight(4);

  IF pId = current_userid() THEN
    PERFORM DeleteUserError();
  END IF;

  SELECT username, readonly INTO r FROM db."user" WHERE id = pId AND type = 'U' FOR UPDATE;

  IF NOT FOUND THEN
    PERFORM UserNotFound(pId);
  END IF;

  IF RoleIsSystem(r.username) THEN
    PERFORM SystemRoleError();
  END IF;

  IF r.readonly AND NOT IsKernel() THEN
    PERFORM ReadOnlyError();
  END IF;

  PERFORM DoDeleteRole(pId);

  DELETE FROM db.session WHERE suid = pId OR userid = pId;
  DELETE FROM db.member_group WHERE member = pId;
  DELETE FROM db.member_area WHERE member = pId;
  DELETE FROM db.member_interface WHERE member = pId;
  DELETE FROM db."user" WHERE id = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteUser (uuid) IS
$$Deletes a user with its sessions, memberships, rights and profiles; needs right 4.

pId     user
Raises  AccessDenied; DeleteUserError for oneself; UserNotFound; ReadOnlyError; SystemRoleError for
        a database role$$;

-- DeleteUser ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteUser (
  pRoleName     text
) RETURNS       void
AS $$
DECLARE
  uId           uuid := GetUser(pRoleName);
BEGIN
  IF uId IS NULL THEN
    PERFORM UserNotFound(pRoleName);
  END IF;

  PERFORM DeleteUser(uId);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteUser (text) IS
$$Deletes a user by its name.

pRoleName  name to sign in with
Raises     what DeleteUser(uuid) raises$$;

-- UserLock --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION UserLock (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  IF pId IS DISTINCT FROM current_userid() THEN
    PERFORM RequireRight(11);
  END IF;

  UPDATE db."user"
     SET status = (status & B'1010') | B'0100',
         lock_date = now()
   WHERE id = pId
     AND type = 'U';

  IF NOT FOUND THEN
    PERFORM UserNotFound(pId);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UserLock (uuid) IS
$$Locks a user: oneself, or with right 11 another. Open sessions stay, but serve no call any more.

pId     user
Raises  AccessDenied, UserNotFound$$;

-- UserUnLock ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION UserUnLock (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(12);

  UPDATE db."user"
     SET status = B'0001',
         lock_date = NULL,
         expiry_date = NULL
   WHERE id = pId
     AND type = 'U';

  IF NOT FOUND THEN
    PERFORM UserNotFound(pId);
  END IF;

  UPDATE db.profile SET input_error = 0 WHERE userid = pId AND input_error <> 0;
  DELETE FROM db.login_failure WHERE userid = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UserUnLock (uuid) IS
$$Unlocks a user and forgets its failed sign-ins; needs right 12.

pId     user
Raises  AccessDenied, UserNotFound$$;
