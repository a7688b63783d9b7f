-- What each column of the views of an entity is, and which joins it needs. The views are written
-- from this, and the list engine filters and orders with it without reading the views.

-- LocalText -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION LocalText (
  pAlias        text,
  pTable        text,
  pOwner        text,
  pId           text
) RETURNS       text
AS $$
  SELECT format('LEFT JOIN LATERAL (SELECT q.* FROM db.%2$s q WHERE q.%3$s = %4$s '
                'ORDER BY q.locale <> (SELECT current_locale()), q.locale <> (SELECT DefaultLocale()), q.locale LIMIT 1) %1$s ON true',
                pAlias, pTable, pOwner, pId);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION LocalText (text, text, text, text) IS
$$Writes the join of texts: in the current locale, else the default one, else any.

pAlias  alias of the texts
pTable  table of the texts
pOwner  its column of the owner
pId     owner$$;

-- EntityJoins -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityJoins (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       TABLE (place bigint, alias text, clause text, needs text[])
AS $$
  WITH base (n, alias, clause, needs, kind) AS (
    VALUES
      (1,  'r',   'INNER JOIN db.reference r ON r.id = o.id', '{}'::text[], 'reference'),
      (1,  'd',   'INNER JOIN db.document d ON d.id = o.id', '{}', 'document'),
      (2,  'x',   format('INNER JOIN db.%I x ON x.id = o.id', COALESCE(pDeclaration->>'extends', pEntity)), '{}', NULL),
      (3,  'e',   'INNER JOIN db.entity e ON e.id = o.entity', '{}', NULL),
      (4,  'c',   'INNER JOIN db.class_tree c ON c.id = o.class', '{}', NULL),
      (5,  't',   'INNER JOIN db.type t ON t.id = o.type', '{}', NULL),
      (6,  'st',  'INNER JOIN db.state_type st ON st.id = o.state_type', '{}', NULL),
      (7,  's',   'INNER JOIN db.state s ON s.id = o.state', '{}', NULL),
      (8,  'ow',  'INNER JOIN db."user" ow ON ow.id = o.owner', '{}', NULL),
      (9,  'op',  'INNER JOIN db."user" op ON op.id = o.oper', '{}', NULL),
      (10, 'sc',  'INNER JOIN db.scope sc ON sc.id = o.scope', '{}', NULL),
      (11, 'a',   'INNER JOIN db.area a ON a.id = o.area', '{}', 'document'),
      (12, 'p',   'INNER JOIN db.priority p ON p.id = d.priority', '{d}', 'document'),
      (20, 'el',  'LEFT JOIN db.workflow_label el ON el.id = o.entity AND el.locale = current_locale()', '{}', NULL),
      (21, 'cl',  'LEFT JOIN db.workflow_label cl ON cl.id = o.class AND cl.locale = current_locale()', '{}', NULL),
      (22, 'tl',  'LEFT JOIN db.workflow_label tl ON tl.id = o.type AND tl.locale = current_locale()', '{}', NULL),
      (23, 'stl', 'LEFT JOIN db.workflow_label stl ON stl.id = o.state_type AND stl.locale = current_locale()', '{}', NULL),
      (24, 'sl',  'LEFT JOIN db.workflow_label sl ON sl.id = o.state AND sl.locale = current_locale()', '{}', NULL),
      (25, 'pl',  'LEFT JOIN db.workflow_label pl ON pl.id = d.priority AND pl.locale = current_locale()', '{d}', 'document'),
      (26, 'ot',  LocalText('ot', 'object_text', 'object', 'o.id'), '{}', NULL),
      (27, 'rt',  LocalText('rt', 'reference_text', 'reference', 'o.id'), '{}', 'reference'),
      (28, 'dt',  LocalText('dt', 'document_text', 'document', 'o.id'), '{}', 'document')
  ), refs AS (
    SELECT c->>'name' AS name, c->>'ref' AS ref, n,
           EXISTS (SELECT FROM pg_attribute a
                    WHERE a.attrelid = to_regclass('db.' || quote_ident(c->>'ref')) AND a.attname = 'reference') AS reference
      FROM jsonb_array_elements(pDeclaration->'columns') WITH ORDINALITY AS t (c, n)
     WHERE c ? 'ref'
  ), joined AS (
    SELECT 100 + r.n * 10 + j.n AS n, j.alias || '_' || r.name AS alias,
           CASE j.alias
           WHEN 'y' THEN format('LEFT JOIN db.%I y_%s ON y_%s.id = x.%I', r.ref, r.name, r.name, r.name)
           WHEN 'r' THEN format('LEFT JOIN db.reference r_%s ON r_%s.id = x.%I', r.name, r.name, r.name)
           WHEN 'o' THEN format('LEFT JOIN db.object o_%s ON o_%s.id = x.%I', r.name, r.name, r.name)
           WHEN 't' THEN format('LEFT JOIN db.type t_%1$s ON t_%1$s.id = o_%1$s.type', r.name)
           WHEN 's' THEN format('LEFT JOIN db.state s_%1$s ON s_%1$s.id = o_%1$s.state', r.name)
           WHEN 'sl' THEN format('LEFT JOIN db.workflow_label sl_%1$s ON sl_%1$s.id = o_%1$s.state AND sl_%1$s.locale = current_locale()', r.name)
           WHEN 'tl' THEN format('LEFT JOIN db.workflow_label tl_%1$s ON tl_%1$s.id = o_%1$s.type AND tl_%1$s.locale = current_locale()', r.name)
           WHEN 'rt' THEN LocalText('rt_' || r.name, 'reference_text', 'reference', format('x.%I', r.name))
           WHEN 'dt' THEN LocalText('dt_' || r.name, 'document_text', 'document', format('x.%I', r.name))
           WHEN 'ot' THEN LocalText('ot_' || r.name, 'object_text', 'object', format('x.%I', r.name))
           END AS clause,
           CASE WHEN j.alias IN ('s', 'sl', 't', 'tl') THEN ARRAY['x', 'o_' || r.name] ELSE '{x}' END AS needs
      FROM refs r
     CROSS JOIN (VALUES ('y', 1), ('r', 2), ('o', 3), ('t', 4), ('s', 5), ('tl', 6), ('sl', 7), ('rt', 8),
                        ('dt', 8), ('ot', 9)) AS j (alias, n)
     WHERE CASE j.alias WHEN 'r' THEN r.reference WHEN 'rt' THEN r.reference WHEN 'dt' THEN NOT r.reference ELSE true END
  )
  SELECT n, alias, clause, needs FROM base WHERE kind IS NULL OR kind = pDeclaration->>'kind'
   UNION ALL
  SELECT n, alias, clause, needs FROM joined
   ORDER BY 1;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION EntityJoins (text, jsonb) IS
$$Lists the joins that columns of an entity may need; db.object o is always there.

pEntity       entity
pDeclaration  declaration
Returns       order, alias, join, aliases that must come before$$;

-- ExpandedColumn --------------------------------------------------------------
CREATE OR REPLACE FUNCTION ExpandedColumn (
  pColumn       text,
  pItem         text,
  pReference    boolean,
  OUT expression text,
  OUT needs     text[]
)
AS $$
  SELECT format(i.expression, pColumn), ARRAY(SELECT 'x' UNION SELECT format(a, pColumn) FROM unnest(i.needs) AS a)
    FROM (SELECT v.expression, v.needs, 1 AS n
            FROM (VALUES
              ('code', true,  'r_%s.code', '{r_%s}'::text[]),
              ('name', true,  'rt_%s.name', '{rt_%s}'),
              ('name', false, 'ot_%s.label', '{ot_%s}'),
              ('label', NULL, 'ot_%s.label', '{ot_%s}'),
              ('description', true,  'rt_%s.description', '{rt_%s}'),
              ('description', false, 'dt_%s.description', '{dt_%s}'),
              ('statecode',  NULL, 's_%s.code', '{o_%1$s,s_%1$s}'),
              ('statelabel', NULL, 'COALESCE(sl_%1$s.label, s_%1$s.code)', '{o_%1$s,s_%1$s,sl_%1$s}'),
              ('type',            NULL, 'o_%s.type', '{o_%s}'),
              ('typecode',        NULL, 't_%s.code', '{o_%1$s,t_%1$s}'),
              ('typename',        NULL, 'COALESCE(tl_%1$s.label, t_%1$s.code)', '{o_%1$s,t_%1$s,tl_%1$s}'),
              ('typedescription', NULL, 'tl_%s.description', '{o_%1$s,tl_%1$s}')
            ) AS v (item, reference, expression, needs)
           WHERE v.item = pItem AND COALESCE(v.reference, pReference) = pReference
           UNION ALL
          SELECT 'y_%s.' || quote_ident(pItem), '{y_%s}', 2
           ORDER BY 3
           LIMIT 1) i;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION ExpandedColumn (text, text, boolean) IS
$$Gives what is shown of an object that a column refers to.

pColumn     column
pItem       code, name, label, description, statecode, statelabel, type, typecode, typename,
            typedescription, or a column of the table of the entity referred to
pReference  that entity is a reference
expression  expression
needs       aliases that it needs$$;

-- EntityDictionary ------------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityDictionary (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       TABLE (token text, place bigint, name text, expression text, needs text[])
AS $$
  WITH base (token, name, expression, needs, kind) AS (
    VALUES
      ('id', 'id', 'o.id', '{}'::text[], NULL),
      ('object', 'object', 'o.id', '{}', NULL),
      ('parent', 'parent', 'o.parent', '{}', NULL),
      ('reference', 'reference', 'r.id', '{r}', 'reference'),
      ('document', 'document', 'd.id', '{d}', 'document'),
      ('entity', 'entity', 'o.entity', '{}', NULL),
      ('entity', 'entitycode', 'e.code', '{e}', NULL),
      ('entity', 'entityname', 'COALESCE(el.label, e.code)', '{e,el}', NULL),
      ('event', 'event', 'o.entity', '{}', NULL),
      ('event', 'eventcode', 'e.code', '{e}', NULL),
      ('event', 'eventname', 'COALESCE(el.label, e.code)', '{e,el}', NULL),
      ('class', 'class', 'o.class', '{}', NULL),
      ('class', 'classcode', 'c.code', '{c}', NULL),
      ('class', 'classlabel', 'COALESCE(cl.label, c.code)', '{c,cl}', NULL),
      ('type', 'type', 'o.type', '{}', NULL),
      ('type', 'typecode', 't.code', '{t}', NULL),
      ('type', 'typename', 'COALESCE(tl.label, t.code)', '{t,tl}', NULL),
      ('type', 'typedescription', 'tl.description', '{tl}', NULL),
      ('statetype', 'statetype', 'o.state_type', '{}', NULL),
      ('statetype', 'statetypecode', 'st.code', '{st}', NULL),
      ('statetype', 'statetypename', 'COALESCE(stl.label, st.code)', '{st,stl}', NULL),
      ('state', 'state', 'o.state', '{}', NULL),
      ('state', 'statecode', 's.code', '{s}', NULL),
      ('state', 'statelabel', 'COALESCE(sl.label, s.code)', '{s,sl}', NULL),
      ('texts', 'code', CASE pDeclaration->>'kind' WHEN 'reference' THEN 'r.code' ELSE 'x.code' END,
                CASE pDeclaration->>'kind' WHEN 'reference' THEN '{r}' ELSE '{x}' END::text[], NULL),
      ('texts', 'name', CASE pDeclaration->>'kind' WHEN 'reference' THEN 'rt.name' ELSE 'ot.label' END,
                CASE pDeclaration->>'kind' WHEN 'reference' THEN '{rt}' ELSE '{ot}' END::text[], NULL),
      ('texts', 'label', 'ot.label', '{ot}', NULL),
      ('texts', 'description', CASE pDeclaration->>'kind' WHEN 'reference' THEN 'rt.description' ELSE 'dt.description' END,
                CASE pDeclaration->>'kind' WHEN 'reference' THEN '{rt}' ELSE '{dt}' END::text[], NULL),
      ('text', 'text', 'ot.text', '{ot}', NULL),
      ('dates', 'created', 'o.pdate', '{}', NULL),
      ('dates', 'lastupdate', 'o.udate', '{}', NULL),
      ('dates', 'operdate', 'o.ldate', '{}', NULL),
      ('priority', 'priority', 'd.priority', '{d}', 'document'),
      ('priority', 'prioritycode', 'p.code', '{d,p}', 'document'),
      ('priority', 'priorityname', 'COALESCE(pl.label, p.code)', '{d,p,pl}', 'document'),
      ('priority', 'prioritydescription', 'pl.description', '{d,pl}', 'document'),
      ('owner', 'owner', 'o.owner', '{}', NULL),
      ('owner', 'ownercode', 'ow.username', '{ow}', NULL),
      ('owner', 'ownername', 'ow.name', '{ow}', NULL),
      ('oper', 'oper', 'o.oper', '{}', NULL),
      ('oper', 'opercode', 'op.username', '{op}', NULL),
      ('oper', 'opername', 'op.name', '{op}', NULL),
      ('area', 'area', 'o.area', '{}', 'document'),
      ('area', 'areacode', 'a.code', '{a}', 'document'),
      ('area', 'areaname', 'a.name', '{a}', 'document'),
      ('area', 'areadescription', 'a.description', '{a}', 'document'),
      ('scope', 'scope', 'o.scope', '{}', NULL),
      ('scope', 'scopecode', 'sc.code', '{sc}', NULL),
      ('scope', 'scopename', 'sc.name', '{sc}', NULL),
      ('scope', 'scopedescription', 'sc.description', '{sc}', NULL)
  ), own AS (
    SELECT c, n, c->>'name' AS name,
           EXISTS (SELECT FROM pg_attribute a
                    WHERE a.attrelid = to_regclass('db.' || quote_ident(c->>'ref')) AND a.attname = 'reference') AS reference
      FROM jsonb_array_elements(pDeclaration->'columns') WITH ORDINALITY AS t (c, n)
  ), shown AS (
    SELECT w.name AS token, w.n * 100 AS place, w.name,
           COALESCE('(' || (w.c->>'view') || ')', format('x.%I', w.name)) AS expression, '{x}'::text[] AS needs
      FROM own w
     UNION ALL
    SELECT w.name, w.n * 100 + i.n, COALESCE(split_part(i.item, ' as ', 2), ''), split_part(i.item, ' as ', 1), ARRAY[w.name, w.reference::text]
      FROM own w
     CROSS JOIN LATERAL jsonb_array_elements_text(COALESCE(w.c->'expand',
            CASE WHEN NOT w.c ? 'ref' THEN '[]' WHEN w.reference THEN '["code", "name", "description"]'
                 ELSE '["label", "description"]' END::jsonb)) WITH ORDINALITY AS i (item, n)
  )
  SELECT b.token, row_number() OVER (), b.name, b.expression, b.needs
    FROM base b
   WHERE (b.kind IS NULL OR b.kind = pDeclaration->>'kind')
     AND (b.name <> 'code' OR pDeclaration->>'kind' = 'reference' OR COALESCE(pDeclaration->'code', 'false') <> 'false')
     AND b.name NOT IN (SELECT w.name FROM own w)
   UNION ALL
  SELECT s.token, 1000 + s.place, s.name, s.expression, s.needs FROM shown s WHERE s.place % 100 = 0
   UNION ALL
  SELECT s.token, 1000 + s.place, COALESCE(NULLIF(s.name, ''), s.token || s.expression), x.expression, x.needs
    FROM shown s
   CROSS JOIN LATERAL ExpandedColumn(s.needs[1], s.expression, s.needs[2]::boolean) AS x
   WHERE s.place % 100 <> 0;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION EntityDictionary (text, jsonb) IS
$$Lists every column that a view of an entity can have.

pEntity       entity
pDeclaration  declaration
Returns       word of a layout that stands for it (with others), order within that, name, expression,
              aliases of EntityJoins() that it needs$$;
