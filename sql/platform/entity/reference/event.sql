-- Handlers of class reference.

-- EventReferenceDrop -----------------------------------------------------------
CREATE OR REPLACE FUNCTION EventReferenceDrop (
  pObject       uuid DEFAULT context_object()
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.reference WHERE id = pObject;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EventReferenceDrop (uuid) IS
$$Handler of action drop of class reference: removes its row.

pObject  object, by default that of the context$$;

SELECT BuildHandlers('Reference');

-- AddReferenceEvents -----------------------------------------------------------
CREATE OR REPLACE FUNCTION AddReferenceEvents (
  pClass        uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddClassEvents(pClass, 'Reference', NULL, '{delete,restore,drop}');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddReferenceEvents (uuid) IS
$$Adds the event rows of class reference: those of its parent, its handler after or before them.

The handler runs first for delete, restore and drop.
pClass  class$$;

-- CreateClassReference ---------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateClassReference (
  pParent       uuid,
  pEntity       uuid
) RETURNS       uuid
AS $$
DECLARE
  uClass        uuid := GetClass('reference');
BEGIN
  IF uClass IS NULL THEN
    uClass := AddClass(pParent, pEntity, 'reference', NULL, true);
    PERFORM AddReferenceEvents(uClass);
    PERFORM AddDefaultMethods(uClass);
  END IF;
  RETURN uClass;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateClassReference (uuid, uuid) IS
$$Makes class reference with its events and the default machine, unless it is there.

pParent  class object
pEntity  entity reference
Returns  class$$;

-- CreateEntityReference --------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateEntityReference (
  pParent       uuid
) RETURNS       uuid
AS $$
DECLARE
  uEntity       uuid := GetEntity('reference');
BEGIN
  IF uEntity IS NULL THEN
    uEntity := AddEntity('reference', NULL);
  END IF;

  PERFORM CreateClassReference(pParent, uEntity);
  PERFORM RegisterRoute('reference', AddEndPoint('SELECT * FROM rest.reference($1, $2);'));

  RETURN uEntity;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateEntityReference (uuid) IS
$$Makes entity reference with its class and its route, unless they are there.

pParent  class object
Returns  entity$$;
