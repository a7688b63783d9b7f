-- Texts: stored by locale, loaded from data files.

-- WorkflowKinds ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION WorkflowKinds ()
RETURNS TABLE (
  kind          text,
  texts         text,
  owner         text,
  label         text,
  described     boolean
)
AS $$
  VALUES
    ('entity',     'entity_text',     'entity',   'name',  true),
    ('class',      'class_text',      'class',    'label', false),
    ('type',       'type_text',       'type',     'name',  true),
    ('state_type', 'state_type_text', 'type',     'name',  true),
    ('state',      'state_text',      'state',    'label', false),
    ('action',     'action_text',     'action',   'name',  true),
    ('method',     'method_text',     'method',   'label', false),
    ('event_type', 'event_type_text', 'type',     'name',  true),
    ('event',      'event_text',      'event',    'label', false),
    ('priority',   'priority_text',   'priority', 'name',  true);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION WorkflowKinds () IS
$$Lists what has texts: kind, table of the texts, its columns for owner and label.

Returns  described: the text table has a column description$$;

-- StoreText -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION StoreText (
  pKind         text,
  pId           uuid,
  pName         text,
  pDescription  text DEFAULT NULL,
  pLocale       uuid DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  IF num_nulls(pName, pDescription) = 2 THEN
    RETURN;
  END IF;

  SELECT * INTO STRICT r FROM WorkflowKinds() k WHERE k.kind = pKind;

  -- A description that comes first, without a name, takes the name that is shown so far.
  EXECUTE format(
    'INSERT INTO db.%1$I AS t (%2$I, locale, %3$I%4$s)
     VALUES ($1, $4, COALESCE($2, (SELECT l.label FROM db.workflow_label l WHERE l.id = $1 AND l.locale = $4))%5$s)
         ON CONFLICT (%2$I, locale) DO UPDATE SET %3$I = COALESCE($2, t.%3$I)%6$s',
    r.texts, r.owner, r.label,
    CASE WHEN r.described THEN ', description' END,
    CASE WHEN r.described THEN $q$, NULLIF($3, '')$q$ END,
    CASE WHEN r.described THEN $q$, description = NULLIF(COALESCE($3, t.description), '')$q$ END)
  USING pId, pName, pDescription, COALESCE(pLocale, current_locale());
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION StoreText (text, uuid, text, text, uuid) IS
$$Stores the text of a row of the workflow in one locale.

pKind         kind, see WorkflowKinds()
pId           row
pName         name or label; null keeps
pDescription  description; null keeps, an empty string clears
pLocale       locale; null is the current one$$;

-- BuildTextFunctions ----------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildTextFunctions (
  pKind         text
) RETURNS       void
AS $$
DECLARE
  r             record;
  k             record;
  vName         text := initcap(pKind);
  vArguments    text;
BEGIN
  SELECT * INTO STRICT k FROM WorkflowKinds() w WHERE w.kind = pKind;

  FOR r IN
    SELECT * FROM (VALUES
      ('New',  'current_locale()', 'Adds the text of one %s in one locale, or changes it.'),
      ('Edit', 'NULL',             'Changes the text of one %s in one locale, or adds it.')
    ) AS t (verb, locale, summary)
  LOOP
    vArguments := format('p%s uuid, p%s text%s, pLocale uuid DEFAULT %s', vName, initcap(k.label),
      CASE WHEN k.described THEN ', pDescription text DEFAULT NULL' ELSE '' END, r.locale);

    EXECUTE format(
      'CREATE OR REPLACE FUNCTION kernel.%s%sText (%s) RETURNS void AS %L LANGUAGE plpgsql',
      r.verb, vName, vArguments,
      format('BEGIN PERFORM StoreText(%L, p%s, p%s, %s, pLocale); END;', pKind, vName, initcap(k.label),
             CASE WHEN k.described THEN 'pDescription' ELSE 'NULL' END));

    EXECUTE format('COMMENT ON FUNCTION kernel.%s%sText IS %L', r.verb, vName,
      concat_ws(E'\n', format(r.summary, pKind), '',
        format('p%s  %s', rpad(vName, 12), pKind),
        format('p%s  %s; null keeps', rpad(initcap(k.label), 12), k.label),
        CASE WHEN k.described THEN 'pDescription   description; null keeps, an empty string clears' END,
        'pLocale        locale; null is the current one'));
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildTextFunctions (text) IS
$$Creates the functions New<Kind>Text and Edit<Kind>Text of one kind of the workflow.

pKind  kind, see WorkflowKinds()$$;

SELECT BuildTextFunctions(k)
  FROM unnest(ARRAY['entity', 'class', 'type', 'state', 'action', 'method', 'event', 'priority']) AS k;

-- FillTexts -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION FillTexts (
  pKind         text,
  pId           uuid,
  pKeys         text[],
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT DISTINCT ON (t.locale) t.locale, t.name, t.description
      FROM unnest(pKeys) WITH ORDINALITY AS k (key, place)
     INNER JOIN db.workflow_text t ON t.kind = pKind AND t.key = k.key
     ORDER BY t.locale, k.place
  LOOP
    PERFORM StoreText(pKind, pId, r.name, r.description, r.locale);
  END LOOP;

  PERFORM StoreText(pKind, pId, pName, pDescription);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION FillTexts (text, uuid, text[], text, text) IS
$$Gives a new row of the workflow its texts: those of the data files, and the given one.

pKind         kind, see WorkflowKinds()
pId           row
pKeys         keys of the data files; in each locale the first one that has a text counts
pName         name or label in the current locale, before that of a file; null: none
pDescription  description in the current locale; null: none$$;

-- LoadTexts -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION LoadTexts (
  pLocale       text,
  pTexts        jsonb
) RETURNS       void
AS $$
DECLARE
  r             record;
  uLocale       uuid := GetLocale(pLocale);
BEGIN
  IF uLocale IS NULL THEN
    PERFORM IncorrectLocaleCode(pLocale);
  END IF;

  FOR r IN SELECT key FROM jsonb_object_keys(pTexts) AS t (key)
            WHERE key NOT IN (SELECT kind FROM WorkflowKinds())
  LOOP
    PERFORM IncorrectKeyInArray(r.key, 'LoadTexts', ARRAY(SELECT kind FROM WorkflowKinds()));
  END LOOP;

  FOR r IN
    WITH given AS (
      SELECT k.key AS kind, t.key,
             CASE jsonb_typeof(t.value) WHEN 'array' THEN t.value->>0 ELSE t.value #>> '{}' END AS name,
             CASE jsonb_typeof(t.value) WHEN 'array' THEN t.value->>1 END AS description
        FROM jsonb_each(pTexts) k, jsonb_each(k.value) t
    ), old AS (
      SELECT * FROM db.workflow_text WHERE locale = uLocale
    ), stored AS (
      INSERT INTO db.workflow_text AS t (kind, key, locale, name, description)
      SELECT kind, key, uLocale, name, description FROM given
          ON CONFLICT (kind, key, locale) DO UPDATE
         SET name = excluded.name, description = excluded.description
       WHERE (t.name, t.description) IS DISTINCT FROM (excluded.name, excluded.description)
      RETURNING kind, key, name, description
    )
    SELECT s.kind, s.key, s.name, s.description, o.name AS oldname, o.description AS olddescription
      FROM stored s
      LEFT JOIN old o USING (kind, key)
  LOOP
    PERFORM ApplyText(r.kind, w.id, uLocale, r.name, r.description, r.oldname, r.olddescription)
       FROM WorkflowRowsOf(r.kind, r.key) AS w (id);
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION LoadTexts (text, jsonb) IS
$$Loads the texts of one locale from a data file: {kind: {key: "name" or ["name", "description"]}}.

Rows that there are get them at once, rows made later when they are made. A text that somebody
changed by hand stays as it is.
pLocale  code of the locale
pTexts   the texts; key is a code, of a state or method CLASS.CODE, or CODE for every class
Raises   IncorrectLocaleCode, IncorrectKeyInArray for a kind that does not exist$$;

-- WorkflowRowsOf --------------------------------------------------------------
CREATE OR REPLACE FUNCTION WorkflowRowsOf (
  pKind         text,
  pKey          text
) RETURNS       SETOF uuid
AS $$
  SELECT id FROM db.entity     WHERE pKind = 'entity'     AND code = pKey
   UNION ALL
  SELECT id FROM db.class_tree WHERE pKind = 'class'      AND code = pKey
   UNION ALL
  SELECT id FROM db.type       WHERE pKind = 'type'       AND code = pKey
   UNION ALL
  SELECT id FROM db.state_type WHERE pKind = 'state_type' AND code = pKey
   UNION ALL
  SELECT id FROM db.action     WHERE pKind = 'action'     AND code = pKey
   UNION ALL
  SELECT id FROM db.event_type WHERE pKind = 'event_type' AND code = pKey
   UNION ALL
  SELECT id FROM db.priority   WHERE pKind = 'priority'   AND code = pKey
   UNION ALL
  SELECT s.id
    FROM db.class_tree c
   INNER JOIN db.state s ON s.class = c.id
   WHERE pKind = 'state' AND c.code = split_part(pKey, '.', 1) AND s.code = split_part(pKey, '.', 2)
   UNION ALL
  SELECT m.id
    FROM db.class_tree c
   INNER JOIN db.method m ON m.class = c.id
   INNER JOIN db.action a ON a.id = m.action
   WHERE pKind = 'method' AND c.code = split_part(pKey, '.', 1)
     AND (m.code = split_part(pKey, '.', 2) OR (a.code = split_part(pKey, '.', 2) AND m.state IS NOT NULL));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION WorkflowRowsOf (text, text) IS
$$Finds the rows that a key of a data file means.

Keys for every class (a state or method without CLASS) mean none: they serve new rows only.
pKind    kind, see WorkflowKinds()
pKey     key of the data file
Returns  the rows$$;

-- ApplyText -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ApplyText (
  pKind           text,
  pId             uuid,
  pLocale         uuid,
  pName           text,
  pDescription    text,
  pOldName        text,
  pOldDescription text
) RETURNS         void
AS $$
DECLARE
  r               record;
BEGIN
  SELECT label, description INTO r
    FROM db.workflow_label
   WHERE id = pId AND locale = pLocale AND source = locale;

  IF NOT FOUND THEN
    PERFORM StoreText(pKind, pId, pName, pDescription, pLocale);
  ELSE
    PERFORM StoreText(pKind, pId,
      CASE WHEN r.label = pOldName THEN pName END,
      CASE WHEN r.description IS NOT DISTINCT FROM pOldDescription THEN COALESCE(pDescription, '') END,
      pLocale);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ApplyText (text, uuid, uuid, text, text, text, text) IS
$$Stores a text of a data file unless the row has one that did not come from that file.

pKind            kind, see WorkflowKinds()
pId              row
pLocale          locale
pName            new name
pDescription     new description
pOldName         name that the file had before; null: none
pOldDescription  description that the file had before; null: none$$;

-- RefreshLabels ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RefreshLabels ()
RETURNS         void
AS $$
  UPDATE db.workflow_label w
     SET source = b.source, label = b.label, description = b.description
    FROM (SELECT DISTINCT ON (id) id, source, label, description
            FROM db.workflow_label
           WHERE source = locale
           ORDER BY id, locale <> DefaultLocale(), locale) b
   WHERE b.id = w.id
     AND w.source <> w.locale
     AND (w.source, w.label, w.description) IS DISTINCT FROM (b.source, b.label, b.description);
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION RefreshLabels () IS
'Works out the fallbacks of db.workflow_label again; needed only when the default locale was changed.';

-- MissingTexts ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION MissingTexts ()
RETURNS TABLE (
  locale        text,
  kind          text,
  code          text
)
AS $$
  WITH named (kind, id, code) AS (
    SELECT 'entity', id, code FROM db.entity
     UNION ALL
    SELECT 'class', id, code FROM db.class_tree
     UNION ALL
    SELECT 'type', id, code FROM db.type
     UNION ALL
    SELECT 'state_type', id, code FROM db.state_type
     UNION ALL
    SELECT 'state', s.id, c.code || '.' || s.code FROM db.state s INNER JOIN db.class_tree c ON c.id = s.class
     UNION ALL
    SELECT 'action', id, code FROM db.action
     UNION ALL
    SELECT 'method', m.id, c.code || '.' || m.code FROM db.method m INNER JOIN db.class_tree c ON c.id = m.class
     UNION ALL
    SELECT 'event_type', id, code FROM db.event_type
     UNION ALL
    SELECT 'priority', id, code FROM db.priority
  )
  SELECT l.code, n.kind, n.code
    FROM named n
   CROSS JOIN db.locale l
   WHERE NOT EXISTS (SELECT FROM db.workflow_label w
                      WHERE w.id = n.id AND w.locale = l.id AND w.source = l.id)
   ORDER BY 1, 2, 3;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION MissingTexts () IS
$$Lists what has no text of its own in a locale and shows a fallback.

Returns  code of the locale, kind, code; of states and methods CLASS.CODE. No row after an installation$$;
