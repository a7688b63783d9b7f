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

-- DefaultLocale ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION DefaultLocale (
) RETURNS       uuid
AS $$
  SELECT coalesce(
           (SELECT id FROM db.locale WHERE code = Setting('project.locale')),
           '00000000-0000-4001-a000-000000000001');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION DefaultLocale () IS
$$Gives the locale of the project, which speaks to everybody without a session; English when none is set.$$;
