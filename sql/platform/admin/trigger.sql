-- What must hold of users, rights and profiles whoever writes them.

-- db.ft_user_before_insert ----------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_user_before_insert (
) RETURNS       trigger
AS $$
BEGIN
  NEW.hash := encode(digest(UserSecret(NEW.secret), 'sha1'), 'hex');
  NEW.phone := TrimPhone(NEW.phone);
  NEW.readonly := NEW.readonly OR NEW.id IN (
    '00000000-0000-4000-a000-000000000000', -- system
    '00000000-0000-4000-a000-000000000001', -- administrator
    '00000000-0000-4000-a000-000000000003', -- guest
    '00000000-0000-4000-a001-000000000002', -- daemon
    '00000000-0000-4000-a002-000000000001', -- apibot
    '00000000-0000-4000-a002-000000000002'  -- mailbot
  );
  RETURN NEW;
END;
$$ LANGUAGE plpgsql
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_user_before_insert () IS
'Derives the hash of a new user, normalises the telephone number, and protects the built-in users and groups.';

CREATE OR REPLACE TRIGGER t_user_before_insert
  BEFORE INSERT ON db."user"
  FOR EACH ROW EXECUTE FUNCTION db.ft_user_before_insert();

-- db.ft_user_after_insert -----------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_user_after_insert (
) RETURNS       trigger
AS $$
BEGIN
  INSERT INTO db.acl (userid, deny, allow)
  SELECT NEW.id, a.deny, a.allow
    FROM (VALUES
    --  rank  id                                      deny                    allow
        (0, '00000000-0000-4000-a000-000000000000'::uuid, B'00000000000000000', B'01110000000000011'), -- system
        (0, '00000000-0000-4000-a000-000000000001',       B'00000000000000000', B'11101111111111111'), -- administrator
        (0, '00000000-0000-4000-a000-000000000003',       B'11111111111111100', B'00000000000000011'), -- guest
        (0, '00000000-0000-4000-a002-000000000001',       B'00010000000000011', B'11101111111111100'), -- apibot
        (1, NEW.id,                                       B'00000000000000000', B'00000000000000011')
         ) AS a (rank, id, deny, allow)
   WHERE a.id = NEW.id
   ORDER BY a.rank
   LIMIT 1
      ON CONFLICT (userid) DO NOTHING;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_user_after_insert () IS
'Gives a new user or group its first rights: to sign in and out; the built-in ones, known by their ids, get their own.';

CREATE OR REPLACE TRIGGER t_user_after_insert
  AFTER INSERT ON db."user"
  FOR EACH ROW EXECUTE FUNCTION db.ft_user_after_insert();

-- db.ft_user_after_update -----------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_user_after_update (
) RETURNS       trigger
AS $$
BEGIN
  UPDATE db.profile
     SET email_verified = email_verified AND OLD.email IS NOT DISTINCT FROM NEW.email,
         phone_verified = phone_verified AND OLD.phone IS NOT DISTINCT FROM NEW.phone
   WHERE userid = NEW.id;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_user_after_update () IS
'A changed e-mail address or telephone number has to be proven anew.';

CREATE OR REPLACE TRIGGER t_user_after_update
  AFTER UPDATE OF email, phone ON db."user"
  FOR EACH ROW
  WHEN (OLD.email IS DISTINCT FROM NEW.email OR OLD.phone IS DISTINCT FROM NEW.phone)
  EXECUTE FUNCTION db.ft_user_after_update();

-- db.ft_acl_before ------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_acl_before (
) RETURNS       trigger
AS $$
BEGIN
  NEW.mask := NEW.allow & ~NEW.deny;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_acl_before () IS 'Keeps the mask: allowed and not denied.';

CREATE OR REPLACE TRIGGER t_acl_before
  BEFORE INSERT OR UPDATE ON db.acl
  FOR EACH ROW EXECUTE FUNCTION db.ft_acl_before();

-- db.ft_profile_before --------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_profile_before (
) RETURNS       trigger
AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.locale := coalesce(NEW.locale, current_locale());
    NEW.interface := coalesce(NEW.interface, '00000000-0000-4004-a000-000000000003');
    NEW.area := coalesce(NEW.area, GetAreaGuest(NEW.scope));
    RETURN NEW;
  END IF;

  IF NEW.area <> OLD.area AND NOT IsMemberArea(NEW.area, NEW.userid) THEN
    PERFORM UserNotMemberArea(GetUserName(NEW.userid), GetAreaName(NEW.area));
  END IF;

  IF NEW.interface <> OLD.interface AND NOT IsMemberInterface(NEW.interface, NEW.userid) THEN
    PERFORM UserNotMemberInterface(GetUserName(NEW.userid), GetInterfaceName(NEW.interface));
  END IF;

  RETURN NEW;
END;
$$ LANGUAGE plpgsql
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_profile_before () IS
'Fills the defaults of a new profile; its area and interface may change to those only that the user is a member of.';

CREATE OR REPLACE TRIGGER t_profile_before
  BEFORE INSERT OR UPDATE OF area, interface ON db.profile
  FOR EACH ROW EXECUTE FUNCTION db.ft_profile_before();

-- db.ft_member_group_after ----------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_member_group_after (
) RETURNS       trigger
AS $$
BEGIN
  -- One element at a time: two transactions that change the groups of one user do not lose any.
  IF TG_OP <> 'INSERT' THEN
    UPDATE db."user" SET groups = array_remove(groups, OLD.userid) WHERE id = OLD.member;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE db."user" SET groups = array_remove(groups, NEW.userid) || NEW.userid WHERE id = NEW.member;
  END IF;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_member_group_after () IS
'Keeps the groups of a user in the row of the user, which every call reads anyway.';

CREATE OR REPLACE TRIGGER t_member_group_after
  AFTER INSERT OR UPDATE OR DELETE ON db.member_group
  FOR EACH ROW EXECUTE FUNCTION db.ft_member_group_after();

-- db.ft_iptable_after ---------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_iptable_after (
) RETURNS       trigger
AS $$
DECLARE
  uUser         uuid;
BEGIN
  FOREACH uUser IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.userid]
                                    WHEN 'DELETE' THEN ARRAY[OLD.userid]
                                    ELSE ARRAY[OLD.userid, NEW.userid] END
  LOOP
    -- The row is locked first, so that the next statement sees what others have committed.
    PERFORM FROM db."user" WHERE id = uUser FOR UPDATE;
    UPDATE db."user"
       SET guarded = EXISTS (SELECT FROM db.iptable i WHERE i.userid = uUser)
     WHERE id = uUser;
  END LOOP;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_iptable_after () IS
'Notes in the row of a user whether there are rules for addresses, so that a call looks only where there are.';

CREATE OR REPLACE TRIGGER t_iptable_after
  AFTER INSERT OR UPDATE OR DELETE ON db.iptable
  FOR EACH ROW EXECUTE FUNCTION db.ft_iptable_after();
