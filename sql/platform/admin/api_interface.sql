-- api.add_interface -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_interface (
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN CreateInterface(pCode, pName, pDescription);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_interface (text, text, text) IS 'Creates an interface; see CreateInterface.';

-- api.update_interface --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_interface (
  pId           uuid,
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM UpdateInterface(pId, pCode, pName, pDescription);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_interface (uuid, text, text, text) IS 'Changes an interface; see UpdateInterface.';

-- api.set_interface -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_interface (
  pId           uuid,
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL
) RETURNS       SETOF api.interface
AS $$
BEGIN
  IF pId IS NULL THEN
    pId := CreateInterface(pCode, pName, pDescription);
  ELSE
    PERFORM UpdateInterface(pId, pCode, pName, pDescription);
  END IF;

  RETURN QUERY SELECT * FROM api.interface WHERE id = pId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_interface (uuid, text, text, text) IS
$$Creates an interface, or changes one when there is an id.

pId           interface; null creates one
pCode         code
pName         name
pDescription  description
Returns       the interface
Raises        what CreateInterface and UpdateInterface raise$$;

-- api.delete_interface --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.delete_interface (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteInterface(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.delete_interface (uuid) IS 'Deletes an interface; see DeleteInterface.';

-- api.get_interface -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_interface (
  pId           uuid
) RETURNS       SETOF api.interface
AS $$
BEGIN
  RETURN QUERY SELECT * FROM api.interface WHERE id = pId;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_interface (uuid) IS 'Gives an interface.';

SELECT BuildListFunctions('interface');

-- api.interface_member --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.interface_member (
  pInterfaceId  uuid
) RETURNS       TABLE (id uuid, type char, username text, name text, description text)
AS $$
  SELECT u.id, u.type, u.username, u.name, u.description
    FROM db.member_interface m
   INNER JOIN db."user" u ON u.id = m.member
   WHERE m.interface = pInterfaceId
   ORDER BY u.type, u.username;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.interface_member (uuid) IS
$$Lists the members of an interface.

pInterfaceId  interface$$;

-- api.interface_member_add ----------------------------------------------------
CREATE OR REPLACE FUNCTION api.interface_member_add (
  pMember       uuid,
  pInterface    uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddMemberToInterface(pMember, pInterface);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.interface_member_add (uuid, uuid) IS
'Makes a user or group a member of an interface; see AddMemberToInterface.';

-- api.interface_member_delete -------------------------------------------------
CREATE OR REPLACE FUNCTION api.interface_member_delete (
  pInterface    uuid,
  pMember       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteMemberFromInterface(pInterface, pMember);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.interface_member_delete (uuid, uuid) IS
'Ends the membership of an interface, without a member of all; see DeleteMemberFromInterface.';

-- api.member_interface --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_interface (
  pUserId       uuid DEFAULT current_userid()
) RETURNS       SETOF api.interface
AS $$
  SELECT i.*
    FROM api.interface i
   WHERE IsMemberInterface(i.id, pUserId)
   ORDER BY i.code;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_interface (uuid) IS
$$Lists the interfaces that a user or group is a member of.

pUserId  user or group$$;

-- api.member_interface_add ----------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_interface_add (
  pMember       uuid,
  pInterface    uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddMemberToInterface(pMember, pInterface);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_interface_add (uuid, uuid) IS
'Makes a user or group a member of an interface; see AddMemberToInterface.';

-- api.member_interface_delete -------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_interface_delete (
  pMember       uuid,
  pInterface    uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteInterfaceForMember(pMember, pInterface);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_interface_delete (uuid, uuid) IS
'Ends the membership of an interface, without an interface of all; see DeleteInterfaceForMember.';
