-- The list engine of entities, second half: requests.

-- EntityQuery -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityQuery (
  pSource       db.entity_source,
  pPayload      jsonb,
  pMode         text,
  pLimit        integer DEFAULT 500,
  OUT query     text,
  OUT args      text[]
)
AS $$
DECLARE
  v             db.view_column := ViewColumns(split_part(pSource.view, '.', 1), split_part(pSource.view, '.', 2));
  c             record;
  r             record;
  jFilter       jsonb := PairFilter(pSource, NULLIF(pPayload->'filter', 'null'));
  jSearch       jsonb := PairSearch(pSource, NULLIF(pPayload->'search', 'null'));
  nLimit        integer := (pPayload->>'reclimit')::integer;
  nOffset       integer := (pPayload->>'recoffset')::integer;
  vWhere        text;
  vOrder        text;
  vLimit        text := '';
  vHint         text;
BEGIN
  args := '{}';
  c := ListColumns(v, CASE pMode WHEN 'fields' THEN pPayload->'fields' END, CASE pMode WHEN 'fields' THEN pPayload->'groupby' END);

  IF jSearch IS NOT NULL THEN
    r := ListSearch(v, jSearch, args);
    args := r.args;
    vWhere := '(' || r.condition || ')';
  END IF;
  IF jFilter IS NOT NULL THEN
    r := ListFilter(v, jFilter, args);
    args := r.args;
    vWhere := COALESCE(vWhere || ' AND ' || r.condition, r.condition, vWhere);
  END IF;

  IF vWhere IS NOT NULL THEN
    r := TextHint(pSource, jFilter, jSearch, args);
    args := r.args;
    vHint := r.hint;
  END IF;
  vWhere := COALESCE(' WHERE ' || vWhere, '');

  IF pMode = 'count' THEN
    query := format('SELECT count(*) FROM (%s) AS t%s', SourceText(pSource, vWhere, vHint), vWhere);
    RETURN;
  END IF;

  IF nOffset < 0 THEN
    PERFORM ValueOutOfRange(nOffset);
  END IF;
  -- Aggregates of everything, unless the client limits the rows.
  IF c.outputs IS NULL OR c.grouped IS NOT NULL OR nLimit IS NOT NULL THEN
    nLimit := COALESCE(nLimit, pLimit);
    IF nLimit > 0 THEN
      r := ListValue('pg_catalog.int8', nLimit::text, args);
      args := r.args;
      vLimit := ' LIMIT ' || r.value;
    END IF;
  END IF;
  IF nOffset > 0 THEN
    r := ListValue('pg_catalog.int8', nOffset::text, args);
    args := r.args;
    vLimit := vLimit || ' OFFSET ' || r.value;
  END IF;

  IF c.outputs IS NOT NULL THEN
    vOrder := CASE vLimit WHEN '' THEN '' ELSE ListOrder(v, NULL) || ', t.id' END;
    query := format('SELECT %s FROM (SELECT t.* FROM (%s) AS t%s%s%s) AS t%s', c.outer_columns,
      SourceText(pSource, concat_ws(' ', c.outer_columns, c.grouped, vWhere, vOrder), vHint), vWhere, vOrder, vLimit,
      COALESCE(c.grouped, ''));
    IF c.grouped IS NOT NULL AND COALESCE(pPayload->'orderby', 'null') <> 'null' THEN
      query := format('SELECT t.* FROM (%s) AS t%s', query, ListOrder(v, pPayload->'orderby', c.outputs));
    END IF;
    RETURN;
  END IF;

  -- The identifier makes pages of rows with equal keys come apart.
  vOrder := ListOrder(v, NULLIF(pPayload->'orderby', 'null'));
  vOrder := CASE WHEN vOrder = '' THEN ' ORDER BY t.id' ELSE vOrder || ', t.id' END;
  query := format('SELECT %s FROM (%s) AS t%s%s%s', CASE pMode WHEN 'ids' THEN 't.id' ELSE c.columns END,
    SourceText(pSource, concat_ws(' ', CASE pMode WHEN 'fields' THEN c.columns END, vWhere, vOrder), vHint),
    vWhere, vOrder, vLimit);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION EntityQuery (db.entity_source, jsonb, text, integer) IS
$$Writes the narrow statement of a list request.

pSource   source
pPayload  object with fields, search, filter, reclimit, recoffset, orderby, groupby
pMode     ids, count, or fields: what the client chose
pLimit    rows when the client names no limit; 0 is all
query     statement with the parameters of SourceText(), $1 being args
args      values
Raises    ERR-400-061, 063, 065, 066 for what the client did wrong$$;

-- GetSource -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetSource (
  pEntity       text
) RETURNS       db.entity_source
AS $$
DECLARE
  s             db.entity_source;
BEGIN
  SELECT * INTO s FROM db.entity_source WHERE entity = pEntity;
  IF NOT FOUND THEN
    PERFORM ViewNotFound('api', pEntity);
  END IF;
  RETURN s;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetSource (text) IS
$$Finds the source of a list.

pEntity  name of the source
Raises   ViewNotFound$$;

-- EntityIds -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityIds (
  pEntity       text,
  pPayload      jsonb,
  pLimit        integer DEFAULT 500
) RETURNS       uuid[]
AS $$
DECLARE
  s             db.entity_source := GetSource(pEntity);
  q             record := EntityQuery(s, COALESCE(pPayload, '{}'), 'ids', pLimit);
  uIds          uuid[];
BEGIN
  EXECUTE format('SELECT ARRAY(%s)', q.query) INTO uIds
    USING q.args, ReadableAcls(), current_userid(), OwnerExceptions(),
          CASE WHEN s.areas THEN VisibleAreas() END, current_scope();
  RETURN uIds;
EXCEPTION
WHEN data_exception THEN
  PERFORM RaiseListError(SQLSTATE, SQLERRM);
END;
$$ LANGUAGE plpgsql STABLE
   SET random_page_cost = 1.1;  -- the index of a class is read alone, not the whole table

COMMENT ON FUNCTION EntityIds (text, jsonb, integer) IS
$$Picks the objects that a list request asks for and the user may see: the first step of a list.

pEntity   name of the source
pPayload  object with search, filter, reclimit, recoffset, orderby
pLimit    objects when the client names no limit; 0 is all
Returns   identifiers in order
Raises    ERR-400-061, 063, 065, 066 for what the client did wrong$$;

-- EntityCount -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityCount (
  pEntity       text,
  pPayload      jsonb
) RETURNS       bigint
AS $$
DECLARE
  s             db.entity_source := GetSource(pEntity);
  q             record := EntityQuery(s, COALESCE(pPayload, '{}'), 'count');
  nCount        bigint;
BEGIN
  EXECUTE q.query INTO nCount
    USING q.args, ReadableAcls(), current_userid(), OwnerExceptions(),
          CASE WHEN s.areas THEN VisibleAreas() END, current_scope();
  RETURN nCount;
EXCEPTION
WHEN data_exception THEN
  PERFORM RaiseListError(SQLSTATE, SQLERRM);
END;
$$ LANGUAGE plpgsql STABLE
   SET random_page_cost = 1.1;  -- the index of a class is read alone, not the whole table

COMMENT ON FUNCTION EntityCount (text, jsonb) IS
$$Counts the objects that a list request selects and the user may see, whatever its limit.

pEntity   name of the source
pPayload  object of which search and filter are read
Raises    ERR-400-061, 063, 065, 066 for what the client did wrong$$;

-- EntityList ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityList (
  pEntity       text,
  pPayload      jsonb,
  pLimit        integer DEFAULT 500
) RETURNS       SETOF json
AS $$
DECLARE
  s             db.entity_source := GetSource(pEntity);
  q             record;
  arFields      text[];
  nJoins        integer;
BEGIN
  IF COALESCE(pPayload->'fields', 'null') NOT IN ('null', '[]', '{}') OR COALESCE(pPayload->'groupby', 'null') NOT IN ('null', '[]') THEN
    -- A few plain columns come with the first step; many joins are planned faster in the second.
    SELECT count(DISTINCT a) INTO nJoins
      FROM jsonb_array_elements_text(CASE jsonb_typeof(pPayload->'fields') WHEN 'array' THEN pPayload->'fields' ELSE '[]' END) AS f,
           jsonb_array_elements_text((s.columns->f) - 0) AS a;

    IF nJoins <= 5 OR COALESCE(pPayload->'groupby', 'null') NOT IN ('null', '[]')
    OR NOT s.columns ?& ARRAY(SELECT jsonb_array_elements_text(pPayload->'fields')) THEN
      q := EntityQuery(s, pPayload, 'fields', pLimit);
      RETURN QUERY EXECUTE format('SELECT row_to_json(q) FROM (%s) AS q', q.query)
        USING q.args, ReadableAcls(), current_userid(), OwnerExceptions(),
              CASE WHEN s.areas THEN VisibleAreas() END, current_scope();
      RETURN;
    END IF;

    arFields := ARRAY(SELECT jsonb_array_elements_text(pPayload->'fields'));
  END IF;

  RETURN QUERY EXECUTE format('SELECT RowFields(row_to_json(r), $2) FROM kernel.%I($1) AS r', s.rows)
    USING EntityIds(pEntity, pPayload, pLimit), arFields;
EXCEPTION
WHEN data_exception THEN
  PERFORM RaiseListError(SQLSTATE, SQLERRM);
END;
$$ LANGUAGE plpgsql
   SET random_page_cost = 1.1;

COMMENT ON FUNCTION EntityList (text, jsonb, integer) IS
$$Answers a list request.

pEntity   name of the source
pPayload  object with fields, search, filter, reclimit, recoffset, orderby, groupby
pLimit    rows when the client names no limit; 0 is all
Returns   JSON rows
Raises    ERR-400-061, 063, 065, 066 for what the client did wrong$$;

-- ReplyVersion ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ReplyVersion (
  pObject       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM set_config('reply.etag', COALESCE((SELECT version::text FROM db.object WHERE id = pObject), ''), true);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ReplyVersion (uuid) IS
$$Says which version of an object the reply shows; the server makes an ETag of setting reply.etag.

pObject  object$$;

-- BuildRows -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildRows (
  pEntity       text,
  pView         text
) RETURNS       void
AS $$
DECLARE
  vColumns      text;
BEGIN
  SELECT string_agg(format('v.%I', c), ', ') INTO vColumns FROM unnest((ViewColumns('api', pEntity)).columns) AS c;

  EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION kernel.rows_%1$s (
  pIds          uuid[]
) RETURNS       SETOF api.%1$I
AS $body$
BEGIN
  RETURN QUERY
    SELECT %2$s
      FROM %3$s v
     WHERE v.id = ANY (pIds)
     ORDER BY array_position(pIds, v.id);
END;
$body$ LANGUAGE plpgsql STABLE ROWS 10
   SET plan_cache_mode = force_generic_plan$fmt$, pEntity, vColumns, pView);
  EXECUTE format('COMMENT ON FUNCTION kernel.rows_%s (uuid[]) IS %L', pEntity, format(
    E'Returns rows of view %s in the order of their identifiers, rights unchecked.\n\npIds  identifiers', pView));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildRows (text, text) IS
$$Creates rows_<entity>(), which returns the wide rows of known identifiers: the second step of a list.

pEntity  entity, whose view of schema api gives the columns
pView    view of schema kernel that has them$$;

-- BuildEntityLists ------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildEntityLists (
  pEntity       text
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('list_', 'pSearch jsonb DEFAULT NULL, pFilter jsonb DEFAULT NULL, pLimit integer DEFAULT NULL, pOffset integer DEFAULT NULL, pOrderBy jsonb DEFAULT NULL',
       format('SETOF api.%I', pEntity),
       format($b$BEGIN
  RETURN QUERY
    SELECT *
      FROM rows_%1$s(EntityIds(%1$L, jsonb_build_object('search', pSearch, 'filter', pFilter, 'reclimit', pLimit,
                                                        'recoffset', pOffset, 'orderby', pOrderBy)));
END;$b$, pEntity),
       E'Lists rows of the view api.%s.\n\npSearch   array of conditions\npFilter   object of column and value\n'
       'pLimit    most rows; null is 500, 0 is all\npOffset   rows to skip\npOrderBy  array of columns with asc or desc\n'
       'Raises    ERR-400-061, 063, 065, 066 for a wrong request'),
      ('count_', 'pSearch jsonb DEFAULT NULL, pFilter jsonb DEFAULT NULL', 'SETOF bigint',
       format($b$BEGIN
  RETURN NEXT EntityCount(%L, jsonb_build_object('search', pSearch, 'filter', pFilter));
END;$b$, pEntity),
       E'Counts rows of the view api.%s.\n\npSearch  array of conditions\npFilter  object of column and value\n'
       'Raises   ERR-400-061, 063, 065, 066 for a wrong request')
    ) AS t (name, arguments, result, body, comment)
  LOOP
    EXECUTE format('CREATE OR REPLACE FUNCTION api.%I (%s) RETURNS %s AS %L LANGUAGE plpgsql
       SECURITY DEFINER SET search_path = kernel, public, pg_temp', r.name || pEntity, r.arguments, r.result, r.body);
    EXECUTE format('COMMENT ON FUNCTION api.%I IS %L', r.name || pEntity, format(r.comment, pEntity));
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildEntityLists (text) IS
$$Creates api.list_<entity>() and api.count_<entity>() over the list engine of entities.

pEntity  entity$$;

-- BuildEntityRoutes -----------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildEntityRoutes (
  pEntity       text
) RETURNS       void
AS $$
DECLARE
  vKeys         constant text := '{fields,search,filter,reclimit,recoffset,orderby}';
BEGIN
  EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION kernel.rest_list_%1$s (
  pPayload      jsonb
) RETURNS       SETOF json
AS $body$
BEGIN
  IF NOT IsPayload(pPayload, %2$L) THEN
    PERFORM CheckPayload('/%1$s/list', %2$L, pPayload);
  END IF;
  RETURN QUERY SELECT * FROM EntityList(%1$L, pPayload);
END;
$body$ LANGUAGE plpgsql;

COMMENT ON FUNCTION kernel.rest_list_%1$s (jsonb) IS 'Answers route /%1$s/list.';

CREATE OR REPLACE FUNCTION kernel.rest_count_%1$s (
  pPayload      jsonb
) RETURNS       SETOF json
AS $body$
BEGIN
  IF jsonb_typeof(pPayload) = 'array' THEN
    RETURN QUERY SELECT r FROM jsonb_array_elements(pPayload) AS e, rest_count_%1$s(e) AS r;
    RETURN;
  END IF;

  IF NOT IsPayload(pPayload, %2$L) THEN
    PERFORM CheckPayload('/%1$s/count', %2$L, pPayload);
  END IF;
  RETURN NEXT json_build_object('count', EntityCount(%1$L, pPayload));
END;
$body$ LANGUAGE plpgsql;

COMMENT ON FUNCTION kernel.rest_count_%1$s (jsonb) IS 'Answers route /%1$s/count.';
$fmt$, pEntity, vKeys);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildEntityRoutes (text) IS
$$Creates rest_list_<entity>() and rest_count_<entity>(), which dispatchers name in "call" with "raw".

pEntity  entity$$;
