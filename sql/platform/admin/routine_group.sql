-- Groups of users.

-- CreateGroup -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateGroup (
  pRoleName     text,
  pName         text,
  pDescription  text,
  pId           uuid DEFAULT gen_kernel_uuid('a')
) RETURNS       uuid
AS $$
BEGIN
  PERFORM RequireRight(6);
  PERFORM CheckRoleName(null, 'G', pRoleName);

  INSERT INTO db."user" (id, type, username, name, description)
  VALUES (coalesce(pId, gen_kernel_uuid('a')), 'G', pRoleName, coalesce(nullif(pName, ''), pRoleName), pDescription)
  RETURNING id INTO pId;

  PERFORM DoCreateRole(pId);

  RETURN pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateGroup (text, text, text, uuid) IS
$$Creates a group; needs right 6.

pRoleName     code
pName         name; empty means the code
pDescription  description
pId           identifier
Returns       the identifier
Raises        AccessDenied, RoleExists$$;

-- UpdateGroup -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION UpdateGroup (
  pId           uuid,
  pRoleName     text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  PERFORM RequireRight(7);

  SELECT * INTO r FROM db."user" WHERE id = pId AND type = 'G' FOR NO KEY UPDATE;

  IF NOT FOUND THEN
    PERFORM UserNotFound(pId);
  END IF;

  IF r.readonly AND NOT IsKernel() THEN
    PERFORM AccessDenied();
  END IF;

  IF pRoleName <> r.username THEN
    IF RoleIsSystem(r.username) THEN
      PERFORM SystemRoleError();
    END IF;
    PERFORM CheckRoleName(pId, 'G', pRoleName);
  END IF;

  UPDATE db."user"
     SET username = coalesce(pRoleName, username),
         name = coalesce(pName, name),
         description = coalesce(pDescription, description)
   WHERE id = pId;

  PERFORM DoUpdateRole(pId);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UpdateGroup (uuid, text, text, text) IS
$$Changes a group; needs right 7. What is null stays.

pId           group
pRoleName     code
pName         name
pDescription  description
Raises        AccessDenied, also for a read-only group; UserNotFound; RoleExists; SystemRoleError$$;

-- DeleteGroup -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteGroup (
  pId           uuid
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  PERFORM RequireRight(8);

  SELECT username, readonly INTO r FROM db."user" WHERE id = pId AND type = 'G' FOR UPDATE;

  IF NOT FOUND THEN
    RETURN;
  END IF;

  IF RoleIsSystem(r.username) THEN
    PERFORM SystemRoleError();
  END IF;

  IF r.readonly AND NOT IsKernel() THEN
    PERFORM AccessDenied();
  END IF;

  PERFORM DoDeleteRole(pId);

  DELETE FROM db.member_area WHERE member = pId;
  DELETE FROM db.member_interface WHERE member = pId;
  DELETE FROM db.member_group WHERE userid = pId OR member = pId;
  DELETE FROM db."user" WHERE id = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteGroup (uuid) IS
$$Deletes a group with its memberships; needs right 8. An unknown one is no error.

pId     group
Raises  AccessDenied, also for a read-only group; SystemRoleError for a database role$$;

-- DeleteGroup -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteGroup (
  pRoleName     text
) RETURNS       void
AS $$
  SELECT DeleteGroup(GetGroup(pRoleName));
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION DeleteGroup (text) IS
$$Deletes a group by its code.

pRoleName  code
Raises     what DeleteGroup(uuid) raises$$;
