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

-- PrepareList -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION PrepareList (
  pStatement    text,
  pArgs         text[]
) RETURNS       text
AS $$
DECLARE
  nKept         constant integer := 64;
  vName         text := 'list_' || md5(pStatement);
  vPrepare      text := format('PREPARE %s (text[]) AS %s', vName, pStatement);
  vFound        text;
  vOld          text;
BEGIN
  -- Parsing and planning a view of many joins takes ten times as long as reading ten rows of it.
  -- The text is compared, not the name alone: a session that may run SQL of its own could have
  -- prepared something else under it, which would now run as kernel.
  SELECT p.statement INTO vFound FROM pg_prepared_statements p WHERE p.name = vName;

  IF vFound IS DISTINCT FROM vPrepare THEN
    IF vFound IS NOT NULL THEN
      EXECUTE 'DEALLOCATE ' || vName;
    END IF;

    FOR vOld IN
      SELECT p.name
        FROM pg_prepared_statements p
       WHERE p.name LIKE 'list\_%'
       ORDER BY p.prepare_time DESC
      OFFSET nKept - 1
    LOOP
      EXECUTE format('DEALLOCATE %I', vOld);
    END LOOP;

    EXECUTE vPrepare;
  END IF;

  RETURN format('EXECUTE %s (%L)', vName, pArgs);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION PrepareList (text, text[]) IS
$$Keeps the plan of a list statement for this connection, and returns how it is executed.

The newest 64 statements are kept. Values are its one parameter, an array, never part of its text.
pStatement  statement in which $1 is the array of values
pArgs       values
Returns     EXECUTE of the prepared statement with these values$$;

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
  RETURN QUERY EXECUTE PrepareList('SELECT row_to_json(q) FROM (' || r.query || ') AS q', r.args);
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

-- ListAnswer ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListAnswer (
  pSchema       text,
  pView         text,
  pPayload      jsonb,
  pWhere        text DEFAULT NULL,
  pLimit        integer DEFAULT 500,
  pOrderBy      jsonb DEFAULT NULL
) RETURNS       kernel.answer
AS $$
DECLARE
  r             record;
  rAnswer       kernel.answer;
BEGIN
  r := ListQuery(ViewColumns(pSchema, pView), pPayload, pWhere, pLimit, pOrderBy, '{}');
  EXECUTE PrepareList('SELECT count(*)::integer, string_agg(row_to_json(q)::text, '','') FROM ('
                      || r.query || ') AS q', r.args) INTO rAnswer;
  RETURN rAnswer;
EXCEPTION
WHEN data_exception THEN
  PERFORM RaiseListError(SQLSTATE, SQLERRM);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ListAnswer (text, text, jsonb, text, integer, jsonb) IS
$$Answers a list route: the rows of ListRows(), joined where they are read.

pSchema   schema of the view
pView     view, registered by RegisterView()
pPayload  object with fields, search, filter, reclimit, recoffset, orderby, groupby
pWhere    condition of the route over alias t
pLimit    rows when the client names no limit; 0 is all
pOrderBy  order when the client names none
Raises    as ListRows()$$;

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
  EXECUTE PrepareList(r.query, r.args) INTO nCount;
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
