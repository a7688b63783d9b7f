-- GetRegKeyValue --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetRegKeyValue (
  pKey          uuid,
  pValueName    text
) RETURNS       uuid
AS $$
  SELECT id FROM registry.value WHERE key = pKey AND vname = pValueName;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION GetRegKeyValue (uuid, text) IS
$$Finds a value of a key by its name; null when there is none.

pKey        key
pValueName  name$$;

-- registry.get_reg_value ------------------------------------------------------
CREATE OR REPLACE FUNCTION registry.get_reg_value (
  pId           uuid
) RETURNS       Variant
AS $$
  SELECT ROW(vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)::Variant
    FROM registry.value
   WHERE id = pId;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION registry.get_reg_value (uuid) IS
$$Gives what a value holds; null when there is no such value.

pId  value$$;

-- RegQueryValue ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegQueryValue (
  pId           uuid
) RETURNS       Variant
AS $$
  SELECT registry.get_reg_value(pId);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION RegQueryValue (uuid) IS
$$Gives what a value holds; null when there is no such value.

pId  value$$;

-- RegQueryValueEx -------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegQueryValueEx (
  pId           uuid
) RETURNS       registry.value
AS $$
  SELECT v FROM registry.value v WHERE v.id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION RegQueryValueEx (uuid) IS
$$Gives the row of a value; null when there is no such value.

pId  value$$;

-- RegGetValue -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegGetValue (
  pKey          uuid,
  pValueName    text
) RETURNS       Variant
AS $$
  SELECT ROW(vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)::Variant
    FROM registry.value
   WHERE key = pKey
     AND vname = pValueName;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION RegGetValue (uuid, text) IS
$$Gives what a value of a key holds; null when there is no such value.

pKey        key
pValueName  name of the value$$;

-- RegGetValueEx ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegGetValueEx (
  pKey          uuid,
  pValueName    text
) RETURNS       registry.value
AS $$
  SELECT v FROM registry.value v WHERE v.key = pKey AND v.vname = pValueName;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION RegGetValueEx (uuid, text) IS
$$Gives the row of a value of a key; null when there is no such value.

pKey        key
pValueName  name of the value$$;

-- RegEnumValue ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegEnumValue (
  pKey          uuid,
  OUT id        uuid,
  OUT key       uuid,
  OUT vname     text,
  OUT value     Variant
) RETURNS       SETOF record
AS $$
  SELECT v.id, v.key, v.vname, ROW(v.vtype, v.vinteger, v.vnumeric, v.vdatetime, v.vstring, v.vboolean)::Variant
    FROM registry.value v
   WHERE v.key = pKey
   ORDER BY v.vname;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION RegEnumValue (uuid) IS
$$Lists the values of a key, by name.

pKey  key$$;

-- RegEnumValueEx --------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegEnumValueEx (
  pKey          uuid
) RETURNS       SETOF registry.value
AS $$
  SELECT * FROM registry.value WHERE key = pKey ORDER BY vname;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION RegEnumValueEx (uuid) IS
$$Lists the rows of the values of a key, by name.

pKey  key$$;

-- RegSetValueEx ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegSetValueEx (
  pKey          uuid,
  pValueName    text,
  pType         integer,
  pInteger      integer DEFAULT NULL,
  pNumeric      numeric DEFAULT NULL,
  pDateTime     timestamp DEFAULT NULL,
  pString       text DEFAULT NULL,
  pBoolean      boolean DEFAULT NULL
) RETURNS       uuid
AS $$
  INSERT INTO registry.value AS v (key, vname, vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)
  VALUES (pKey, pValueName, pType, pInteger, pNumeric, pDateTime, pString, pBoolean)
  ON CONFLICT (key, vname) DO UPDATE
     SET vtype = excluded.vtype,
         vinteger = coalesce(excluded.vinteger, v.vinteger),
         vnumeric = coalesce(excluded.vnumeric, v.vnumeric),
         vdatetime = coalesce(excluded.vdatetime, v.vdatetime),
         vstring = coalesce(excluded.vstring, v.vstring),
         vboolean = coalesce(excluded.vboolean, v.vboolean)
  RETURNING id;
$$ LANGUAGE sql;

COMMENT ON FUNCTION RegSetValueEx (uuid, text, integer, integer, numeric, timestamp, text, boolean) IS
$$Writes a value of a key.

What the value held under other types stays; null keeps what is there.
pKey        key
pValueName  name of the value
pType       0 integer, 1 numeric, 2 date and time, 3 string, 4 boolean
pInteger    integer
pNumeric    number
pDateTime   date and time
pString     text
pBoolean    true or false
Returns     id of the value$$;

-- RegSetValue -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegSetValue (
  pKey          uuid,
  pValueName    text,
  pData         Variant
) RETURNS       uuid
AS $$
  SELECT RegSetValueEx(pKey, pValueName, (pData).vtype, (pData).vinteger, (pData).vnumeric,
                       (pData).vdatetime, (pData).vstring, (pData).vboolean);
$$ LANGUAGE sql;

COMMENT ON FUNCTION RegSetValue (uuid, text, Variant) IS
$$Writes a value of a key.

pKey        key
pValueName  name of the value
pData       what it is to hold
Returns     id of the value$$;

-- DelRegKeyValue --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DelRegKeyValue (
  pId           uuid
) RETURNS       void
AS $$
  DELETE FROM registry.value WHERE id = pId;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DelRegKeyValue (uuid) IS
$$Removes a value.

pId  value$$;

-- RegDeleteKeyValue -----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegDeleteKeyValue (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
BEGIN
  DELETE FROM registry.value WHERE key = RegOpenKey(pKey, pSubKey, pUserId) AND vname = pValueName;

  IF FOUND THEN
    RETURN true;
  END IF;

  PERFORM SetErrorMessage(ErrorText('ERR-400-073'));
  RETURN false;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegDeleteKeyValue (text, text, text, uuid) IS
$$Removes a value by its path.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key
pValueName  name of the value
pUserId     user of CURRENT_USER
Returns     false when there is no such value
Raises      IncorrectRegistryKey$$;
