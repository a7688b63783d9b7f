-- The list engine of entities, first half: what a list is read from.
--
-- A list is two steps. EntityIds() picks the identifiers by a narrow statement over db.object and
-- only those joins that the filter and the order need; rows_<entity>() returns the wide rows of known
-- identifiers, by a plan that the connection keeps. A count is the first step alone.

-- DefineSource ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DefineSource (
  pEntity       text,
  pView         text,
  pJoins        jsonb,
  pColumns      jsonb,
  pCondition    text DEFAULT NULL,
  pAreas        boolean DEFAULT false,
  pAcl          boolean DEFAULT true,
  pRows         text DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  vMissing      text;
BEGIN
  SELECT string_agg(c, ', ') INTO vMissing
    FROM unnest((ViewColumns(split_part(pView, '.', 1), split_part(pView, '.', 2))).columns) AS c
   WHERE NOT pColumns ? c;
  IF vMissing IS NOT NULL THEN
    RAISE EXCEPTION 'Cannot define source "%": no expression for %', pEntity, vMissing
      USING ERRCODE = 'invalid_object_definition';
  END IF;

  INSERT INTO db.entity_source (entity, view, joins, columns, condition, areas, acl, rows)
  VALUES (pEntity, pView, pJoins, pColumns, pCondition, pAreas, pAcl, COALESCE(pRows, 'rows_' || pEntity))
      ON CONFLICT (entity) DO UPDATE
     SET view = excluded.view, joins = excluded.joins, columns = excluded.columns, condition = excluded.condition,
         areas = excluded.areas, acl = excluded.acl, rows = excluded.rows;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DefineSource (text, text, jsonb, jsonb, text, boolean, boolean, text) IS
$$Tells the list engine what it needs to know of an entity; see db.entity_source.

pEntity     name of the source
pView       view of schema api, registered
pJoins      array of [alias, JOIN clause, aliases that it needs], in an order in which they can be written
pColumns    by column of the view: [expression, alias, ...], with the aliases that those need, too
pCondition  what holds for every row, over alias o; null: nothing but the scope
pAreas      only documents of the visible areas
pAcl        only what the user may read, unless he is an administrator
pRows       function that returns the wide rows; null: rows_<source>
Raises      an error when a column of the view has no expression$$;

-- AreaCondition ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION AreaCondition (
  pAlias        text DEFAULT 'o'
) RETURNS       text
AS $$
  SELECT format('%s.area = ANY ((SELECT VisibleAreas())::uuid[])', pAlias);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION AreaCondition (text) IS
$$Writes the condition that a document is seen from the current area: what views are built with.

pAlias   alias of db.object
Returns  SQL; its subselect is run once a query$$;

-- SourceText ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SourceText (
  pSource       db.entity_source,
  pUsed         text,
  pHint         text DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  r             record;
  vColumn       text;
  vColumns      text := 'o.id AS id';
  vJoins        text := '';
  arNeeds       text[] := '{}';
BEGIN
  -- Only generated text is looked at: values are bound, never in it.
  FOR vColumn IN
    SELECT DISTINCT m[1]
      FROM regexp_matches(pUsed, '\mt\."?([a-z_][a-z0-9_]*)', 'g') AS m
     WHERE m[1] <> 'id'
     ORDER BY 1
  LOOP
    vColumns := vColumns || format(', %s AS %I', pSource.columns->vColumn->>0, vColumn);
    arNeeds := arNeeds || ARRAY(SELECT jsonb_array_elements_text((pSource.columns->vColumn) - 0));
  END LOOP;

  FOR r IN
    SELECT j->>0 AS alias, j->>1 AS clause FROM jsonb_array_elements(pSource.joins) WITH ORDINALITY AS t (j, n) ORDER BY n
  LOOP
    IF r.alias = ANY (arNeeds) THEN
      vJoins := vJoins || ' ' || r.clause;
    END IF;
  END LOOP;

  RETURN format('SELECT %s FROM db.object o%s WHERE o.scope = $6 AND o.state IS NOT NULL', vColumns, vJoins)
      || COALESCE(' AND ' || pSource.condition, '')
      || CASE WHEN pSource.areas THEN ' AND o.area = ANY ($5)' ELSE '' END
      || CASE WHEN pSource.acl AND GetAccessMode() THEN
           CASE WHEN ReadableAcls() = '{}' AND OwnerExceptions() = '{}' THEN ' AND o.owner = $3'
                WHEN OwnerExceptions() = '{}' THEN ' AND (o.acl = ANY ($2) OR o.owner = $3)'
                ELSE ' AND (o.acl = ANY ($2) OR (o.owner = $3 AND o.acl <> ALL ($4)))' END
         ELSE '' END
      || COALESCE(pHint, '');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION SourceText (db.entity_source, text, text) IS
$$Writes the narrow subselect of a source, with the columns that a text names as t.COLUMN and their joins.

pSource  source
pUsed    conditions and order over alias t
pHint    further conditions over alias o
Returns  SELECT with the parameters $2 readable sets, $3 user, $4 sets where owning is not enough, $5 areas, $6 scope$$;

-- PairIds ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION PairIds (
  pColumn       text,
  pCode         text
) RETURNS       uuid[]
AS $$
BEGIN
  RETURN CASE pColumn
    WHEN 'entity'    THEN ARRAY(SELECT id FROM db.entity WHERE code = pCode)
    WHEN 'class'     THEN ARRAY(SELECT id FROM db.class_tree WHERE code = pCode)
    WHEN 'type'      THEN ARRAY(SELECT id FROM db.type WHERE code = pCode)
    WHEN 'statetype' THEN ARRAY(SELECT id FROM db.state_type WHERE code = pCode)
    WHEN 'state'     THEN ARRAY(SELECT id FROM db.state WHERE code = pCode)
  END;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION PairIds (text, text) IS
$$Finds what a code of a dictionary of the workflow means, so that a list compares identifiers.

pColumn  entity, class, type, statetype or state
pCode    code
Returns  identifiers; {} when there is none$$;

-- PairFilter ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION PairFilter (
  pSource       db.entity_source,
  pFilter       jsonb
) RETURNS       jsonb
AS $$
DECLARE
  vColumn       text;
  uIds          uuid[];
BEGIN
  IF jsonb_typeof(pFilter) IS DISTINCT FROM 'object' THEN
    RETURN pFilter;
  END IF;

  FOREACH vColumn IN ARRAY '{entity,class,type,statetype,state}'::text[]
  LOOP
    CONTINUE WHEN jsonb_typeof(pFilter->(vColumn || 'code')) IS DISTINCT FROM 'string'
               OR pFilter->>(vColumn || 'code') = '' OR pFilter ? vColumn
               OR NOT pSource.columns ?& ARRAY[vColumn, vColumn || 'code'];
    uIds := PairIds(vColumn, pFilter->>(vColumn || 'code'));
    pFilter := (pFilter - (vColumn || 'code')) || jsonb_build_object(vColumn,
      CASE cardinality(uIds) WHEN 0 THEN to_jsonb(null_uuid()) WHEN 1 THEN to_jsonb(uIds[1]) ELSE to_jsonb(uIds) END);
  END LOOP;

  RETURN pFilter;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION PairFilter (db.entity_source, jsonb) IS
$$Turns codes of dictionaries in key filter into identifiers: classcode into class, and so on.

pSource  source
pFilter  key filter of the client$$;

-- PairSearch ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION PairSearch (
  pSource       db.entity_source,
  pSearch       jsonb
) RETURNS       jsonb
AS $$
DECLARE
  j             jsonb;
  jResult       jsonb := '[]';
  vColumn       text;
  uIds          uuid[];
BEGIN
  IF jsonb_typeof(pSearch) IS DISTINCT FROM 'array' THEN
    RETURN pSearch;
  END IF;

  FOR j IN SELECT e FROM jsonb_array_elements(pSearch) AS e
  LOOP
    vColumn := substring(lower(j->>'field') FROM '^(entity|class|type|statetype|state)code$');
    IF vColumn IS NOT NULL AND upper(COALESCE(j->>'compare', 'EQL')) = 'EQL' AND COALESCE(j->>'value', '') <> ''
    AND COALESCE(j->'valarr', 'null') = 'null' AND pSource.columns ?& ARRAY[vColumn, vColumn || 'code'] THEN
      uIds := PairIds(vColumn, j->>'value');
      IF cardinality(uIds) < 2 THEN
        j := j || jsonb_build_object('field', vColumn, 'value', COALESCE(uIds[1], null_uuid()));
      END IF;
    END IF;
    jResult := jResult || jsonb_build_array(j);
  END LOOP;

  RETURN jResult;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION PairSearch (db.entity_source, jsonb) IS
$$Turns codes of dictionaries in key search into identifiers where one code means one identifier.

pSource  source
pSearch  key search of the client$$;

-- TextHint --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION TextHint (
  pSource       db.entity_source,
  pFilter       jsonb,
  pSearch       jsonb,
  INOUT args    text[],
  OUT hint      text
)
AS $$
DECLARE
  r             record;
  v             record;
BEGIN
  -- Texts come by a subselect of their own that no index serves: the index picks the candidates.
  FOR r IN
    SELECT pSource.columns->w.field->>0 AS expression, w.value
      FROM (SELECT f.key AS field, f.value #>> '{}' AS value
              FROM jsonb_each(CASE jsonb_typeof(pFilter) WHEN 'object' THEN pFilter ELSE '{}' END) f
             WHERE jsonb_typeof(f.value) = 'string' AND f.value <> '""'
             UNION ALL
            SELECT lower(s->>'field'), s->>'value'
              FROM jsonb_array_elements(CASE jsonb_typeof(pSearch) WHEN 'array' THEN pSearch ELSE '[]' END) s
             WHERE upper(COALESCE(s->>'compare', 'EQL')) = 'EQL' AND COALESCE(s->>'value', '') <> ''
               AND NOT jsonb_path_exists(pSearch, '$[*].condition ? (@ like_regex "or" flag "i")')) w
     WHERE pSource.columns->w.field->>0 IN ('ot.label', 'rt.name')
  LOOP
    v := ListValue('pg_catalog.text', r.value, args);
    args := v.args;
    hint := COALESCE(hint, '') || format(
      CASE r.expression
      WHEN 'ot.label' THEN ' AND o.id IN (SELECT z.object FROM db.object_text z WHERE left(z.label, 512) = left(%s, 512))'
      ELSE ' AND o.id IN (SELECT z.reference FROM db.reference_text z WHERE left(z.name, 512) = left(%s, 512))'
      END, v.value);
  END LOOP;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION TextHint (db.entity_source, jsonb, jsonb, text[]) IS
$$Writes conditions by which an index finds the objects whose label or name is asked for.

They only narrow down: the condition of the client is written, too.
pSource  source
pFilter  key filter
pSearch  key search
args     values bound so far
hint     conditions over alias o; null when none applies$$;
