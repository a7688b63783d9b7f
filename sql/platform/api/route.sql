-- AddPath ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddPath (
  pRoot         uuid,
  pParent       uuid,
  pName         text
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := gen_kernel_uuid('8');
BEGIN
  INSERT INTO db.path (id, root, parent, name, level)
  SELECT uId, COALESCE(pRoot, uId), pParent, lower(pName),
         COALESCE((SELECT p.level + 1 FROM db.path p WHERE p.id = pParent), 0);
  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddPath (uuid, uuid, text) IS
$$Adds a node to the tree of path segments.

pRoot    root of the tree; null makes the node a root
pParent  node above, null for a root
pName    segment$$;

-- GetPath ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetPath (
  pParent       uuid,
  pName         text
) RETURNS       uuid
AS $$
  SELECT id FROM db.path WHERE parent IS NOT DISTINCT FROM pParent AND name = pName;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetPath (uuid, text) IS 'Returns the node of a name below a node; below null are the roots.';

-- FindPath --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION FindPath (
  pPath         text
) RETURNS       uuid
AS $$
DECLARE
  vName         text;
  uId           uuid;
BEGIN
  FOREACH vName IN ARRAY path_to_array(pPath)
  LOOP
    uId := GetPath(uId, vName);
    EXIT WHEN uId IS NULL;
  END LOOP;
  RETURN uId;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION FindPath (text) IS 'Returns the node of exactly this path, null when it has none.';

-- QueryPath -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION QueryPath (
  pPath         text
) RETURNS       uuid
AS $$
DECLARE
  vName         text;
  uNext         uuid;
  uId           uuid;
BEGIN
  FOREACH vName IN ARRAY path_to_array(pPath)
  LOOP
    uNext := GetPath(uId, vName);
    EXIT WHEN uNext IS NULL;
    uId := uNext;
  END LOOP;
  RETURN uId;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION QueryPath (text) IS 'Returns the deepest node that a path goes through.';

-- CollectPath -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CollectPath (
  pId           uuid
) RETURNS       text
AS $$
  WITH RECURSIVE up AS (
    SELECT p.parent, p.name, 0 AS step FROM db.path p WHERE p.id = pId
    UNION ALL
    SELECT p.parent, p.name, up.step + 1 FROM db.path p INNER JOIN up ON p.id = up.parent
  )
  SELECT '/' || string_agg(name, '/' ORDER BY step DESC) FROM up;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION CollectPath (uuid) IS 'Returns the full path of a node.';

-- RegisterPath ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegisterPath (
  pPath         text
) RETURNS       uuid
AS $$
DECLARE
  vName         text;
  uRoot         uuid;
  uParent       uuid;
  uId           uuid;
BEGIN
  FOREACH vName IN ARRAY path_to_array(lower(pPath))
  LOOP
    uId := COALESCE(GetPath(uParent, vName), AddPath(uRoot, uParent, vName));
    uRoot := COALESCE(uRoot, uId);
    uParent := uId;
  END LOOP;
  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegisterPath (text) IS 'Returns the node of a path, made with all above it where missing.';

-- DeletePath ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeletePath (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.path WHERE id = pId;
  PERFORM BuildRouter();
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeletePath (uuid) IS 'Deletes a node that has neither routes nor nodes below it.';

-- DeletePaths -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeletePaths (
  pId           uuid
) RETURNS       void
AS $$
DECLARE
  arNodes       uuid[];
BEGIN
  WITH RECURSIVE down AS (
    SELECT p.id FROM db.path p WHERE p.id = pId
    UNION ALL
    SELECT p.id FROM db.path p INNER JOIN down ON p.parent = down.id
  )
  SELECT array_agg(id) INTO arNodes FROM down;

  DELETE FROM db.route WHERE path = ANY (arNodes);
  DELETE FROM db.path WHERE id = ANY (arNodes);
  PERFORM BuildRouter();
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeletePaths (uuid) IS 'Deletes a node, all nodes below it and their routes.';

-- UnregisterPath --------------------------------------------------------------
CREATE OR REPLACE FUNCTION UnregisterPath (
  pPath         text
) RETURNS       void
AS $$
BEGIN
  PERFORM DeletePaths(FindPath(pPath));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UnregisterPath (text) IS 'Deletes the node of a path with all below it.';

-- AddEndPoint -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddEndPoint (
  pDefinition   text
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  PERFORM EndPointName(pDefinition);

  INSERT INTO db.endpoint (definition)
  VALUES (pDefinition)
      ON CONFLICT (definition) DO UPDATE SET definition = excluded.definition
  RETURNING id INTO uId;

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddEndPoint (text) IS
$$Adds the call of a dispatcher; the same text gives the same row.

pDefinition  SELECT * FROM rest.<name>($1, $2);
Raises       an error for any other text$$;

-- EndPointName ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EndPointName (
  pDefinition   text
) RETURNS       text
AS $$
DECLARE
  vName         text := (regexp_match(pDefinition,
    '^\s*(?:SELECT|select)\s+\*\s+(?:FROM|from)\s+rest\.([a-z_]+)\s*\(\s*\$1\s*,\s*\$2\s*\)\s*;?\s*$'))[1];
BEGIN
  IF vName IS NULL THEN
    RAISE EXCEPTION 'Cannot add endpoint: text must be SELECT * FROM rest.<name>($1, $2), is %', pDefinition;
  END IF;
  RETURN lower(vName);
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION EndPointName (text) IS 'Returns the dispatcher that the text of an endpoint calls.';

-- EditEndPoint ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditEndPoint (
  pId           uuid,
  pDefinition   text
) RETURNS       void
AS $$
BEGIN
  PERFORM EndPointName(pDefinition);
  UPDATE db.endpoint SET definition = pDefinition WHERE id = pId;
  PERFORM BuildRouter();
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditEndPoint (uuid, text) IS 'Changes the dispatcher that an endpoint calls.';

-- DeleteEndPoint --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteEndPoint (
  pId           uuid
) RETURNS       void
AS $$
  DELETE FROM db.endpoint WHERE id = pId;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DeleteEndPoint (uuid) IS 'Deletes an endpoint that no route uses.';

-- GetEndPoint -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetEndPoint (
  pPath         uuid,
  pMethod       text DEFAULT 'POST'
) RETURNS       uuid
AS $$
  SELECT endpoint FROM db.route WHERE path = pPath AND method = pMethod;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetEndPoint (uuid, text) IS 'Returns the endpoint of a method on a node.';

-- GetEndPointDefinition -------------------------------------------------------
CREATE OR REPLACE FUNCTION GetEndPointDefinition (
  pId           uuid
) RETURNS       text
AS $$
  SELECT definition FROM db.endpoint WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetEndPointDefinition (uuid) IS 'Returns the text of an endpoint.';

-- RegisterRoute ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegisterRoute (
  pPath         text,
  pEndpoint     uuid,
  pVersion      text DEFAULT 'v1',
  pNamespace    text DEFAULT 'api',
  pMethod       text[] DEFAULT ARRAY['GET', 'POST']
) RETURNS       void
AS $$
DECLARE
  uPath         uuid := RegisterPath(concat_ws('/', pNamespace, pVersion, pPath));
BEGIN
  INSERT INTO db.route (method, path, endpoint)
  SELECT m, uPath, pEndpoint FROM unnest(pMethod) AS m
      ON CONFLICT (method, path) DO UPDATE SET endpoint = excluded.endpoint;

  PERFORM BuildRouter();
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegisterRoute (text, uuid, text, text, text[]) IS
$$Lets an endpoint answer a path and all below it that has no route of its own.

pPath       below namespace and version; null is /api/v1 itself
pEndpoint   from AddEndPoint()
pVersion    second segment
pNamespace  first segment
pMethod     HTTP methods; one that is registered already changes to this endpoint$$;

-- UnregisterRoute -------------------------------------------------------------
CREATE OR REPLACE FUNCTION UnregisterRoute (
  pPath         text,
  pVersion      text DEFAULT 'v1',
  pNamespace    text DEFAULT 'api',
  pMethod       text[] DEFAULT ARRAY['GET', 'POST']
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.route
   WHERE path = FindPath(lower(concat_ws('/', pNamespace, pVersion, pPath)))
     AND method = ANY (pMethod);

  PERFORM BuildRouter();
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UnregisterRoute (text, text, text, text[]) IS
'Takes the route of a path away; its node stays.';
