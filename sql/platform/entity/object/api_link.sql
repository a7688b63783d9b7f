-- Collections and links from outside.

-- api.add_object_group --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_object_group (
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN CreateObjectGroup(pCode, pName, pDescription);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_object_group (text, text, text) IS
$$Makes a collection of the current user.

pCode         code; null draws one
pName         name
pDescription  description
Returns       its id; null when the user has one with the code$$;

-- api.update_object_group -----------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_object_group (
  pId           uuid,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.object_group WHERE id = pId AND owner = current_userid()) THEN
    PERFORM ObjectNotFound('object group', 'id', pId);
  END IF;
  PERFORM EditObjectGroup(pId, pCode, pName, pDescription);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_object_group (uuid, text, text, text) IS
$$Changes a collection of the current user; null keeps a value.

pId           collection
pCode         code
pName         name
pDescription  description
Raises        ObjectNotFound, RecordExists$$;

-- api.set_object_group --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_group (
  pId           uuid,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       SETOF api.object_group
AS $$
BEGIN
  -- A collection that has gone with its last member is no error.
  IF pId IS NULL THEN
    pId := CreateObjectGroup(pCode, pName, pDescription);
  ELSE
    PERFORM EditObjectGroup(pId, pCode, pName, pDescription);
  END IF;
  RETURN QUERY SELECT * FROM api.object_group WHERE id = pId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_group (uuid, text, text, text) IS
$$Makes a collection of the current user when no id is given, else changes it.

pId           collection
pCode         code
pName         name
pDescription  description
Returns       the collection; no row when the code is taken, or there is none with the id$$;

-- api.add_object_to_group -----------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_object_to_group (
  pGroup        uuid,
  pObject       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddObjectToGroup(pGroup, pObject);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_object_to_group (uuid, uuid) IS
$$Puts an object into a collection of the current user.

pGroup   collection
pObject  object
Raises   ObjectNotFound, AccessDenied$$;

-- api.delete_object_from_group ------------------------------------------------
CREATE OR REPLACE FUNCTION api.delete_object_from_group (
  pGroup        uuid,
  pObject       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM DeleteObjectFromGroup(pGroup, pObject);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.delete_object_from_group (uuid, uuid) IS
$$Takes an object out of a collection of the current user; an empty collection is deleted.

pGroup   collection
pObject  object; null: all
Raises   ObjectNotFound, AccessDenied$$;

-- api.object_group_member -----------------------------------------------------
CREATE OR REPLACE FUNCTION api.object_group_member (
  pGroupId      uuid
) RETURNS       SETOF api.object
AS $$
BEGIN
  RETURN QUERY
    SELECT *
      FROM rows_object(ARRAY(SELECT m.object
                               FROM db.object_group_member m
                              INNER JOIN db.object_group g ON g.id = m.gid
                              INNER JOIN AccessObject a ON a.object = m.object
                              INNER JOIN db.object o ON o.id = m.object
                              WHERE g.id = pGroupId AND g.owner = current_userid()
                              ORDER BY o.pdate DESC, o.id));
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.object_group_member (uuid) IS
$$Lists the objects of a collection of the current user, those that he may read.

pGroupId  collection$$;

-- api.set_object_link ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_link (
  pObject       uuid,
  pLinked       uuid,
  pKey          text DEFAULT NULL,
  pDateFrom     timestamptz DEFAULT NULL
) RETURNS       SETOF api.object_link
AS $$
DECLARE
  uId           uuid;
BEGIN
  PERFORM RequireObjectAccess(pObject, B'010');
  IF pLinked IS NOT NULL THEN
    PERFORM RequireObjectAccess(pLinked, B'100');
  END IF;

  uId := SetObjectLink(pObject, pLinked, COALESCE(pKey, pLinked::text), COALESCE(pDateFrom, oper_date()));
  RETURN QUERY SELECT * FROM api.object_link WHERE id = uId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_link (uuid, uuid, text, timestamptz) IS
$$Links an object to another one under a key.

pObject    object that the link starts from
pLinked    object that it leads to; null ends the link
pKey       key; null is the id of the other object
pDateFrom  from when; null is the operation date
Returns    the link
Raises     ObjectNotFound; AccessDenied unless the user may change the one and read the other$$;

-- api.unlink_object -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.unlink_object (
  pObject       uuid,
  pLinked       uuid,
  pKey          text DEFAULT NULL,
  pDateFrom     timestamptz DEFAULT NULL,
  OUT           object uuid,
  OUT           linked uuid,
  OUT           key text,
  OUT           datefrom timestamptz,
  OUT           unlink boolean
) RETURNS       record
AS $$
BEGIN
  PERFORM RequireObjectAccess(pObject, B'010');

  object := pObject;
  linked := pLinked;
  datefrom := COALESCE(pDateFrom, oper_date());
  key := COALESCE(pKey, (SELECT l.key
                           FROM db.object_link l
                          WHERE l.object = pObject AND l.linked = pLinked
                            AND l.validfromdate <= datefrom AND l.validtodate > datefrom
                          ORDER BY l.key
                          LIMIT 1));
  unlink := GetObjectLink(pObject, key, datefrom) IS NOT NULL;
  IF unlink THEN
    PERFORM SetObjectLink(pObject, NULL, key, datefrom);
  END IF;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.unlink_object (uuid, uuid, text, timestamptz) IS
$$Ends a link between two objects.

pObject    object that the link starts from
pLinked    object that it leads to
pKey       key; null: that of a link between the two
pDateFrom  from when; null is the operation date
unlink     there was one
Raises     ObjectNotFound, AccessDenied$$;
