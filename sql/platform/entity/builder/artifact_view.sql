-- Created views. A view whose columns change takes what depends on it along, in one transaction.

-- ViewHash --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ViewHash (
  pView         oid
) RETURNS       text
AS $$
  SELECT md5(pg_get_viewdef(pView));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ViewHash (oid) IS 'Gives the hash of a view as the server writes it.';

-- IsBuiltView -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsBuiltView (
  pView         oid,
  pArtifact     db.entity_artifact
) RETURNS       boolean
AS $$
DECLARE
  bSame         boolean;
BEGIN
  IF pArtifact.hash IS NULL OR ViewHash(pView) = pArtifact.hash THEN
    RETURN pArtifact.hash IS NOT NULL;
  ELSIF pArtifact.server = ServerMajor() THEN
    RETURN false;
  END IF;

  -- Another server writes the same view in other words: let it write the recorded source, and compare.
  EXECUTE 'CREATE TEMPORARY VIEW recorded_view AS ' || pArtifact.source;
  bSame := pg_get_viewdef('pg_temp.recorded_view'::regclass) = pg_get_viewdef(pView);
  DROP VIEW pg_temp.recorded_view;
  RETURN bSame;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION IsBuiltView (oid, db.entity_artifact) IS
$$Tells whether a view is still what the builder created.

pView      view
pArtifact  what was recorded of it$$;

-- ViewDependants --------------------------------------------------------------
CREATE OR REPLACE FUNCTION ViewDependants (
  pView         oid
) RETURNS       TABLE (depth integer, kind text, object text, definition text, comment text)
AS $$
  WITH RECURSIVE dependant (depth, class, oid) AS (
    SELECT 0, 'pg_class'::regclass::oid, pView
     UNION
    SELECT d.depth + 1, n.class, n.oid
      FROM dependant d
     CROSS JOIN LATERAL (
       SELECT 'pg_class'::regclass::oid, w.ev_class
         FROM pg_depend p
        INNER JOIN pg_rewrite w ON w.oid = p.objid
        WHERE p.classid = 'pg_rewrite'::regclass
          AND p.refclassid = d.class
          AND p.refobjid = d.oid
          AND w.ev_class <> d.oid
        UNION
       SELECT 'pg_proc'::regclass::oid, p.objid
         FROM pg_type t
        INNER JOIN pg_depend p ON p.refclassid = 'pg_type'::regclass AND p.refobjid IN (t.oid, t.typarray)
        WHERE d.class = 'pg_class'::regclass
          AND t.typrelid = d.oid
          AND p.classid = 'pg_proc'::regclass
     ) AS n (class, oid)
     WHERE d.depth < 20
  ), last AS (
    SELECT d.class, d.oid, max(d.depth) AS depth
      FROM dependant d
     WHERE d.depth > 0
     GROUP BY d.class, d.oid
  )
  SELECT l.depth,
         CASE WHEN p.oid IS NULL THEN 'VIEW' ELSE 'FUNCTION' END,
         CASE WHEN p.oid IS NULL THEN c.oid::regclass::text ELSE p.oid::regprocedure::text END,
         CASE WHEN p.oid IS NULL
              THEN format('CREATE VIEW %I.%I AS %s', n.nspname, c.relname, pg_get_viewdef(c.oid))
              ELSE pg_get_functiondef(p.oid) END,
         obj_description(l.oid, CASE WHEN p.oid IS NULL THEN 'pg_class' ELSE 'pg_proc' END)
    FROM last l
    LEFT JOIN pg_proc p ON l.class = 'pg_proc'::regclass AND p.oid = l.oid
    LEFT JOIN pg_class c ON l.class = 'pg_class'::regclass AND c.oid = l.oid
    LEFT JOIN pg_namespace n ON n.oid = c.relnamespace;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ViewDependants (oid) IS
$$Lists the views and functions that cannot stay when a view is dropped, nearest first.

pView    view
Returns  distance, VIEW or FUNCTION, its name, the statement that makes it again, its comment$$;

-- RestoreDependants -----------------------------------------------------------
CREATE OR REPLACE FUNCTION RestoreDependants (
  pView         text,
  pDependants   jsonb,
  pPatient      boolean
) RETURNS       jsonb
AS $$
DECLARE
  r             record;
  jLeft         jsonb := '[]';
BEGIN
  FOR r IN
    SELECT k.*, e AS item
      FROM jsonb_array_elements(pDependants) WITH ORDINALITY AS t (e, n)
     CROSS JOIN LATERAL jsonb_to_record(e) AS k (kind text, object text, definition text, comment text)
     ORDER BY n
  LOOP
    BEGIN
      EXECUTE r.definition;
      EXECUTE format('COMMENT ON %s %s IS %L', r.kind, r.object, r.comment);
    EXCEPTION
    WHEN duplicate_table OR duplicate_function THEN
      NULL; -- the builder has made it meanwhile
    WHEN others THEN
      IF NOT pPatient THEN
        RAISE EXCEPTION 'Cannot rebuild view %: % % depends on it and cannot be made again: %',
          pView, lower(r.kind), r.object, SQLERRM
          USING HINT = 'Drop it in a patch before the update; its file makes it again.';
      END IF;
      jLeft := jLeft || jsonb_build_array(r.item);
    END;
  END LOOP;

  RETURN jLeft;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RestoreDependants (text, jsonb, boolean) IS
$$Makes again what was dropped with a view.

pView        view, for the message
pDependants  array of what ViewDependants() gave
pPatient     what cannot be made yet is given back instead of raising an error
Returns      what is left to be made$$;

-- ReplaceView -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ReplaceView (
  pName         text,
  pQuery        text
) RETURNS       integer
AS $$
DECLARE
  jKept         jsonb;
  vPending      text := COALESCE(current_setting('entity.pending', true), '');
BEGIN
  EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', pName, pQuery);
  RETURN 0;
EXCEPTION
WHEN invalid_table_definition THEN
  SELECT COALESCE(jsonb_agg(d ORDER BY d.depth, d.kind DESC), '[]') INTO jKept
    FROM ViewDependants(to_regclass(pName)) AS d;

  EXECUTE format('DROP VIEW %s CASCADE', pName);
  EXECUTE format('CREATE VIEW %s AS %s', pName, pQuery);

  -- While an entity is built, views between this one and an author's may still be of the old shape.
  IF vPending = '' THEN
    PERFORM RestoreDependants(pName, jKept, false);
  ELSE
    PERFORM set_config('entity.pending', (vPending::jsonb || RestoreDependants(pName, jKept, true))::text, true);
  END IF;

  RETURN jsonb_array_length(jKept);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ReplaceView (text, text) IS
$$Creates or changes a view, whatever becomes of its columns.

What depends on it is dropped and made again after it, comments kept; ApplyGrants() gives the rights
again at the end of the layer. For views by hand, too.
pName    schema.name
pQuery   its query
Returns  how many views and functions went with it
Raises   an error when something written by hand cannot be made again$$;

-- BuildView -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildView (
  pEntity       text,
  pName         text,
  pQuery        text,
  pComment      text
) RETURNS       boolean
AS $$
DECLARE
  a             db.entity_artifact;
  vSchema       text := split_part(lower(pName), '.', 1);
  vName         text := btrim(split_part(lower(pName), '.', 2), '"');
  oView         oid := to_regclass(lower(pName));
BEGIN
  SELECT * INTO a FROM db.entity_artifact e
   WHERE (e.schema, e.kind, e.name) = (vSchema, 'view', vName);

  IF oView IS NOT NULL THEN
    IF a.name IS NULL OR NOT IsBuiltView(oView, a) THEN
      PERFORM RegisterView(lower(pName));
      RETURN false;
    ELSIF a.source = pQuery AND a.server = ServerMajor() THEN
      RETURN true;
    END IF;
  END IF;

  PERFORM ReplaceView(lower(pName), pQuery);
  EXECUTE format('COMMENT ON VIEW %s IS %L', lower(pName), pComment);
  PERFORM RegisterView(lower(pName));

  INSERT INTO db.entity_artifact (schema, kind, name, entity, source, hash, server)
  VALUES (vSchema, 'view', vName, pEntity, pQuery, ViewHash(to_regclass(lower(pName))), ServerMajor())
      ON CONFLICT (schema, kind, name, arguments) DO UPDATE
     SET entity = excluded.entity, source = excluded.source, hash = excluded.hash, server = excluded.server;

  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildView (text, text, text, text) IS
$$Creates a view of an entity, and registers it, unless an author wrote it by hand.

pEntity   entity
pName     schema.name
pQuery    its query
pComment  comment
Returns   false when an author's view is there$$;
