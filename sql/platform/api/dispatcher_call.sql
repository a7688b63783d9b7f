-- FindCall --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION FindCall (
  pName         text,
  pRoute        jsonb
) RETURNS       oid
AS $$
DECLARE
  vCall         text := CASE strpos(pRoute->>'call', '.') WHEN 0 THEN 'api.' ELSE '' END
                     || (pRoute->>'call');
  arWanted      text[];
  arNames       text;
  oFunction     oid;
BEGIN
  SELECT array_agg(lower(CASE jsonb_typeof(pRoute->'keys')
                           WHEN 'object' THEN pRoute->'keys'->>k ELSE 'p' || k END))
    INTO arWanted
    FROM unnest(DispatcherKeys(pRoute)) AS k;

  SELECT p.oid INTO oFunction
    FROM pg_proc p
   WHERE p.pronamespace = to_regnamespace(split_part(vCall, '.', 1))
     AND p.proname = lower(split_part(vCall, '.', 2))
     AND p.prokind = 'f'
     AND (CASE WHEN (pRoute->'raw')::boolean
               THEN p.pronargs = 1 AND p.proargtypes[0] = 'jsonb'::regtype
               ELSE COALESCE(p.proargnames[:p.pronargs], '{}') @> COALESCE(arWanted, '{}')
                AND NOT EXISTS (
                  SELECT FROM generate_series(1, p.pronargs - p.pronargdefaults) AS n
                   WHERE (p.proargnames[n] = ANY (arWanted)) IS NOT TRUE)
          END)
   ORDER BY p.pronargs
   LIMIT 1;

  IF oFunction IS NULL THEN
    SELECT string_agg(p.oid::regprocedure || ' with parameters '
                      || COALESCE(array_to_string(p.proargnames[:p.pronargs], ', '), 'none'), '; ')
      INTO arNames
      FROM pg_proc p
     WHERE p.pronamespace = to_regnamespace(split_part(vCall, '.', 1))
       AND p.proname = lower(split_part(vCall, '.', 2));

    IF arNames IS NOT NULL THEN
      PERFORM RefuseDispatcher(pName, pRoute, format(
        'no function %s takes exactly the parameters %s (others need a default): there is %s', vCall,
        CASE WHEN (pRoute->'raw')::boolean THEN '(jsonb)' ELSE COALESCE(array_to_string(arWanted, ', '), 'none') END,
        arNames));
    END IF;
  END IF;

  RETURN oFunction;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION FindCall (text, jsonb) IS
$$Finds the function of a call route: of an overloaded one that with the fewest parameters.

Returns  null when there is none of that name yet
Raises   an error when there is one and its parameters do not fit the keys$$;

-- CallColumns -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CallColumns (
  pFunction     oid
) RETURNS       text[]
AS $$
  SELECT CASE
    WHEN t.typrelid <> 0 THEN
      ARRAY(SELECT a.attname::text
              FROM pg_attribute a
             WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum)
    ELSE
      (SELECT array_agg(p.proargnames[n] ORDER BY n)
         FROM generate_subscripts(p.proargmodes, 1) AS n
        WHERE p.proargmodes[n] IN ('o', 'b', 't'))
  END
    FROM pg_proc p
   INNER JOIN pg_type t ON t.oid = p.prorettype
   WHERE p.oid = pFunction;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION CallColumns (oid) IS
'Returns the columns of the rows of a function; null when it returns one unnamed value.';

-- PayloadValue ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION PayloadValue (
  pKey          text,
  pType         oid
) RETURNS       text
AS $$
  SELECT CASE
    WHEN pType = 'jsonb'::regtype THEN format('NULLIF(jPayload->%L, ''null'')', pKey)
    WHEN pType = 'json'::regtype THEN format('NULLIF(jPayload->%L, ''null'')::json', pKey)
    WHEN pType = 'text'::regtype THEN format('jPayload->>%L', pKey)
    WHEN t.typcategory = 'A' THEN format('JsonbToArrayText(jPayload->%L)::%s', pKey, TypeCast(pType))
    ELSE format('(jPayload->>%L)::%s', pKey, TypeCast(pType))
  END
    FROM pg_type t
   WHERE t.oid = pType;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION PayloadValue (text, oid) IS
'Writes the expression that takes one key of the payload as a type; JSON null is null.';

-- DispatcherVariables ---------------------------------------------------------
CREATE OR REPLACE FUNCTION DispatcherVariables (
  pRoute        jsonb,
  pFunction     oid
) RETURNS       TABLE (key text, parameter text, declaration text)
AS $$
  SELECT k.key, v.parameter,
         format('      %I %s := %s;', k.key, TypeCast(v.type),
                CASE WHEN d.expression IS NULL OR d.expression ~* '^null(::|$)'
                     THEN PayloadValue(k.key, v.type)
                     ELSE format('COALESCE(%s, %s)', PayloadValue(k.key, v.type), d.expression) END)
    FROM unnest(DispatcherKeys(pRoute)) WITH ORDINALITY AS k (key, place)
   CROSS JOIN LATERAL (
     SELECT p.proargnames[n] AS parameter, p.proargtypes[n - 1] AS type, n AS position
       FROM pg_proc p, generate_series(1, p.pronargs) AS n
      WHERE p.oid = pFunction
        AND p.proargnames[n] = lower(CASE jsonb_typeof(pRoute->'keys')
              WHEN 'object' THEN pRoute->'keys'->>(k.key) ELSE 'p' || k.key END)
     UNION ALL
     SELECT NULL, (pRoute->'keys'->>(k.key))::regtype, NULL
      WHERE pFunction IS NULL
   ) AS v
   CROSS JOIN LATERAL (
     SELECT COALESCE(pRoute->'default'->>(k.key),
                     pg_get_function_arg_default(pFunction, v.position)) AS expression
   ) AS d
   ORDER BY k.place;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION DispatcherVariables (jsonb, oid) IS
$$Returns the keys of a route as PL/pgSQL variables, each with its value taken from the payload.

pRoute     declaration
pFunction  function of a call route; null for an sql route, whose keys name their types$$;
