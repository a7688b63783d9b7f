-- db.workflow_label follows the text tables and the list of locales.

-- text tables -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_workflow_label ()
RETURNS         trigger
AS $$
DECLARE
  j             jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  uId           uuid := (j->>TG_ARGV[0])::uuid;
  uLocale       uuid := (j->>'locale')::uuid;
  uDefault      uuid := DefaultLocale();
  vLabel        text := COALESCE(j->>'name', j->>'label');
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM FROM db.workflow_label
      WHERE id = uId AND source = locale AND locale <> uLocale;

    IF NOT FOUND THEN
      DELETE FROM db.workflow_label WHERE id = uId;
    ELSE
      UPDATE db.workflow_label w
         SET source = b.source, label = b.label, description = b.description
        FROM (SELECT * FROM db.workflow_label
               WHERE id = uId AND source = locale AND locale <> uLocale
               ORDER BY locale <> uDefault, locale
               LIMIT 1) b
       WHERE w.id = uId AND w.source = uLocale;
    END IF;
    RETURN NULL;
  END IF;

  INSERT INTO db.workflow_label AS w (id, locale, source, label, description)
  VALUES (uId, uLocale, uLocale, vLabel, j->>'description')
      ON CONFLICT (id, locale) DO UPDATE
     SET source = excluded.source, label = excluded.label, description = excluded.description;

  -- Locales without a text of their own show that of the default locale, else what came first.
  UPDATE db.workflow_label
     SET source = uLocale, label = vLabel, description = j->>'description'
   WHERE id = uId AND locale <> uLocale AND source <> locale AND (source = uLocale OR uLocale = uDefault);

  INSERT INTO db.workflow_label (id, locale, source, label, description)
  SELECT uId, l.id, uLocale, vLabel, j->>'description'
    FROM db.locale l
   WHERE NOT EXISTS (SELECT FROM db.workflow_label w WHERE w.id = uId AND w.locale = l.id);

  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_workflow_label () IS
'Carries a text over into db.workflow_label; the argument names the column that holds the owner of the text.';

DO $$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT * FROM WorkflowKinds()
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON db.%I
                    FOR EACH ROW EXECUTE FUNCTION db.ft_workflow_label(%L)',
                   't_' || r.texts, r.texts, r.owner);
  END LOOP;
END;
$$;

-- locale ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_locale_workflow_label ()
RETURNS         trigger
AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM db.workflow_label WHERE locale = OLD.id;
  ELSE
    INSERT INTO db.workflow_label (id, locale, source, label, description)
    SELECT DISTINCT ON (w.id) w.id, NEW.id, w.source, w.label, w.description
      FROM db.workflow_label w
     WHERE w.source = w.locale
     ORDER BY w.id, w.locale <> DefaultLocale(), w.locale
        ON CONFLICT (id, locale) DO NOTHING;
  END IF;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_locale_workflow_label () IS
'Gives a new locale the texts of the default one, and takes those of a deleted locale away.';

CREATE OR REPLACE TRIGGER t_locale_workflow_label
  AFTER INSERT OR DELETE ON db.locale
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_locale_workflow_label();
