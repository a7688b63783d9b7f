-- Views, the function that returns wide rows of known objects, and what the list engine is told.

-- EntityColumns ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityColumns (
  pEntity       text,
  pDeclaration  jsonb,
  pView         text
) RETURNS       TABLE (place bigint, name text, expression text, needs text[])
AS $$
DECLARE
  arLayout      text[] := ARRAY(SELECT jsonb_array_elements_text(pDeclaration->'layout'->pView));
  arBefore      text[];
  arAfter       text[];
  arTokens      text[];
  arNames       text[];
  vToken        text;
BEGIN
  IF cardinality(arLayout) = 0 THEN
    -- Columns whose parameter comes before the code are shown before it.
    SELECT COALESCE(array_agg(c->>'name' ORDER BY n) FILTER (WHERE p.place < k.place), '{}'),
           COALESCE(array_agg(c->>'name' ORDER BY n) FILTER (WHERE (p.place < k.place) IS NOT TRUE), '{}')
      INTO arBefore, arAfter
      FROM jsonb_array_elements(pDeclaration->'columns') WITH ORDINALITY AS t (c, n)
      LEFT JOIN EntityParameters(pEntity, pDeclaration) AS p ON p.name = c->>'name'
      LEFT JOIN EntityParameters(pEntity, pDeclaration) AS k
        ON k.key = 'code' AND pDeclaration->>'kind' = 'reference';

    arLayout := CASE pDeclaration->>'kind' || '.' || pView
      WHEN 'reference.object' THEN
        '{id,object,parent,entity,class,type,statetype,state}' || arBefore || '{texts}'::text[] || arAfter || '{dates,owner,oper,scope}'::text[]
      WHEN 'reference.light' THEN
        '{id,parent,reference,class,type,statetype,state}' || arBefore || '{dates,texts}'::text[] || arAfter || '{scope}'::text[]
      WHEN 'document.object' THEN
        '{id,object,parent,entity,class,type,statetype,state,dates,texts}' || arAfter
        || CASE WHEN (pDeclaration->'priority')::boolean THEN '{priority}' ELSE '{}' END::text[] || '{owner,oper,area,scope}'::text[]
      ELSE
        '{id,parent,document,class,type,statetype,state,dates,texts}' || arAfter
    END;
  END IF;

  SELECT array_agg(DISTINCT d.token ORDER BY d.token), array_agg(d.name) INTO arTokens, arNames
    FROM EntityDictionary(pEntity, pDeclaration) AS d;

  FOREACH vToken IN ARRAY arLayout
  LOOP
    IF ltrim(vToken, '=') <> ALL (arTokens || arNames) THEN
      PERFORM RefuseDeclaration(pEntity, '"layout"', format('there is no "%s", there are %s', vToken,
        array_to_string(arTokens, ', ')));
    END IF;
  END LOOP;

  RETURN QUERY
    WITH word AS (
      SELECT ltrim(w.word, '=') AS word, w.n, w.word NOT LIKE '=%' AND w.word = ANY (arTokens) AS grouped
        FROM unnest(arLayout) WITH ORDINALITY AS w (word, n)
    )
    SELECT row_number() OVER (ORDER BY w.n, d.place), d.name, d.expression, d.needs
      FROM word w
     INNER JOIN EntityDictionary(pEntity, pDeclaration) AS d
        ON CASE WHEN w.grouped THEN d.token = w.word
                  AND d.name NOT IN (SELECT o.word FROM word o WHERE NOT o.grouped)
                ELSE d.name = w.word END
     ORDER BY 1;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION EntityColumns (text, jsonb, text) IS
$$Lists the columns of a view of an entity.

pEntity       entity
pDeclaration  declaration
pView         object or light
Returns       order, name, expression, aliases that it needs
Raises        an error when the layout has an unknown word$$;

-- ComposeView -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ComposeView (
  pEntity       text,
  pDeclaration  jsonb,
  pView         text,
  pWhere        text
) RETURNS       text
AS $$
  WITH columns AS MATERIALIZED (
    SELECT * FROM EntityColumns(pEntity, pDeclaration, pView)
  ), joined AS MATERIALIZED (
    SELECT * FROM EntityJoins(pEntity, pDeclaration)
  ), needed AS (
    SELECT DISTINCT n.alias
      FROM columns c
     CROSS JOIN LATERAL (
       SELECT unnest(c.needs)
        UNION
       SELECT unnest(j.needs) FROM joined j WHERE j.alias = ANY (c.needs)
     ) AS n (alias)
     UNION
    SELECT unnest(ARRAY[left(pDeclaration->>'kind', 1), 'x', 's'])
  )
  SELECT format(E'SELECT %s\n  FROM db.object o\n  %s%s',
                (SELECT string_agg(c.expression || CASE WHEN c.expression ~ ('^[a-z_]+\.' || c.name || '$') THEN ''
                                                        ELSE ' AS ' || quote_ident(c.name) END, ', ' ORDER BY c.place)
                   FROM columns c),
                (SELECT string_agg(j.clause, E'\n  ' ORDER BY j.place)
                   FROM joined j WHERE j.alias IN (SELECT alias FROM needed)),
                COALESCE(E'\n WHERE ' || pWhere, ''));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ComposeView (text, jsonb, text, text) IS
$$Writes the query of a view of an entity.

pEntity       entity
pDeclaration  declaration
pView         object or light
pWhere        condition over the aliases; null: none$$;

-- ClassCondition --------------------------------------------------------------
CREATE OR REPLACE FUNCTION ClassCondition (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       text
AS $$
  SELECT CASE WHEN pDeclaration ? 'extends' THEN format('o.class = %L::uuid', GetClass(pEntity))
              ELSE format('o.entity = %L::uuid', GetEntity(pEntity)) END;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ClassCondition (text, jsonb) IS
$$Writes which objects are of an entity, over alias o; the id is a constant that the planner knows.

pEntity       entity, or class that extends one
pDeclaration  declaration$$;

-- BuildViews ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildViews (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  vName         text := CamelName(pEntity);
  vBase         text := CamelName(COALESCE(pDeclaration->>'extends', pEntity));
  vWhere        text := ClassCondition(pEntity, pDeclaration)
                     || CASE pDeclaration->>'kind' WHEN 'reference' THEN ' AND o.scope = current_scope()' ELSE '' END;
  vColumns      text;
  bDocument     boolean := pDeclaration->>'kind' = 'document';
  bOwn          boolean;
BEGIN
  SELECT string_agg('v.' || quote_ident(c.name), ', ' ORDER BY c.place) INTO vColumns
    FROM EntityColumns(pEntity, pDeclaration, 'object') AS c;

  IF NOT pDeclaration ? 'extends' THEN
    PERFORM BuildView(pEntity, 'kernel.' || vName, ComposeView(pEntity, pDeclaration, 'light',
        CASE WHEN bDocument THEN NULL ELSE 'o.scope = current_scope()' END),
      format('The entity %s, without regard to rights%s.', pEntity, CASE WHEN bDocument THEN ' and areas' ELSE '' END));

    PERFORM BuildView(pEntity, 'kernel.Access' || vName,
      format('SELECT o.id AS object FROM db.object o WHERE %s AND %s', vWhere, AccessCondition('o')),
      format('Objects of the entity %s that the current user may read.', pEntity));

    PERFORM BuildView(pEntity, 'kernel.Object' || vName, ComposeView(pEntity, pDeclaration, 'object',
        vWhere || CASE WHEN bDocument THEN ' AND ' || AreaCondition('o') ELSE '' END),
      format('The entity %s with everything that clients are shown of it.', pEntity));
  END IF;

  bOwn := BuildView(pEntity, 'api.' || quote_ident(pEntity),
    format('SELECT %s FROM Object%s v%s%s', vColumns, vBase,
      CASE pDeclaration->'list'->>'acl' WHEN 'none' THEN '' ELSE format(' INNER JOIN Access%s a ON a.object = v.id', vBase) END,
      CASE WHEN pDeclaration ? 'extends' THEN format(' WHERE v.class = %L::uuid', GetClass(pEntity)) ELSE '' END),
    format('The entity %s.', pEntity));

  IF (pDeclaration->'service')::boolean THEN
    PERFORM BuildView(pEntity, 'kernel.Service' || vName,
      ComposeView(pEntity, pDeclaration, 'object', vWhere || CASE WHEN bDocument THEN ' AND o.scope = current_scope()' ELSE '' END),
      format('The entity %s in the current scope, whatever area and rights: for background processes.', pEntity));
    PERFORM BuildView(pEntity, 'api.service_' || pEntity,
      format('SELECT %s FROM Service%s v', vColumns, vName),
      format('The entity %s in the current scope, whatever area and rights: for background processes.', pEntity));
  END IF;

  -- A view by hand may have columns that nothing else has.
  IF NOT bOwn THEN
    SELECT string_agg('v.' || quote_ident(c), ', ' ORDER BY n) INTO vColumns
      FROM unnest((ViewColumns('api', pEntity)).columns) WITH ORDINALITY AS t (c, n);
  END IF;

  PERFORM BuildFunction(pEntity, 'kernel.rows_' || pEntity, '{"pIds uuid[]"}', 'SETOF api.' || quote_ident(pEntity),
    format($body$BEGIN
  RETURN QUERY
    SELECT %s
      FROM %s v
     WHERE v.id = ANY (pIds)
     ORDER BY array_position(pIds, v.id);
END;$body$, vColumns, CASE WHEN bOwn THEN 'Object' || vBase ELSE 'api.' || quote_ident(pEntity) END),
    format(E'Returns objects of the entity %s in the order of their identifiers, rights unchecked.\n\npIds  identifiers', pEntity),
    'LANGUAGE plpgsql STABLE ROWS 10 SET plan_cache_mode = force_generic_plan');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildViews (text, jsonb) IS
$$Creates the views of an entity and rows_<entity>().

pEntity       entity
pDeclaration  declaration$$;

-- DefineEntitySource ----------------------------------------------------------
CREATE OR REPLACE FUNCTION DefineEntitySource (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
  WITH joined AS (
    SELECT j.place, j.alias, j.clause, j.needs FROM EntityJoins(pEntity, pDeclaration) AS j
  ), used AS (
    SELECT c.name, c.expression,
           ARRAY(SELECT j.alias
                   FROM joined j
                  WHERE j.alias = ANY (c.needs)
                     OR j.alias = ANY (ARRAY(SELECT unnest(k.needs) FROM joined k WHERE k.alias = ANY (c.needs)))
                  ORDER BY j.place) AS needs
      FROM EntityColumns(pEntity, pDeclaration, 'object') AS c
  )
  SELECT DefineSource(pEntity, 'api.' || pEntity,
           (SELECT jsonb_agg(jsonb_build_array(j.alias, j.clause, to_jsonb(j.needs)) ORDER BY j.place)
              FROM joined j WHERE EXISTS (SELECT FROM used u WHERE j.alias = ANY (u.needs))),
           (SELECT jsonb_object_agg(c.name, CASE WHEN u.name IS NULL
                     THEN jsonb_build_array(format('(SELECT v.%I FROM api.%I v WHERE v.id = o.id)', c.name, pEntity))
                     ELSE jsonb_build_array(u.expression) || to_jsonb(u.needs) END)
              FROM unnest((ViewColumns('api', pEntity)).columns) AS c (name)
              LEFT JOIN used u ON u.name = c.name),
           ClassCondition(pEntity, pDeclaration),
           pDeclaration->>'kind' = 'document',
           pDeclaration->'list'->>'acl' IS DISTINCT FROM 'none');
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION DefineEntitySource (text, jsonb) IS
$$Tells the list engine what it needs to know of an entity.

pEntity       entity
pDeclaration  declaration$$;
