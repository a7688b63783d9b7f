-- GetResource -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetResource (
  pResource     uuid,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       text
AS $$
  SELECT data FROM db.resource_data WHERE resource = pResource AND locale = pLocale;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION GetResource (uuid, uuid) IS
$$Gives the text of a resource in exactly one locale; null when it has none there.

pResource  resource
pLocale    locale$$;

-- SortResource ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SortResource (
  pNode         uuid
) RETURNS       void
AS $$
  UPDATE db.resource r
     SET sequence = s.place
    FROM (SELECT id, row_number() OVER (ORDER BY sequence, id)::integer AS place
            FROM db.resource
           WHERE node IS NOT DISTINCT FROM pNode) AS s
   WHERE r.id = s.id
     AND r.sequence <> s.place;
$$ LANGUAGE sql;

COMMENT ON FUNCTION SortResource (uuid) IS
$$Numbers the resources under one parent 1, 2, 3 in their order.

pNode  parent; null means the roots$$;

-- SetResourceSequence ---------------------------------------------------------
CREATE OR REPLACE FUNCTION SetResourceSequence (
  pId           uuid,
  pSequence     integer,
  pDelta        integer
) RETURNS       void
AS $$
  UPDATE db.resource s
     SET sequence = s.sequence + pDelta
    FROM db.resource r
   WHERE r.id = pId
     AND s.node IS NOT DISTINCT FROM r.node
     AND s.id <> r.id
     AND CASE WHEN pDelta > 0 THEN s.sequence >= pSequence
              WHEN pDelta < 0 THEN s.sequence <= pSequence
              ELSE false END;

  UPDATE db.resource SET sequence = pSequence WHERE id = pId AND sequence <> pSequence;
$$ LANGUAGE sql;

COMMENT ON FUNCTION SetResourceSequence (uuid, integer, integer) IS
$$Puts a resource on a place among its siblings.

pId        resource
pSequence  place, from 1
pDelta     positive: the siblings from that place on move up by it; negative: those up to that
           place move down by it; 0 leaves them$$;

-- SetResourceData -------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetResourceData (
  pResource     uuid,
  pLocale       uuid,
  pName         text,
  pDescription  text,
  pEncoding     text,
  pData         text
) RETURNS       void
AS $$
  INSERT INTO db.resource_data AS d (resource, locale, name, description, encoding, data)
  VALUES (pResource, pLocale, pName, pDescription, pEncoding, pData)
  ON CONFLICT (resource, locale) DO UPDATE
     SET name = coalesce(excluded.name, d.name),
         description = coalesce(excluded.description, d.description),
         encoding = coalesce(excluded.encoding, d.encoding),
         data = coalesce(excluded.data, d.data),
         updated = now();
$$ LANGUAGE sql;

COMMENT ON FUNCTION SetResourceData (uuid, uuid, text, text, text, text) IS
$$Sets the texts of a resource in one locale.

pResource     resource
pLocale       locale
pName         name, unique within the locale; null keeps
pDescription  description; null keeps
pEncoding     encoding of the data; null keeps
pData         the text; null keeps$$;

-- CreateResource --------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateResource (
  pId           uuid,
  pRoot         uuid,
  pNode         uuid,
  pType         text,
  pName         text,
  pDescription  text DEFAULT NULL,
  pEncoding     text DEFAULT NULL,
  pData         text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := coalesce(CheckNull(pId), gen_kernel_uuid());
  uNode         uuid := coalesce(CheckNull(pNode), CheckNull(pRoot));
  uRoot         uuid := uId;
  nLevel        integer := 0;
  nSequence     integer;
BEGIN
  IF EXISTS (SELECT FROM db.resource WHERE id = uId) THEN
    PERFORM AlreadyExists(format('resource %s', uId));
  END IF;

  IF uNode = uId THEN
    uNode := NULL;
  END IF;

  IF uNode IS NOT NULL THEN
    SELECT root, level + 1 INTO uRoot, nLevel FROM db.resource WHERE id = uNode;

    IF NOT FOUND THEN
      PERFORM ObjectNotFound('resource', 'id', uNode);
    END IF;
  END IF;

  SELECT coalesce(max(sequence), 0) + 1 INTO nSequence
    FROM db.resource
   WHERE node IS NOT DISTINCT FROM uNode;

  INSERT INTO db.resource (id, root, node, type, level, sequence)
  VALUES (uId, uRoot, uNode, coalesce(pType, 'text/plain'), nLevel, nSequence);

  IF pSequence < nSequence THEN
    PERFORM SetResourceSequence(uId, pSequence, 1);
    PERFORM SortResource(uNode);
  END IF;

  PERFORM SetResourceData(uId, coalesce(pLocale, current_locale()), pName, pDescription, pEncoding, pData);

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateResource (uuid, uuid, uuid, text, text, text, text, text, integer, uuid) IS
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
pLocale       locale of the text
Returns       its id
Raises        AlreadyExists, ObjectNotFound for the parent$$;

-- MoveResource ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION MoveResource (
  pId           uuid,
  pNode         uuid
) RETURNS       void
AS $$
DECLARE
  uRoot         uuid;
  uOld          uuid;
  nLevel        integer;
  nDelta        integer;
BEGIN
  SELECT root, level + 1 INTO uRoot, nLevel FROM db.resource WHERE id = pNode;

  IF NOT FOUND THEN
    PERFORM ObjectNotFound('resource', 'id', pNode);
  END IF;

  SELECT node, nLevel - level INTO uOld, nDelta FROM db.resource WHERE id = pId;

  WITH RECURSIVE tree (id) AS (
    SELECT pId
     UNION
    SELECT r.id FROM db.resource r JOIN tree t ON r.node = t.id
  )
  UPDATE db.resource r
     SET root = uRoot, level = r.level + nDelta
    FROM tree t
   WHERE r.id = t.id
     -- A parent inside the own subtree would make a ring.
     AND pNode NOT IN (SELECT id FROM tree);

  IF NOT FOUND THEN
    PERFORM ChangesNotAllowed();
  END IF;

  UPDATE db.resource
     SET node = pNode,
         sequence = (SELECT coalesce(max(s.sequence), 0) + 1 FROM db.resource s WHERE s.node = pNode)
   WHERE id = pId;

  PERFORM SortResource(uOld);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION MoveResource (uuid, uuid) IS
$$Moves a resource with everything below it under another parent, to the last place.

pId     resource
pNode   new parent
Raises  ObjectNotFound for the parent; ChangesNotAllowed when it lies below the resource$$;

-- UpdateResource --------------------------------------------------------------
CREATE OR REPLACE FUNCTION UpdateResource (
  pId           uuid,
  pRoot         uuid DEFAULT NULL,
  pNode         uuid DEFAULT NULL,
  pType         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pEncoding     text DEFAULT NULL,
  pData         text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       void
AS $$
DECLARE
  r             db.resource%ROWTYPE;
  uNode         uuid := CheckNull(pNode);
BEGIN
  SELECT * INTO r FROM db.resource WHERE id = pId FOR UPDATE;

  IF NOT FOUND THEN
    PERFORM ObjectNotFound('resource', 'id', pId);
  END IF;

  IF uNode IS NULL AND pRoot <> r.root THEN
    uNode := CheckNull(pRoot);
  END IF;

  IF uNode <> r.id AND uNode IS DISTINCT FROM r.node THEN
    PERFORM MoveResource(pId, uNode);
  END IF;

  UPDATE db.resource SET type = pType WHERE id = pId AND type <> pType;

  IF pSequence IS NOT NULL THEN
    PERFORM SetResourceSequence(pId, pSequence, CASE WHEN pSequence > r.sequence THEN -1 ELSE 1 END);
    PERFORM SortResource(coalesce(uNode, r.node));
  END IF;

  PERFORM SetResourceData(pId, coalesce(pLocale, current_locale()), pName, pDescription, pEncoding, pData);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UpdateResource (uuid, uuid, uuid, text, text, text, text, text, integer, uuid) IS
$$Changes a resource; null keeps what is there.

pId           resource
pRoot         root of another tree, to move there
pNode         new parent
pType         MIME type
pName         name, unique within the locale
pDescription  description
pEncoding     encoding of the data
pData         the text
pSequence     place among the siblings
pLocale       locale of the text
Raises        ObjectNotFound$$;

-- SetResource -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetResource (
  pId           uuid,
  pRoot         uuid DEFAULT NULL,
  pNode         uuid DEFAULT NULL,
  pType         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pEncoding     text DEFAULT NULL,
  pData         text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       uuid
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.resource WHERE id = pId) THEN
    PERFORM UpdateResource(pId, pRoot, pNode, pType, pName, pDescription, pEncoding, pData, pSequence, pLocale);
    RETURN pId;
  END IF;

  RETURN CreateResource(pId, pRoot, pNode, pType, pName, pDescription, pEncoding, pData, pSequence, pLocale);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetResource (uuid, uuid, uuid, text, text, text, text, text, integer, uuid) IS
$$Changes the resource of that id, or adds it.

The arguments are those of CreateResource() and UpdateResource().
Returns  its id$$;

-- DeleteResource --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteResource (
  pId           uuid
) RETURNS       void
AS $$
DECLARE
  uNode         uuid;
BEGIN
  IF EXISTS (SELECT FROM db.resource WHERE node = pId) THEN
    PERFORM OperationNotPossible();
  END IF;

  DELETE FROM db.resource WHERE id = pId RETURNING node INTO uNode;

  IF NOT FOUND THEN
    PERFORM NotFound();
  END IF;

  PERFORM SortResource(uNode);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteResource (uuid) IS
$$Removes a resource with its texts; one that has children stays.

pId     resource
Raises  NotFound; OperationNotPossible when it has children$$;
