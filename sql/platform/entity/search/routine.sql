-- SearchIds -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SearchIds (
  pText         text,
  pEntities     text[],
  pLocaleCode   text,
  pLimit        integer DEFAULT 500
) RETURNS       uuid[]
AS $$
DECLARE
  bRussian      boolean := COALESCE(pLocaleCode, '') = 'ru';
  uLocale       uuid := GetLocale(CASE WHEN bRussian THEN 'ru' ELSE 'en' END);
  uClasses      uuid[] := ARRAY(SELECT c.id
                                  FROM db.entity e
                                 INNER JOIN db.class_tree c ON c.entity = e.id AND NOT c.abstract
                                 WHERE e.code = ANY (pEntities));
  uIds          uuid[];
BEGIN
  -- Texts of another locale count where the object has none in the one that is searched.
  EXECUTE format($fmt$
SELECT ARRAY(
  SELECT o.id
    FROM (SELECT t.object
            FROM db.object_text t
           WHERE t.%I @@ websearch_to_tsquery(%L, $1)
             AND (t.locale = $2
                  OR NOT EXISTS (SELECT FROM db.object_text x WHERE x.object = t.object AND x.locale = $2))
           UNION
          SELECT r.id
            FROM db.reference r
           WHERE r.scope = $3 AND r.code LIKE $1 || '%%') f
   INNER JOIN db.object o ON o.id = f.object
   WHERE o.scope = $3
     AND o.state IS NOT NULL
     AND ($4 = '{}' OR o.class = ANY ($4))
     AND %s
   ORDER BY o.pdate DESC, o.id
   LIMIT $5)$fmt$,
    CASE WHEN bRussian THEN 'searchable_ru' ELSE 'searchable_en' END,
    CASE WHEN bRussian THEN 'russian' ELSE 'english' END, AccessCondition('o'))
    INTO uIds
   USING pText, uLocale, current_scope(), uClasses, pLimit;

  RETURN uIds;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION SearchIds (text, text[], text, integer) IS
$$Finds the objects whose label or text has some words, and the references whose code begins so.

pText        words as in a web search; for codes % and _ are wildcards
pEntities    codes of entities; none of them known: all
pLocaleCode  ru searches in Russian, everything else in English
pLimit       most objects
Returns      objects of the current scope that the current user may read, the newest first$$;
