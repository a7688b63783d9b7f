-- Memberships: users in groups, users and groups in areas and interfaces.

-- CheckMember -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckMember (
  pMember       uuid,
  pTypes        text DEFAULT 'GU'
) RETURNS       void
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db."user" WHERE id = pMember AND strpos(pTypes, type) > 0) THEN
    PERFORM UserNotFound(pMember);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckMember (uuid, text) IS
$$Passes when there is such a user or group.

pMember  its id
pTypes   GU either, U a user, G a group
Raises   UserNotFound$$;

-- AddMemberToGroup ------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddMemberToGroup (
  pMember       uuid,
  pGroup        uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(9);
  PERFORM CheckMember(pGroup, 'G');
  PERFORM CheckMember(pMember, 'U');

  INSERT INTO db.member_group (userid, member) VALUES (pGroup, pMember)
      ON CONFLICT DO NOTHING;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddMemberToGroup (uuid, uuid) IS
$$Puts a user into a group; needs right 9. A second time changes nothing.

pMember  user
pGroup   group
Raises   AccessDenied, UserNotFound$$;

-- DeleteMemberFromGroup -------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteMemberFromGroup (
  pGroup        uuid,
  pMember       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(10);

  DELETE FROM db.member_group
   WHERE userid = pGroup
     AND (pMember IS NULL OR member = pMember);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteMemberFromGroup (uuid, uuid) IS
$$Takes a user out of a group; needs right 10.

pGroup   group
pMember  user; null takes all of them out
Raises   AccessDenied$$;

-- DeleteGroupForMember --------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteGroupForMember (
  pMember       uuid,
  pGroup        uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(10);

  DELETE FROM db.member_group
   WHERE member = pMember
     AND (pGroup IS NULL OR userid = pGroup);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteGroupForMember (uuid, uuid) IS
$$Takes a user out of a group; needs right 10.

pMember  user
pGroup   group; null means all of the user's groups
Raises   AccessDenied$$;

-- AddMemberToArea -------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddMemberToArea (
  pMember       uuid,
  pArea         uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(15);
  PERFORM CheckMember(pMember);

  IF NOT EXISTS (SELECT FROM db.area WHERE id = pArea) THEN
    PERFORM AreaError();
  END IF;

  INSERT INTO db.member_area (area, member) VALUES (pArea, pMember)
      ON CONFLICT DO NOTHING;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddMemberToArea (uuid, uuid) IS
$$Makes a user or group a member of an area, and thereby of all below it; needs right 15.

pMember  user or group
pArea    area
Raises   AccessDenied, UserNotFound, AreaError$$;

-- DeleteMemberFromArea --------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteMemberFromArea (
  pArea         uuid,
  pMember       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(15);

  DELETE FROM db.member_area
   WHERE area = pArea
     AND (pMember IS NULL OR member = pMember);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteMemberFromArea (uuid, uuid) IS
$$Ends the membership of an area; needs right 15.

pArea    area
pMember  user or group; null means all members
Raises   AccessDenied$$;

-- DeleteAreaForMember ---------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteAreaForMember (
  pMember       uuid,
  pArea         uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(15);

  DELETE FROM db.member_area
   WHERE member = pMember
     AND (pArea IS NULL OR area = pArea);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteAreaForMember (uuid, uuid) IS
$$Ends the membership of an area; needs right 15.

pMember  user or group
pArea    area; null means all of the member's areas
Raises   AccessDenied$$;

-- AddMemberToInterface --------------------------------------------------------
CREATE OR REPLACE FUNCTION AddMemberToInterface (
  pMember       uuid,
  pInterface    uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(9);
  PERFORM CheckMember(pMember);

  IF NOT EXISTS (SELECT FROM db.interface WHERE id = pInterface) THEN
    PERFORM InterfaceError();
  END IF;

  INSERT INTO db.member_interface (interface, member) VALUES (pInterface, pMember)
      ON CONFLICT DO NOTHING;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddMemberToInterface (uuid, uuid) IS
$$Makes a user or group a member of an interface; needs right 9.

pMember     user or group
pInterface  interface
Raises      AccessDenied, UserNotFound, InterfaceError$$;

-- DeleteMemberFromInterface ---------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteMemberFromInterface (
  pInterface    uuid,
  pMember       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(10);

  DELETE FROM db.member_interface
   WHERE interface = pInterface
     AND (pMember IS NULL OR member = pMember);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteMemberFromInterface (uuid, uuid) IS
$$Ends the membership of an interface; needs right 10.

pInterface  interface
pMember     user or group; null means all members
Raises      AccessDenied$$;

-- DeleteInterfaceForMember ----------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteInterfaceForMember (
  pMember       uuid,
  pInterface    uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireRight(10);

  DELETE FROM db.member_interface
   WHERE member = pMember
     AND (pInterface IS NULL OR interface = pInterface);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteInterfaceForMember (uuid, uuid) IS
$$Ends the membership of an interface; needs right 10.

pMember     user or group
pInterface  interface; null means all of the member's interfaces
Raises      AccessDenied$$;
