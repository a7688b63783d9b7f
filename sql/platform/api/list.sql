-- ListColumns -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListColumns (
  pView         db.view_column,
  pFields       jsonb,
  pGroupBy      jsonb,
  OUT columns   text,
  OUT outer_columns text,
  OUT grouped  text,
  OUT outputs   text[]
)
AS $$
DECLARE
  r             record;
  arPlain       text[] := '{}';
  vPlain        text;
  vField        text;
  bAggregate    boolean := false;
BEGIN
  IF COALESCE(pGroupBy, 'null') NOT IN ('null', '[]') THEN
    PERFORM CheckJsonbValues('groupby', pView.columns, pGroupBy);
    FOR i IN 0 .. jsonb_array_length(pGroupBy) - 1
    LOOP
      IF pView.info->(pGroupBy->>i)->>'kind' IN ('json', 'other') THEN
        PERFORM IncorrectValueInArray(pGroupBy->>i, 'groupby', pView.columns);
      END IF;
      grouped := COALESCE(grouped || ', ', ' GROUP BY ') || 't.' || quote_ident(pGroupBy->>i);
    END LOOP;
  END IF;

  IF COALESCE(pFields, 'null') IN ('null', '[]', '{}') THEN
    IF grouped IS NOT NULL THEN
      PERFORM IncorrectValueInArray('', 'fields', ARRAY(SELECT jsonb_array_elements_text(pGroupBy)));
    END IF;
    columns := 't.*';
    RETURN;
  END IF;

  IF jsonb_typeof(pFields) <> 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pFields), 'array');
  END IF;

  FOR i IN 0 .. jsonb_array_length(pFields) - 1
  LOOP
    vField := pFields->>i;
    -- A column is not worth the call of ParseField().
    IF pView.info ? vField THEN
      arPlain := arPlain || vField;
      outputs := outputs || vField;
      columns := COALESCE(columns || ', ', '') || 't.' || quote_ident(vField);
    ELSE
      r := ParseField(pView, vField);
      outputs := outputs || r.output;
      columns := COALESCE(columns || ', ', '') || r.aggregate || ' AS ' || quote_ident(r.output);
      bAggregate := true;
    END IF;
  END LOOP;

  IF NOT bAggregate AND grouped IS NULL THEN
    outputs := NULL;
    RETURN;
  END IF;

  -- Under aggregates a plain column must be one that is grouped by.
  FOREACH vPlain IN ARRAY arPlain
  LOOP
    IF grouped IS NULL OR NOT pGroupBy ? vPlain THEN
      PERFORM IncorrectValueInArray(vPlain, 'fields',
        ARRAY(SELECT jsonb_array_elements_text(COALESCE(NULLIF(pGroupBy, 'null'), '[]'))));
    END IF;
  END LOOP;

  outer_columns := columns;
  columns := 't.*';
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ListColumns (db.view_column, jsonb, jsonb) IS
$$Writes what a list selects.

pView          what is recorded of the view
pFields        array of columns and aggregates; null, [] and {} are all columns
pGroupBy       array of columns, or null
columns        select list over the view
outer_columns  select list over the limited rows, when there are aggregates or groups
grouped       its GROUP BY
outputs        its keys
Raises         IncorrectValueInArray, IncorrectJsonType$$;

-- ListQuery -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListQuery (
  pView         db.view_column,
  pPayload      jsonb,
  pWhere        text,
  pLimit        integer,
  pOrderBy      jsonb,
  INOUT args    text[],
  OUT query     text
)
AS $$
DECLARE
  r             record;
  c             record;
  vWhere        text := '(' || pWhere || ')';
  vLimit        text;
  nLimit        integer := (pPayload->>'reclimit')::integer;
  nOffset       integer := (pPayload->>'recoffset')::integer;
  jOrderBy      jsonb := COALESCE(NULLIF(pPayload->'orderby', 'null'), pOrderBy);
BEGIN
  c := ListColumns(pView, pPayload->'fields', pPayload->'groupby');

  IF COALESCE(pPayload->'search', 'null') <> 'null' THEN
    r := ListSearch(pView, pPayload->'search', args);
    args := r.args;
    vWhere := COALESCE(vWhere || ' AND (' || r.condition || ')', vWhere, '(' || r.condition || ')');
  END IF;

  IF COALESCE(pPayload->'filter', 'null') <> 'null' THEN
    r := ListFilter(pView, pPayload->'filter', args);
    args := r.args;
    vWhere := COALESCE(vWhere || ' AND ' || r.condition, vWhere, r.condition);
  END IF;

  IF nOffset < 0 THEN
    PERFORM ValueOutOfRange(nOffset);
  END IF;

  -- Only aggregates asked, and no limit: they are of all rows.
  IF c.outputs IS NOT NULL AND c.grouped IS NULL AND nLimit IS NULL THEN
    nLimit := 0;
  END IF;
  nLimit := COALESCE(nLimit, pLimit);

  -- Usual limits stay in the text, where the planner sees them; others would only multiply plans.
  vLimit := CASE WHEN nLimit IN (1, 5, 10, 20, 25, 50, 100, 200, 500, 1000) THEN nLimit::text
                 WHEN nLimit > 0 THEN '?' ELSE '' END;
  IF vLimit = '?' THEN
    r := ListValue('pg_catalog.int8', nLimit::text, args);
    args := r.args;
    vLimit := r.value;
  END IF;
  vLimit := COALESCE(' LIMIT ' || NULLIF(vLimit, ''), '');
  IF nOffset > 0 THEN
    r := ListValue('pg_catalog.int8', nOffset::text, args);
    args := r.args;
    vLimit := vLimit || ' OFFSET ' || r.value;
  END IF;

  query := 'SELECT ' || c.columns || format(' FROM %I.%I AS t', pView.schema, pView.view)
        || COALESCE(' WHERE ' || vWhere, '');

  IF c.outputs IS NULL THEN
    query := query || ListOrder(pView, jOrderBy) || vLimit;
    RETURN;
  END IF;

  query := 'SELECT ' || c.outer_columns || ' FROM (' || query
        || CASE vLimit WHEN '' THEN '' ELSE ListOrder(pView, NULL) || vLimit END
        || ') AS t' || COALESCE(c.grouped, '');

  IF c.grouped IS NOT NULL AND COALESCE(jOrderBy, 'null') <> 'null' THEN
    query := 'SELECT t.* FROM (' || query || ') AS t' || ListOrder(pView, jOrderBy, c.outputs);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ListQuery (db.view_column, jsonb, text, integer, jsonb, text[]) IS
$$Writes the statement of a list: identifiers only from the view's record, values only bound.

pView     what is recorded of the view
pPayload  object with fields, search, filter, reclimit, recoffset, orderby, groupby
pWhere    condition of the route over alias t; AND-ed to the whole of what the client asks
pLimit    rows when the client names no limit; 0 is all
pOrderBy  order when the client names none
args      {} to collect bound values; null writes literals
query     the statement; $1 is the array of bound values$$;
