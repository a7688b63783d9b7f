-- GetLocale -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetLocale (
  pCode         text
) RETURNS       uuid
AS $$
  SELECT id FROM db.locale WHERE code = pCode;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION GetLocale (text) IS
$$Finds a locale by its code; null when there is none.

pCode  ISO 639-1 code, lower case$$;

-- GetLocaleCode ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetLocaleCode (
  pId           uuid
) RETURNS       text
AS $$
  SELECT code FROM db.locale WHERE id = pId;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION GetLocaleCode (uuid) IS
$$Gives the code of a locale; null when there is no such locale.

pId  locale$$;
