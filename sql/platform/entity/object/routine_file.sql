-- Files attached to objects. A file without a path lies in /CLASS/OBJECT/, another one below /CLASS.

-- ObjectFilePath --------------------------------------------------------------
CREATE OR REPLACE FUNCTION ObjectFilePath (
  pObject       uuid,
  pPath         text
) RETURNS       text
AS $$
DECLARE
  vClass        text := GetClassCode(GetObjectClass(pObject));
  vPath         text := regexp_replace(COALESCE(pPath, ''), '^~', '');
BEGIN
  IF pPath LIKE '.%' OR strpos(pPath, '..') > 0 THEN
    PERFORM ValueOutOfRange(pPath);
  END IF;

  IF COALESCE(pPath, '') IN ('', '~/', '~') THEN
    RETURN format('/%s/%s/', vClass, pObject);
  END IF;

  vPath := regexp_replace('/' || vPath || '/', '/+', '/', 'g');
  RETURN CASE WHEN vPath LIKE '/' || vClass || '/%' THEN vPath ELSE '/' || vClass || vPath END;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ObjectFilePath (uuid, text) IS
$$Gives the folder that a path of a client means for an object.

pObject  object
pPath    path; null, an empty string and ~/ mean the folder of the object
Returns  path from and to a slash
Raises   ValueOutOfRange for a path that leads upwards$$;

-- FileUrl ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION FileUrl (
  pPath         text,
  pName         text
) RETURNS       text
AS $$
  SELECT '/file' || string_agg(CASE
           WHEN c ~ '^[A-Za-z0-9_~./-]$' THEN c
           ELSE regexp_replace(encode(convert_to(c, 'UTF8'), 'hex'), '(..)', '%\1', 'g') END, '' ORDER BY n)
    FROM regexp_split_to_table(pPath || pName, '') WITH ORDINALITY AS t (c, n);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION FileUrl (text, text) IS
$$Gives the address under which a file can be fetched.

pPath  path of its folder
pName  name$$;

-- EnsureFolder ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EnsureFolder (
  pPath         text,
  pOwner        uuid
) RETURNS       uuid
AS $$
DECLARE
  arParts       text[] := string_to_array(btrim(pPath, '/'), '/');
  vParent       text := '/';
  uRoot         uuid;
  uParent       uuid;
  uNew          uuid;
  f             record;
BEGIN
  FOR i IN 1 .. cardinality(arParts)
  LOOP
    SELECT id, root INTO f FROM db.file WHERE path = vParent AND name = arParts[i];
    IF NOT FOUND THEN
      uNew := gen_kernel_uuid('8');
      INSERT INTO db.file (id, root, parent, owner, type, level, path, name, date, url)
      VALUES (uNew, COALESCE(uRoot, uNew), uParent, pOwner, 'd', i - 1, vParent, arParts[i], now(), FileUrl(vParent, arParts[i]))
          ON CONFLICT (path, name) DO NOTHING;
      SELECT id, root INTO f FROM db.file WHERE path = vParent AND name = arParts[i];
    END IF;
    uRoot := f.root;
    uParent := f.id;
    vParent := vParent || arParts[i] || '/';
  END LOOP;

  RETURN uParent;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EnsureFolder (text, uuid) IS
$$Finds a folder, and makes it with those above it where they are missing.

pPath    path from and to a slash
pOwner   owner of what is made
Returns  folder$$;

-- FindObjectFile --------------------------------------------------------------
CREATE OR REPLACE FUNCTION FindObjectFile (
  pObject       uuid,
  pFile         uuid,
  pName         text,
  pPath         text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  IF pFile IS NOT NULL THEN
    RETURN (SELECT file FROM db.object_file WHERE object = pObject AND file = pFile);
  END IF;

  RETURN (SELECT f.id
            FROM db.object_file a
           INNER JOIN db.file f ON f.id = a.file
           WHERE a.object = pObject AND f.path = ObjectFilePath(pObject, pPath) AND f.name = pName);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION FindObjectFile (uuid, uuid, text, text) IS
$$Finds a file that is attached to an object.

pObject  object
pFile    file; null: by name
pName    name
pPath    path; null: the folder of the object
Returns  file; null when there is none$$;

-- NewObjectFile ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewObjectFile (
  pObject       uuid,
  pFile         uuid,
  pName         text,
  pPath         text,
  pSize         integer,
  pDate         timestamptz,
  pData         bytea DEFAULT NULL,
  pHash         text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pMime         text DEFAULT NULL,
  pDone         text DEFAULT NULL,
  pFail         text DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  vPath         text := ObjectFilePath(pObject, pPath);
  uOwner        uuid := GetObjectOwner(pObject);
  uId           uuid := pFile;
  uFolder       uuid;
  f             record;
BEGIN
  IF uId IS NULL THEN
    IF COALESCE(pName, '') = '' OR strpos(pName, '/') > 0 THEN
      PERFORM ValueOutOfRange(pName);
    END IF;

    uFolder := EnsureFolder(vPath, uOwner);
    SELECT id, root, level INTO f FROM db.file WHERE id = uFolder;

    INSERT INTO db.file (root, parent, owner, type, level, path, name, size, date, data, mime, text, hash, url, done, fail)
    VALUES (f.root, f.id, uOwner, CASE pMime WHEN 'text/x-uri' THEN 'l' ELSE '-' END, f.level + 1, vPath, pName,
            COALESCE(pSize, length(pData), 0), COALESCE(pDate, now()), pData, CheckNull(pMime), CheckNull(pText),
            COALESCE(NULLIF(pHash, ''), encode(digest(pData, 'sha256'), 'hex')), FileUrl(vPath, pName),
            CheckNull(pDone), CheckNull(pFail))
    RETURNING id INTO uId;
  END IF;

  INSERT INTO db.object_file (object, file) VALUES (pObject, uId)
      ON CONFLICT (object, file) DO UPDATE SET updated = now();

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewObjectFile (uuid, uuid, text, text, integer, timestamptz, bytea, text, text, text, text, text) IS
$$Attaches a file to an object.

pObject  object
pFile    file that is there; null makes one
pName    name
pPath    path, see ObjectFilePath()
pSize    bytes; null: the length of the content
pDate    when the content was changed last; null is now
pData    content; of a link (MIME type text/x-uri) the address
pHash    hash; null: SHA-256 of the content
pText    remark
pMime    MIME type
pDone    function to be called when a transfer has ended
pFail    function to be called when a transfer has failed
Returns  file
Raises   ValueOutOfRange for a wrong name or path$$;

-- EditObjectFile --------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditObjectFile (
  pObject       uuid,
  pFile         uuid,
  pName         text,
  pPath         text,
  pSize         integer,
  pDate         timestamptz,
  pData         bytea DEFAULT NULL,
  pHash         text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pMime         text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  UPDATE db.file
     SET name = COALESCE(NULLIF(pName, ''), name),
         size = COALESCE(pSize, length(pData), size),
         date = COALESCE(pDate, date),
         data = COALESCE(pData, data),
         hash = CASE WHEN pHash IS NOT NULL THEN CheckNull(pHash)
                     WHEN pData IS NOT NULL THEN encode(digest(pData, 'sha256'), 'hex') ELSE hash END,
         text = CheckNull(COALESCE(pText, text)),
         mime = CheckNull(COALESCE(pMime, mime)),
         url = FileUrl(path, COALESCE(NULLIF(pName, ''), name))
   WHERE id = pFile;

  UPDATE db.object_file SET updated = now() WHERE object = pObject AND file = pFile;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditObjectFile (uuid, uuid, text, text, integer, timestamptz, bytea, text, text, text) IS
$$Changes a file that is attached to an object; null keeps a value. New content has a new hash and size.

pObject  object
pFile    file
pName    name
pPath    not used: a file stays in its folder
pSize    bytes; null with new content: its length
pDate    when the content was changed last
pData    content
pHash    hash; null with new content: its SHA-256
pText    remark
pMime    MIME type$$;

-- SetObjectFile ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetObjectFile (
  pObject       uuid,
  pFile         uuid,
  pName         text,
  pPath         text,
  pSize         integer,
  pDate         timestamptz,
  pData         bytea DEFAULT NULL,
  pHash         text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pMime         text DEFAULT NULL,
  pDone         text DEFAULT NULL,
  pFail         text DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uFile         uuid := COALESCE(pFile, (SELECT id FROM db.file WHERE path = ObjectFilePath(pObject, pPath) AND name = pName));
BEGIN
  IF pSize < 0 THEN
    PERFORM DeleteObjectFile(pObject, uFile, pName, pPath);
    RETURN NULL;
  END IF;

  IF uFile IS NULL THEN
    RETURN NewObjectFile(pObject, NULL, pName, pPath, pSize, pDate, pData, pHash, pText, pMime, pDone, pFail);
  ELSIF NOT EXISTS (SELECT FROM db.object_file WHERE object = pObject AND file = uFile) THEN
    PERFORM RequireFileAccess(uFile);
    PERFORM NewObjectFile(pObject, uFile, pName, pPath, pSize, pDate);
  END IF;

  PERFORM EditObjectFile(pObject, uFile, pName, pPath, pSize, pDate, pData, pHash, pText, pMime);
  RETURN uFile;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetObjectFile (uuid, uuid, text, text, integer, timestamptz, bytea, text, text, text, text, text) IS
$$Attaches a file to an object, or changes the one that has the id, else the path and name.

pObject  object
pFile    file; null: by path and name
pName    name
pPath    path, see ObjectFilePath()
pSize    bytes; less than 0 deletes the attachment
Returns  file; null when it was deleted
Raises   ObjectNotFound for an unknown file; AccessDenied for one of objects that the user may not change;
         NotFound when there is none to be deleted$$;

-- RequireFileAccess -----------------------------------------------------------
CREATE OR REPLACE FUNCTION RequireFileAccess (
  pFile         uuid
) RETURNS       void
AS $$
DECLARE
  uOwner        uuid;
BEGIN
  SELECT owner INTO uOwner FROM db.file WHERE id = pFile;
  IF NOT FOUND THEN
    PERFORM ObjectNotFound('file', 'id', pFile);
  END IF;

  IF uOwner IS DISTINCT FROM current_userid() AND NOT IsAdmin()
  AND NOT EXISTS (SELECT FROM db.object_file a WHERE a.file = pFile AND CheckObjectAccess(a.object, B'010')) THEN
    PERFORM AccessDenied();
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RequireFileAccess (uuid) IS
$$Passes when the current user may change a file: his own, or one of an object that he may change.

pFile   file
Raises  ObjectNotFound, AccessDenied$$;

-- DeleteObjectFile ------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteObjectFile (
  pObject       uuid,
  pFile         uuid,
  pName         text DEFAULT NULL,
  pPath         text DEFAULT NULL
) RETURNS       boolean
AS $$
DECLARE
  uFile         uuid := FindObjectFile(pObject, pFile, pName, pPath);
BEGIN
  IF uFile IS NULL THEN
    PERFORM NotFound();
  END IF;

  DELETE FROM db.object_file WHERE object = pObject AND file = uFile;
  DELETE FROM db.file f
   WHERE f.id = uFile
     AND NOT EXISTS (SELECT FROM db.object_file a WHERE a.file = f.id)
     AND NOT EXISTS (SELECT FROM db.file c WHERE c.parent = f.id OR c.link = f.id);

  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteObjectFile (uuid, uuid, text, text) IS
$$Detaches a file from an object, and deletes it when no other object has it.

pObject  object
pFile    file; null: by name
pName    name
pPath    path; null: the folder of the object
Returns  true
Raises   NotFound when the object has no such file$$;

-- ClearObjectFiles ------------------------------------------------------------
CREATE OR REPLACE FUNCTION ClearObjectFiles (
  pObject       uuid
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.object_file WHERE object = pObject;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ClearObjectFiles (uuid) IS
$$Detaches all files from an object; the files stay.

pObject  object$$;

-- GetObjectFiles, GetObjectFilesJSON, GetObjectFilesJSONB ---------------------
CREATE OR REPLACE FUNCTION GetObjectFiles (
  pObject       uuid
) RETURNS       text[]
AS $$
  SELECT array_agg(f.path || f.name ORDER BY f.path, f.name)
    FROM db.object_file a
   INNER JOIN db.file f ON f.id = a.file
   WHERE a.object = pObject;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectFiles (uuid) IS
$$Gives the files of an object as paths; null when it has none.

pObject  object$$;

CREATE OR REPLACE FUNCTION GetObjectFilesJSON (
  pObject       uuid
) RETURNS       json
AS $$
  SELECT json_agg(row_to_json(f) ORDER BY f.path, f.name) FROM ObjectFile f WHERE f.object = pObject;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectFilesJSON (uuid) IS
$$Gives the files of an object as an array; null when it has none.

pObject  object$$;

CREATE OR REPLACE FUNCTION GetObjectFilesJSONB (
  pObject       uuid
) RETURNS       jsonb
AS $$
  SELECT GetObjectFilesJSON(pObject)::jsonb;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectFilesJSONB (uuid) IS 'GetObjectFilesJSON() as jsonb.';
