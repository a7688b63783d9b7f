-- CreateErrorCatalog ----------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateErrorCatalog (
  pCode         text,
  pHttpCode     integer,
  pSeverity     character DEFAULT 'E',
  pCategory     text DEFAULT 'validation'
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  INSERT INTO db.error_catalog (code, http_code, severity, category)
  VALUES (pCode, pHttpCode, coalesce(pSeverity, 'E'), coalesce(pCategory, 'validation'))
  ON CONFLICT (code) DO NOTHING
  RETURNING id INTO uId;

  IF uId IS NULL THEN
    PERFORM RecordExists(pCode);
  END IF;

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateErrorCatalog (text, integer, character, text) IS
$$Adds an error to the catalog.

pCode      ERR-GGG-CCC
pHttpCode  HTTP status of the answer
pSeverity  E error, W warning
pCategory  auth, access, validation, entity, workflow or system
Returns    its id
Raises     RecordExists when the code is taken$$;

-- EditErrorCatalog ------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditErrorCatalog (
  pId           uuid,
  pCode         text DEFAULT NULL,
  pHttpCode     integer DEFAULT NULL,
  pSeverity     character DEFAULT NULL,
  pCategory     text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.error_catalog WHERE code = pCode AND id <> pId) THEN
    PERFORM RecordExists(pCode);
  END IF;

  UPDATE db.error_catalog
     SET code = coalesce(pCode, code),
         http_code = coalesce(pHttpCode, http_code),
         severity = coalesce(pSeverity, severity),
         category = coalesce(pCategory, category),
         edited = true
   WHERE id = pId
     AND (code, http_code, severity, category) IS DISTINCT FROM
         (coalesce(pCode, code), coalesce(pHttpCode, http_code),
          coalesce(pSeverity, severity), coalesce(pCategory, category));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditErrorCatalog (uuid, text, integer, character, text) IS
$$Changes an error of the catalog; from then on updates leave it alone.

pId        error
pCode      new code; null keeps
pHttpCode  new HTTP status; null keeps
pSeverity  new severity; null keeps
pCategory  new category; null keeps
Raises     RecordExists when the code is taken$$;

-- DeleteErrorCatalog ----------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteErrorCatalog (
  pId           uuid
) RETURNS       void
AS $$
  DELETE FROM db.error_catalog WHERE id = pId;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DeleteErrorCatalog (uuid) IS
$$Removes an error and its texts from the catalog.

pId  error$$;

-- SetErrorCatalogText ---------------------------------------------------------
CREATE OR REPLACE FUNCTION SetErrorCatalogText (
  pErrorId      uuid,
  pLocale       uuid,
  pMessage      text,
  pDescription  text DEFAULT NULL,
  pResolution   text DEFAULT NULL
) RETURNS       void
AS $$
  INSERT INTO db.error_catalog_text AS t (error_id, locale, message, description, resolution, edited)
  VALUES (pErrorId, pLocale, pMessage, pDescription, pResolution, true)
  ON CONFLICT (error_id, locale) DO UPDATE
     SET message = coalesce(excluded.message, t.message),
         description = coalesce(excluded.description, t.description),
         resolution = coalesce(excluded.resolution, t.resolution),
         edited = true;
$$ LANGUAGE sql;

COMMENT ON FUNCTION SetErrorCatalogText (uuid, uuid, text, text, text) IS
$$Sets the texts of an error in one locale; from then on updates leave them alone.

pErrorId      error
pLocale       locale
pMessage      message, required for a new text; null keeps
pDescription  what happened; null keeps
pResolution   what to do; null keeps$$;

-- GetErrorCatalog -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetErrorCatalog (
  pCode         text
) RETURNS       uuid
AS $$
  SELECT id FROM db.error_catalog WHERE code = pCode;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION GetErrorCatalog (text) IS
$$Finds an error of the catalog by its code; null when there is none.

pCode  ERR-GGG-CCC$$;

-- GetErrorCatalogMessage ------------------------------------------------------
CREATE OR REPLACE FUNCTION GetErrorCatalogMessage (
  pCode         text,
  pLocale       uuid DEFAULT NULL
) RETURNS       text
AS $$
  SELECT coalesce(FindErrorText(pCode, pLocale), FindErrorText('ERR-400-100', pLocale), 'Unknown error');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetErrorCatalogMessage (text, uuid) IS
$$Gives the message of an error code, placeholders not filled.

The wanted locale comes first, then English, then the resources of configurations.
pCode    ERR-GGG-CCC
pLocale  locale; null means the current one
Returns  the message; that of ERR-400-100 for an unknown code$$;

-- LoadErrorCode ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION LoadErrorCode (
  pCode         text,
  pHttpCode     integer,
  pSeverity     character,
  pCategory     text
) RETURNS       uuid
AS $$
  INSERT INTO db.error_catalog AS c (code, http_code, severity, category)
  VALUES (pCode, pHttpCode, pSeverity, pCategory)
  ON CONFLICT (code) DO UPDATE
     SET http_code = excluded.http_code, severity = excluded.severity, category = excluded.category
   WHERE NOT c.edited
     AND (c.http_code, c.severity, c.category) IS DISTINCT FROM
         (excluded.http_code, excluded.severity, excluded.category);

  SELECT id FROM db.error_catalog WHERE code = pCode;
$$ LANGUAGE sql;

COMMENT ON FUNCTION LoadErrorCode (text, integer, character, text) IS
$$Installs or refreshes an error that is shipped, unless an administrator edited it.

pCode      ERR-GGG-CCC
pHttpCode  HTTP status of the answer
pSeverity  E error, W warning
pCategory  auth, access, validation, entity, workflow or system
Returns    its id$$;

-- LoadErrorText ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION LoadErrorText (
  pCode         text,
  pLocaleCode   text,
  pMessage      text,
  pDescription  text DEFAULT NULL,
  pResolution   text DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := GetErrorCatalog(pCode);
  uLocale       uuid := GetLocale(pLocaleCode);
BEGIN
  IF uLocale IS NULL THEN
    PERFORM IncorrectLocaleCode(pLocaleCode);
  END IF;

  IF uId IS NULL THEN
    PERFORM ObjectNotFound('error', 'code', pCode);
  END IF;

  INSERT INTO db.error_catalog_text AS t (error_id, locale, message, description, resolution)
  VALUES (uId, uLocale, pMessage, pDescription, pResolution)
  ON CONFLICT (error_id, locale) DO UPDATE
     SET message = excluded.message, description = excluded.description, resolution = excluded.resolution
   WHERE NOT t.edited
     AND (t.message, t.description, t.resolution) IS DISTINCT FROM
         (excluded.message, excluded.description, excluded.resolution);

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION LoadErrorText (text, text, text, text, text) IS
$$Installs or refreshes shipped texts of an error, unless an administrator edited them.

pCode         ERR-GGG-CCC, in the catalog already
pLocaleCode   code of the locale
pMessage      message without a final dot; %s marks the place of a value
pDescription  what happened, in a sentence
pResolution   what to do about it
Returns       id of the error
Raises        IncorrectLocaleCode, ObjectNotFound$$;

-- RegisterError ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegisterError (
  pCode         text,
  pHttpCode     integer,
  pSeverity     character,
  pCategory     text,
  pLocaleCode   text,
  pMessage      text,
  pDescription  text DEFAULT NULL,
  pResolution   text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  PERFORM LoadErrorCode(pCode, pHttpCode, pSeverity, pCategory);
  RETURN LoadErrorText(pCode, pLocaleCode, pMessage, pDescription, pResolution);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegisterError (text, integer, character, text, text, text, text, text) IS
$$Installs or refreshes an error of a configuration with its texts in one locale.

What an administrator edited stays as it is. May be called again with the same result.
pCode         ERR-GGG-CCC
pHttpCode     HTTP status of the answer
pSeverity     E error, W warning
pCategory     auth, access, validation, entity, workflow or system
pLocaleCode   code of the locale
pMessage      message without a final dot; %s marks the place of a value
pDescription  what happened, in a sentence
pResolution   what to do about it
Returns       id of the error$$;
