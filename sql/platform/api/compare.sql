-- GetCompare ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetCompare (
  pCompare      text
) RETURNS       text
AS $$
  SELECT CASE upper(pCompare)
    WHEN 'NEQ' THEN '<>'
    WHEN 'LSS' THEN '<'
    WHEN 'LEQ' THEN '<='
    WHEN 'GTR' THEN '>'
    WHEN 'GEQ' THEN '>='
    WHEN 'GIN' THEN '@>'
    WHEN 'AND' THEN '&'
    WHEN 'OR'  THEN '|'
    WHEN 'XOR' THEN '#'
    WHEN 'LKE' THEN 'LIKE'
    WHEN 'IKE' THEN 'ILIKE'
    WHEN 'SIM' THEN 'SIMILAR TO'
    WHEN 'PSX' THEN '~'
    WHEN 'PSI' THEN '~*'
    WHEN 'PSN' THEN '!~'
    WHEN 'PIN' THEN '!~*'
    WHEN 'ISN' THEN 'IS NULL'
    WHEN 'INN' THEN 'IS NOT NULL'
    ELSE '='
  END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION GetCompare (text) IS
$$Returns the SQL operator of a compare code.

pCompare  code such as LKE, any case
Returns   operator; = for an unknown code$$;

-- CompareCodes ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CompareCodes (
  pKind         text
) RETURNS       text[]
AS $$
  SELECT CASE pKind
    WHEN 'other' THEN ARRAY['ISN', 'INN']
    WHEN 'text' THEN ARRAY['EQL', 'NEQ', 'LSS', 'LEQ', 'GTR', 'GEQ', 'LKE', 'IKE', 'SIM',
                           'PSX', 'PSI', 'PSN', 'PIN', 'ISN', 'INN']
    ELSE ARRAY['EQL', 'NEQ', 'LSS', 'LEQ', 'GTR', 'GEQ', 'ISN', 'INN'] || CASE
      WHEN pKind IN ('integer', 'bit') THEN ARRAY['AND', 'OR', 'XOR']
      WHEN pKind IN ('json', 'jsonb', 'array', 'range') THEN ARRAY['GIN']
    END
  END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION CompareCodes (text) IS
$$Returns the compare codes whose operator exists for a kind of column.

pKind    word of ColumnKind()
Returns  codes$$;
