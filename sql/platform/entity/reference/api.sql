SELECT BuildEntityLists('reference'), BuildEntityRoutes('reference');

-- api.add_reference -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_reference (
  pParent       uuid,
  pType         uuid,
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN DelegateAdd('/reference/set', pType,
    jsonb_build_object('pparent', pParent, 'pcode', pCode, 'pname', pName, 'plabel', pName, 'pdescription', pDescription));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_reference (uuid, uuid, text, text, text) IS
$$Adds a reference of the class of a type.

pParent       object that it belongs to
pType         type
pCode         code; null draws one
pName         name
pDescription  description
Returns       its id
Raises        as DelegateAdd()$$;

-- api.update_reference --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_reference (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.reference WHERE id = pId) THEN
    PERFORM ObjectNotFound('reference', 'id', pId);
  END IF;
  PERFORM EditReference(pId, pParent, pType, pCode, pName, pDescription, current_locale());
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_reference (uuid, uuid, uuid, text, text, text) IS
$$Changes what every reference has, its texts in the current locale only; no action is executed.

pId           reference
pParent       new parent; null keeps, null_uuid() clears
pType         new type of the same entity; null keeps
pCode         new code; null keeps
pName         new name; null keeps, an empty string clears
pDescription  new description; null keeps, an empty string clears
Raises        ObjectNotFound, AccessDenied, IncorrectEntity, RecordExists$$;

-- api.set_reference -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_reference (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       SETOF api.reference
AS $$
BEGIN
  -- The type tells where the code is looked up; without it, what follows the dot of the code.
  pId := COALESCE(pId, CASE WHEN pType IS NULL THEN GetReference(pCode)
                            ELSE GetReference(GetClassEntity((SELECT class FROM db.type WHERE id = pType)), pCode) END);

  IF pId IS NULL THEN
    pId := api.add_reference(pParent, pType, pCode, pName, pDescription);
  ELSE
    PERFORM api.update_reference(pId, pParent, pType, pCode, pName, pDescription);
  END IF;

  RETURN QUERY SELECT * FROM api.get_reference(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_reference (uuid, uuid, uuid, text, text, text) IS
$$Changes the reference of the id, else of the code, and adds one when there is none.

pId           reference
pParent       object that it belongs to
pType         type
pCode         code
pName         name
pDescription  description
Returns       the reference
Raises        as api.add_reference() and api.update_reference()$$;

-- api.get_reference -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_reference (
  pId           uuid
) RETURNS       SETOF api.reference
AS $$
BEGIN
  IF CheckObjectAccess(pId, B'100') THEN
    PERFORM ReplyVersion(pId);
    RETURN QUERY SELECT * FROM rows_reference(ARRAY[pId]);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_reference (uuid) IS
$$Returns a reference of the current scope that the current user may read.

pId      reference
Returns  the reference; no row when there is none$$;
