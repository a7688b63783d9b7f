-- Created functions: what the builder made is made again, what an author wrote by hand is left alone.
--
-- A function is the builder's as long as the server holds what the builder had stored: the hash of
-- db.entity_artifact. COMMENT, grants and the age of a file say nothing.

-- FunctionHash ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION FunctionHash (
  pFunction     oid
) RETURNS       text
AS $$
  SELECT md5(concat_ws('|', p.prosrc, p.provolatile, p.prosecdef, p.prorettype::regtype, p.pronargdefaults,
                       p.proargnames))
    FROM pg_proc p
   WHERE p.oid = pFunction;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION FunctionHash (oid) IS
'Gives the hash of a function as the server holds it: body, volatility, result, names and defaults of parameters.';

-- DropArtifacts ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION DropArtifacts (
  pEntity       text,
  pSchema       text,
  pName         text,
  pArguments    text
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT a.*, to_regprocedure(format('%I.%I(%s)', a.schema, a.name, a.arguments)) AS function
      FROM db.entity_artifact a
     WHERE a.entity = pEntity
       AND a.kind = 'function'
       AND a.schema = pSchema
       AND a.name = pName
       AND a.arguments <> pArguments
  LOOP
    IF FunctionHash(r.function) = r.hash THEN
      EXECUTE format('DROP FUNCTION %s', r.function::regprocedure);
    END IF;
    DELETE FROM db.entity_artifact a
     WHERE (a.schema, a.kind, a.name, a.arguments) = (r.schema, r.kind, r.name, r.arguments);
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DropArtifacts (text, text, text, text) IS
$$Drops the function as it was built before its parameters changed.

pEntity     entity
pSchema     schema
pName       name
pArguments  types of the parameters now$$;

-- BuildFunction ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildFunction (
  pEntity       text,
  pName         text,
  pParameters   text[],
  pReturns      text,
  pBody         text,
  pComment      text,
  pOptions      text DEFAULT 'LANGUAGE plpgsql'
) RETURNS       boolean
AS $$
DECLARE
  a             db.entity_artifact;
  vSchema       text := split_part(lower(pName), '.', 1);
  vName         text := split_part(lower(pName), '.', 2);
  vTypes        text;
  vSource       text;
  oFunction     oid;
BEGIN
  SELECT COALESCE(string_agg(regexp_replace(split_part(p, ' DEFAULT ', 1), '^\S+\s+', ''), ', ' ORDER BY n), '')
    INTO vTypes
    FROM unnest(pParameters) WITH ORDINALITY AS t (p, n);

  vSource := format(E'CREATE OR REPLACE FUNCTION %s (%s) RETURNS %s AS %L %s%s',
    pName, array_to_string(pParameters, ', '), pReturns, E'\n' || pBody || E'\n', pOptions,
    CASE WHEN vSchema IN ('api', 'rest') THEN ' SECURITY DEFINER SET search_path = kernel, public, pg_temp' ELSE '' END);

  -- An author's function of the same name: a second one beside it would make calls ambiguous.
  IF EXISTS (
       SELECT FROM pg_proc p
        WHERE p.pronamespace = to_regnamespace(vSchema)
          AND p.proname = vName
          AND NOT EXISTS (SELECT FROM db.entity_artifact e
                           WHERE (e.schema, e.kind, e.name) = (vSchema, 'function', vName)
                             AND to_regprocedure(format('%I.%I(%s)', e.schema, e.name, e.arguments)) = p.oid)) THEN
    PERFORM DropArtifacts(pEntity, vSchema, vName, '');
    RETURN false;
  END IF;

  SELECT * INTO a FROM db.entity_artifact e
   WHERE (e.schema, e.kind, e.name, e.arguments) = (vSchema, 'function', vName, vTypes);
  oFunction := to_regprocedure(format('%I.%I(%s)', vSchema, vName, vTypes));

  IF oFunction IS NOT NULL THEN
    IF FunctionHash(oFunction) IS DISTINCT FROM a.hash THEN
      RETURN false;
    ELSIF a.source = vSource THEN
      RETURN true;
    ELSIF FunctionResult(oFunction) <> pReturns THEN
      EXECUTE format('DROP FUNCTION %s', oFunction::regprocedure);
    END IF;
  END IF;

  PERFORM DropArtifacts(pEntity, vSchema, vName, vTypes);
  EXECUTE vSource;
  EXECUTE format('COMMENT ON FUNCTION %I.%I(%s) IS %L', vSchema, vName, vTypes, pComment);

  INSERT INTO db.entity_artifact (schema, kind, name, arguments, entity, source, hash, server)
  VALUES (vSchema, 'function', vName, vTypes, pEntity, vSource,
          FunctionHash(to_regprocedure(format('%I.%I(%s)', vSchema, vName, vTypes))), ServerMajor())
      ON CONFLICT (schema, kind, name, arguments) DO UPDATE
     SET entity = excluded.entity, source = excluded.source, hash = excluded.hash, server = excluded.server;

  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildFunction (text, text, text[], text, text, text, text) IS
$$Creates a function of an entity unless an author wrote it by hand.

pEntity      entity
pName        schema.Name
pParameters  parameters: "pName type" or "pName type DEFAULT value"
pReturns     result, as pg_get_function_result() writes it
pBody        body
pComment     comment
pOptions     language and volatility; a function of api or rest gets SECURITY DEFINER
Returns      false when an author's function is there$$;

-- FunctionResult --------------------------------------------------------------
CREATE OR REPLACE FUNCTION FunctionResult (
  pFunction     oid
) RETURNS       text
AS $$
  SELECT pg_get_function_result(pFunction);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION FunctionResult (oid) IS 'Gives the result of a function as it is declared.';

-- ServerMajor -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ServerMajor ()
RETURNS         integer
AS $$
  SELECT current_setting('server_version_num')::integer / 10000;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ServerMajor () IS 'Gives the major version of the server.';

-- DropOverridden --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DropOverridden ()
RETURNS         integer
AS $$
DECLARE
  r             record;
  nDropped      integer := 0;
BEGIN
  FOR r IN
    SELECT a.*, b.function
      FROM db.entity_artifact a
     CROSS JOIN LATERAL (SELECT to_regprocedure(format('%I.%I(%s)', a.schema, a.name, a.arguments)) AS function) b
     WHERE a.kind = 'function'
       AND FunctionHash(b.function) = a.hash
       AND EXISTS (SELECT FROM pg_proc p
                    WHERE p.pronamespace = to_regnamespace(a.schema)
                      AND p.proname = a.name
                      AND p.oid <> b.function
                      AND NOT EXISTS (SELECT FROM db.entity_artifact e
                                       WHERE (e.schema, e.kind, e.name) = (a.schema, 'function', p.proname)
                                         AND to_regprocedure(format('%I.%I(%s)', e.schema, e.name, e.arguments)) = p.oid))
  LOOP
    EXECUTE format('DROP FUNCTION %s', r.function::regprocedure);
    DELETE FROM db.entity_artifact a
     WHERE (a.schema, a.kind, a.name, a.arguments) = (r.schema, r.kind, r.name, r.arguments);
    nDropped := nDropped + 1;
  END LOOP;

  -- A view by hand has other columns, and what was built over the former one may have gone with it.
  PERFORM BuildEntity(d.code)
     FROM db.entity_definition d
    WHERE EXISTS (SELECT FROM db.entity_artifact a
                   WHERE a.entity = d.code
                     AND CASE a.kind
                         WHEN 'view' THEN NOT IsBuiltView(to_regclass(format('%I.%I', a.schema, a.name)), a)
                         ELSE to_regprocedure(format('%I.%I(%s)', a.schema, a.name, a.arguments)) IS NULL END)
    ORDER BY d.place;

  RETURN nDropped;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DropOverridden () IS
$$Settles what authors have written after the entities were built: the end of each layer.

Drops what was built where an author wrote a function of the same name with other parameters: both
together would make a call without arguments ambiguous, which is how handlers are called. Builds the
entities again of which a view was written by hand.
Returns  how many functions were dropped$$;
