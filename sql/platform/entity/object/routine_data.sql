-- Data of objects that have no column of their own.

-- CheckDataType ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckDataType (
  pType         text
) RETURNS       text
AS $$
BEGIN
  IF pType IS NULL OR pType <> ALL ('{text,json,xml,base64}'::text[]) THEN
    PERFORM IncorrectCode(pType, ARRAY['text', 'json', 'xml', 'base64']);
  END IF;
  RETURN pType;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckDataType (text) IS
$$Passes the types that data can have.

pType    type
Returns  the same
Raises   IncorrectCode with the types there are$$;

-- NewObjectData ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewObjectData (
  pObject       uuid,
  pType         text,
  pCode         text,
  pData         text
) RETURNS       void
AS $$
BEGIN
  INSERT INTO db.object_data (object, type, code, data) VALUES (pObject, CheckDataType(pType), pCode, pData);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewObjectData (uuid, text, text, text) IS
$$Adds data to an object.

pObject  object
pType    text, json, xml or base64
pCode    code
pData    data
Raises   IncorrectCode$$;

-- EditObjectData --------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditObjectData (
  pObject       uuid,
  pType         text,
  pCode         text,
  pData         text
) RETURNS       void
AS $$
BEGIN
  UPDATE db.object_data SET data = pData WHERE object = pObject AND type = pType AND code = pCode;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditObjectData (uuid, text, text, text) IS
$$Changes data of an object.

pObject  object
pType    type
pCode    code
pData    data$$;

-- DeleteObjectData ------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteObjectData (
  pObject       uuid,
  pType         text,
  pCode         text
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.object_data WHERE object = pObject AND type = pType AND code = pCode;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteObjectData (uuid, text, text) IS
$$Deletes data of an object.

pObject  object
pType    type
pCode    code$$;

-- SetObjectData ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetObjectData (
  pObject       uuid,
  pType         text,
  pCode         text,
  pData         text
) RETURNS       text
AS $$
DECLARE
  vOld          text := GetObjectData(pObject, CheckDataType(pType), pCode);
BEGIN
  IF pData IS NULL THEN
    PERFORM DeleteObjectData(pObject, pType, pCode);
  ELSE
    INSERT INTO db.object_data (object, type, code, data) VALUES (pObject, pType, pCode, pData)
        ON CONFLICT (object, type, code) DO UPDATE SET data = excluded.data;
  END IF;
  RETURN vOld;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetObjectData (uuid, text, text, text) IS
$$Sets data of an object.

pObject  object
pType    text, json, xml or base64
pCode    code
pData    data; null deletes
Returns  what it was before
Raises   IncorrectCode for another type$$;

-- SetObjectDataJSON, SetObjectDataXML -----------------------------------------
CREATE OR REPLACE FUNCTION SetObjectDataJSON (
  pObject       uuid,
  pCode         text,
  pData         json
) RETURNS       void
AS $$
BEGIN
  PERFORM SetObjectData(pObject, 'json', pCode, pData::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetObjectDataJSON (uuid, text, json) IS 'SetObjectData() of type json.';

CREATE OR REPLACE FUNCTION SetObjectDataXML (
  pObject       uuid,
  pCode         text,
  pData         xml
) RETURNS       void
AS $$
BEGIN
  PERFORM SetObjectData(pObject, 'xml', pCode, pData::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetObjectDataXML (uuid, text, xml) IS 'SetObjectData() of type xml.';

-- GetObjectData ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectData (
  pObject       uuid,
  pType         text,
  pCode         text
) RETURNS       text
AS $$
BEGIN
  RETURN (SELECT data FROM db.object_data WHERE object = pObject AND type = pType AND code = pCode);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetObjectData (uuid, text, text) IS
$$Gives data of an object; null when there are none.

pObject  object
pType    type
pCode    code$$;

-- GetObjectDataJSON, GetObjectDataXML, GetObjectDataJSONB ---------------------
CREATE OR REPLACE FUNCTION GetObjectDataJSON (
  pObject       uuid,
  pCode         text
) RETURNS       json
AS $$
  SELECT GetObjectData(pObject, 'json', pCode)::json;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectDataJSON (uuid, text) IS 'GetObjectData() of type json.';

CREATE OR REPLACE FUNCTION GetObjectDataXML (
  pObject       uuid,
  pCode         text
) RETURNS       json
AS $$
  SELECT to_json(GetObjectData(pObject, 'xml', pCode));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectDataXML (uuid, text) IS 'GetObjectData() of type xml, as a JSON string.';

CREATE OR REPLACE FUNCTION GetObjectDataJSONB (
  pObject       uuid
) RETURNS       jsonb
AS $$
  SELECT jsonb_agg(to_jsonb(d) ORDER BY d.type, d.code) FROM ObjectData d WHERE d.object = pObject;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectDataJSONB (uuid) IS
$$Gives all data of an object as an array of {object, type, code, data}; null when there are none.

pObject  object$$;

CREATE OR REPLACE FUNCTION GetObjectDataJSON (
  pObject       uuid
) RETURNS       json
AS $$
  SELECT GetObjectDataJSONB(pObject)::json;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectDataJSON (uuid) IS 'GetObjectDataJSONB() as json.';
