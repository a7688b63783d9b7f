SELECT BuildEntityLists('document'), BuildEntityRoutes('document');

-- api.add_document ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_document (
  pParent       uuid,
  pType         uuid,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pData         text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN DelegateAdd('/document/set', pType,
    jsonb_build_object('pparent', pParent, 'plabel', pLabel, 'pname', pLabel, 'pdescription', COALESCE(pDescription, pData)));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_document (uuid, uuid, text, text, text) IS
$$Adds a document of the class of a type.

pParent       object that it belongs to
pType         type
pLabel        label
pDescription  description
pData         text; what stands for the description when there is none
Returns       its id
Raises        as DelegateAdd()$$;

-- api.update_document ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_document (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pData         text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.document WHERE id = pId) THEN
    PERFORM ObjectNotFound('document', 'id', pId);
  END IF;
  PERFORM EditDocument(pId, pParent, pType, pLabel, pDescription, pData, current_locale());
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_document (uuid, uuid, uuid, text, text, text) IS
$$Changes what every document has, its texts in the current locale only; no action is executed.

pId           document
pParent       new parent; null keeps, null_uuid() clears
pType         new type of the same entity; null keeps
pLabel        new label; null keeps, an empty string clears
pDescription  new description; null keeps, an empty string clears
pData         new text; null: the description
Raises        ObjectNotFound, AccessDenied, IncorrectEntity$$;

-- api.set_document ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_document (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pData         text DEFAULT NULL
) RETURNS       SETOF api.document
AS $$
BEGIN
  IF pId IS NULL THEN
    pId := api.add_document(pParent, pType, pLabel, pDescription, pData);
  ELSE
    PERFORM api.update_document(pId, pParent, pType, pLabel, pDescription, pData);
  END IF;

  RETURN QUERY SELECT * FROM api.get_document(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_document (uuid, uuid, uuid, text, text, text) IS
$$Adds a document when no id is given, else changes it.

pId           document
pParent       object that it belongs to
pType         type
pLabel        label
pDescription  description
pData         text
Returns       the document
Raises        as api.add_document() and api.update_document()$$;

-- api.get_document ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_document (
  pId           uuid
) RETURNS       SETOF api.document
AS $$
BEGIN
  IF CheckObjectAccess(pId, B'100') THEN
    PERFORM ReplyVersion(pId);
    RETURN QUERY SELECT * FROM rows_document(ARRAY[pId]);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_document (uuid) IS
$$Returns a document seen from the current area that the current user may read.

pId      document
Returns  the document; no row when there is none$$;

-- api.change_document_area ----------------------------------------------------
CREATE OR REPLACE FUNCTION api.change_document_area (
  pId           uuid,
  pArea         uuid
) RETURNS       SETOF api.document
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.document WHERE id = pId) THEN
    PERFORM ObjectNotFound('document', 'id', pId);
  END IF;

  PERFORM ChangeDocumentArea(pId, pArea);
  RETURN QUERY SELECT * FROM api.get_document(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.change_document_area (uuid, uuid) IS
$$Takes a document, with all documents below it, to another area of the same scope.

pId      document
pArea    area
Returns  the document; no row when it is not seen from the current area any more
Raises   ObjectNotFound, AreaError, ChangeAreaError, AccessDenied$$;
