-- api.error_catalog -----------------------------------------------------------
CREATE OR REPLACE VIEW api.error_catalog AS SELECT * FROM ErrorCatalog;

COMMENT ON VIEW api.error_catalog IS
'Errors with their texts in the current locale; null where a text is not translated.';

SELECT RegisterView('api.error_catalog');
SELECT BuildListFunctions('error_catalog', 'error');

-- api.add_error ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_error (
  pCode         text,
  pHttpCode     integer,
  pSeverity     character DEFAULT 'E',
  pCategory     text DEFAULT 'validation',
  pMessage      text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pResolution   text DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  PERFORM CheckError(pSeverity, pCategory);

  IF nullif(pCode, '') IS NULL THEN
    PERFORM JsonKeyNotFound('/error/set', 'code');
  END IF;

  IF pHttpCode IS NULL THEN
    PERFORM JsonKeyNotFound('/error/set', 'httpcode');
  END IF;

  uId := CreateErrorCatalog(pCode, pHttpCode, pSeverity, pCategory);

  IF pMessage IS NOT NULL THEN
    PERFORM SetErrorCatalogText(uId, current_locale(), pMessage, pDescription, pResolution);
  END IF;

  RETURN uId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_error (text, integer, character, text, text, text, text) IS
$$Adds an error to the catalog, with its texts in the current locale.

pCode         ERR-GGG-CCC
pHttpCode     HTTP status of the answer
pSeverity     E error, W warning; null means E
pCategory     auth, access, validation, entity, workflow or system; null means validation
pMessage      message; null writes no texts
pDescription  what happened
pResolution   what to do
Returns       its id
Raises        AccessDenied unless administrator, IncorrectCode, RecordExists, JsonKeyNotFound$$;

-- api.update_error ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_error (
  pId           uuid,
  pCode         text DEFAULT NULL,
  pHttpCode     integer DEFAULT NULL,
  pSeverity     character DEFAULT NULL,
  pCategory     text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM CheckError(pSeverity, pCategory);

  IF NOT EXISTS (SELECT FROM db.error_catalog WHERE id = pId) THEN
    PERFORM ObjectNotFound('error', 'id', pId);
  END IF;

  PERFORM EditErrorCatalog(pId, pCode, pHttpCode, pSeverity, pCategory);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_error (uuid, text, integer, character, text) IS
$$Changes an error of the catalog; null keeps what is there.

pId        error
pCode      ERR-GGG-CCC
pHttpCode  HTTP status of the answer
pSeverity  E error, W warning
pCategory  auth, access, validation, entity, workflow or system
Raises     AccessDenied unless administrator, ObjectNotFound, IncorrectCode, RecordExists$$;

-- api.set_error ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_error (
  pId           uuid,
  pCode         text DEFAULT NULL,
  pHttpCode     integer DEFAULT NULL,
  pSeverity     character DEFAULT NULL,
  pCategory     text DEFAULT NULL,
  pMessage      text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pResolution   text DEFAULT NULL
) RETURNS       SETOF api.error_catalog
AS $$
DECLARE
  uId           uuid := pId;
BEGIN
  IF uId IS NULL THEN
    uId := api.add_error(pCode, pHttpCode, pSeverity, pCategory, pMessage, pDescription, pResolution);
  ELSE
    PERFORM api.update_error(uId, pCode, pHttpCode, pSeverity, pCategory);

    IF coalesce(pMessage, pDescription, pResolution) IS NOT NULL THEN
      -- A text that is new in this locale begins with the message in force.
      PERFORM SetErrorCatalogText(uId, current_locale(),
                coalesce(pMessage, (SELECT FindErrorText(code) FROM db.error_catalog WHERE id = uId)),
                pDescription, pResolution);
    END IF;
  END IF;

  RETURN QUERY SELECT * FROM api.error_catalog WHERE id = uId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_error (uuid, text, integer, character, text, text, text, text) IS
$$Changes an error of the catalog with its texts in the current locale, or adds it.

pId           error; null adds one
pCode         ERR-GGG-CCC
pHttpCode     HTTP status of the answer
pSeverity     E error, W warning
pCategory     auth, access, validation, entity, workflow or system
pMessage      message
pDescription  what happened
pResolution   what to do
Returns       the error
Raises        as api.add_error() and api.update_error()$$;

-- CheckError ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckError (
  pSeverity     character,
  pCategory     text
) RETURNS       void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  IF pSeverity NOT IN ('E', 'W') THEN
    PERFORM IncorrectCode(pSeverity::text, ARRAY['E', 'W']);
  END IF;

  IF pCategory <> ALL (ARRAY['auth', 'access', 'validation', 'entity', 'workflow', 'system']) THEN
    PERFORM IncorrectCode(pCategory, ARRAY['auth', 'access', 'validation', 'entity', 'workflow', 'system']);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckError (character, text) IS
$$Checks that the caller may change the error catalog, and the values that he gives.

pSeverity  severity; null passes
pCategory  category; null passes
Raises     AccessDenied unless administrator; IncorrectCode$$;

-- api.get_error ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_error (
  pId           uuid
) RETURNS       SETOF api.error_catalog
AS $$
  SELECT * FROM api.error_catalog WHERE id = pId;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_error (uuid) IS
$$Gives an error of the catalog with its texts in the current locale.

pId      error
Returns  one row, or none$$;

-- api.get_error_by_code -------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_error_by_code (
  pCode         text
) RETURNS       SETOF api.error_catalog
AS $$
  SELECT * FROM api.error_catalog WHERE code = pCode;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_error_by_code (text) IS
$$Gives an error of the catalog by its code, with its texts in the current locale.

pCode    ERR-GGG-CCC
Returns  one row, or none$$;
