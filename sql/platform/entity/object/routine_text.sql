-- Texts of objects: stored in the locales in which they were given. A reader gets those of his own
-- locale, else those of the default locale, else any.

-- NewObjectText ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewObjectText (
  pObject       uuid,
  pLabel        text,
  pText         text,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       void
AS $$
BEGIN
  INSERT INTO db.object_text (object, locale, label, text)
  VALUES (pObject, pLocale, CheckNull(pLabel), CheckNull(pText));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewObjectText (uuid, text, text, uuid) IS
$$Adds the texts of an object in one locale.

pObject  object
pLabel   label
pText    text
pLocale  locale, by default the current one$$;

-- EditObjectText --------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditObjectText (
  pObject       uuid,
  pLabel        text,
  pText         text,
  pLocale       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF num_nulls(pLabel, pText) = 2 THEN
    RETURN;
  END IF;

  UPDATE db.object_text
     SET label = CheckNull(COALESCE(pLabel, label)),
         text = CheckNull(COALESCE(pText, text))
   WHERE object = pObject
     AND (pLocale IS NULL OR locale = pLocale);

  IF NOT FOUND THEN
    -- What is not given was a fallback so far: it stays what the reader sees.
    PERFORM NewObjectText(pObject, COALESCE(pLabel, f.label), COALESCE(pText, f.text),
                          COALESCE(pLocale, current_locale()))
       FROM (SELECT 1) one
       LEFT JOIN ObjectTexts(pObject, pLocale) f ON true;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditObjectText (uuid, text, text, uuid) IS
$$Changes the texts of an object.

pObject  object
pLabel   new label; null keeps, an empty string clears
pText    new text; null keeps, an empty string clears
pLocale  locale; null: every locale in which the object has texts$$;

-- ObjectTexts -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ObjectTexts (
  pObject       uuid,
  pLocale       uuid DEFAULT current_locale(),
  OUT label     text,
  OUT text      text
) RETURNS       SETOF record
AS $$
BEGIN
  RETURN QUERY
    SELECT t.label, t.text
      FROM db.object_text t
     WHERE t.object = pObject
     ORDER BY t.locale <> COALESCE(pLocale, current_locale()), t.locale <> DefaultLocale(), t.locale
     LIMIT 1;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ObjectTexts (uuid, uuid) IS
$$Returns the texts of an object that a reader of a locale gets.

pObject  object
pLocale  locale, by default the current one
Returns  one row; none when it has no texts$$;

-- GetObjectLabel --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectLabel (
  pObject       uuid,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       text
AS $$
BEGIN
  RETURN (SELECT t.label FROM ObjectTexts(pObject, pLocale) t);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetObjectLabel (uuid, uuid) IS
$$Gives the label of an object.

pObject  object
pLocale  locale, by default the current one
Returns  label; null when it has none$$;

-- columns of db.object --------------------------------------------------------
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('GetObjectParent',        'pObject', 'uuid', 'o.parent', '', 'the parent of an object'),
      ('GetObjectEntity',        'pObject', 'uuid', 'o.entity', '', 'the entity of an object'),
      ('GetObjectClass',         'pId', 'uuid', 'o.class', '', 'the class of an object'),
      ('GetObjectType',          'pId', 'uuid', 'o.type', '', 'the type of an object'),
      ('GetObjectState',         'pId', 'uuid', 'o.state', '', 'the state of an object'),
      ('GetObjectStateType',     'pId', 'uuid', 'o.state_type', '', 'the kind of the state of an object'),
      ('GetObjectOwner',         'pId', 'uuid', 'o.owner', '', 'the owner of an object'),
      ('GetObjectOper',          'pId', 'uuid', 'o.oper', '', 'the user who changed an object last'),
      ('GetObjectVersion',       'pId', 'bigint', 'o.version', '', 'the number of the version of an object'),
      ('GetObjectTypeCode',      'pId', 'text', 't.code', 'INNER JOIN db.type t ON t.id = o.type', 'the code of the type of an object'),
      ('GetObjectStateCode',     'pId', 'text', 's.code', 'INNER JOIN db.state s ON s.id = o.state', 'the code of the state of an object'),
      ('GetObjectStateTypeCode', 'pId', 'text', 't.code', 'INNER JOIN db.state_type t ON t.id = o.state_type', 'the code of the kind of the state of an object')
    ) AS t (name, parameter, type, expression, joined, what)
  LOOP
    EXECUTE format('CREATE OR REPLACE FUNCTION kernel.%s (%s uuid) RETURNS %s AS %L LANGUAGE plpgsql STABLE STRICT',
      r.name, r.parameter, r.type,
      format('BEGIN RETURN (SELECT %s FROM db.object o %s WHERE o.id = %s); END;', r.expression, r.joined, r.parameter));
    EXECUTE format('COMMENT ON FUNCTION kernel.%s (uuid) IS %L', r.name,
      format(E'Gives %s; null when there is none.\n\n%s  object', r.what, r.parameter));
  END LOOP;
END;
$do$;
