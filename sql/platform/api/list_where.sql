-- ListValue -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListValue (
  pCast         text,
  pValue        text,
  INOUT args    text[],
  OUT value     text
)
AS $$
BEGIN
  IF args IS NULL THEN
    value := format('%L::%s', pValue, pCast);
  ELSE
    args := args || pValue;
    value := format('($1[%s])::%s', cardinality(args), pCast);
  END IF;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION ListValue (text, text, text[]) IS
$$Writes a client's value into a statement: as one more element of the bound array $1.

pCast    type that the value is cast to
pValue   value as text
args     values bound so far; null writes a quoted literal instead (api.sql)$$;

-- ListCondition ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListCondition (
  pField        text,
  pInfo         jsonb,
  pCompare      text,
  pValue        text,
  INOUT args    text[],
  OUT condition text
)
AS $$
DECLARE
  vKind         text := pInfo->>'kind';
  vCast         text := CASE vKind WHEN 'json' THEN 'pg_catalog.jsonb' ELSE pInfo->>'cast' END;
  vColumn       text := 't.' || quote_ident(pField)
                     || CASE vKind WHEN 'json' THEN '::pg_catalog.jsonb' ELSE '' END;
  r             record;
BEGIN
  IF pCompare <> ALL (CompareCodes(vKind)) THEN
    PERFORM IncorrectValueInArray(pCompare, 'compare', CompareCodes(vKind));
  END IF;

  IF pCompare IN ('ISN', 'INN') THEN
    condition := format('%s %s', vColumn, GetCompare(pCompare));
    RETURN;
  END IF;

  r := ListValue(vCast, pValue, args);
  args := r.args;
  condition := format(
    CASE WHEN pCompare IN ('AND', 'OR', 'XOR') THEN '(%1$s %2$s %3$s) = %3$s'
         ELSE '%1$s %2$s %3$s' END,
    vColumn, GetCompare(pCompare), r.value);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ListCondition (text, jsonb, text, text, text[]) IS
$$Writes one comparison of a column of alias t.

pField    column, known to exist
pInfo     its kind and cast
pCompare  compare code, upper case
pValue    value as text
args      values bound so far
Raises    IncorrectValueInArray when the kind of column has no such operator$$;

-- ListMember ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListMember (
  pField        text,
  pInfo         jsonb,
  pCompare      text,
  pValues       jsonb,
  INOUT args    text[],
  OUT condition text
)
AS $$
DECLARE
  vKind         text := pInfo->>'kind';
  vCast         text := CASE vKind WHEN 'json' THEN 'pg_catalog.jsonb' ELSE pInfo->>'cast' END;
  vList         text := '';
  r             record;
BEGIN
  IF vKind = 'other' THEN
    PERFORM IncorrectValueInArray(pCompare, 'compare', CompareCodes(vKind));
  END IF;

  FOR i IN 0 .. jsonb_array_length(pValues) - 1
  LOOP
    r := ListValue(vCast, pValues->>i, args);
    args := r.args;
    vList := vList || CASE i WHEN 0 THEN '' ELSE ', ' END || r.value;
  END LOOP;

  condition := format('t.%I%s %s (%s)', pField,
    CASE vKind WHEN 'json' THEN '::pg_catalog.jsonb' ELSE '' END, pCompare, vList);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ListMember (text, jsonb, text, jsonb, text[]) IS
$$Writes an IN or NOT IN over the elements of a JSON array that is not empty.

pField    column, known to exist
pInfo     its kind and cast
pCompare  IN or NOT IN
pValues   elements; null is null, as in SQL
args      values bound so far$$;

-- ListFilter ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListFilter (
  pView         db.view_column,
  pFilter       jsonb,
  INOUT args    text[],
  OUT condition text
)
AS $$
DECLARE
  vField        text;
  jValue        jsonb;
  r             record;
BEGIN
  IF NOT IsPayload(pFilter, pView.columns) THEN
    IF jsonb_typeof(pFilter) <> 'object' THEN
      PERFORM IncorrectJsonType(jsonb_typeof(pFilter), 'object');
    END IF;
    PERFORM CheckJsonbKeys(pView.view || '/filter', pView.columns, pFilter);
  END IF;

  FOR vField, jValue IN SELECT e.key, e.value FROM jsonb_each(pFilter) AS e
  LOOP
    CONTINUE WHEN jValue IN ('null', '""', '[]');

    IF jsonb_typeof(jValue) = 'array' THEN
      r := ListMember(vField, pView.info->vField, 'IN', jValue, args);
    ELSE
      r := ListCondition(vField, pView.info->vField, 'EQL', jValue #>> '{}', args);
    END IF;

    args := r.args;
    condition := COALESCE(condition || ' AND ', '') || r.condition;
  END LOOP;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ListFilter (db.view_column, jsonb, text[]) IS
$$Writes the conditions of key filter: columns to values, all of them AND-ed.

A value null, "" or [] is no condition; an array means any of its elements.
pView      what is recorded of the view
pFilter    object
args       values bound so far
condition  null when nothing is asked
Raises     IncorrectJsonKey for an unknown column$$;

-- ListSearch ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListSearch (
  pView         db.view_column,
  pSearch       jsonb,
  INOUT args    text[],
  OUT condition text
)
AS $$
DECLARE
  arKeys        constant text[] := '{condition,field,compare,value,valarr,lstr,rstr}';
  j             jsonb;
  vJoin         text;
  vField        text;
  vCompare      text;
  vLeft         text;
  vRight        text;
  nDepth        integer := 0;
  r             record;
BEGIN
  IF jsonb_typeof(pSearch) <> 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pSearch), 'array');
  END IF;

  FOR i IN 0 .. jsonb_array_length(pSearch) - 1
  LOOP
    j := pSearch->i;
    IF NOT IsPayload(j, arKeys) THEN
      IF jsonb_typeof(j) <> 'object' THEN
        PERFORM IncorrectJsonType(jsonb_typeof(j), 'object');
      END IF;
      PERFORM CheckJsonbKeys(pView.view || '/search', arKeys, j);
    END IF;

    vJoin := upper(COALESCE(j->>'condition', 'AND'));
    IF vJoin NOT IN ('AND', 'OR') THEN
      PERFORM IncorrectValueInArray(vJoin, 'condition', ARRAY['AND', 'OR']);
    END IF;

    vField := lower(COALESCE(j->>'field', ''));
    IF NOT pView.info ? vField THEN
      PERFORM IncorrectValueInArray(vField, 'field', pView.columns);
    END IF;

    vCompare := upper(COALESCE(j->>'compare', 'EQL'));
    vLeft := '';
    vRight := '';

    IF COALESCE(j->'valarr', 'null') <> 'null' THEN
      IF jsonb_typeof(j->'valarr') <> 'array' THEN
        PERFORM IncorrectJsonType(jsonb_typeof(j->'valarr'), 'array');
      END IF;
      vCompare := CASE vCompare WHEN 'EQL' THEN 'IN' ELSE vCompare END;
      IF vCompare NOT IN ('IN', 'NOT IN') THEN
        PERFORM IncorrectValueInArray(vCompare, 'compare', ARRAY['IN', 'NOT IN']);
      END IF;
      CONTINUE WHEN jsonb_array_length(j->'valarr') = 0;
      r := ListMember(vField, pView.info->vField, vCompare, j->'valarr', args);
    ELSE
      CONTINUE WHEN COALESCE(j->>'value', '') = '' AND vCompare NOT IN ('ISN', 'INN')
                AND vCompare = ANY (CompareCodes(pView.info->vField->>'kind'));
      r := ListCondition(vField, pView.info->vField, vCompare, j->>'value', args);
      vLeft := CASE j->>'lstr' WHEN '(' THEN '(' ELSE '' END;
      vRight := CASE j->>'rstr' WHEN ')' THEN ')' ELSE '' END;
    END IF;

    args := r.args;
    condition := COALESCE(condition || ' ' || vJoin || ' ', '') || vLeft || r.condition || vRight;

    nDepth := nDepth + length(vLeft) - length(vRight);
    IF nDepth < 0 THEN
      PERFORM IncorrectValueInArray(')', 'rstr', ARRAY['']);
    END IF;
  END LOOP;

  IF nDepth > 0 THEN
    PERFORM IncorrectValueInArray('(', 'lstr', ARRAY['']);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ListSearch (db.view_column, jsonb, text[]) IS
$$Writes the conditions of key search, joined by AND and OR in their order.

A condition without a value is skipped, unless it asks for null or not null. The parentheses lstr
and rstr must balance among the conditions that stay.
pView      what is recorded of the view
pSearch    array of objects
args       values bound so far
condition  null when nothing is asked; not yet in parentheses
Raises     IncorrectJsonType, IncorrectJsonKey, IncorrectValueInArray$$;
