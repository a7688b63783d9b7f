-- Who is meant by a request that names somebody by id or by name.

-- ResolveUser -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ResolveUser (
  pId           uuid,
  pRoleName     text
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := coalesce(pId, GetUser(pRoleName));
BEGIN
  IF uId IS NULL THEN
    PERFORM UserNotFound(pRoleName);
  END IF;

  RETURN uId;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ResolveUser (uuid, text) IS
$$Gives the user that is meant by an id, else by a name.

pId        id, not looked up
pRoleName  name to sign in with
Raises     UserNotFound for an unknown name, and when there is neither$$;

-- ResolveGroup ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ResolveGroup (
  pId           uuid,
  pRoleName     text
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := coalesce(pId, GetGroup(pRoleName));
BEGIN
  IF uId IS NULL THEN
    PERFORM UnknownRoleName(pRoleName);
  END IF;

  RETURN uId;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ResolveGroup (uuid, text) IS
$$Gives the group that is meant by an id, else by a code.

pId        id, not looked up
pRoleName  code
Raises     UnknownRoleName for an unknown code, and when there is neither$$;

-- ResolveArea -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ResolveArea (
  pId           uuid,
  pCode         text
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := coalesce(pId, GetArea(pCode));
BEGIN
  IF uId IS NULL THEN
    PERFORM IncorrectAreaCode(pCode);
  END IF;

  RETURN uId;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ResolveArea (uuid, text) IS
$$Gives the area that is meant by an id, else by a code in the current scope.

pId     id, not looked up
pCode   code
Raises  IncorrectAreaCode for an unknown code, and when there is neither$$;

-- AddInterfaceMember ----------------------------------------------------------
CREATE OR REPLACE FUNCTION AddInterfaceMember (
  pId           uuid,
  pMember       uuid
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.interface WHERE id = pMember) THEN
    PERFORM AddMemberToInterface(pId, pMember);
  ELSE
    PERFORM AddMemberToInterface(pMember, pId);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddInterfaceMember (uuid, uuid) IS
$$Makes somebody a member of an interface; the two may be given the other way round, as old clients do.

pId      interface
pMember  user or group
Raises   as AddMemberToInterface$$;

-- DeleteInterfaceMember -------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteInterfaceMember (
  pId           uuid,
  pMember       uuid
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.interface WHERE id = pMember) THEN
    PERFORM DeleteMemberFromInterface(pMember, pId);
  ELSE
    PERFORM DeleteMemberFromInterface(pId, pMember);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteInterfaceMember (uuid, uuid) IS
$$Ends the membership of an interface; the two may be given the other way round, as old clients do.

pId      interface
pMember  user or group
Raises   as DeleteMemberFromInterface$$;
