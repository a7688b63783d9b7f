-- IsPayload -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsPayload (
  pJson         jsonb,
  pKeys         text[]
) RETURNS       boolean
AS $$
  SELECT CASE jsonb_typeof(pJson) WHEN 'object' THEN pJson - pKeys = '{}' ELSE false END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION IsPayload (jsonb, text[]) IS
$$Tells whether a value is an object whose keys are all in a list.

The quick test of the dispatchers; CheckJsonbKeys() then says what is wrong.$$;

-- CheckJsonbKeys --------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckJsonbKeys (
  pRoute        text,
  pKeys         text[],
  pJson         jsonb
) RETURNS       void
AS $$
DECLARE
  j             jsonb;
  vKey          text;
BEGIN
  IF pJson IS NULL THEN
    RETURN;
  END IF;

  IF jsonb_typeof(pJson) = 'array' THEN
    FOR j IN SELECT e FROM jsonb_array_elements(pJson) AS e
    LOOP
      IF NOT IsPayload(j, pKeys) THEN
        IF jsonb_typeof(j) = 'array' THEN
          PERFORM IncorrectJsonType('array', 'object');
        END IF;
        PERFORM CheckJsonbKeys(pRoute, pKeys, j);
      END IF;
    END LOOP;
    RETURN;
  END IF;

  IF jsonb_typeof(pJson) <> 'object' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pJson), 'object');
  END IF;

  SELECT k INTO vKey
    FROM jsonb_object_keys(pJson) AS k
   WHERE k <> ALL (COALESCE(pKeys, '{}'))
   LIMIT 1;

  IF FOUND THEN
    PERFORM IncorrectJsonKey(pRoute, vKey, COALESCE(pKeys, '{}'));
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckJsonbKeys (text, text[], jsonb) IS
$$Checks that an object, or every object of an array, has only known keys.

pRoute   route, for the message
pKeys    allowed keys
pJson    null passes
Raises   IncorrectJsonType for a scalar, IncorrectJsonKey for an unknown key$$;

-- CheckPayload ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckPayload (
  pRoute        text,
  pKeys         text[],
  pJson         jsonb
) RETURNS       void
AS $$
BEGIN
  IF jsonb_typeof(pJson) <> 'object' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pJson), 'object');
  END IF;

  IF pKeys IS NOT NULL THEN
    PERFORM CheckJsonbKeys(pRoute, pKeys, pJson);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckPayload (text, text[], jsonb) IS
$$Checks that a payload is one object with known keys.

pRoute   route, for the message
pKeys    allowed keys; null allows any
Raises   IncorrectJsonType for an array or a scalar, IncorrectJsonKey for an unknown key$$;

-- CheckJsonKeys ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckJsonKeys (
  pRoute        text,
  pKeys         text[],
  pJson         json
) RETURNS       void
AS $$
BEGIN
  PERFORM CheckJsonbKeys(pRoute, pKeys, pJson::jsonb);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckJsonKeys (text, text[], json) IS 'CheckJsonbKeys() for json.';

-- CheckJsonbValues ------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckJsonbValues (
  pArrayName    text,
  pArray        anyarray,
  pJson         jsonb
) RETURNS       void
AS $$
DECLARE
  vValue        text;
BEGIN
  IF pJson IS NULL THEN
    RETURN;
  END IF;

  IF jsonb_typeof(pJson) <> 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pJson), 'array');
  END IF;

  SELECT COALESCE(e, 'null') INTO vValue
    FROM jsonb_array_elements_text(pJson) AS e
   WHERE (e = ANY (pArray::text[])) IS NOT TRUE
   LIMIT 1;

  IF FOUND THEN
    PERFORM IncorrectValueInArray(vValue, pArrayName, pArray);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckJsonbValues (text, anyarray, jsonb) IS
$$Checks that every element of a JSON array is in a list.

pArrayName  name of the array, for the message
pArray      allowed values
pJson       null passes
Raises      IncorrectJsonType unless it is an array, IncorrectValueInArray for another value$$;

-- CheckJsonValues -------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckJsonValues (
  pArrayName    text,
  pArray        anyarray,
  pJson         json
) RETURNS       void
AS $$
BEGIN
  PERFORM CheckJsonbValues(pArrayName, pArray, pJson::jsonb);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckJsonValues (text, anyarray, json) IS 'CheckJsonbValues() for json.';
