-- GetColumns ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetColumns (
  pTable        text,
  pSchema       text DEFAULT current_schema(),
  pAlias        text DEFAULT NULL
) RETURNS       text[]
AS $$
DECLARE
  arColumns     text[];
BEGIN
  SELECT v.columns INTO arColumns
    FROM db.view_column v
   WHERE v.schema = pSchema
     AND v.view = pTable;

  IF NOT FOUND THEN
    SELECT array_agg(a.attname::text ORDER BY a.attnum) INTO arColumns
      FROM pg_attribute a
     WHERE a.attrelid = to_regclass(format('%I.%I', pSchema, pTable))
       AND a.attnum > 0
       AND NOT a.attisdropped;
  END IF;

  IF pAlias IS NOT NULL THEN
    arColumns := ARRAY(SELECT pAlias || '.' || c FROM unnest(arColumns) AS c);
  END IF;

  RETURN arColumns;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetColumns (text, text, text) IS
$$Returns the columns of a table or view, in order; null when it does not exist.

pTable   table or view, lower case
pSchema  its schema
pAlias   put before each name with a dot$$;

-- get_columns -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION get_columns (
  pTable        text,
  pSchema       text DEFAULT current_schema(),
  pAlias        text DEFAULT NULL
) RETURNS       text[]
AS $$
BEGIN
  RETURN GetColumns(pTable, pSchema, pAlias);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION get_columns (text, text, text) IS 'GetColumns() under its older name.';

-- GetRoutines -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetRoutines (
  pRoutine      text,
  pSchema       text DEFAULT current_schema(),
  pDataType     boolean DEFAULT false,
  pAlias        text DEFAULT NULL,
  pNameFrom     integer DEFAULT 2
) RETURNS       text[]
AS $$
  SELECT array_agg(COALESCE(pAlias || '.', '') || lower(substr(p.proargnames[n], pNameFrom))
                   || CASE WHEN pDataType THEN ' ' || format_type(p.proargtypes[n - 1], NULL) ELSE '' END
                   ORDER BY p.oid, n)
    FROM pg_proc p
   INNER JOIN pg_namespace s ON s.oid = p.pronamespace
   CROSS JOIN LATERAL generate_series(1, p.pronargs) AS n
   WHERE s.nspname = pSchema
     AND p.proname = pRoutine;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetRoutines (text, text, boolean, text, integer) IS
$$Returns the names of the input parameters of a function; overloads are merged in one list.

pRoutine   function, lower case
pSchema    its schema
pDataType  true: name and type
pAlias     put before each name with a dot
pNameFrom  first character of the name that counts: 2 drops the p$$;

-- get_routines ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION get_routines (
  pRoutine      text,
  pSchema       text DEFAULT current_schema(),
  pDataType     boolean DEFAULT false,
  pAlias        text DEFAULT NULL,
  pNameFrom     integer DEFAULT 2
) RETURNS       text[]
AS $$
  SELECT GetRoutines(pRoutine, pSchema, pDataType, pAlias, pNameFrom);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION get_routines (text, text, boolean, text, integer) IS 'GetRoutines() under its older name.';
