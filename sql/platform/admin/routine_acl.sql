-- Rights in the system as a whole. Bit 0 is the rightmost of 17:
--   16 delete area     12 unlock user        8 delete group    4 delete user
--   15 update area     11 lock user          7 update group    3 update user
--   14 create area     10 exclude a member   6 create group    2 create user
--   13 substitute       9 include a member   5 set password    1 sign out, 0 sign in

-- acl -------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION acl (
  pUserId       uuid,
  OUT deny      bit varying,
  OUT allow     bit varying,
  OUT mask      bit varying
) RETURNS       SETOF record
AS $$
  SELECT bit_or(a.deny), bit_or(a.allow), bit_or(a.allow) & ~bit_or(a.deny)
    FROM db.acl a
   WHERE a.userid = pUserId
      OR a.userid IN (SELECT m.userid FROM db.member_group m WHERE m.member = pUserId)
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION acl (uuid) IS
$$Adds up the rights of a user and of all its groups; a denial anywhere wins.

pUserId  user or group
Returns  one row; all members are null when nothing was ever granted$$;

-- GetAccessControlListMask ----------------------------------------------------
CREATE OR REPLACE FUNCTION GetAccessControlListMask (
  pUserId       uuid DEFAULT current_userid()
) RETURNS       bit varying
AS $$
  SELECT mask FROM acl(pUserId);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAccessControlListMask (uuid) IS
$$Gives the effective rights of a user as 17 bits.

pUserId  user or group$$;

-- CheckAccessControlList ------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckAccessControlList (
  pMask         bit,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
  SELECT coalesce((SELECT a.mask & m.bits = m.bits
                     FROM acl(pUserId) a,
                          (SELECT lpad(pMask::text, 17, '0')::bit(17)) AS m (bits)), false);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION CheckAccessControlList (bit, uuid) IS
$$Tells whether a user has all the rights asked for.

pMask    rights; a mask of fewer than 17 bits means the rightmost ones
pUserId  user$$;

-- RequireRight ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RequireRight (
  VARIADIC pBits integer[]
) RETURNS       void
AS $$
DECLARE
  vMask         bit(17) := B'00000000000000000';
  nBit          integer;
BEGIN
  IF IsKernel() THEN
    RETURN;
  END IF;

  FOREACH nBit IN ARRAY pBits LOOP
    vMask := set_bit(vMask, 16 - nBit, 1);
  END LOOP;

  IF NOT CheckAccessControlList(vMask, current_userid()) THEN
    PERFORM AccessDenied();
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RequireRight (integer[]) IS
$$Passes when the effective user has all the rights named, or the caller is kernel.

pBits    numbers of the rights, 0 to 16
Raises   AccessDenied otherwise$$;

-- chmod -----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION chmod (
  pMask         bit varying,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       void
AS $$
DECLARE
  vMask         text := lpad(pMask::text, 34, '0');
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  IF strpos(vMask, '1') = 0 THEN
    DELETE FROM db.acl WHERE userid = pUserId;
    RETURN;
  END IF;

  INSERT INTO db.acl (userid, deny, allow)
  VALUES (pUserId, left(vMask, 17)::bit(17), right(vMask, 17)::bit(17))
      ON CONFLICT (userid) DO UPDATE
         SET deny = EXCLUDED.deny,
             allow = EXCLUDED.allow;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION chmod (bit varying, uuid) IS
$$Sets the rights of a user or group.

pMask    34 bits: the left half denies, the right half allows; zero removes the row
pUserId  user or group
Raises   AccessDenied unless an administrator or kernel calls$$;
