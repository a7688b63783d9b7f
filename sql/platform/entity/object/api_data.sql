-- Data and places of objects from outside.

-- api.set_object_data ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_data (
  pId           uuid,
  pType         text,
  pCode         text,
  pData         text
) RETURNS       SETOF api.object_data
AS $$
BEGIN
  PERFORM RequireObjectAccess(pId, B'010');
  PERFORM SetObjectData(pId, COALESCE(lower(pType), 'text'), pCode, pData);
  RETURN QUERY SELECT * FROM ObjectData WHERE object = pId AND type = COALESCE(lower(pType), 'text') AND code = pCode;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_data (uuid, text, text, text) IS
$$Sets data of an object.

pId      object
pType    text, json, xml or base64; null is text
pCode    code
pData    data; null deletes
Returns  the data
Raises   ObjectNotFound, AccessDenied, IncorrectCode$$;

-- api.set_object_data_jsonb ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_data_jsonb (
  pId           uuid,
  pData         jsonb
) RETURNS       SETOF api.object_data
AS $$
DECLARE
  j             jsonb;
BEGIN
  IF jsonb_typeof(pData) = 'object' THEN
    pData := jsonb_build_array(pData);
  ELSIF jsonb_typeof(pData) IS DISTINCT FROM 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pData), 'array');
  END IF;
  PERFORM CheckJsonbKeys('/object/data/set', ARRAY['type', 'code', 'data'], pData);

  FOR j IN SELECT e FROM jsonb_array_elements(pData) AS e
  LOOP
    IF j->>'code' IS NULL THEN
      PERFORM JsonKeyNotFound('/object/data/set', 'code');
    END IF;
    RETURN QUERY SELECT * FROM api.set_object_data(pId, j->>'type', j->>'code', j->>'data');
  END LOOP;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_data_jsonb (uuid, jsonb) IS
$$Sets several data of an object.

pId      object
pData    array of {type, code, data}
Returns  the data
Raises   ObjectNotFound, AccessDenied, IncorrectCode, JsonKeyNotFound$$;

-- api.set_object_data_json ----------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_data_json (
  pId           uuid,
  pData         json
) RETURNS       SETOF api.object_data
AS $$
BEGIN
  RETURN QUERY SELECT * FROM api.set_object_data_jsonb(pId, pData::jsonb);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_data_json (uuid, json) IS
$$api.set_object_data_jsonb() for json.$$;

-- api.get_object_data ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_data (
  pId           uuid,
  pType         text,
  pCode         text
) RETURNS       SETOF api.object_data
AS $$
BEGIN
  PERFORM RequireObjectAccess(pId, B'100');
  RETURN QUERY SELECT * FROM ObjectData WHERE object = pId AND type = COALESCE(lower(pType), type) AND code = pCode;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_data (uuid, text, text) IS
$$Returns data of an object.

pId     object
pType   type; null: any
pCode   code
Raises  ObjectNotFound, AccessDenied$$;

-- api.get_object_data_json ----------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_data_json (
  pId           uuid
) RETURNS       json
AS $$
BEGIN
  PERFORM RequireObjectAccess(pId, B'100');
  RETURN GetObjectDataJSON(pId);
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_data_json (uuid) IS
$$Gives all data of an object as an array; null when there are none.

pId     object
Raises  ObjectNotFound, AccessDenied$$;

-- api.get_object_data_jsonb ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_data_jsonb (
  pId           uuid
) RETURNS       jsonb
AS $$
BEGIN
  RETURN api.get_object_data_json(pId)::jsonb;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_data_jsonb (uuid) IS
$$api.get_object_data_json() as jsonb.$$;

-- api.set_object_coordinates --------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_coordinates (
  pId           uuid,
  pCode         text,
  pLatitude     numeric,
  pLongitude    numeric,
  pAccuracy     numeric DEFAULT 0,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pData         jsonb DEFAULT NULL,
  pDateFrom     timestamptz DEFAULT now()
) RETURNS       SETOF api.object_coordinates
AS $$
DECLARE
  uId           uuid;
  vCode         text := COALESCE(pCode, 'default');
BEGIN
  PERFORM RequireObjectAccess(pId, B'010');

  uId := NewObjectCoordinates(pId, vCode, pLatitude, pLongitude, COALESCE(pAccuracy, 0), pLabel, pDescription,
                              DeviceData(pData), COALESCE(pDateFrom, now()));
  PERFORM SetObjectDataJSON(pId, 'geo', GetObjectCoordinatesJSON(pId, vCode));
  RETURN QUERY SELECT * FROM ObjectCoordinates WHERE id = uId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_coordinates (uuid, text, numeric, numeric, numeric, text, text, jsonb, timestamptz) IS
$$Notes where an object is.

pId           object
pCode         code of the place; null is default
pLatitude     latitude
pLongitude    longitude
pAccuracy     accuracy
pLabel        label
pDescription  description
pData         further data
pDateFrom     from when, by default now
Returns       the place
Raises        ObjectNotFound, AccessDenied$$;

-- api.set_object_coordinates_jsonb --------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_coordinates_jsonb (
  pId           uuid,
  pCoordinates  jsonb
) RETURNS       SETOF api.object_coordinates
AS $$
DECLARE
  r             record;
BEGIN
  IF jsonb_typeof(pCoordinates) = 'object' THEN
    pCoordinates := jsonb_build_array(pCoordinates);
  ELSIF jsonb_typeof(pCoordinates) IS DISTINCT FROM 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pCoordinates), 'array');
  END IF;

  PERFORM CheckJsonbKeys('/object/geolocation/set',
    ARRAY['id', 'code', 'latitude', 'longitude', 'accuracy', 'label', 'description', 'data', 'datefrom'], pCoordinates);
  PERFORM RequireObjectAccess(pId, B'010');

  FOR r IN
    SELECT * FROM jsonb_to_recordset(pCoordinates)
      AS x (code text, latitude numeric, longitude numeric, accuracy numeric, label text, description text, data jsonb, datefrom timestamptz)
  LOOP
    RETURN QUERY SELECT * FROM api.set_object_coordinates(pId, r.code, r.latitude, r.longitude, r.accuracy, r.label,
                                                          r.description, r.data, r.datefrom);
  END LOOP;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_coordinates_jsonb (uuid, jsonb) IS
$$Notes several places of an object.

pId           object
pCoordinates  array of {code, latitude, longitude, accuracy, label, description, data, datefrom}
Returns       the places
Raises        ObjectNotFound, AccessDenied, IncorrectJsonKey$$;

-- api.set_object_coordinates_json ---------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_coordinates_json (
  pId           uuid,
  pCoordinates  json
) RETURNS       SETOF api.object_coordinates
AS $$
BEGIN
  RETURN QUERY SELECT * FROM api.set_object_coordinates_jsonb(pId, pCoordinates::jsonb);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_coordinates_json (uuid, json) IS
$$api.set_object_coordinates_jsonb() for json.$$;

-- api.get_object_coordinates --------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_coordinates (
  pId           uuid,
  pCode         text,
  pDateFrom     timestamptz DEFAULT oper_date()
) RETURNS       SETOF api.object_coordinates
AS $$
BEGIN
  PERFORM RequireObjectAccess(pId, B'100');
  RETURN QUERY
    SELECT *
      FROM ObjectCoordinates
     WHERE object = pId AND code = COALESCE(pCode, 'default')
       AND validfromdate <= COALESCE(pDateFrom, oper_date()) AND validtodate > COALESCE(pDateFrom, oper_date());
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_coordinates (uuid, text, timestamptz) IS
$$Returns where an object was at a moment.

pId        object
pCode      code of the place; null is default
pDateFrom  moment, by default the operation date
Raises     ObjectNotFound, AccessDenied$$;

-- api.get_object_coordinates_json ---------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_coordinates_json (
  pId           uuid
) RETURNS       json
AS $$
BEGIN
  PERFORM RequireObjectAccess(pId, B'100');
  RETURN GetObjectCoordinatesJSON(pId);
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_coordinates_json (uuid) IS
$$Gives where an object is now as an array; null when it is nowhere.

pId     object
Raises  ObjectNotFound, AccessDenied$$;

-- api.get_object_coordinates_jsonb --------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_coordinates_jsonb (
  pId           uuid
) RETURNS       jsonb
AS $$
BEGIN
  RETURN api.get_object_coordinates_json(pId)::jsonb;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_coordinates_jsonb (uuid) IS
$$api.get_object_coordinates_json() as jsonb.$$;

-- api.object_coordinates ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.object_coordinates (
  pDateFrom     timestamptz
) RETURNS       SETOF api.object_coordinates
AS $$
BEGIN
  RETURN QUERY SELECT * FROM api.object_coordinates k WHERE k.validfromdate <= pDateFrom AND k.validtodate > pDateFrom;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.object_coordinates (timestamptz) IS
$$Lists where the objects that the current user may read were at a moment.

pDateFrom  moment$$;
