-- DispatcherGuard -------------------------------------------------------------
CREATE OR REPLACE FUNCTION DispatcherGuard (
  pRoute        jsonb
) RETURNS       text
AS $$
  SELECT CASE WHEN (pRoute->'session')::boolean THEN
           E'    IF current_session() IS NULL THEN PERFORM LoginFailed(); END IF;\n' ELSE '' END
      || CASE WHEN (pRoute->'admin')::boolean THEN
           E'    IF NOT IsAdmin() THEN PERFORM AccessDenied(); END IF;\n' ELSE '' END
      || CASE WHEN (pRoute->'payload')::boolean THEN
           E'    IF pPayload IS NULL THEN PERFORM JsonIsEmpty(); END IF;\n' ELSE '' END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DispatcherGuard (jsonb) IS
'Writes the tests of a route that come before its payload is looked at.';

-- RouteFunction ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RouteFunction (
  pName         text,
  pPath         text
) RETURNS       text
AS $$
  SELECT CASE WHEN length(n.name) < 64 THEN n.name ELSE left(n.name, 54) || ':' || left(md5(n.name), 8) END
    FROM (SELECT pName || ':' || pPath) AS n (name);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION RouteFunction (text, text) IS
'Returns the name of the function of schema kernel that answers a route, such as api:/whoami.';

-- AnswerQuery -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION AnswerQuery (
  pRow          text,
  pSource       text
) RETURNS       text
AS $$
  SELECT format(E'      SELECT count(*)::integer, string_agg(COALESCE((%s)::text, ''null''), '','') INTO rAnswer\n'
                 '        FROM %s;\n'
                 '      RETURN rAnswer;\n', pRow, pSource);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION AnswerQuery (text, text) IS
$$Writes the statement that answers a route with rows.

pRow     expression of one row, JSON
pSource  what follows FROM$$;

-- DispatcherPayload -----------------------------------------------------------
CREATE OR REPLACE FUNCTION DispatcherPayload (
  pName         text,
  pRoute        jsonb,
  pKeys         text[]
) RETURNS       text
AS $$
DECLARE
  vPath         text := quote_literal(pRoute->>'path');
  vKeys         text := CASE WHEN (pRoute->'any_keys')::boolean THEN 'NULL' ELSE quote_literal(pKeys) END;
  vArray        text := '';
BEGIN
  IF (pRoute->'array')::boolean THEN
    vArray := format($fmt$
    IF jsonb_typeof(jPayload) = 'array' THEN
%s      SELECT COALESCE(sum(r.row_count), 0)::integer, string_agg(r.body, ',') INTO rAnswer
        FROM jsonb_array_elements(jPayload) AS e, kernel.%I(e) AS r;
      RETURN rAnswer;
    END IF;$fmt$,
      CASE vKeys WHEN 'NULL' THEN '' ELSE
        format(E'      PERFORM CheckJsonbKeys(%s, %s, jPayload);\n', vPath, vKeys) END,
      RouteFunction(pName, pRoute->>'path'));
  END IF;

  RETURN ltrim(vArray || format($fmt$
    IF %s THEN PERFORM CheckPayload(%s, %s, jPayload); END IF;$fmt$,
    CASE vKeys WHEN 'NULL' THEN $q$jsonb_typeof(jPayload) <> 'object'$q$
               ELSE format('NOT IsPayload(jPayload, %s)', vKeys) END,
    vPath, vKeys), E'\n') || E'\n';
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION DispatcherPayload (text, jsonb, text[]) IS
$$Writes how a route takes its payload: an array element by element, and only known keys.

pName    dispatcher
pRoute   declaration
pKeys    allowed keys$$;

-- DispatcherList --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DispatcherList (
  pRoute        jsonb
) RETURNS       text
AS $$
DECLARE
  vView         text := COALESCE(pRoute->>'list', pRoute->>'count');
  vArguments    text;
BEGIN
  vView := CASE strpos(vView, '.') WHEN 0 THEN 'api.' ELSE '' END || vView;
  vArguments := format('%L, %L, jPayload, %L', split_part(vView, '.', 1), split_part(vView, '.', 2),
                       pRoute->>'where');

  IF pRoute ? 'count' THEN
    RETURN format(E'    RETURN ROW(1, json_build_object(''count'', CountRows(%s))::text)::kernel.answer;\n', vArguments);
  END IF;

  RETURN format(E'    RETURN ListAnswer(%s, %s, %L);\n', vArguments,
    COALESCE(pRoute->>'limit', '500'), pRoute->'orderby');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION DispatcherList (jsonb) IS 'Writes the work of a list or count route.';

-- DispatcherResult ------------------------------------------------------------
CREATE OR REPLACE FUNCTION DispatcherResult (
  pName         text,
  pRoute        jsonb,
  pFunction     oid,
  pCall         text
) RETURNS       text
AS $$
DECLARE
  vResult       text := COALESCE(pRoute->>'result', 'rows');
  arColumns     text[] := CallColumns(pFunction);
  vSource       text := CASE WHEN pCall IS NULL THEN '(' || (pRoute->>'sql') || ')' ELSE pCall END;
  vType         text := (SELECT prorettype::regtype::text FROM pg_proc WHERE oid = pFunction);
  vEcho         text;
BEGIN
  IF pFunction IS NULL THEN
    arColumns := CASE jsonb_typeof(pRoute->'columns')
      WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(pRoute->'columns'))
      WHEN 'string' THEN (ViewColumns(split_part(pRoute->>'columns', '.', 1),
                                      split_part(pRoute->>'columns', '.', 2))).columns
    END;
  ELSIF vResult = 'rows' AND arColumns IS NULL THEN
    PERFORM RefuseDispatcher(pName, pRoute, format(
      '%s returns %s, no rows: "result" must be json, success, ok, none or value:NAME',
      pFunction::regprocedure, vType));
  ELSIF vResult = 'json' AND vType NOT IN ('json', 'jsonb') THEN
    PERFORM RefuseDispatcher(pName, pRoute, format('%s returns %s, not json', pFunction::regprocedure, vType));
  END IF;

  IF vResult = 'rows' THEN
    vSource := format('%s AS r', vSource)
            || CASE WHEN pCall IS NOT NULL AND cardinality(arColumns) = 1
                    THEN format('(%I)', arColumns[1]) ELSE '' END;
    RETURN CASE WHEN (pRoute->'fields')::boolean
                THEN format(E'      IF jPayload ? ''fields'' THEN\n  %s      END IF;\n', AnswerQuery(
                       format('RowFields(row_to_json(r), CheckFields(jPayload->''fields'', %L))', arColumns), vSource))
                ELSE '' END
        || AnswerQuery('row_to_json(r)', vSource);
  ELSIF vResult = 'json' THEN
    RETURN AnswerQuery('r.v::json', format('%s AS r (v)', vSource));
  ELSIF vResult LIKE 'value:%' THEN
    RETURN AnswerQuery(format('json_build_object(%L, r.v)', substr(vResult, 7)), format('%s AS r (v)', vSource));
  ELSIF vResult = 'ok' THEN
    SELECT string_agg(format('%L, x.%I, ', k, k), '') INTO vEcho
      FROM unnest(DispatcherKeys(pRoute)) AS k;
    IF vType = 'boolean' THEN
      RETURN AnswerQuery(format('json_build_object(%s''result'', r.v, ''message'', SuccessMessage())', COALESCE(vEcho, '')),
                         format('%s AS r (v)', vSource));
    END IF;
    RETURN format(E'      PERFORM * FROM %s AS r;\n'
                   '      RETURN ROW(1, json_build_object(%s''result'', true, ''message'', SuccessMessage())::text)::kernel.answer;\n',
                  vSource, COALESCE(vEcho, ''));
  END IF;

  RETURN format(E'      PERFORM * FROM %s AS r;\n', vSource)
      || CASE vResult WHEN 'success' THEN E'      RETURN ROW(1, ''{"success": true}'')::kernel.answer;\n'
                      ELSE E'      RETURN ROW(0, null)::kernel.answer;\n' END;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION DispatcherResult (text, jsonb, oid, text) IS
$$Writes the statement of a call or sql route, in the shape of its result.

pName      dispatcher
pRoute     declaration
pFunction  function of a call route, else null
pCall      its call with arguments, else null
Raises     an error when the function does not return what the result needs$$;

-- DispatcherBranch ------------------------------------------------------------
CREATE OR REPLACE FUNCTION DispatcherBranch (
  pName         text,
  pRoute        jsonb
) RETURNS       text
AS $$
DECLARE
  oFunction     oid;
  vBranch       text := DispatcherGuard(pRoute);
  vCall         text;
  vVariables    text;
  vArguments    text;
  vRequired     text;
  vWork         text;
  arIgnore      text[] := ARRAY(SELECT jsonb_array_elements_text(COALESCE(pRoute->'ignore', '[]')));
BEGIN
  IF pRoute ?| '{list,count}' THEN
    RETURN vBranch
        || DispatcherPayload(pName, pRoute, '{fields,search,filter,reclimit,recoffset,orderby}'::text[]
             || CASE WHEN (pRoute->'groupby')::boolean THEN '{groupby}' ELSE '{}' END::text[] || arIgnore)
        || DispatcherList(pRoute);
  END IF;

  IF pRoute ? 'call' THEN
    oFunction := FindCall(pName, pRoute);
    IF oFunction IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;

  IF (pRoute->'raw')::boolean THEN
    vCall := format('%s(jPayload)', oFunction::regproc);
    RETURN vBranch || DispatcherResult(pName, pRoute, oFunction, vCall);
  END IF;

  SELECT string_agg(v.declaration, E'\n'), string_agg(format('%I => x.%I', v.parameter, v.key), ', ') FILTER (WHERE v.parameter IS NOT NULL)
    INTO vVariables, vArguments
    FROM DispatcherVariables(pRoute, oFunction) AS v;

  SELECT string_agg(format(E'      IF x.%I IS NULL THEN PERFORM JsonKeyNotFound(%L, %L); END IF;\n',
                           k, pRoute->>'path', k), '') INTO vRequired
    FROM jsonb_array_elements_text(COALESCE(pRoute->'required', '[]')) AS k;

  IF oFunction IS NOT NULL THEN
    SELECT format('%I.%I(%s)', n.nspname, p.proname, vArguments) INTO vCall
      FROM pg_proc p
     INNER JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE p.oid = oFunction;
  END IF;

  vWork := COALESCE(vRequired, '') || DispatcherResult(pName, pRoute, oFunction, vCall);

  RETURN vBranch
      || DispatcherPayload(pName, pRoute, DispatcherKeys(pRoute) || arIgnore
           || CASE WHEN (pRoute->'fields')::boolean THEN '{fields}' ELSE '{}' END::text[])
      || CASE WHEN vVariables IS NULL THEN vWork
              ELSE format(E'    <<x>>\n    DECLARE\n%s\n    BEGIN\n%s    END x;\n', vVariables, vWork) END;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION DispatcherBranch (text, jsonb) IS
$$Writes what the function of one route does.

pName    dispatcher
pRoute   declaration with the defaults merged in
Returns  PL/pgSQL; null when the function that it calls does not exist yet$$;
