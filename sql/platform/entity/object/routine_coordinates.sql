-- Where objects are and were.

-- NewObjectCoordinates --------------------------------------------------------
CREATE OR REPLACE FUNCTION NewObjectCoordinates (
  pObject       uuid,
  pCode         text,
  pLatitude     numeric,
  pLongitude    numeric,
  pAccuracy     numeric DEFAULT 0,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pData         jsonb DEFAULT NULL,
  pDateFrom     timestamptz DEFAULT oper_date()
) RETURNS       uuid
AS $$
DECLARE
  r             record;
  uId           uuid;
BEGIN
  PERFORM FROM db.object WHERE id = pObject FOR NO KEY UPDATE;

  SELECT k.id, k.validfromdate, k.validtodate INTO r
    FROM db.object_coordinates k
   WHERE k.object = pObject AND k.code = pCode AND k.validfromdate <= pDateFrom AND k.validtodate > pDateFrom;

  IF r.validfromdate = pDateFrom THEN
    UPDATE db.object_coordinates
       SET latitude = pLatitude, longitude = pLongitude, accuracy = COALESCE(pAccuracy, 0),
           label = CheckNull(pLabel), description = CheckNull(pDescription), data = CheckNull(pData)
     WHERE id = r.id;
    RETURN r.id;
  END IF;

  IF r.id IS NOT NULL THEN
    UPDATE db.object_coordinates SET validtodate = pDateFrom WHERE id = r.id;
  END IF;

  INSERT INTO db.object_coordinates (object, code, latitude, longitude, accuracy, label, description, data,
                                     validfromdate, validtodate)
  VALUES (pObject, pCode, pLatitude, pLongitude, COALESCE(pAccuracy, 0), CheckNull(pLabel), CheckNull(pDescription),
          CheckNull(pData), pDateFrom, COALESCE(r.validtodate, MAXDATE()))
  RETURNING id INTO uId;

  IF COALESCE(r.validtodate, MAXDATE()) = MAXDATE() THEN
    PERFORM pg_notify('geo', json_build_object('id', uId, 'object', pObject, 'code', pCode)::text);
  END IF;

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewObjectCoordinates (uuid, text, numeric, numeric, numeric, text, text, jsonb, timestamptz) IS
$$Notes where an object is from a moment on, and tells channel geo when it is still there.

pObject       object
pCode         code of the place
pLatitude     latitude
pLongitude    longitude
pAccuracy     accuracy
pLabel        label
pDescription  description
pData         further data
pDateFrom     from when, by default the operation date; the same moment again replaces
Returns       its id$$;

-- DeleteObjectCoordinates -----------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteObjectCoordinates (
  pObject       uuid,
  pCode         text
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.object_coordinates WHERE object = pObject AND code = pCode;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteObjectCoordinates (uuid, text) IS
$$Forgets a place of an object with its history.

pObject  object
pCode    code of the place$$;

-- GetObjectCoordinates --------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectCoordinates (
  pObject       uuid,
  pCode         text
) RETURNS       ObjectCoordinates
AS $$
  SELECT *
    FROM ObjectCoordinates
   WHERE object = pObject AND code = pCode AND validfromdate <= oper_date() AND validtodate > oper_date();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectCoordinates (uuid, text) IS
$$Gives where an object is at the operation date.

pObject  object
pCode    code of the place$$;

-- ObjectCoordinates -----------------------------------------------------------
CREATE OR REPLACE FUNCTION ObjectCoordinates (
  pDateFrom     timestamptz
) RETURNS       SETOF ObjectCoordinates
AS $$
  SELECT * FROM ObjectCoordinates WHERE validfromdate <= pDateFrom AND validtodate > pDateFrom;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ObjectCoordinates (timestamptz) IS
$$Lists where objects were at a moment.

pDateFrom  moment$$;

-- GetObjectCoordinatesJSON, GetObjectCoordinatesJSONB -------------------------
CREATE OR REPLACE FUNCTION GetObjectCoordinatesJSON (
  pObject       uuid,
  pCode         text DEFAULT NULL,
  pDateFrom     timestamptz DEFAULT now()
) RETURNS       json
AS $$
  SELECT json_agg(row_to_json(k) ORDER BY k.code)
    FROM ObjectCoordinates k
   WHERE k.object = pObject
     AND k.code = COALESCE(pCode, k.code)
     AND k.validfromdate <= pDateFrom AND k.validtodate > pDateFrom;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectCoordinatesJSON (uuid, text, timestamptz) IS
$$Gives where an object was at a moment as an array; null when it is nowhere.

pObject    object
pCode      code of the place; null: all
pDateFrom  moment, by default now$$;

CREATE OR REPLACE FUNCTION GetObjectCoordinatesJSONB (
  pObject       uuid
) RETURNS       jsonb
AS $$
  SELECT GetObjectCoordinatesJSON(pObject)::jsonb;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectCoordinatesJSONB (uuid) IS
$$Gives where an object is now as an array; null when it is nowhere.

pObject  object$$;

-- DeviceData ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeviceData (
  pData         jsonb
) RETURNS       jsonb
AS $$
DECLARE
  vSerial       text := pData #>> '{device,serial}';
  r             record;
BEGIN
  -- Devices are a matter of the configuration; one without them keeps the data as given.
  IF vSerial IS NULL OR to_regclass('db.device') IS NULL THEN
    RETURN pData;
  END IF;

  EXECUTE 'SELECT id, identifier AS identity FROM db.device WHERE serial = $1 LIMIT 1' INTO r USING vSerial;
  IF r.id IS NULL THEN
    RETURN pData;
  END IF;

  RETURN jsonb_set(pData, '{device}', pData->'device' || jsonb_build_object('id', r.id, 'identity', r.identity));
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION DeviceData (jsonb) IS
$$Adds id and identity of the device to data that name its serial number.

pData    data of coordinates
Returns  the data, as given when there is no such device$$;
