-- The door: BuildEntity() makes everything that a declaration stands for.

-- DefineEntity ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DefineEntity (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  PERFORM CheckDeclaration(pEntity, pDeclaration);

  INSERT INTO db.entity_definition (code, declaration)
  VALUES (pEntity, pDeclaration)
      ON CONFLICT (code) DO UPDATE
     SET declaration = excluded.declaration;

  FOR r IN SELECT * FROM jsonb_each(pDeclaration->'text')
  LOOP
    PERFORM LoadTexts(r.key, r.value);
  END LOOP;

  FOR r IN SELECT a AS code FROM jsonb_array_elements_text(pDeclaration->'actions') AS a
  LOOP
    IF GetAction(r.code) IS NULL THEN
      PERFORM AddAction(NULL, r.code, NULL);
    END IF;
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DefineEntity (text, jsonb) IS
$$Checks and stores a declaration, its texts and its actions.

pEntity       entity
pDeclaration  declaration
Raises        an error that names the key which is wrong, and what is allowed$$;

-- RestorePending --------------------------------------------------------------
CREATE OR REPLACE FUNCTION RestorePending (
  pEntity       text
) RETURNS       void
AS $$
DECLARE
  jPending      jsonb := current_setting('entity.pending', true)::jsonb;
BEGIN
  PERFORM set_config('entity.pending', '', true);

  -- What the builder makes it has made by now, or makes with a later entity.
  PERFORM RestoreDependants('of ' || pEntity,
    (SELECT COALESCE(jsonb_agg(e ORDER BY n), '[]')
       FROM jsonb_array_elements(jPending) WITH ORDINALITY AS t (e, n)
      WHERE NOT EXISTS (SELECT FROM db.entity_artifact a
                         WHERE split_part(e->>'object', '(', 1) IN (a.name, a.schema || '.' || a.name))), false);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RestorePending (text) IS
$$Makes again what authors wrote over views of an entity whose columns have changed.

pEntity  entity
Raises   an error when it names what is gone$$;

-- BuildEntity -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildEntity (
  pEntity       text,
  pDeclaration  jsonb DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  j             jsonb;
  r             record;
BEGIN
  IF pDeclaration IS NOT NULL THEN
    PERFORM DefineEntity(pEntity, pDeclaration);
  END IF;

  j := EntityDeclaration(pEntity);
  IF j IS NULL THEN
    PERFORM RefuseDeclaration(pEntity, NULL, 'it was never declared');
  END IF;

  PERFORM set_config('entity.pending', '[]', true);

  -- The workflow first: views name the entity by its id.
  IF NOT j ? 'extends' THEN
    PERFORM BuildTable(pEntity, j);
  END IF;
  PERFORM BuildEvents(pEntity, j);
  EXECUTE format('SELECT kernel.CreateEntity%s(GetClass(%L))', CamelName(pEntity), COALESCE(j->>'parent', j->>'kind'));

  PERFORM BuildViews(pEntity, j);
  PERFORM DefineEntitySource(pEntity, j);

  IF NOT j ? 'extends' THEN
    PERFORM BuildCreate(pEntity, j);
    PERFORM BuildEdit(pEntity, j);
    PERFORM BuildGetters(pEntity, j);
  END IF;
  PERFORM BuildApiChange(pEntity, j);
  PERFORM BuildApiRead(pEntity, j);
  PERFORM BuildRest(pEntity, j);

  PERFORM RestorePending(pEntity);
  UPDATE db.entity_definition SET built = now() WHERE code = pEntity;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildEntity (text, jsonb) IS
$$Makes everything that the declaration of an entity stands for: table, views, functions, workflow, routes.

May be called again: what is missing is added, what the builder made is made anew, what an author
wrote by hand is left alone. docs/entities.md tells the keys.
pEntity       entity, or class that extends one
pDeclaration  declaration; null builds the stored one
Raises        an error that names the key which is wrong, and what is allowed$$;

-- BuildEntities ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildEntities ()
RETURNS         integer
AS $$
DECLARE
  nCount        integer;
BEGIN
  SELECT count(BuildEntity(d.code)) INTO nCount
    FROM (SELECT code FROM db.entity_definition ORDER BY place) d;
  PERFORM DropOverridden();
  RETURN nCount;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildEntities () IS
$$Builds all stored declarations again, in the order in which they were declared.

Returns  how many$$;

-- EntityOverrides -------------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityOverrides ()
RETURNS         TABLE (entity text, kind text, name text)
AS $$
  SELECT a.entity, a.kind, format('%s.%s%s', a.schema, a.name, CASE a.kind WHEN 'function' THEN format('(%s)', a.arguments) ELSE '' END)
    FROM db.entity_artifact a
   WHERE CASE a.kind
         WHEN 'function' THEN FunctionHash(to_regprocedure(format('%I.%I(%s)', a.schema, a.name, a.arguments))) <> a.hash
         ELSE NOT IsBuiltView(to_regclass(format('%I.%I', a.schema, a.name)), a)
         END
   ORDER BY 1, 2, 3;
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION EntityOverrides () IS
'Lists functions and views of entities that an author has written by hand in place of the built ones.';
