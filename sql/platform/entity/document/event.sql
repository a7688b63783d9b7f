-- Handlers of class document.

-- EventDocumentDrop -----------------------------------------------------------
CREATE OR REPLACE FUNCTION EventDocumentDrop (
  pObject       uuid DEFAULT context_object()
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.document WHERE id = pObject;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EventDocumentDrop (uuid) IS
$$Handler of action drop of class document: removes its row.

pObject  object, by default that of the context$$;

SELECT BuildHandlers('Document');

-- AddDocumentEvents -----------------------------------------------------------
CREATE OR REPLACE FUNCTION AddDocumentEvents (
  pClass        uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM AddClassEvents(pClass, 'Document');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddDocumentEvents (uuid) IS
$$Adds the event rows of class document: those of its parent, then its handler; for delete and drop the handler first.

pClass  class$$;

-- CreateClassDocument ---------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateClassDocument (
  pParent       uuid,
  pEntity       uuid
) RETURNS       uuid
AS $$
DECLARE
  uClass        uuid := GetClass('document');
BEGIN
  IF uClass IS NULL THEN
    uClass := AddClass(pParent, pEntity, 'document', NULL, true);
    PERFORM AddDocumentEvents(uClass);
    PERFORM AddDefaultMethods(uClass);
  END IF;
  RETURN uClass;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateClassDocument (uuid, uuid) IS
$$Makes class document with its events and the default machine, unless it is there.

pParent  class object
pEntity  entity document
Returns  class$$;

-- CreateEntityDocument --------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateEntityDocument (
  pParent       uuid
) RETURNS       uuid
AS $$
DECLARE
  uEntity       uuid := GetEntity('document');
BEGIN
  IF uEntity IS NULL THEN
    uEntity := AddEntity('document', NULL);
  END IF;

  PERFORM CreateClassDocument(pParent, uEntity);
  PERFORM RegisterRoute('document', AddEndPoint('SELECT * FROM rest.document($1, $2);'));

  RETURN uEntity;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateEntityDocument (uuid) IS
$$Makes entity document with its class and its route, unless they are there.

pParent  class object
Returns  entity$$;
