-- Names to identifiers and back, membership.

-- GetUser ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetUser (
  pRoleName     text
) RETURNS       uuid
AS $$
  SELECT id FROM db."user" WHERE type = 'U' AND username = pRoleName;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetUser (text) IS
$$Finds a user by its name; null when there is none.

pRoleName  name to sign in with, in its case$$;

-- GetGroup --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetGroup (
  pRoleName     text
) RETURNS       uuid
AS $$
  SELECT id FROM db."user" WHERE type = 'G' AND username = pRoleName;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetGroup (text) IS
$$Finds a group by its name; null when there is none.

pRoleName  name of the group, in its case$$;

-- GetUserName -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetUserName (
  pId           uuid
) RETURNS       text
AS $$
  SELECT username FROM db."user" WHERE id = pId AND type = 'U';
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetUserName (uuid) IS 'Gives the name that a user signs in with; null for an unknown one.';

-- GetUserFullName -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetUserFullName (
  pId           uuid
) RETURNS       text
AS $$
  SELECT name FROM db."user" WHERE id = pId AND type = 'U';
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetUserFullName (uuid) IS 'Gives the full name of a user; null for an unknown one.';

-- GetGroupUserName ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetGroupUserName (
  pId           uuid
) RETURNS       text
AS $$
  SELECT username FROM db."user" WHERE id = pId AND type = 'G';
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetGroupUserName (uuid) IS 'Gives the code of a group; null for an unknown one.';

-- GetGroupName ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetGroupName (
  pId           uuid
) RETURNS       text
AS $$
  SELECT name FROM db."user" WHERE id = pId AND type = 'G';
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetGroupName (uuid) IS 'Gives the full name of a group; null for an unknown one.';

-- current_username ------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_username (
) RETURNS       text
AS $$
  SELECT username FROM db."user" WHERE id = current_userid();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_username () IS
'Gives the name of the effective user, after substitution; null without a session.';

-- RoleIsSystem ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RoleIsSystem (
  pRoleName     text
) RETURNS       boolean
AS $$
  SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = pRoleName);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION RoleIsSystem (text) IS
'Tells whether the database has a role of that name; such users and groups keep their names and their lives.';

-- IsUserRole ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsUserRole (
  pRoleId       uuid,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
  SELECT EXISTS (SELECT FROM db.member_group WHERE userid = pRoleId AND member = pUserId);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsUserRole (uuid, uuid) IS
$$Tells whether a user is a member of a group.

pRoleId  group
pUserId  user$$;

-- IsUserRole ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsUserRole (
  pRole         text,
  pUser         text DEFAULT current_username()
) RETURNS       boolean
AS $$
  SELECT IsUserRole(GetGroup(pRole), GetUser(pUser));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsUserRole (text, text) IS
$$Tells whether a user is a member of a group, both given by name.

pRole  group
pUser  user$$;

-- IsAdmin ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsAdmin (
  pMember       uuid
) RETURNS       boolean
AS $$
  SELECT IsUserRole('00000000-0000-4000-a000-000000000001'::uuid, pMember);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsAdmin (uuid) IS 'Tells whether a user is an administrator.';

-- is_admin --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION is_admin (
  pMember       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
  SELECT IsUserRole('00000000-0000-4000-a000-000000000001'::uuid, pMember);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION is_admin (uuid) IS
'Tells whether a user is an administrator, whatever the database role of the caller.';

-- IsSystem --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsSystem (
  pMember       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
  SELECT IsUserRole('00000000-0000-4000-a000-000000000000'::uuid, pMember);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsSystem (uuid) IS 'Tells whether a user is no person: a client of OAuth or a background process.';

-- IsMemberArea ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsMemberArea (
  pArea         uuid,
  pMember       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
  WITH RECURSIVE up (id, parent) AS (
    SELECT id, parent FROM db.area WHERE id = pArea
     UNION
    SELECT a.id, a.parent
      FROM up
     INNER JOIN db.area a ON a.id = up.parent
  )
  SELECT EXISTS (
    SELECT
      FROM up
     INNER JOIN db.member_area m ON m.area = up.id
     WHERE m.member = pMember
        OR m.member IN (SELECT g.userid FROM db.member_group g WHERE g.member = pMember)
  );
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsMemberArea (uuid, uuid) IS
$$Tells whether a user, or a group of the user, is a member of an area or of one above it.

pArea    area
pMember  user or group$$;

-- IsMemberInterface -----------------------------------------------------------
CREATE OR REPLACE FUNCTION IsMemberInterface (
  pInterface    uuid,
  pMember       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
  SELECT EXISTS (
    SELECT
      FROM db.member_interface m
     WHERE m.interface = pInterface
       AND (m.member = pMember
            OR m.member IN (SELECT g.userid FROM db.member_group g WHERE g.member = pMember))
  );
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsMemberInterface (uuid, uuid) IS
$$Tells whether a user, or a group of the user, is a member of an interface.

pInterface  interface
pMember     user or group$$;
