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
    WHEN 'other' THEN '{ISN,INN}'
    WHEN 'text' THEN
      '{EQL,NEQ,LSS,LEQ,GTR,GEQ,LKE,IKE,SIM,PSX,PSI,PSN,PIN,ISN,INN}'
    WHEN 'integer' THEN '{EQL,NEQ,LSS,LEQ,GTR,GEQ,AND,OR,XOR,ISN,INN}'
    WHEN 'bit'     THEN '{EQL,NEQ,LSS,LEQ,GTR,GEQ,AND,OR,XOR,ISN,INN}'
    WHEN 'json'    THEN '{EQL,NEQ,LSS,LEQ,GTR,GEQ,GIN,ISN,INN}'
    WHEN 'jsonb'   THEN '{EQL,NEQ,LSS,LEQ,GTR,GEQ,GIN,ISN,INN}'
    WHEN 'array'   THEN '{EQL,NEQ,LSS,LEQ,GTR,GEQ,GIN,ISN,INN}'
    WHEN 'range'   THEN '{EQL,NEQ,LSS,LEQ,GTR,GEQ,GIN,ISN,INN}'
    ELSE '{EQL,NEQ,LSS,LEQ,GTR,GEQ,ISN,INN}'
  END::text[];
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION CompareCodes (text) IS
$$Returns the compare codes whose operator exists for a kind of column.

pKind    word of ColumnKind()
Returns  codes$$;
