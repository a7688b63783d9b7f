-- BuildListFunctions ----------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildListFunctions (
  pView         text,
  pName         text DEFAULT NULL,
  pWhere        text DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  vName         text := COALESCE(pName, pView);
BEGIN
  PERFORM RegisterView('api.' || pView);

  EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION api.%1$I (
  pSearch       jsonb DEFAULT NULL,
  pFilter       jsonb DEFAULT NULL,
  pLimit        integer DEFAULT NULL,
  pOffset       integer DEFAULT NULL,
  pOrderBy      jsonb DEFAULT NULL
) RETURNS       SETOF api.%2$I
AS $body$
DECLARE
  r             record;
BEGIN
  r := ListQuery(ViewColumns('api', %3$L),
                 jsonb_build_object('search', pSearch, 'filter', pFilter, 'reclimit', pLimit,
                                    'recoffset', pOffset, 'orderby', pOrderBy),
                 %4$L, 500, NULL, '{}');
  RETURN QUERY EXECUTE r.query USING r.args;
EXCEPTION
WHEN data_exception THEN
  PERFORM RaiseListError(SQLSTATE, SQLERRM);
END;
$body$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp$fmt$,
    'list_' || vName, pView, pView, pWhere);

  EXECUTE format($fmt$
COMMENT ON FUNCTION api.%I (jsonb, jsonb, integer, integer, jsonb) IS %L$fmt$,
    'list_' || vName, format($text$Returns rows of the view api.%s.

pSearch   array of conditions
pFilter   object of column and value
pLimit    most rows; null is 500, 0 is all
pOffset   rows to skip
pOrderBy  array of columns with asc or desc
Raises    ERR-400-061, 063, 065, 066 for a wrong request$text$, pView));

  EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION api.%1$I (
  pSearch       jsonb DEFAULT NULL,
  pFilter       jsonb DEFAULT NULL
) RETURNS       SETOF bigint
AS $body$
BEGIN
  RETURN NEXT CountRows('api', %2$L,
                        jsonb_build_object('search', pSearch, 'filter', pFilter), %3$L);
END;
$body$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp$fmt$,
    'count_' || vName, pView, pWhere);

  EXECUTE format($fmt$
COMMENT ON FUNCTION api.%I (jsonb, jsonb) IS %L$fmt$,
    'count_' || vName, format($text$Counts rows of the view api.%s.

pSearch  array of conditions
pFilter  object of column and value
Returns  how many
Raises   ERR-400-061, 063, 065, 066 for a wrong request$text$, pView));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildListFunctions (text, text, text) IS
$$Creates api.list_<name>() and api.count_<name>() for a view of schema api, and registers it.

pView    view
pName    name in the functions; null is the view's
pWhere   condition over alias t that always holds$$;
