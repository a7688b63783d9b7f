-- Personal collections of objects.

-- CreateObjectGroup -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateObjectGroup (
  pCode         text,
  pName         text,
  pDescription  text
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  INSERT INTO db.object_group (owner, code, name, description)
  VALUES (current_userid(), COALESCE(NULLIF(pCode, ''), encode(gen_random_bytes(12), 'hex')),
          COALESCE(pName, pCode, ''), CheckNull(pDescription))
      ON CONFLICT (owner, code) DO NOTHING
  RETURNING id INTO uId;
  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateObjectGroup (text, text, text) IS
$$Makes a collection of the current user.

pCode         code; null draws one
pName         name
pDescription  description
Returns       its id; null when the user has one with the code$$;

-- EditObjectGroup -------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditObjectGroup (
  pId           uuid,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  UPDATE db.object_group
     SET code = COALESCE(pCode, code),
         name = COALESCE(pName, name),
         description = CheckNull(COALESCE(pDescription, description))
   WHERE id = pId AND owner = current_userid();
EXCEPTION
WHEN unique_violation THEN
  PERFORM RecordExists(pCode);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditObjectGroup (uuid, text, text, text) IS
$$Changes a collection of the current user.

pId           collection
pCode         new code; null keeps
pName         new name; null keeps
pDescription  new description; null keeps, an empty string clears
Raises        RecordExists when the user has another one with the code$$;

-- GetObjectGroup --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectGroup (
  pCode         text,
  pOwner        uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
  SELECT id FROM db.object_group WHERE owner = pOwner AND code = pCode;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectGroup (text, uuid) IS
$$Finds a collection by its code.

pCode    code
pOwner   user, by default the current one
Returns  collection; null when there is none$$;

-- ObjectGroup -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ObjectGroup (
  pOwner        uuid DEFAULT current_userid()
) RETURNS       SETOF ObjectGroup
AS $$
  SELECT * FROM ObjectGroup WHERE owner = pOwner;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ObjectGroup (uuid) IS
$$Lists the collections of a user.

pOwner  user, by default the current one$$;

-- AddObjectToGroup ------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddObjectToGroup (
  pGroup        uuid,
  pObject       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireObjectAccess(pObject, B'100');

  IF NOT EXISTS (SELECT FROM db.object_group WHERE id = pGroup AND owner = current_userid()) THEN
    PERFORM ObjectNotFound('object group', 'id', pGroup);
  END IF;

  INSERT INTO db.object_group_member (gid, object) VALUES (pGroup, pObject) ON CONFLICT DO NOTHING;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddObjectToGroup (uuid, uuid) IS
$$Puts an object into a collection of the current user; it may be there already.

pGroup   collection
pObject  object
Raises   ObjectNotFound; AccessDenied when the user may not read the object$$;

-- DeleteObjectFromGroup -------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteObjectFromGroup (
  pGroup        uuid,
  pObject       uuid
) RETURNS       void
AS $$
BEGIN
  IF pObject IS NOT NULL THEN
    PERFORM RequireObjectAccess(pObject, B'100');
  END IF;

  DELETE FROM db.object_group_member m
   USING db.object_group g
   WHERE g.id = pGroup AND g.owner = current_userid()
     AND m.gid = g.id AND (pObject IS NULL OR m.object = pObject);

  DELETE FROM db.object_group g
   WHERE g.id = pGroup AND g.owner = current_userid()
     AND NOT EXISTS (SELECT FROM db.object_group_member m WHERE m.gid = g.id);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteObjectFromGroup (uuid, uuid) IS
$$Takes an object out of a collection of the current user; an empty collection is deleted.

pGroup   collection
pObject  object; null: all
Raises   ObjectNotFound; AccessDenied when the user may not read the object$$;
