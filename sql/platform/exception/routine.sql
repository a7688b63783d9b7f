-- GetExceptionUUID ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetExceptionUUID (
  pErrGroup     integer,
  pErrCode      integer
) RETURNS       uuid
AS $$
  SELECT format('00000000-0000-4000-9%s-%s',
                lpad(pErrGroup::text, 3, '0'), lpad(pErrCode::text, 12, '0'))::uuid;
$$ LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION GetExceptionUUID (integer, integer) IS
$$Gives the id of the resource that holds the text of an exception.

Configurations keep texts of their own exceptions there; the error catalog comes first.
pErrGroup  HTTP status, three digits
pErrCode   number within the group
Returns    00000000-0000-4000-9GGG-CCCCCCCCCCCC$$;

-- FindErrorText ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION FindErrorText (
  pCode         text,
  pLocale       uuid DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  uLocale       uuid := coalesce(pLocale, current_locale());
  uEnglish      uuid := '00000000-0000-4001-a000-000000000001';
  vText         text;
BEGIN
  SELECT t.message INTO vText
    FROM db.error_catalog c
    JOIN db.error_catalog_text t ON t.error_id = c.id
   WHERE c.code = pCode
     AND t.locale IN (uLocale, uEnglish)
   ORDER BY t.locale = uLocale DESC
   LIMIT 1;

  IF vText IS NULL AND pCode ~ '^ERR-\d{3}-\d{3}$' THEN
    SELECT d.data INTO vText
      FROM db.resource_data d
     WHERE d.resource = GetExceptionUUID(substr(pCode, 5, 3)::integer, substr(pCode, 9, 3)::integer)
       AND d.locale IN (uLocale, uEnglish)
     ORDER BY d.locale = uLocale DESC
     LIMIT 1;
  END IF;

  RETURN vText;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION FindErrorText (text, uuid) IS
$$Finds the text of an error code, placeholders not yet filled.

Looked up in the error catalog, then among the resources of configurations; in both the wanted
locale comes first, then English.
pCode    ERR-GGG-CCC
pLocale  locale; null means the current one
Returns  the text; null when the code has none$$;

-- FillErrorText ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION FillErrorText (
  pTemplate     text,
  pArgs         text[]
) RETURNS       text
AS $$
  -- Not format(): a text that an administrator wrote must never fail for want of an argument.
  SELECT string_agg(
           CASE WHEN part.n = 1 THEN part.text ELSE coalesce(pArgs[part.n - 1], '') || part.text END,
           '' ORDER BY part.n)
    FROM unnest(string_to_array(pTemplate, '%s')) WITH ORDINALITY AS part (text, n);
$$ LANGUAGE sql IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION FillErrorText (text, text[]) IS
$$Puts values in the places of a text that are marked %s, first to last.

pTemplate  text
pArgs      values; a missing one or null leaves its place empty, a surplus one is ignored
Returns    the filled text; null when the template is null$$;

-- ErrorText -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ErrorText (
  pCode         text,
  VARIADIC pArgs text[] DEFAULT '{}'
) RETURNS       text
AS $$
BEGIN
  -- A code outside the catalog (ERR-400-000) carries its text as the first argument.
  RETURN coalesce(FillErrorText(FindErrorText(pCode), pArgs),
                  pArgs[1],
                  FindErrorText('ERR-400-100'),
                  'Unknown error');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ErrorText (text, text[]) IS
$$Gives the text of an error in the current locale, placeholders filled.

pCode    ERR-GGG-CCC
pArgs    values of the placeholders; the text itself for a code that has none
Returns  the text, without a final dot$$;

-- RaiseError ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RaiseError (
  pCode         text,
  VARIADIC pArgs text[] DEFAULT '{}'
) RETURNS       void
AS $$
DECLARE
  vText         text := ErrorText(pCode, VARIADIC pArgs);
BEGIN
  RAISE EXCEPTION USING
    ERRCODE = 'P0001',
    MESSAGE = pCode || ': ' || vText || CASE WHEN right(vText, 1) IN ('.', '!', '?') THEN '' ELSE '.' END;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RaiseError (text, text[]) IS
$$Raises "ERR-GGG-CCC: text." with the text of the error catalog.

pCode    ERR-GGG-CCC; GGG is the HTTP status of the answer
pArgs    values of the text's placeholders; for ERR-GGG-000 the text itself
Raises   always, SQLSTATE P0001$$;

-- RaiseErrorAs ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RaiseErrorAs (
  pId           text,
  pCode         text,
  VARIADIC pArgs text[] DEFAULT '{}'
) RETURNS       void
AS $$
  SELECT RaiseError(pId, ErrorText(pCode, VARIADIC pArgs));
$$ LANGUAGE sql;

COMMENT ON FUNCTION RaiseErrorAs (text, text, text[]) IS
$$Raises the text of one code under the identifier of another.

For conditions whose identifier on the wire is older than their place in the catalog.
pId      identifier that the client gets, one without a text of its own (ERR-400-000)
pCode    code whose text is used
pArgs    values of the text's placeholders
Raises   always, SQLSTATE P0001$$;

-- InnerErrorText --------------------------------------------------------------
CREATE OR REPLACE FUNCTION InnerErrorText (
  pCode         text,
  pMessage      text
) RETURNS       text
AS $$
DECLARE
  vFrame        text := split_part(FindErrorText(pCode), '%s', 1);
  vText         text := regexp_replace(coalesce(pMessage, ''), '^ERR-\d{3}-?\d{2,3}: ', '');
BEGIN
  IF vFrame <> '' AND starts_with(vText, vFrame) THEN
    vText := substr(vText, length(vFrame) + 1);
  END IF;
  RETURN rtrim(vText, '.');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION InnerErrorText (text, text) IS
$$Strips from a message what wrapping it in an error would repeat.

That is the identifier in front, the frame of the wrapping error itself, and the final dot.
pCode     the wrapping error, whose text ends in one placeholder
pMessage  message of the wrapped error
Returns   text for that placeholder$$;

-- ParseMessage ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ParseMessage (
  pMessage      text,
  OUT code      integer,
  OUT message   text,
  OUT error     text
) RETURNS       record
AS $$
DECLARE
  arPart        text[] := regexp_match(pMessage, '^ERR-(\d{3})-?(\d{2,3}): ?(.*)$');
BEGIN
  IF arPart IS NULL THEN
    code := -1;
    message := pMessage;
  ELSE
    code := arPart[1];
    message := arPart[3];
    error := format('ERR-%s-%s', arPart[1], lpad(arPart[2], 3, '0'));
  END IF;
END;
$$ LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION ParseMessage (text) IS
$$Takes the text of a raised exception apart.

Understood are ERR-400-012: text and the older ERR-40012: text, which mean the same.
pMessage  text of the exception
code      HTTP status; -1 for a text without identifier
message   text without the identifier
error     ERR-GGG-CCC; null for a text without identifier$$;

-- GetExceptionStr -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetExceptionStr (
  pErrGroup     integer,
  pErrCode      integer
) RETURNS       text
AS $$
  SELECT id || ': ' || coalesce(FindErrorText(id), FindErrorText('ERR-400-100'), 'Unknown error') || '.'
    FROM (SELECT format('ERR-%s-%s', lpad(pErrGroup::text, 3, '0'), lpad(pErrCode::text, 3, '0'))) AS t (id);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetExceptionStr (integer, integer) IS
$$Gives the full text of an exception, placeholders not filled, for configurations that raise it themselves.

pErrGroup  HTTP status
pErrCode   number within the group
Returns    ERR-GGG-CCC: text.$$;

-- SetErrorMessage -------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetErrorMessage (
  pMessage      text
) RETURNS       void
AS $$
  SELECT set_config('kernel.error_message', coalesce(pMessage, ''), true);
$$ LANGUAGE sql;

COMMENT ON FUNCTION SetErrorMessage (text) IS
$$Keeps the reason of a failure that a function reports by its result only.

pMessage  text for GetErrorMessage(); null forgets it$$;

-- GetErrorMessage -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetErrorMessage (
) RETURNS       text
AS $$
  SELECT nullif(current_setting('kernel.error_message', true), '');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetErrorMessage () IS
$$Gives the reason of the last failure of this transaction; null when nothing failed.$$;
