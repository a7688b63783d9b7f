-- Answers that a route cannot declare.

-- IsReadable ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsReadable (
  pObject       uuid
) RETURNS       boolean
AS $$
BEGIN
  RETURN CheckObjectAccess(pObject, B'100');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION IsReadable (uuid) IS
$$Tells whether the current user may read an object.

pObject  object$$;

-- rest_method -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION rest_method (
  pPayload      jsonb
) RETURNS       SETOF json
AS $$
DECLARE
  j             jsonb;
BEGIN
  PERFORM CheckJsonbKeys('/method', ARRAY['id'], pPayload);

  IF jsonb_typeof(pPayload) = 'array' THEN
    FOR j IN SELECT e FROM jsonb_array_elements(pPayload) AS e
    LOOP
      RETURN NEXT json_build_object('id', j->>'id', 'methods',
        (SELECT COALESCE(json_agg(row_to_json(m)), '[]') FROM api.get_object_methods(PayloadId(j)) m));
    END LOOP;
    RETURN;
  END IF;

  RETURN QUERY SELECT row_to_json(m) FROM api.get_object_methods(PayloadId(pPayload)) m;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION rest_method (jsonb) IS
$$Answers routes /ENTITY/method: the methods of the state of an object.

pPayload  {id}, answered by rows; or an array of it, answered by {id, methods} each$$;

-- PayloadId -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION PayloadId (
  pPayload      jsonb,
  pKey          text DEFAULT 'id'
) RETURNS       uuid
AS $$
BEGIN
  RETURN (pPayload->>pKey)::uuid;
EXCEPTION
WHEN data_exception THEN
  PERFORM ValueOutOfRange(SQLERRM);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION PayloadId (jsonb, text) IS
$$Takes an identifier out of a payload.

pPayload  object
pKey      key
Raises    ValueOutOfRange when it is none$$;

-- rest_object_satellite -------------------------------------------------------
CREATE OR REPLACE FUNCTION rest_object_file (
  pId           uuid,
  pClear        boolean,
  pFiles        jsonb
) RETURNS       SETOF json
AS $$
BEGIN
  IF pClear THEN
    PERFORM api.clear_object_files(pId);
  END IF;

  IF pFiles IS NULL THEN
    RETURN NEXT api.get_object_files_json(pId);
  ELSE
    RETURN QUERY SELECT row_to_json(f) FROM api.set_object_files_jsonb(pId, pFiles) f;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION rest_object_file (uuid, boolean, jsonb) IS
$$Answers route /object/file: the attachments as one array, or the rows of those that were set.

pId     object
pClear  detach what there is first
pFiles  array of files; null: only read$$;

CREATE OR REPLACE FUNCTION rest_object_data (
  pId           uuid,
  pData         jsonb
) RETURNS       SETOF json
AS $$
BEGIN
  IF pData IS NULL THEN
    RETURN NEXT api.get_object_data_json(pId);
  ELSE
    RETURN QUERY SELECT row_to_json(d) FROM api.set_object_data_jsonb(pId, pData) d;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION rest_object_data (uuid, jsonb) IS
$$Answers route /object/data: the data as one array, or the rows of those that were set.

pId    object
pData  array of {type, code, data}; null: only read$$;

CREATE OR REPLACE FUNCTION rest_object_geolocation (
  pId           uuid,
  pCoordinates  jsonb
) RETURNS       SETOF json
AS $$
BEGIN
  IF pCoordinates IS NULL THEN
    RETURN NEXT api.get_object_coordinates_json(pId);
  ELSE
    RETURN QUERY SELECT row_to_json(k) FROM api.set_object_coordinates_jsonb(pId, pCoordinates) k;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION rest_object_geolocation (uuid, jsonb) IS
$$Answers route /object/geolocation: the places of now as one array, or the rows of those that were set.

pId           object
pCoordinates  array of places; null: only read$$;

-- ExtendDispatcher ------------------------------------------------------------
CREATE OR REPLACE FUNCTION ExtendDispatcher (
  pName         text,
  pRoutes       jsonb
) RETURNS       void
AS $$
DECLARE
  d             db.dispatcher;
BEGIN
  SELECT * INTO STRICT d FROM db.dispatcher WHERE name = pName;

  PERFORM BuildDispatcher(pName, d.defaults,
    COALESCE((SELECT jsonb_agg(r ORDER BY n)
                FROM jsonb_array_elements(d.routes) WITH ORDINALITY AS t (r, n)
               WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(pRoutes) x WHERE x->>'path' = r->>'path')), '[]')
    || pRoutes);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ExtendDispatcher (text, jsonb) IS
$$Adds routes to a dispatcher of an earlier module: /object/address comes with the entity address.

pName    dispatcher
pRoutes  array of routes, as for BuildDispatcher(); one with the path of an old route replaces it
Raises   an error when there is no such dispatcher$$;
