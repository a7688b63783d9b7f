-- Files of objects from outside.

-- api.set_object_file ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_file (
  pObject       uuid,
  pFile         uuid,
  pName         text,
  pPath         text,
  pSize         integer,
  pDate         timestamptz,
  pData         text DEFAULT NULL,
  pHash         text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pType         text DEFAULT NULL
) RETURNS       SETOF api.object_file
AS $$
DECLARE
  uFile         uuid;
BEGIN
  PERFORM RequireObjectAccess(pObject, B'010');

  uFile := SetObjectFile(pObject, pFile, pName, pPath, pSize, pDate, decode(pData, 'base64'), pHash, pText, pType);
  IF uFile IS NULL THEN
    -- What was deleted is told by a row of nulls.
    RETURN NEXT NULL::api.object_file;
    RETURN;
  END IF;
  RETURN QUERY SELECT * FROM ObjectFile WHERE object = pObject AND file = uFile;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_file (uuid, uuid, text, text, integer, timestamptz, text, text, text, text) IS
$$Attaches a file to an object, or changes it.

pObject  object
pFile    file; null: by path and name
pName    name
pPath    path; null: the folder of the object
pSize    bytes; less than 0 deletes
pDate    when the content was changed last
pData    content as base64
pHash    hash
pText    remark
pType    MIME type
Returns  the file; a row of nulls when it was deleted
Raises   ObjectNotFound, AccessDenied, NotFound$$;

-- api.set_object_files_jsonb --------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_files_jsonb (
  pId           uuid,
  pFiles        jsonb
) RETURNS       SETOF api.object_file
AS $$
DECLARE
  r             record;
BEGIN
  IF jsonb_typeof(pFiles) = 'object' THEN
    pFiles := jsonb_build_array(pFiles);
  ELSIF jsonb_typeof(pFiles) IS DISTINCT FROM 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pFiles), 'array');
  END IF;

  PERFORM CheckJsonbKeys('/object/file/set',
    ARRAY['file', 'name', 'path', 'size', 'date', 'data', 'hash', 'text', 'type'], pFiles);
  PERFORM RequireObjectAccess(pId, B'010');

  FOR r IN
    SELECT * FROM jsonb_to_recordset(pFiles)
      AS x (file uuid, name text, path text, size integer, date timestamptz, data text, hash text, text text, type text)
  LOOP
    RETURN QUERY SELECT * FROM api.set_object_file(pId, r.file, r.name, r.path, r.size, r.date, r.data, r.hash, r.text, r.type);
  END LOOP;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_files_jsonb (uuid, jsonb) IS
$$Attaches files to an object, or changes them.

pId      object
pFiles   array of {file, name, path, size, date, data, hash, text, type}
Returns  the files
Raises   ObjectNotFound, AccessDenied, NotFound, IncorrectJsonKey$$;

-- api.set_object_files_json ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_files_json (
  pId           uuid,
  pFiles        json
) RETURNS       SETOF api.object_file
AS $$
BEGIN
  RETURN QUERY SELECT * FROM api.set_object_files_jsonb(pId, pFiles::jsonb);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_files_json (uuid, json) IS
$$api.set_object_files_jsonb() for json.$$;

-- api.get_object_files_json ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_files_json (
  pId           uuid
) RETURNS       json
AS $$
BEGIN
  PERFORM RequireObjectAccess(pId, B'100');
  RETURN GetObjectFilesJSON(pId);
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_files_json (uuid) IS
$$Gives the files of an object as an array; null when it has none.

pId     object
Raises  ObjectNotFound, AccessDenied$$;

-- api.get_object_files_jsonb --------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_files_jsonb (
  pId           uuid
) RETURNS       jsonb
AS $$
BEGIN
  RETURN api.get_object_files_json(pId)::jsonb;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_files_jsonb (uuid) IS
$$api.get_object_files_json() as jsonb.$$;

-- api.get_object_file ---------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_file (
  pObject       uuid,
  pFile         uuid,
  pName         text,
  pPath         text DEFAULT NULL
) RETURNS       SETOF api.object_file_data
AS $$
DECLARE
  uFile         uuid;
BEGIN
  PERFORM RequireObjectAccess(pObject, B'100');

  uFile := FindObjectFile(pObject, pFile, pName, pPath);
  IF uFile IS NULL AND COALESCE(pPath, '') = '' THEN
    SELECT f.id INTO uFile
      FROM db.object_file a
     INNER JOIN db.file f ON f.id = a.file
     WHERE a.object = pObject AND f.name = pName
     ORDER BY f.path
     LIMIT 1;
  END IF;
  RETURN QUERY SELECT * FROM ObjectFileData WHERE object = pObject AND file = uFile;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_file (uuid, uuid, text, text) IS
$$Returns a file of an object with its content.

pObject  object
pFile    file; null: by name
pName    name
pPath    path; null: the folder of the object, else any
Returns  the file; no row when the object has none like it
Raises   ObjectNotFound, AccessDenied$$;

-- api.delete_object_file ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.delete_object_file (
  pObject       uuid,
  pFile         uuid,
  pName         text,
  pPath         text DEFAULT NULL
) RETURNS       boolean
AS $$
BEGIN
  PERFORM RequireObjectAccess(pObject, B'001');
  RETURN DeleteObjectFile(pObject, pFile, pName, pPath);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.delete_object_file (uuid, uuid, text, text) IS
$$Detaches a file from an object, and deletes it when no other object has it.

pObject  object
pFile    file; null: by name
pName    name
pPath    path; null: the folder of the object
Returns  true
Raises   ObjectNotFound, AccessDenied, NotFound$$;

-- api.clear_object_files ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.clear_object_files (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM RequireObjectAccess(pId, B'001');
  PERFORM ClearObjectFiles(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.clear_object_files (uuid) IS
$$Detaches all files from an object; the files stay.

pId     object
Raises  ObjectNotFound, AccessDenied$$;
