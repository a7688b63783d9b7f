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
    r := ParseField(pView, pFields->>i);
    outputs := outputs || r.output;
    IF r.aggregate IS NULL THEN
      arPlain := arPlain || r.output;
      columns := COALESCE(columns || ', ', '') || 't.' || quote_ident(r.output);
      outer_columns := COALESCE(outer_columns || ', ', '') || 't.' || quote_ident(r.output);
    ELSE
      bAggregate := true;
      outer_columns := COALESCE(outer_columns || ', ', '') || r.aggregate || ' AS ' || quote_ident(r.output);
    END IF;
  END LOOP;

  IF NOT bAggregate AND grouped IS NULL THEN
    outer_columns := NULL;
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

  query := 'SELECT ' || c.columns || format(' FROM %I.%I AS t', pView.schema, pView.view)
        || COALESCE(' WHERE ' || vWhere, '');

  IF c.outputs IS NULL THEN
    query := query || ListOrder(pView, jOrderBy)
          || CASE WHEN nLimit > 0 THEN ' LIMIT ' || nLimit ELSE '' END
          || CASE WHEN nOffset > 0 THEN ' OFFSET ' || nOffset ELSE '' END;
    RETURN;
  END IF;

  query := 'SELECT ' || c.outer_columns || ' FROM (' || query
        || CASE WHEN nLimit > 0 OR nOffset > 0 THEN ListOrder(pView, NULL) ELSE '' END
        || CASE WHEN nLimit > 0 THEN ' LIMIT ' || nLimit ELSE '' END
        || CASE WHEN nOffset > 0 THEN ' OFFSET ' || nOffset ELSE '' END
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

-- RaiseListError --------------------------------------------------------------
CREATE OR REPLACE FUNCTION RaiseListError (
  pState        text,
  pMessage      text
) RETURNS       void
AS $$
BEGIN
  -- Malformed and overflowing values, wrong patterns, widths that do not fit: the client's.
  IF pState IN ('22P02', '22P03', '22003', '22007', '22008', '22009', '2201B', '22019', '22025',
                '22023', '22026', '22030', '22032', '2202E', '22P05', '22021', '2201W', '2201X') THEN
    PERFORM ValueOutOfRange(pMessage);
  END IF;
  RAISE EXCEPTION USING ERRCODE = pState, MESSAGE = pMessage;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RaiseListError (text, text) IS
$$Raises a failure of a list again: as ERR-400-066 when a value of the client caused it.

pState    SQLSTATE
pMessage  message of PostgreSQL
Raises    always$$;

-- ListRows --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListRows (
  pSchema       text,
  pView         text,
  pPayload      jsonb,
  pWhere        text DEFAULT NULL,
  pLimit        integer DEFAULT 500,
  pOrderBy      jsonb DEFAULT NULL
) RETURNS       SETOF json
AS $$
DECLARE
  r             record;
BEGIN
  r := ListQuery(ViewColumns(pSchema, pView), pPayload, pWhere, pLimit, pOrderBy, '{}');
  RETURN QUERY EXECUTE 'SELECT row_to_json(q) FROM (' || r.query || ') AS q' USING r.args;
EXCEPTION
WHEN data_exception THEN
  PERFORM RaiseListError(SQLSTATE, SQLERRM);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ListRows (text, text, jsonb, text, integer, jsonb) IS
$$Returns the rows of a view that a list request asks for, as JSON.

pSchema   schema of the view
pView     view, registered by RegisterView()
pPayload  object with fields, search, filter, reclimit, recoffset, orderby, groupby
pWhere    condition of the route over alias t
pLimit    rows when the client names no limit; 0 is all
pOrderBy  order when the client names none
Raises    ERR-400-061, 063, 065, 066 for what the client did wrong$$;

-- CountRows -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CountRows (
  pSchema       text,
  pView         text,
  pPayload      jsonb,
  pWhere        text DEFAULT NULL
) RETURNS       bigint
AS $$
DECLARE
  r             record;
  nCount        bigint;
BEGIN
  r := ListQuery(ViewColumns(pSchema, pView),
                 jsonb_build_object('search', pPayload->'search', 'filter', pPayload->'filter',
                                    'fields', '["count(*)"]'::jsonb),
                 pWhere, 0, NULL, '{}');
  EXECUTE r.query INTO nCount USING r.args;
  RETURN nCount;
EXCEPTION
WHEN data_exception THEN
  PERFORM RaiseListError(SQLSTATE, SQLERRM);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CountRows (text, text, jsonb, text) IS
$$Counts the rows of a view that a list request selects, whatever its limit.

pSchema   schema of the view
pView     view, registered by RegisterView()
pPayload  object of which search and filter are read
pWhere    condition of the route over alias t
Returns   how many
Raises    ERR-400-061, 063, 065, 066 for what the client did wrong$$;

-- api.sql ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.sql (
  pScheme       text,
  pTable        text,
  pSearch       jsonb DEFAULT NULL,
  pFilter       jsonb DEFAULT NULL,
  pLimit        integer DEFAULT NULL,
  pOffset       integer DEFAULT NULL,
  pOrderBy      jsonb DEFAULT NULL,
  pFields       jsonb DEFAULT NULL,
  pGroupBy      jsonb DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  r             record;
BEGIN
  r := ListQuery(ViewColumns(pScheme, pTable),
                 jsonb_build_object('search', pSearch, 'filter', pFilter, 'reclimit', pLimit,
                                    'recoffset', pOffset, 'orderby', pOrderBy,
                                    'fields', pFields, 'groupby', pGroupBy),
                 NULL, 500, NULL, NULL);
  RETURN r.query;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.sql (text, text, jsonb, jsonb, integer, integer, jsonb, jsonb, jsonb) IS
$$Returns the text of the statement that a list request runs, values quoted.

pScheme   schema of the view
pTable    view
pSearch   array of conditions
pFilter   object of column and value
pLimit    most rows; null is 500, 0 is all
pOffset   rows to skip
pOrderBy  array of columns with asc or desc
pFields   array of columns or aggregates
pGroupBy  array of columns
Returns   one SELECT
Raises    ViewNotFound, and ERR-400-061, 063, 065$$;
