-- Passwords and the permanent secret of a user.

-- UserSecret ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION UserSecret (
  pSecret       bytea
) RETURNS       text
AS $$
  SELECT encode(hmac(pSecret::text, GetSecretKey(), 'sha512'), 'hex');
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION UserSecret (bytea) IS
$$Derives the permanent secret of a user, 128 hexadecimal digits, from its random bytes.

Only the SHA-1 of it is compared (db.user.hash), so reading the table does not give it away
without the key of the server.
pSecret  db.user.secret$$;

-- PasswordHash ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION PasswordHash (
  pPassword     text
) RETURNS       text
AS $$
  SELECT crypt(pPassword, gen_salt('bf', 8));
$$ LANGUAGE sql VOLATILE STRICT;

COMMENT ON FUNCTION PasswordHash (text) IS 'Hashes a password for storing: bcrypt with a new salt.';

-- CheckPassword ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckPassword (
  pUserId       uuid,
  pPassword     text
) RETURNS       boolean
AS $$
DECLARE
  vHash         text;
  bPassed       boolean;
BEGIN
  SELECT pswhash INTO vHash FROM db."user" WHERE id = pUserId AND type = 'U';

  -- An unknown user costs as much time as a wrong password, else the time would tell them apart.
  bPassed := coalesce(crypt(coalesce(pPassword, ''), coalesce(vHash, gen_salt('bf', 8))) = vHash
                      AND pPassword <> '', false);

  IF bPassed THEN
    PERFORM SetErrorMessage(SuccessMessage());
  ELSE
    PERFORM SetErrorMessage(ErrorText('ERR-401-003'));
  END IF;

  RETURN bPassed;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckPassword (uuid, text) IS
$$Tells whether a password is that of a user; GetErrorMessage() says so in words.

pUserId    user
pPassword  password$$;

-- CheckPassword ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckPassword (
  pRoleName     text,
  pPassword     text
) RETURNS       boolean
AS $$
  SELECT CheckPassword(GetUser(pRoleName), pPassword);
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION CheckPassword (text, text) IS
$$Tells whether a password is that of a user.

pRoleName  name of the user
pPassword  password$$;

-- StorePassword ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION StorePassword (
  pId           uuid,
  pPassword     text
) RETURNS       void
AS $$
DECLARE
  r             record;
  bSelf         boolean := coalesce(pId = current_userid(), false);
BEGIN
  SELECT * INTO r FROM db."user" WHERE id = pId AND type = 'U';

  IF NOT FOUND THEN
    PERFORM UserNotFound(pId);
  END IF;

  IF NOT IsKernel() THEN
    IF r.readonly THEN
      PERFORM ReadOnlyError();
    END IF;

    IF bSelf AND r.passwordnotchange THEN
      PERFORM UserPasswordChange();
    END IF;
  END IF;

  UPDATE db."user"
     SET pswhash = PasswordHash(pPassword),
         passwordchange = passwordchange AND NOT bSelf
   WHERE id = pId;

  DELETE FROM db.session
   WHERE suid = pId
     AND code IS DISTINCT FROM current_session();

  PERFORM WriteToEventLog('W', 6012, 'auth', 'password', format('Password of "%s" was changed.', r.username));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION StorePassword (uuid, text) IS
$$Replaces the password of a user, whoever asks; all other sessions of that user end.

pId        user
pPassword  new password
Raises     UserNotFound; ReadOnlyError; UserPasswordChange when the user may not change its own$$;

-- SetPassword -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetPassword (
  pId           uuid,
  pPassword     text
) RETURNS       void
AS $$
BEGIN
  IF pId IS DISTINCT FROM current_userid() THEN
    PERFORM RequireRight(5);
  END IF;

  PERFORM StorePassword(pId, pPassword);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetPassword (uuid, text) IS
$$Sets the password of a user: one's own, or with right 5 that of another.

pId        user
pPassword  new password
Raises     AccessDenied, UserNotFound, ReadOnlyError, UserPasswordChange$$;

-- ChangePassword --------------------------------------------------------------
CREATE OR REPLACE FUNCTION ChangePassword (
  pId           uuid,
  pOldPass      text,
  pNewPass      text
) RETURNS       boolean
AS $$
BEGIN
  IF length(pOldPass) = 128 THEN
    IF NOT EXISTS (SELECT FROM db."user"
                    WHERE id = pId AND hash = encode(digest(pOldPass, 'sha1'), 'hex')) THEN
      PERFORM SetErrorMessage(ErrorText('ERR-401-003'));
      RETURN false;
    END IF;
  ELSIF NOT CheckPassword(pId, pOldPass) THEN
    RETURN false;
  END IF;

  PERFORM SetPassword(pId, pNewPass);
  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ChangePassword (uuid, text, text) IS
$$Sets a new password when the old one is right.

pId       user
pOldPass  old password; of 128 characters it is the permanent secret of the user
pNewPass  new password
Returns   false when the old one is wrong, see GetErrorMessage()
Raises    what SetPassword raises$$;
