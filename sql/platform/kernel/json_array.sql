-- JsonbToIntArray and its kin: one body a type, for jsonb and for json.
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT * FROM (VALUES
    ('Int', 'integer'), ('Num', 'numeric'), ('Str', 'text'), ('UUID', 'uuid'),
    ('Bool', 'boolean'), ('Interval', 'interval')
  ) AS t (name, type)
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION JsonbTo%1$sArray (
  pJson         jsonb
) RETURNS       %2$s[]
AS $body$
BEGIN
  RETURN CASE jsonb_typeof(pJson)
    WHEN 'array' THEN
      (SELECT array_agg(e::%2$s ORDER BY n)
         FROM jsonb_array_elements_text(pJson) WITH ORDINALITY AS t (e, n))
    WHEN 'object' THEN
      (SELECT array_agg(e.value::%2$s) FROM jsonb_each_text(pJson) AS e)
  END;
END;
$body$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION JsonbTo%1$sArray (jsonb) IS
'Returns the elements of an array, or the values of an object, as %2$s; null when there are none.';

CREATE OR REPLACE FUNCTION JsonTo%1$sArray (
  pJson         json
) RETURNS       %2$s[]
AS $body$
  SELECT JsonbTo%1$sArray(pJson::jsonb);
$body$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION JsonTo%1$sArray (json) IS 'JsonbTo%1$sArray() for json.';
$fmt$, r.name, r.type);
  END LOOP;
END;
$do$;

-- JsonbToArrayText ------------------------------------------------------------
CREATE OR REPLACE FUNCTION JsonbToArrayText (
  pJson         jsonb
) RETURNS       text
AS $$
BEGIN
  RETURN CASE jsonb_typeof(pJson)
    WHEN 'array' THEN ARRAY(SELECT e FROM jsonb_array_elements_text(pJson) AS e)::text
    ELSE pJson #>> '{}'
  END;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION JsonbToArrayText (jsonb) IS
'Returns a JSON array as PostgreSQL writes an array; a string is taken to be written so already.';

-- jsonb_array_to_string -------------------------------------------------------
CREATE OR REPLACE FUNCTION jsonb_array_to_string (
  pJson         jsonb,
  pSep          text
) RETURNS       text
AS $$
BEGIN
  IF jsonb_typeof(pJson) <> 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pJson), 'array');
  END IF;

  RETURN (SELECT string_agg(quote_nullable(e), pSep ORDER BY n)
            FROM jsonb_array_elements_text(pJson) WITH ORDINALITY AS t (e, n));
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION jsonb_array_to_string (jsonb, text) IS
$$Joins the elements of an array, each quoted as an SQL literal.

pJson    array; [] gives null
pSep     what stands between them
Raises   IncorrectJsonType for anything else$$;

-- jsonb_compare_value ---------------------------------------------------------
CREATE OR REPLACE FUNCTION jsonb_compare_value (
  pOld          jsonb,
  pNew          jsonb
) RETURNS       jsonb
AS $$
  SELECT COALESCE(jsonb_object_agg(o.key, o.value), '{}')
    FROM jsonb_each(pOld) AS o
   WHERE pNew->o.key IS DISTINCT FROM o.value;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION jsonb_compare_value (jsonb, jsonb) IS
'Returns the keys of the old object whose value is absent from the new one or another there.';

-- JsonbToFields ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION JsonbToFields (
  pJson         jsonb,
  pFields       text[]
) RETURNS       text
AS $$
BEGIN
  RETURN COALESCE((SELECT string_agg(quote_ident(f), ', ' ORDER BY n)
                     FROM unnest(CheckFields(pJson, pFields)) WITH ORDINALITY AS t (f, n)), '*');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION JsonbToFields (jsonb, text[]) IS
$$Writes the select list that key fields asks for.

pJson    array of columns; null, [] and {} are *
pFields  columns that there are
Raises   IncorrectJsonType, IncorrectValueInArray$$;

CREATE OR REPLACE FUNCTION JsonToFields (
  pJson         json,
  pFields       text[]
) RETURNS       text
AS $$
BEGIN
  RETURN JsonbToFields(pJson::jsonb, pFields);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION JsonToFields (json, text[]) IS 'JsonbToFields() for json.';

-- JsonbToOrderBy --------------------------------------------------------------
CREATE OR REPLACE FUNCTION JsonbToOrderBy (
  pJson         jsonb,
  pFields       text[]
) RETURNS       text
AS $$
DECLARE
  vItem         text;
  vResult       text;
  ar            text[];
BEGIN
  IF COALESCE(jsonb_typeof(pJson), '') <> 'array' THEN
    RETURN NULL;
  END IF;

  FOR vItem IN SELECT e FROM jsonb_array_elements_text(pJson) AS e
  LOOP
    ar := regexp_match(vItem, '^([a-z_][a-z0-9_]*)(?:\s+(asc|desc|ASC|DESC))?$');
    IF (ar[1] = ANY (pFields)) IS NOT TRUE THEN
      PERFORM IncorrectValueInArray(COALESCE(vItem, 'null'), 'orderby', pFields);
    END IF;
    vResult := concat_ws(', ', vResult, quote_ident(ar[1]) || COALESCE(' ' || upper(ar[2]), ''));
  END LOOP;

  RETURN vResult;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION JsonbToOrderBy (jsonb, text[]) IS
$$Writes the order that key orderby asks for.

pJson    array of columns with asc or desc
pFields  columns that there are
Returns  null when no order is asked
Raises   IncorrectValueInArray$$;
