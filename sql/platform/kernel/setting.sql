-- An SQL function that reads a table is planned anew at each call before PostgreSQL 18; PL/pgSQL
-- keeps the plan. SQL is for the one-liners that inline.

-- Setting ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION Setting (
  pName         text
) RETURNS       text
AS $$
BEGIN
  RETURN (SELECT s.value FROM db.setting s WHERE s.name = pName);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION Setting (text) IS
$$Returns an installation setting, or null when it was never set.

pName    dotted name, for instance scope.default
Returns  its value$$;

-- SetSetting ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetSetting (
  pName         text,
  pValue        text
) RETURNS       void
AS $$
  INSERT INTO db.setting (name, value)
  VALUES (pName, pValue)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value;
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SetSetting (text, text) IS
$$Stores an installation setting, over an older value too.

pName    dotted name
pValue   new value$$;

-- InstallSetting --------------------------------------------------------------
CREATE OR REPLACE FUNCTION InstallSetting (
  pName         text,
  pDefault      text DEFAULT NULL
) RETURNS       text
AS $$
  SELECT COALESCE(NULLIF(current_setting(pName, true), ''), pDefault);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION InstallSetting (text, text) IS
$$Returns what the installer passes for a name, such as project.code, else a default.

pName     name of the installer's transaction-local setting
pDefault  value when the installer passes none
Returns   the value$$;

-- KeepSetting -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION KeepSetting (
  pName         text,
  pDefault      text
) RETURNS       text
AS $$
DECLARE
  vValue        text := InstallSetting(pName, Setting(pName));
BEGIN
  vValue := COALESCE(vValue, pDefault);
  PERFORM SetSetting(pName, vValue);
  RETURN vValue;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION KeepSetting (text, text) IS
$$Stores what the installer passes, else keeps the stored value, else takes the default.

pName     name of the setting, the same on both sides
pDefault  value of a first installation that names none
Returns   the value in force$$;

-- GetSecretKey ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetSecretKey (
  pName         text DEFAULT 'key'
) RETURNS       text
AS $$
BEGIN
  RETURN (SELECT s.value FROM db.setting s WHERE s.name = 'secret.' || pName);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetSecretKey (text) IS
$$Returns the server's key for HMACs; every installation has its own.

pName    which key, key is the only one that the platform has
Returns  the key$$;
