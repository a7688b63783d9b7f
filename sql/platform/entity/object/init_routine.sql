-- The class at the top of the tree.

-- AddObjectEvents -------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddObjectEvents (
  pClass        uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddClassEvents(pClass, 'Object', 'H S');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddObjectEvents (uuid) IS
$$Adds the event rows of class object: its handler, then the change of state where the action has one.

pClass  class$$;

-- CreateClassObject -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateClassObject (
  pParent       uuid,
  pEntity       uuid
) RETURNS       uuid
AS $$
DECLARE
  uClass        uuid := GetClass('object');
BEGIN
  IF uClass IS NULL THEN
    uClass := AddClass(pParent, pEntity, 'object', NULL, true);
    PERFORM AddObjectEvents(uClass);
    PERFORM AddDefaultMethods(uClass);
  END IF;
  RETURN uClass;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateClassObject (uuid, uuid) IS
$$Makes class object with its events and the default machine, unless it is there.

pParent  none
pEntity  entity object
Returns  class$$;

-- CreateEntityObject ----------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateEntityObject (
  pParent       uuid
) RETURNS       uuid
AS $$
DECLARE
  uEntity       uuid := GetEntity('object');
BEGIN
  IF uEntity IS NULL THEN
    uEntity := AddEntity('object', NULL);
  END IF;

  PERFORM CreateClassObject(pParent, uEntity);
  PERFORM RegisterRoute('object', AddEndPoint('SELECT * FROM rest.object($1, $2);'));

  RETURN uEntity;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateEntityObject (uuid) IS
$$Makes entity object with its class and its route, unless they are there.

pParent  none
Returns  entity$$;
