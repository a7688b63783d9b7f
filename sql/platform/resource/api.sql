-- api.resource ----------------------------------------------------------------
CREATE OR REPLACE VIEW api.resource
AS
  SELECT * FROM Resource;

COMMENT ON VIEW api.resource IS 'Resources that have a text in the current locale.';

-- api.resource_tree -----------------------------------------------------------
CREATE OR REPLACE VIEW api.resource_tree
AS
  SELECT * FROM ResourceTree;

COMMENT ON VIEW api.resource_tree IS
'Resources in the order of their tree: sortlist sorts it, index shows the place (1.2.1).';

-- ResourceLocale --------------------------------------------------------------
CREATE OR REPLACE FUNCTION ResourceLocale (
  pCode         text
) RETURNS       uuid
AS $$
DECLARE
  uLocale       uuid := GetLocale(pCode);
BEGIN
  IF pCode IS NOT NULL AND uLocale IS NULL THEN
    PERFORM IncorrectLocaleCode(pCode);
  END IF;

  RETURN coalesce(uLocale, current_locale());
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ResourceLocale (text) IS
$$Gives the locale of a code.

pCode    code; null means the current locale
Returns  locale
Raises   IncorrectLocaleCode$$;

-- api.create_resource ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.create_resource (
  pId           uuid,
  pRoot         uuid,
  pNode         uuid,
  pType         text,
  pName         text,
  pDescription  text DEFAULT NULL,
  pEncoding     text DEFAULT NULL,
  pData         text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pLocaleCode   text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  RETURN CreateResource(pId, pRoot, pNode, pType, pName, pDescription, pEncoding, pData, pSequence,
                        ResourceLocale(pLocaleCode));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.create_resource (uuid, uuid, uuid, text, text, text, text, text, integer, text) IS
$$Adds a resource with its text in one locale.

pId           id; null makes one
pRoot         root of its tree; null makes the resource a root, unless it has a parent
pNode         parent; null means directly under the root
pType         MIME type; null means text/plain
pName         name, unique within the locale
pDescription  description
pEncoding     encoding of the data
pData         the text
pSequence     place among the siblings; null means the last
pLocaleCode   code of the locale; null means the current one
Returns       its id
Raises        AccessDenied unless administrator, IncorrectLocaleCode, AlreadyExists, ObjectNotFound$$;

-- api.update_resource ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_resource (
  pId           uuid,
  pRoot         uuid DEFAULT NULL,
  pNode         uuid DEFAULT NULL,
  pType         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pEncoding     text DEFAULT NULL,
  pData         text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pLocaleCode   text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  PERFORM UpdateResource(pId, pRoot, pNode, pType, pName, pDescription, pEncoding, pData, pSequence,
                         ResourceLocale(pLocaleCode));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_resource (uuid, uuid, uuid, text, text, text, text, text, integer, text) IS
$$Changes a resource; null keeps what is there.

The arguments are those of api.create_resource().
Raises  AccessDenied unless administrator, IncorrectLocaleCode, ObjectNotFound$$;

-- api.set_resource ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_resource (
  pId           uuid,
  pRoot         uuid DEFAULT NULL,
  pNode         uuid DEFAULT NULL,
  pType         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pEncoding     text DEFAULT NULL,
  pData         text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pLocaleCode   text DEFAULT NULL
) RETURNS       SETOF api.resource
AS $$
DECLARE
  uId           uuid;
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  uId := SetResource(pId, pRoot, pNode, pType, pName, pDescription, pEncoding, pData, pSequence,
                     ResourceLocale(pLocaleCode));

  RETURN QUERY SELECT * FROM api.resource WHERE id = uId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_resource (uuid, uuid, uuid, text, text, text, text, text, integer, text) IS
$$Changes the resource of that id, or adds it.

The arguments are those of api.create_resource().
Returns  the resource as the current locale sees it; nothing when it has no text there
Raises   AccessDenied unless administrator, IncorrectLocaleCode, ObjectNotFound$$;

-- api.get_resource ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_resource (
  pId           uuid
) RETURNS       SETOF api.resource
AS $$
  SELECT * FROM api.resource WHERE id = pId;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_resource (uuid) IS
$$Gives a resource as the current locale sees it.

pId      resource
Returns  one row, or none$$;

-- api.delete_resource ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.delete_resource (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  PERFORM DeleteResource(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.delete_resource (uuid) IS
$$Removes a resource with its texts; one that has children stays.

pId     resource
Raises  AccessDenied unless administrator; NotFound$$;

SELECT RegisterView('api.resource');
SELECT RegisterView('api.resource_tree');
SELECT BuildListFunctions('resource');
