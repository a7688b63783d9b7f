-- ColumnKind ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ColumnKind (
  pType         oid
) RETURNS       text
AS $$
DECLARE
  r             record;
BEGIN
  SELECT t.oid, t.typname, t.typtype, t.typcategory, t.typelem, t.typbasetype INTO r
    FROM pg_type t
   WHERE t.oid = pType;

  IF r.typtype = 'd' THEN
    RETURN ColumnKind(r.typbasetype);
  ELSIF r.typtype = 'e' THEN
    RETURN 'enum';
  ELSIF r.typtype IN ('r', 'm') THEN
    RETURN 'range';
  ELSIF r.typcategory = 'A' THEN
    RETURN CASE WHEN ColumnKind(r.typelem) IN ('json', 'other') THEN 'other' ELSE 'array' END;
  END IF;

  RETURN CASE
    WHEN r.typname IN ('json', 'jsonb', 'uuid', 'numeric', 'bytea') THEN r.typname
    WHEN r.typname = 'bool' THEN 'boolean'
    WHEN r.typname IN ('int2', 'int4', 'int8') THEN 'integer'
    WHEN r.typname IN ('float4', 'float8', 'money', 'oid') THEN 'numeric'
    WHEN r.typname IN ('bit', 'varbit') THEN 'bit'
    WHEN r.typname IN ('inet', 'cidr') THEN 'inet'
    WHEN r.typname = 'timestamptz' OR r.typcategory IN ('D', 'T') THEN 'datetime'
    WHEN r.typname IN ('text', 'varchar', 'bpchar', 'name', 'citext') THEN 'text'
    ELSE 'other'
  END;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ColumnKind (oid) IS
$$Returns which operators of the list engine a type knows, as one word.

pType    type
Returns  text, integer, numeric, uuid, boolean, datetime, enum, bit, inet, bytea, array, range,
         json, jsonb; other for a type that can only be null or not null$$;

-- TypeCast --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION TypeCast (
  pType         oid
) RETURNS       text
AS $$
  SELECT format('%I.%I', n.nspname, t.typname)
    FROM pg_type t
   INNER JOIN pg_namespace n ON n.oid = t.typnamespace
   WHERE t.oid = pType;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION TypeCast (oid) IS
$$Returns the name of a type for a cast that never shortens: bit and character mean bit(1) and
character(1) where they are written bare.$$;

-- RegisterView ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegisterView (
  pView         text
) RETURNS       void
AS $$
DECLARE
  vSchema       text := split_part(pView, '.', 1);
  vView         text := btrim(split_part(pView, '.', 2), '"');
BEGIN
  INSERT INTO db.view_column (schema, view, columns, types, info)
  SELECT n.nspname, c.relname,
         array_agg(a.attname::text ORDER BY a.attnum),
         array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum),
         jsonb_object_agg(a.attname, jsonb_build_object('kind', ColumnKind(a.atttypid),
                                                        'cast', TypeCast(a.atttypid)))
    FROM pg_class c
   INNER JOIN pg_namespace n ON n.oid = c.relnamespace
   INNER JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE n.nspname = vSchema
     AND c.relname = vView
     AND c.relkind IN ('v', 'm')
   GROUP BY n.nspname, c.relname
      ON CONFLICT (schema, view) DO UPDATE
     SET columns = excluded.columns, types = excluded.types, info = excluded.info;

  IF NOT FOUND THEN
    RAISE EXCEPTION 'Cannot register view "%": there is no such view', pView
      USING HINT = 'Write schema.view, lower case.';
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegisterView (text) IS
$$Records the columns of a view for the list engine; called after each CREATE VIEW of module SQL.

pView    schema.view, for instance api.user
Raises   an error when there is no such view$$;

-- RegisterViews ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegisterViews ()
RETURNS         integer
AS $$
DECLARE
  nCount        integer;
BEGIN
  DELETE FROM db.view_column v
   WHERE to_regclass(format('%I.%I', v.schema, v.view)) IS NULL;

  SELECT count(RegisterView(n.nspname || '.' || c.relname)) INTO nCount
    FROM pg_class c
   INNER JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname IN ('api', 'kernel', 'registry')
     AND c.relkind = 'v';

  RETURN nCount;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegisterViews () IS
$$Records the columns of all views of schemas api, kernel and registry: the end of a layer.

Returns  how many views there are$$;

-- ViewColumns -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ViewColumns (
  pSchema       text,
  pView         text
) RETURNS       db.view_column
AS $$
DECLARE
  r             db.view_column;
BEGIN
  SELECT v.* INTO r
    FROM db.view_column v
   WHERE v.schema = pSchema
     AND v.view = pView;

  IF NOT FOUND THEN
    PERFORM ViewNotFound(pSchema, pView);
  END IF;

  RETURN r;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ViewColumns (text, text) IS
$$Returns what is recorded of a view.

Raises   ViewNotFound when it was never registered$$;
