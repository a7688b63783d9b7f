-- Rights in classes and methods: what they amount to for a user, and how they are changed.

-- AccessPrincipals ------------------------------------------------------------
CREATE OR REPLACE FUNCTION AccessPrincipals (
  pUserId       uuid
) RETURNS       uuid[]
AS $$
BEGIN
  IF pUserId = current_userid() AND current_groups() <> '{}' THEN
    RETURN pUserId || current_groups();
  END IF;

  RETURN pUserId || ARRAY(SELECT userid FROM db.member_group WHERE member = pUserId);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION AccessPrincipals (uuid) IS
$$Lists whose rights a user has: his own and those of his groups, one level.

pUserId  user
Returns  the user and the groups; null without a user$$;

-- acu -------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION acu (
  pUserId       uuid,
  OUT class     uuid,
  OUT deny      bit,
  OUT allow     bit,
  OUT mask      bit
) RETURNS       SETOF record
AS $$
  SELECT a.class, bit_or(a.deny), bit_or(a.allow), bit_or(a.allow) & ~bit_or(a.deny)
    FROM db.acu a
   WHERE a.userid = ANY ((SELECT AccessPrincipals(pUserId))::uuid[])
   GROUP BY a.class;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION acu (uuid) IS
$$Gives the rights of a user in every class in which he or one of his groups has a row.

pUserId  user
Returns  class, bits denied, allowed, and allowed and not denied$$;

-- acu -------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION acu (
  pUserId       uuid,
  pClass        uuid,
  OUT class     uuid,
  OUT deny      bit,
  OUT allow     bit,
  OUT mask      bit
) RETURNS       SETOF record
AS $$
  SELECT a.class, bit_or(a.deny), bit_or(a.allow), bit_or(a.allow) & ~bit_or(a.deny)
    FROM db.acu a
   WHERE a.class = pClass
     AND a.userid = ANY ((SELECT AccessPrincipals(pUserId))::uuid[])
   GROUP BY a.class;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION acu (uuid, uuid) IS
$$Gives the rights of a user in one class.

pUserId  user
pClass   class
Returns  one row, none when neither the user nor a group of his has a row$$;

-- amu -------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION amu (
  pUserId       uuid,
  OUT method    uuid,
  OUT deny      bit,
  OUT allow     bit,
  OUT mask      bit
) RETURNS       SETOF record
AS $$
  SELECT a.method, bit_or(a.deny), bit_or(a.allow), bit_or(a.allow) & ~bit_or(a.deny)
    FROM db.amu a
   WHERE a.userid = ANY ((SELECT AccessPrincipals(pUserId))::uuid[])
   GROUP BY a.method;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION amu (uuid) IS
$$Gives the rights of a user in every method in which he or one of his groups has a row.

pUserId  user
Returns  method, bits denied, allowed, and allowed and not denied$$;

-- amu -------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION amu (
  pUserId       uuid,
  pMethod       uuid,
  OUT method    uuid,
  OUT deny      bit,
  OUT allow     bit,
  OUT mask      bit
) RETURNS       SETOF record
AS $$
  SELECT a.method, bit_or(a.deny), bit_or(a.allow), bit_or(a.allow) & ~bit_or(a.deny)
    FROM db.amu a
   WHERE a.method = pMethod
     AND a.userid = ANY ((SELECT AccessPrincipals(pUserId))::uuid[])
   GROUP BY a.method;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION amu (uuid, uuid) IS
$$Gives the rights of a user in one method.

pUserId  user
pMethod  method
Returns  one row, none when neither the user nor a group of his has a row$$;

-- GetClassAccessMask ----------------------------------------------------------
CREATE OR REPLACE FUNCTION GetClassAccessMask (
  pClass        uuid,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       bit
AS $$
BEGIN
  RETURN (SELECT mask FROM acu(pUserId, pClass));
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetClassAccessMask (uuid, uuid) IS
$$Gives the rights of a user in a class.

pClass   class
pUserId  user, by default the current one
Returns  five bits, access create select update delete; null when there is no row$$;

-- CheckClassAccess ------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckClassAccess (
  pClass        uuid,
  pMask         bit,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
BEGIN
  RETURN COALESCE(GetClassAccessMask(pClass, pUserId) & pMask = pMask, false);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckClassAccess (uuid, bit, uuid) IS
$$Tells whether a user has some rights in a class.

pClass   class
pMask    five bits, access create select update delete
pUserId  user, by default the current one
Returns  true when he has all of them$$;

-- DecodeClassAccess -----------------------------------------------------------
CREATE OR REPLACE FUNCTION DecodeClassAccess (
  pClass        uuid,
  pUserId       uuid DEFAULT current_userid(),
  OUT a         boolean,
  OUT c         boolean,
  OUT s         boolean,
  OUT u         boolean,
  OUT d         boolean
) RETURNS       record
AS $$
DECLARE
  bMask         bit(5) := GetClassAccessMask(pClass, pUserId);
BEGIN
  a := get_bit(bMask, 0) = 1;
  c := get_bit(bMask, 1) = 1;
  s := get_bit(bMask, 2) = 1;
  u := get_bit(bMask, 3) = 1;
  d := get_bit(bMask, 4) = 1;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION DecodeClassAccess (uuid, uuid) IS
$$Gives the rights of a user in a class as five flags; all null when there is no row.

pClass   class
pUserId  user, by default the current one
a        access
c        create
s        select
u        update
d        delete$$;

-- GetMethodAccessMask ---------------------------------------------------------
CREATE OR REPLACE FUNCTION GetMethodAccessMask (
  pMethod       uuid,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       bit
AS $$
BEGIN
  RETURN (SELECT mask FROM amu(pUserId, pMethod));
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetMethodAccessMask (uuid, uuid) IS
$$Gives the rights of a user in a method.

pMethod  method
pUserId  user, by default the current one
Returns  three bits, execute visible enable; null when there is no row$$;

-- CheckMethodAccess -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckMethodAccess (
  pMethod       uuid,
  pMask         bit,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
BEGIN
  RETURN COALESCE(GetMethodAccessMask(pMethod, pUserId) & pMask = pMask, false);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckMethodAccess (uuid, bit, uuid) IS
$$Tells whether a user has some rights in a method.

pMethod  method
pMask    three bits, execute visible enable
pUserId  user, by default the current one
Returns  true when he has all of them$$;

-- DecodeMethodAccess ----------------------------------------------------------
CREATE OR REPLACE FUNCTION DecodeMethodAccess (
  pMethod       uuid,
  pUserId       uuid DEFAULT current_userid(),
  OUT x         boolean,
  OUT v         boolean,
  OUT e         boolean
) RETURNS       record
AS $$
DECLARE
  bMask         bit(3) := GetMethodAccessMask(pMethod, pUserId);
BEGIN
  x := get_bit(bMask, 0) = 1;
  v := get_bit(bMask, 1) = 1;
  e := get_bit(bMask, 2) = 1;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION DecodeMethodAccess (uuid, uuid) IS
$$Gives the rights of a user in a method as three flags; all null when there is no row.

pMethod  method
pUserId  user, by default the current one
x        execute
v        visible
e        enable$$;

-- GetClassMembers -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetClassMembers (
  pClass        uuid
) RETURNS       SETOF ClassMembers
AS $$
  SELECT * FROM ClassMembers WHERE class = pClass;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetClassMembers (uuid) IS
$$Lists the users and groups that have rights in a class.

pClass   class
Returns  the rows with the names$$;

-- GetMethodMembers ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetMethodMembers (
  pMethod       uuid
) RETURNS       SETOF MethodMembers
AS $$
  SELECT * FROM MethodMembers WHERE method = pMethod;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetMethodMembers (uuid) IS
$$Lists the users and groups that have rights in a method.

pMethod  method
Returns  the rows with the names$$;
