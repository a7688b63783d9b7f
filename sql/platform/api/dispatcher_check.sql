-- DispatcherOptions -----------------------------------------------------------
CREATE OR REPLACE FUNCTION DispatcherOptions (
  pKind         text
) RETURNS       text[]
AS $$
  SELECT CASE pKind
    WHEN 'defaults' THEN '{session,admin,payload,array,action}'
    WHEN 'list' THEN
      '{path,list,alias,session,admin,payload,array,ignore,any_keys,where,limit,orderby,groupby}'
    WHEN 'count' THEN
      '{path,count,alias,session,admin,payload,array,ignore,any_keys,where}'
    WHEN 'call' THEN
      '{path,call,alias,session,admin,payload,array,ignore,any_keys,keys,default,required,fields,raw,result}'
    WHEN 'sql' THEN
      '{path,sql,alias,session,admin,payload,array,ignore,any_keys,keys,default,required,fields,columns,result}'
  END::text[];
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DispatcherOptions (text) IS
'Returns the keys that a declaration of BuildDispatcher() may have: of its defaults, or of a route by its kind.';

-- RefuseDispatcher ------------------------------------------------------------
CREATE OR REPLACE FUNCTION RefuseDispatcher (
  pName         text,
  pRoute        jsonb,
  pMessage      text
) RETURNS       void
AS $$
BEGIN
  RAISE EXCEPTION 'Cannot build dispatcher "%": %', pName,
    COALESCE('route "' || (pRoute->>'path') || '": ', '') || pMessage
    USING ERRCODE = 'invalid_object_definition';
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RefuseDispatcher (text, jsonb, text) IS
'Raises the error of a wrong declaration; SQLSTATE 42P17.';

-- CheckDispatcherTypes --------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckDispatcherTypes (
  pName         text,
  pRoute        jsonb,
  pObject       jsonb
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT e.key, jsonb_typeof(e.value) AS type, o.allowed
      FROM jsonb_each(pObject) AS e
     INNER JOIN (VALUES
       ('session', '{boolean}'), ('admin', '{boolean}'), ('payload', '{boolean}'),
       ('array', '{boolean}'), ('action', '{boolean}'), ('any_keys', '{boolean}'),
       ('groupby', '{boolean}'), ('fields', '{boolean}'), ('raw', '{boolean}'),
       ('path', '{string}'), ('list', '{string}'), ('count', '{string}'), ('call', '{string}'),
       ('sql', '{string}'), ('where', '{string}'), ('result', '{string}'),
       ('alias', '{string,array}'), ('columns', '{string,array}'), ('keys', '{array,object}'),
       ('ignore', '{array}'), ('required', '{array}'), ('orderby', '{array}'),
       ('default', '{object}'), ('limit', '{number}')
     ) AS o (key, allowed) ON o.key = e.key
     WHERE jsonb_typeof(e.value) <> ALL (o.allowed::text[])
  LOOP
    PERFORM RefuseDispatcher(pName, pRoute, format('"%s" must be %s, is %s',
      r.key, array_to_string(r.allowed::text[], ' or '), r.type));
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckDispatcherTypes (text, jsonb, jsonb) IS
'Refuses a declaration in which an option has a value of the wrong JSON type.';

-- CheckDispatcher -------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckDispatcher (
  pName         text,
  pDefaults     jsonb,
  pRoutes       jsonb
) RETURNS       void
AS $$
DECLARE
  j             jsonb;
  vKind         text;
  vPath         text;
  vKey          text;
  arPaths       text[] := '{}';
BEGIN
  IF pName !~ '^[a-z][a-z0-9_]*$' THEN
    PERFORM RefuseDispatcher(pName, NULL, 'its name must be lower case letters, digits and _');
  END IF;

  IF jsonb_typeof(pDefaults) IS DISTINCT FROM 'object'
  OR jsonb_typeof(pRoutes) IS DISTINCT FROM 'array' THEN
    PERFORM RefuseDispatcher(pName, NULL, 'defaults must be an object and routes an array');
  END IF;

  FOR vKey IN SELECT k FROM jsonb_object_keys(pDefaults - DispatcherOptions('defaults')) AS k
  LOOP
    PERFORM RefuseDispatcher(pName, NULL, format('unknown default "%s", allowed are %s', vKey,
      array_to_string(DispatcherOptions('defaults'), ', ')));
  END LOOP;

  PERFORM CheckDispatcherTypes(pName, NULL, pDefaults);

  FOR j IN SELECT e FROM jsonb_array_elements(pRoutes) AS e
  LOOP
    IF jsonb_typeof(j) <> 'object' OR NOT j ? 'path' THEN
      PERFORM RefuseDispatcher(pName, NULL, format('a route must be an object with "path", is %s', j));
    END IF;

    SELECT string_agg(k, ',') INTO vKind
      FROM unnest('{list,count,call,sql}'::text[]) AS k
     WHERE j ? k;

    IF vKind IS NULL OR vKind ~ ',' THEN
      PERFORM RefuseDispatcher(pName, j, format('needs exactly one of list, count, call, sql, has %s',
        COALESCE(vKind, 'none')));
    END IF;

    FOR vKey IN SELECT k FROM jsonb_object_keys(j - DispatcherOptions(vKind)) AS k
    LOOP
      PERFORM RefuseDispatcher(pName, j, format('unknown key "%s", a %s route may have %s', vKey, vKind,
        array_to_string(DispatcherOptions(vKind), ', ')));
    END LOOP;

    PERFORM CheckDispatcherTypes(pName, j, j);

    FOREACH vPath IN ARRAY DispatcherPaths(j)
    LOOP
      IF vPath !~ '^/[a-z0-9_./-]*$' THEN
        PERFORM RefuseDispatcher(pName, j, format('path "%s" must begin with / and be lower case', vPath));
      ELSIF vPath = ANY (arPaths) THEN
        PERFORM RefuseDispatcher(pName, j, format('path "%s" is declared twice', vPath));
      END IF;
      arPaths := arPaths || vPath;
    END LOOP;

    IF j->>'result' !~ '^(rows|json|success|ok|none|value:[A-Za-z_][A-Za-z0-9_]*)$' THEN
      PERFORM RefuseDispatcher(pName, j, format(
        '"result" must be rows, json, success, ok, none or value:NAME, is "%s"', j->>'result'));
    ELSIF (j->'fields')::boolean AND COALESCE(j->>'result', 'rows') <> 'rows' THEN
      PERFORM RefuseDispatcher(pName, j, '"fields" goes with "result": "rows" only');
    ELSIF (j->'raw')::boolean AND j ?| '{keys,default,required,ignore,any_keys,fields,array}' THEN
      PERFORM RefuseDispatcher(pName, j,
        '"raw" goes without keys, default, required, ignore, any_keys, fields, array');
    ELSIF vKind = 'sql' AND jsonb_typeof(j->'keys') = 'array' AND j->'keys' <> '[]' THEN
      PERFORM RefuseDispatcher(pName, j, 'the "keys" of an sql route are an object of name and type');
    ELSIF vKind = 'sql' AND (j->'fields')::boolean AND NOT j ? 'columns' THEN
      PERFORM RefuseDispatcher(pName, j, '"fields" of an sql route needs "columns"');
    END IF;

    FOR vKey IN
      SELECT k FROM jsonb_object_keys(COALESCE(j->'default', '{}')) AS k
      UNION
      SELECT k FROM jsonb_array_elements_text(COALESCE(j->'required', '[]')) AS k
    LOOP
      IF vKey <> ALL (DispatcherKeys(j)) THEN
        PERFORM RefuseDispatcher(pName, j, format('"default" or "required" names "%s", keys are %s', vKey,
          array_to_string(DispatcherKeys(j), ', ')));
      END IF;
    END LOOP;
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckDispatcher (text, jsonb, jsonb) IS
'Refuses a declaration of BuildDispatcher() that is wrong by itself, naming the key and what is allowed.';

-- DispatcherPaths -------------------------------------------------------------
CREATE OR REPLACE FUNCTION DispatcherPaths (
  pRoute        jsonb
) RETURNS       text[]
AS $$
  SELECT ARRAY[pRoute->>'path'] || CASE jsonb_typeof(pRoute->'alias')
    WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(pRoute->'alias'))
    WHEN 'string' THEN ARRAY[pRoute->>'alias']
    ELSE '{}'
  END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DispatcherPaths (jsonb) IS 'Returns the path of a declared route and its aliases.';

-- DispatcherKeys --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DispatcherKeys (
  pRoute        jsonb
) RETURNS       text[]
AS $$
  SELECT CASE jsonb_typeof(pRoute->'keys')
    WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(pRoute->'keys'))
    WHEN 'object' THEN ARRAY(SELECT jsonb_object_keys(pRoute->'keys'))
    ELSE '{}'
  END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DispatcherKeys (jsonb) IS 'Returns the declared keys of a call or sql route.';
