-- array_add_text --------------------------------------------------------------
CREATE OR REPLACE FUNCTION array_add_text (
  pArray        text[],
  pText         text
) RETURNS       text[]
AS $$
  SELECT COALESCE(pArray, '{}') || pText;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION array_add_text (text[], text) IS 'Returns an array with one more element.';

-- array_pos -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION array_pos (
  anyarray      text[],
  anyelement    text
) RETURNS       integer
AS $$
  SELECT COALESCE(array_position(anyarray, anyelement), 0);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION array_pos (text[], text) IS 'Returns the place of an element, 0 when it is not there.';

CREATE OR REPLACE FUNCTION array_pos (
  anyarray      numeric[],
  anyelement    numeric
) RETURNS       integer
AS $$
  SELECT COALESCE(array_position(anyarray, anyelement), 0);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION array_pos (numeric[], numeric) IS 'Returns the place of an element, 0 when it is not there.';

-- min_array, max_array --------------------------------------------------------
CREATE OR REPLACE FUNCTION min_array (
  pArray        anyarray,
  pElement      anyelement DEFAULT NULL
) RETURNS       anyelement
AS $$
  SELECT e FROM unnest(pArray) AS e WHERE e IS DISTINCT FROM pElement ORDER BY e LIMIT 1;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION min_array (anyarray, anyelement) IS
$$Returns the least element.

pArray    array
pElement  an element that does not count$$;

CREATE OR REPLACE FUNCTION max_array (
  pArray        anyarray,
  pElement      anyelement DEFAULT NULL
) RETURNS       anyelement
AS $$
  SELECT e FROM unnest(pArray) AS e WHERE e IS DISTINCT FROM pElement ORDER BY e DESC NULLS LAST LIMIT 1;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION max_array (anyarray, anyelement) IS
$$Returns the greatest element.

pArray    array
pElement  an element that does not count$$;

-- find_value_in_array ---------------------------------------------------------
CREATE OR REPLACE FUNCTION find_value_in_array (
  pArray        anyarray,
  pKey          text
) RETURNS       text
AS $$
  SELECT substr(e::text, strpos(e::text, '=') + 1)
    FROM unnest(pArray) WITH ORDINALITY AS t (e, n)
   WHERE split_part(e::text, '=', 1) = pKey
   ORDER BY n
   LIMIT 1;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION find_value_in_array (anyarray, text) IS 'Returns v of the first element k=v with the key.';

-- path_to_array ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION path_to_array (
  pPath         text
) RETURNS       text[]
AS $$
  SELECT COALESCE(array_remove(string_to_array(pPath, '/'), ''), '{}');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION path_to_array (text) IS 'Returns the segments of a path that are not empty.';

-- string_to_array_trim --------------------------------------------------------
CREATE OR REPLACE FUNCTION string_to_array_trim (
  str           text,
  sep           text
) RETURNS       text[]
AS $$
  SELECT array_agg(btrim(e) ORDER BY n) FROM unnest(string_to_array(str, sep)) WITH ORDINALITY AS t (e, n);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION string_to_array_trim (text, text) IS 'Splits a text at a separator and trims the parts.';

-- CheckCodes ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckCodes (
  pSource       text[],
  pCodes        text[]
) RETURNS       text[]
AS $$
DECLARE
  arValid       text[] := ARRAY(SELECT c FROM unnest(pCodes) AS c WHERE c = ANY (pSource));
  arInvalid     text[] := ARRAY(SELECT c FROM unnest(pCodes) AS c WHERE c <> ALL (pSource));
BEGIN
  IF cardinality(arInvalid) > 0 THEN
    PERFORM InvalidCodes(arValid, arInvalid);
  END IF;
  RETURN arValid;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION CheckCodes (text[], text[]) IS
$$Checks that all codes are allowed.

pSource  allowed codes
pCodes   given codes
Returns  the given codes
Raises   InvalidCodes with the valid and the invalid ones$$;

-- quote_literal_json ----------------------------------------------------------
CREATE OR REPLACE FUNCTION quote_literal_json (
  pStr          text
) RETURNS       text
AS $$
  SELECT to_json(pStr)::text;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION quote_literal_json (text) IS 'Quotes a text as a JSON string.';

-- array_quote_literal_json ----------------------------------------------------
CREATE OR REPLACE FUNCTION array_quote_literal_json (
  pArray        anyarray
) RETURNS       anyarray
AS $$
DECLARE
  arResult      text[];
BEGIN
  SELECT array_agg(to_json(e::text)::text ORDER BY n) INTO arResult
    FROM unnest(pArray) WITH ORDINALITY AS t (e, n);
  RETURN arResult;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION array_quote_literal_json (anyarray) IS 'Quotes each element of a text array as a JSON string.';

-- inet_to_array ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION inet_to_array (
  ip            inet
) RETURNS       text[]
AS $$
  SELECT string_to_array(host(ip), '.');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION inet_to_array (inet) IS 'Returns the four parts of an IPv4 address.';

-- str_to_inet -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION str_to_inet (
  str           text,
  OUT host      inet,
  OUT range     integer
)
AS $$
DECLARE
  arPart        text[];
  nStars        integer := length(str) - length(replace(str, '*', ''));
BEGIN
  IF nStars > 0 THEN
    host := (replace(str, '*', '0') || '/' || 32 - 8 * nStars)::inet;
  ELSIF strpos(str, '-') > 0 THEN
    arPart := string_to_array(str, '-');
    host := btrim(arPart[1])::inet;
    range := btrim(arPart[2])::inet - host + 1;
  ELSIF strpos(str, '/') > 0 OR strpos(str, ':') > 0 THEN
    host := str::inet;
  ELSE
    host := (str || '/32')::inet;
  END IF;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION str_to_inet (text) IS
$$Reads an address with wildcards or a range of addresses.

str      a.b.*.* (a network), x-y (from x to y), or one address
host     network or first address
range    number of addresses of x-y, else null$$;
