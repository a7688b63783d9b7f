-- api.search ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.search (
  pText         text,
  pEntities     jsonb DEFAULT NULL,
  pLocaleCode   text DEFAULT locale_code()
) RETURNS       SETOF api.object
AS $$
BEGIN
  IF COALESCE(pEntities, 'null') <> 'null' AND jsonb_typeof(pEntities) <> 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pEntities), 'array');
  END IF;

  IF COALESCE(pText, '') <> '' THEN
    RETURN QUERY SELECT * FROM rows_object(SearchIds(pText, JsonbToArrayText(NULLIF(pEntities, 'null'))::text[], pLocaleCode));
  END IF;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.search (text, jsonb, text) IS
$$Searches the objects that the current user may read.

pText        words as in a web search, or the beginning of a code
pEntities    array of codes of entities; null: all
pLocaleCode  ru searches in Russian, everything else in English; by default the current locale
Returns      objects, the newest first
Raises       IncorrectJsonType$$;

-- api.search_en, api.search_ru ------------------------------------------------
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT * FROM (VALUES ('en', 'English'), ('ru', 'Russian')) AS t (code, language)
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION api.search_%1$s (
  pText         text
) RETURNS       SETOF api.object
AS 'BEGIN RETURN QUERY SELECT * FROM api.search(pText, NULL, ''%2$s''); END;' LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp$fmt$, r.code, r.code);
    EXECUTE format('COMMENT ON FUNCTION api.search_%s (text) IS %L', r.code,
      format(E'Searches the objects that the current user may read, in %s.\n\npText  words as in a web search', r.language));
  END LOOP;
END;
$do$;
