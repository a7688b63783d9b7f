-- Tables: made at the first build, and widened afterwards; nothing is ever dropped here.

-- ConstantDefault -------------------------------------------------------------
CREATE OR REPLACE FUNCTION ConstantDefault (
  pColumn       jsonb
) RETURNS       text
AS $$
  SELECT CASE WHEN pColumn->>'default' !~* '(^|[^a-z0-9_])p[A-Z]|select' THEN pColumn->>'default' END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION ConstantDefault (jsonb) IS
'Gives the default of a column as the table may have it: none when it names parameters.';

-- ColumnDefinition ------------------------------------------------------------
CREATE OR REPLACE FUNCTION ColumnDefinition (
  pColumn       jsonb,
  pAdded        boolean
) RETURNS       text
AS $$
  SELECT concat_ws(' ', quote_ident(pColumn->>'name'),
           CASE WHEN pColumn ? 'ref' THEN 'uuid' ELSE pColumn->>'type' END,
           -- A column that is added to a table with rows has nothing to put into them.
           CASE WHEN (pColumn->'required')::boolean AND (NOT pAdded OR ConstantDefault(pColumn) IS NOT NULL) THEN 'NOT NULL' END,
           'DEFAULT ' || ConstantDefault(pColumn),
           CASE WHEN pColumn ? 'ref' THEN format('REFERENCES db.%I(id) ON DELETE RESTRICT', pColumn->>'ref') END);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ColumnDefinition (jsonb, boolean) IS
$$Writes a column of a table.

pColumn  its declaration
pAdded   the table has rows already$$;

-- RowTrigger ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_entity_insert ()
RETURNS         trigger
AS $$
BEGIN
  IF TG_ARGV[0] = 'document' THEN
    NEW.id := COALESCE(NEW.id, NEW.document);
  ELSE
    NEW.id := COALESCE(NEW.id, NEW.reference);
  END IF;

  -- Each column is named in a statement of its own: not every table has it.
  IF TG_ARGV[1] <> '' THEN
    NEW.code := COALESCE(NULLIF(NEW.code, ''), GenerateCode(TG_ARGV[1]));
  END IF;

  IF TG_ARGV[2] = 'scope' THEN
    NEW.scope := COALESCE(NEW.scope, (SELECT o.scope FROM db.object o WHERE o.id = NEW.id));
  END IF;

  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_entity_insert () IS
$$Fills what the row of an entity may be inserted without: id, code, scope.

Arguments of the trigger: reference or document; rule of GenerateCode(), else empty; scope, else empty$$;

-- GenerateCode ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GenerateCode (
  pRule         text
) RETURNS       text
AS $$
  SELECT CASE split_part(pRule, ':', 1)
         WHEN 'hex' THEN encode(gen_random_bytes(split_part(pRule, ':', 2)::integer), 'hex')
         ELSE substr(pRule, 8) || gen_random_code()
         END;
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION GenerateCode (text) IS
$$Draws a code.

pRule    hex:N for so many bytes as hexadecimal digits, prefix:TEXT for the text and 16 letters and digits$$;

-- BuildTable ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildTable (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  c             jsonb;
  jCode         jsonb := CASE jsonb_typeof(pDeclaration->'code') WHEN 'object' THEN pDeclaration->'code' ELSE '{}' END;
  vKind         text := pDeclaration->>'kind';
  vTable        text := 'db.' || quote_ident(pEntity);
  bCode         boolean := vKind = 'document' AND COALESCE(pDeclaration->'code', 'false') <> 'false';
  bScope        boolean := jCode->>'unique' = 'scope';
  bNew          boolean := to_regclass(vTable) IS NULL;
BEGIN
  IF bNew THEN
    EXECUTE format('CREATE TABLE %s (id uuid PRIMARY KEY, %I uuid NOT NULL REFERENCES db.%I(id) ON DELETE CASCADE%s%s)',
      vTable, vKind, vKind,
      CASE WHEN bScope THEN ', scope uuid NOT NULL REFERENCES db.scope(id) ON DELETE RESTRICT' ELSE '' END,
      CASE WHEN bCode THEN ', code text NOT NULL' ELSE '' END);
    EXECUTE format('COMMENT ON TABLE %s IS %L', vTable, 'Own columns of the entity ' || pEntity || '.');
    EXECUTE format('COMMENT ON COLUMN %s.id IS %L', vTable, 'Identifier, that of the object');
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', vTable, vKind, initcap(vKind));
    EXECUTE format('CREATE INDEX ON %s (%I)', vTable, vKind);
  END IF;

  IF bNew AND bCode THEN
    EXECUTE format('COMMENT ON COLUMN %s.code IS %L', vTable, 'Code');
    EXECUTE format('CREATE %s INDEX ON %s (%scode)', CASE WHEN jCode ? 'unique' THEN 'UNIQUE' ELSE '' END, vTable,
                   CASE WHEN bScope THEN 'scope, ' ELSE '' END);
  END IF;

  IF bNew AND bScope THEN
    EXECUTE format('COMMENT ON COLUMN %s.scope IS %L', vTable, 'Scope: a code is unique in it');
  END IF;

  FOR c IN SELECT e FROM jsonb_array_elements(pDeclaration->'columns') AS e WHERE e ?| '{type,ref}'
  LOOP
    CONTINUE WHEN EXISTS (SELECT FROM pg_attribute a
                           WHERE a.attrelid = vTable::regclass AND a.attname = c->>'name' AND NOT a.attisdropped);
    EXECUTE format('ALTER TABLE %s ADD COLUMN %s', vTable, ColumnDefinition(c, NOT bNew));
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', vTable, c->>'name',
                   COALESCE(c->>'comment', initcap(replace(c->>'name', '_', ' '))));
    IF COALESCE((c->'unique')::boolean, false) OR COALESCE((c->'index')::boolean, c ? 'ref') THEN
      EXECUTE format('CREATE %s INDEX ON %s (%I)', CASE WHEN (c->'unique')::boolean THEN 'UNIQUE' ELSE '' END,
                     vTable, c->>'name');
    END IF;
  END LOOP;

  EXECUTE format('CREATE OR REPLACE TRIGGER t_%s_insert BEFORE INSERT ON %s FOR EACH ROW '
                 'EXECUTE FUNCTION db.ft_entity_insert(%L, %L, %L)', pEntity, vTable, vKind,
    CASE WHEN NOT bCode THEN '' WHEN jCode ? 'prefix' THEN 'prefix:' || (jCode->>'prefix')
         ELSE 'hex:' || COALESCE(jCode->>'hex', '12') END,
    CASE WHEN bScope THEN 'scope' ELSE '' END);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildTable (text, jsonb) IS
$$Creates db.<entity> with its indexes and trigger, or adds the columns that it lacks.

pEntity       entity
pDeclaration  declaration$$;
