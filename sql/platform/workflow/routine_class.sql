-- Entities and classes.

-- AddEntity -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddEntity (
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  IF GetEntity(pCode) IS NOT NULL THEN
    PERFORM RecordExists(pCode);
  END IF;

  INSERT INTO db.entity (code) VALUES (pCode) RETURNING id INTO uId;
  PERFORM FillTexts('entity', uId, ARRAY[pCode], pName, pDescription);

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddEntity (text, text, text) IS
$$Adds an entity.

pCode         code
pName         name in the current locale; null: that of the data files
pDescription  description in the current locale
Returns       its id
Raises        RecordExists when the code is taken$$;

-- EditEntity ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditEntity (
  pId           uuid,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF GetEntity(pCode) <> pId THEN
    PERFORM RecordExists(pCode);
  END IF;

  UPDATE db.entity SET code = COALESCE(pCode, code) WHERE id = pId;
  IF FOUND THEN
    PERFORM StoreText('entity', pId, pName, pDescription);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditEntity (uuid, text, text, text) IS
$$Changes an entity, its texts in the current locale only.

pId           entity
pCode         new code; null keeps
pName         new name; null keeps
pDescription  new description; null keeps, an empty string clears
Raises        RecordExists when the code is taken$$;

-- DeleteEntity ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteEntity (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  IF IsKernel() THEN
    PERFORM DeleteClass(id)
       FROM (SELECT id FROM db.class_tree WHERE entity = pId ORDER BY level DESC) c;
  END IF;

  DELETE FROM db.entity WHERE id = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteEntity (uuid) IS
$$Deletes an entity; kernel also deletes its classes, for anybody else there must be none.

pId  entity$$;

-- AddClass --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddClass (
  pParent       uuid,
  pEntity       uuid,
  pCode         text,
  pLabel        text,
  pAbstract     boolean
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  IF GetClass(pCode) IS NOT NULL THEN
    PERFORM RecordExists(pCode);
  END IF;

  INSERT INTO db.class_tree (parent, entity, level, code, abstract)
  VALUES (NULLIF(pParent, null_uuid()), pEntity, 0, pCode, COALESCE(pAbstract, true))
  RETURNING id INTO uId;
  PERFORM FillTexts('class', uId, ARRAY[pCode], pLabel);

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddClass (uuid, uuid, text, text, boolean) IS
$$Adds a class; it gets the rights of its parent.

pParent    class that it inherits from; null for a root
pEntity    entity
pCode      code
pLabel     label in the current locale; null: that of the data files
pAbstract  no object can be of this very class; null is true
Returns    its id
Raises     RecordExists when the code is taken$$;

-- EditClass -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditClass (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pEntity       uuid DEFAULT NULL,
  pCode         text DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pAbstract     boolean DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF GetClass(pCode) <> pId THEN
    PERFORM RecordExists(pCode);
  END IF;

  IF EXISTS (SELECT FROM db.class_ancestor WHERE class = pParent AND ancestor = pId) THEN
    PERFORM ValueOutOfRange(GetClassCode(pParent));
  END IF;

  UPDATE db.class_tree
     SET parent = NULLIF(COALESCE(pParent, parent), null_uuid()),
         entity = COALESCE(pEntity, entity),
         code = COALESCE(pCode, code),
         abstract = COALESCE(pAbstract, abstract)
   WHERE id = pId;

  IF FOUND THEN
    PERFORM StoreText('class', pId, pLabel);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditClass (uuid, uuid, uuid, text, text, boolean) IS
$$Changes a class, its label in the current locale only; levels of the classes below follow.

pId        class
pParent    new parent; null keeps, null_uuid() makes it a root
pEntity    new entity; null keeps
pCode      new code; null keeps
pLabel     new label; null keeps
pAbstract  abstract or not; null keeps
Raises     RecordExists when the code is taken
           ValueOutOfRange when the parent is the class itself or one below it$$;

-- DeleteClass -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteClass (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  IF IsKernel() THEN
    DELETE FROM db.event WHERE class = pId;
    UPDATE db.method SET parent = NULL
     WHERE parent IN (SELECT id FROM db.method WHERE class = pId);
    DELETE FROM db.method WHERE class = pId;
    DELETE FROM db.transition t
     USING db.state s
     WHERE s.class = pId AND s.id IN (t.state, t.newstate);
    DELETE FROM db.state WHERE class = pId;
    DELETE FROM db.type WHERE class = pId;
  END IF;

  DELETE FROM db.class_tree WHERE id = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteClass (uuid) IS
$$Deletes a class with its rights; kernel also deletes its events, methods, states and types.

For anybody else there must be none. Nobody deletes classes below it or objects of it.
pId  class$$;

-- ClassTree -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ClassTree (
  pParent       uuid
) RETURNS       SETOF ClassTree
AS $$
  SELECT t.*
    FROM ClassTree t
   WHERE pParent IS NULL
      OR EXISTS (SELECT FROM db.class_ancestor a
                  WHERE a.class = t.id AND a.ancestor = pParent AND a.distance > 0)
   ORDER BY t.sortlist;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ClassTree (uuid) IS
$$Lists the classes below a class, each after its parent.

pParent  class; null lists all
Returns  the classes$$;
