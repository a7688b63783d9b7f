-- api.add_area ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_area (
  pParent       uuid,
  pType         uuid,
  pScope        uuid,
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL,
  pSequence     integer DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN CreateArea(null, pParent, pType, pScope, pCode, pName, pDescription, pSequence);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_area (uuid, uuid, uuid, text, text, text, integer) IS 'Creates an area; see CreateArea.';

-- api.update_area -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_area (
  pId            uuid,
  pParent        uuid DEFAULT NULL,
  pType          uuid DEFAULT NULL,
  pScope         uuid DEFAULT NULL,
  pCode          text DEFAULT NULL,
  pName          text DEFAULT NULL,
  pDescription   text DEFAULT NULL,
  pSequence      integer DEFAULT NULL,
  pValidFromDate timestamptz DEFAULT NULL,
  pValidToDate   timestamptz DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM EditArea(pId, pParent, pType, pScope, pCode, pName, pDescription, pSequence, pValidFromDate, pValidToDate);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_area (uuid, uuid, uuid, uuid, text, text, text, integer, timestamptz, timestamptz) IS 'Changes an area; see EditArea.';

-- api.set_area ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_area (
  pId            uuid,
  pParent        uuid DEFAULT NULL,
  pType          uuid DEFAULT NULL,
  pScope         uuid DEFAULT NULL,
  pCode          text DEFAULT NULL,
  pName          text DEFAULT NULL,
  pDescription   text DEFAULT NULL,
  pSequence      integer DEFAULT NULL,
  pValidFromDate timestamptz DEFAULT NULL,
  pValidToDate   timestamptz DEFAULT NULL
) RETURNS       SETOF api.area
AS $$
BEGIN
  IF pId IS NULL THEN
    pId := CreateArea(null, pParent, pType, pScope, pCode, pName, pDescription, pSequence);

    UPDATE db.area
       SET validfromdate = coalesce(pValidFromDate, validfromdate),
           validtodate = coalesce(pValidToDate, validtodate)
     WHERE id = pId
       AND (pValidFromDate IS NOT NULL OR pValidToDate IS NOT NULL);
  ELSE
    PERFORM EditArea(pId, pParent, pType, pScope, pCode, pName, pDescription, pSequence, pValidFromDate, pValidToDate);
  END IF;

  RETURN QUERY SELECT * FROM api.area WHERE id = pId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_area (uuid, uuid, uuid, uuid, text, text, text, integer, timestamptz, timestamptz) IS
$$Creates an area, or changes one when there is an id.

pId             area; null creates one
pParent         area above; a new one goes below the root when there is none
pType           kind
pScope          scope
pCode           code
pName           name
pDescription    description
pSequence       place among its siblings
pValidFromDate  in use from this moment
pValidToDate    in use before this moment
Returns         the area
Raises          what CreateArea and EditArea raise$$;

-- api.delete_area -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.delete_area (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteArea(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.delete_area (uuid) IS 'Deletes an area; see DeleteArea.';

-- api.safely_delete_area ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.safely_delete_area (
  pId           uuid
) RETURNS       boolean
AS $$
BEGIN
  RETURN (SafelyDeleteArea(pId)).result;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.safely_delete_area (uuid) IS
$$Deletes an area if nothing refers to it.

pId      area
Returns  false when something does, GetErrorMessage() then says what$$;

-- api.clear_area --------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.clear_area (
) RETURNS       integer
AS $$
BEGIN
  RETURN ClearAreas();
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.clear_area () IS
'Deletes the areas that are out of use and that nothing refers to; gives how many these were.';

-- api.get_area ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_area (
  pId           uuid
) RETURNS       SETOF api.area
AS $$
BEGIN
  RETURN QUERY SELECT * FROM api.area WHERE id = pId;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_area (uuid) IS 'Gives an area of the current scope.';

SELECT BuildListFunctions('area');

-- api.get_area_id -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_area_id (
  pCode         text
) RETURNS       uuid
AS $$
  SELECT GetArea(pCode);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_area_id (text) IS
'Finds an area of the current scope by its code; null when there is none.';

-- api.get_area_type -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_area_type (
  pId           uuid
) RETURNS       SETOF api.area_type
AS $$
  SELECT * FROM api.area_type WHERE id = pId;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_area_type (uuid) IS 'Gives a kind of areas.';

-- api.area_member -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.area_member (
  pAreaId       uuid
) RETURNS       TABLE (id uuid, type char, username text, name text, description text)
AS $$
  SELECT u.id, u.type, u.username, u.name, u.description
    FROM db.member_area m
   INNER JOIN db."user" u ON u.id = m.member
   WHERE m.area = pAreaId
   ORDER BY u.type, u.username;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.area_member (uuid) IS
$$Lists the members of an area itself; those of the areas above it are members too.

pAreaId  area$$;

-- api.area_member_add ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.area_member_add (
  pArea         uuid,
  pMember       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddMemberToArea(pMember, pArea);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.area_member_add (uuid, uuid) IS
'Makes a user or group a member of an area; see AddMemberToArea.';

-- api.area_member_delete ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.area_member_delete (
  pArea         uuid,
  pMember       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteMemberFromArea(pArea, pMember);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.area_member_delete (uuid, uuid) IS
'Ends the membership of an area, without a member of all; see DeleteMemberFromArea.';

-- api.member_area -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_area (
  pUserId       uuid DEFAULT current_userid()
) RETURNS       SETOF api.area
AS $$
  WITH RECURSIVE tree (id) AS (
    SELECT m.area
      FROM db.member_area m
     WHERE m.member = pUserId
        OR m.member IN (SELECT g.userid FROM db.member_group g WHERE g.member = pUserId)
     UNION
    SELECT a.id
      FROM tree t
     INNER JOIN db.area a ON a.parent = t.id
  )
  SELECT a.*
    FROM api.area a
   WHERE a.id IN (SELECT id FROM tree)
   ORDER BY a.sortlist;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_area (uuid) IS
$$Lists the areas that a user or group is a member of, those below them included.

pUserId  user or group$$;

-- api.member_area_add ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_area_add (
  pMember       uuid,
  pArea         uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddMemberToArea(pMember, pArea);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_area_add (uuid, uuid) IS
'Makes a user or group a member of an area; see AddMemberToArea.';

-- api.member_area_delete ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.member_area_delete (
  pMember       uuid,
  pArea         uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteAreaForMember(pMember, pArea);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.member_area_delete (uuid, uuid) IS
'Ends the membership of an area, without an area of all; see DeleteAreaForMember.';
