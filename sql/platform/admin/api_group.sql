-- api.add_group ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_group (
  pUserName     text,
  pName         text,
  pDescription  text
) RETURNS       uuid
AS $$
BEGIN
  RETURN CreateGroup(pUserName, pName, pDescription);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_group (text, text, text) IS 'Creates a group; see CreateGroup.';

-- api.update_group ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_group (
  pId           uuid,
  pUserName     text,
  pName         text,
  pDescription  text
) RETURNS       void
AS $$
BEGIN
  PERFORM UpdateGroup(pId, pUserName, pName, pDescription);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_group (uuid, text, text, text) IS 'Changes a group; see UpdateGroup.';

-- api.set_group ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_group (
  pId           uuid,
  pUserName     text,
  pName         text,
  pDescription  text
) RETURNS       SETOF api."group"
AS $$
BEGIN
  IF pId IS NULL THEN
    pId := CreateGroup(pUserName, pName, pDescription);
  ELSE
    PERFORM UpdateGroup(pId, pUserName, pName, pDescription);
  END IF;

  RETURN QUERY SELECT * FROM api."group" WHERE id = pId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_group (uuid, text, text, text) IS
$$Creates a group, or changes one when there is an id.

pId           group; null creates one
pUserName     code
pName         name
pDescription  description
Returns       the group
Raises        what CreateGroup and UpdateGroup raise$$;

-- api.delete_group ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.delete_group (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteGroup(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.delete_group (uuid) IS 'Deletes a group; see DeleteGroup.';

-- api.get_group ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_group (
  pId           uuid
) RETURNS       SETOF api."group"
AS $$
BEGIN
  RETURN QUERY SELECT * FROM api."group" WHERE id = pId;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_group (uuid) IS 'Gives a group.';

SELECT BuildListFunctions('group');

-- api.group_member ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.group_member (
  pGroupId      uuid
) RETURNS       TABLE (id uuid, username text, name text, email text, phone text, description text)
AS $$
  SELECT u.id, u.username, u.name, u.email, u.phone, u.description
    FROM db.member_group m
   INNER JOIN db."user" u ON u.id = m.member
   WHERE m.userid = pGroupId
   ORDER BY u.username;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.group_member (uuid) IS
$$Lists the members of a group.

pGroupId  group$$;

-- api.group_member_add --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.group_member_add (
  pGroup        uuid,
  pMember       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddMemberToGroup(pMember, pGroup);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.group_member_add (uuid, uuid) IS 'Puts a user into a group; see AddMemberToGroup.';

-- api.group_member_delete -----------------------------------------------------
CREATE OR REPLACE FUNCTION api.group_member_delete (
  pGroup        uuid,
  pMember       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteMemberFromGroup(pGroup, pMember);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.group_member_delete (uuid, uuid) IS
'Takes a user out of a group, without a user all of them; see DeleteMemberFromGroup.';

-- api.member_group ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_group (
  pUserId       uuid DEFAULT current_userid()
) RETURNS       TABLE (id uuid, username text, name text, description text)
AS $$
  SELECT g.id, g.username, g.name, g.description
    FROM db.member_group m
   INNER JOIN db."user" g ON g.id = m.userid
   WHERE m.member = pUserId
   ORDER BY g.username;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_group (uuid) IS
$$Lists the groups of a user.

pUserId  user$$;

-- api.user_member -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.user_member (
  pUserId       uuid DEFAULT current_userid()
) RETURNS       TABLE (id uuid, username text, name text, description text)
AS $$
  SELECT * FROM api.member_group(pUserId);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.user_member (uuid) IS 'Lists the groups of a user; the same as api.member_group.';

-- api.member_user -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_user (
  pUserId       uuid DEFAULT current_userid()
) RETURNS       TABLE (id uuid, username text, name text, description text)
AS $$
  SELECT * FROM api.member_group(pUserId);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_user (uuid) IS 'Lists the groups of a user; the same as api.member_group.';

-- api.member_group_add --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_group_add (
  pMember       uuid,
  pGroup        uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddMemberToGroup(pMember, pGroup);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_group_add (uuid, uuid) IS 'Puts a user into a group; see AddMemberToGroup.';

-- api.member_group_delete -----------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_group_delete (
  pMember       uuid,
  pGroup        uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteGroupForMember(pMember, pGroup);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_group_delete (uuid, uuid) IS
'Takes a user out of a group, without a group out of all; see DeleteGroupForMember.';

-- api.get_groups_json ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_groups_json (
  pMember       uuid
) RETURNS       json
AS $$
  SELECT coalesce(json_agg(g), '[]') FROM api.member_group(pMember) g;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_groups_json (uuid) IS 'Gives the groups of a user as a JSON array.';
