-- Reading and writing by path, one pair of functions a type. Readers are PL/pgSQL, which keeps its
-- plans: requests read settings.

-- RegSetValueInteger ----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegSetValueInteger (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pValue        integer,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
  SELECT RegSetValueEx(RegCreateKey(pKey, pSubKey, pUserId), pValueName, 0, pInteger => pValue);
$$ LANGUAGE sql;

COMMENT ON FUNCTION RegSetValueInteger (text, text, text, integer, uuid) IS
$$Writes an integer to the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key, made if missing
pValueName  name of the value
pValue      the value; null keeps what is there
pUserId     user of CURRENT_USER
Returns     id of the value$$;

-- RegGetValueInteger ----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegGetValueInteger (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       integer
AS $$
DECLARE
  uKey          uuid := RegOpenKey(pKey, pSubKey, pUserId);
BEGIN
  RETURN (SELECT vinteger FROM registry.value WHERE key = uKey AND vname = pValueName);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegGetValueInteger (text, text, text, uuid) IS
$$Reads an integer from the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key
pValueName  name of the value
pUserId     user of CURRENT_USER
Returns     the value; null when it is missing or was never of this type$$;

-- RegSetValueNumeric ----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegSetValueNumeric (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pValue        numeric,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
  SELECT RegSetValueEx(RegCreateKey(pKey, pSubKey, pUserId), pValueName, 1, pNumeric => pValue);
$$ LANGUAGE sql;

COMMENT ON FUNCTION RegSetValueNumeric (text, text, text, numeric, uuid) IS
$$Writes a number to the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key, made if missing
pValueName  name of the value
pValue      the value; null keeps what is there
pUserId     user of CURRENT_USER
Returns     id of the value$$;

-- RegGetValueNumeric ----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegGetValueNumeric (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       numeric
AS $$
DECLARE
  uKey          uuid := RegOpenKey(pKey, pSubKey, pUserId);
BEGIN
  RETURN (SELECT vnumeric FROM registry.value WHERE key = uKey AND vname = pValueName);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegGetValueNumeric (text, text, text, uuid) IS
$$Reads a number from the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key
pValueName  name of the value
pUserId     user of CURRENT_USER
Returns     the value; null when it is missing or was never of this type$$;

-- RegSetValueDate -------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegSetValueDate (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pValue        timestamp,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
  SELECT RegSetValueEx(RegCreateKey(pKey, pSubKey, pUserId), pValueName, 2, pDateTime => pValue);
$$ LANGUAGE sql;

COMMENT ON FUNCTION RegSetValueDate (text, text, text, timestamp, uuid) IS
$$Writes a date and time to the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key, made if missing
pValueName  name of the value
pValue      the value; null keeps what is there
pUserId     user of CURRENT_USER
Returns     id of the value$$;

-- RegGetValueDate -------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegGetValueDate (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       timestamp
AS $$
DECLARE
  uKey          uuid := RegOpenKey(pKey, pSubKey, pUserId);
BEGIN
  RETURN (SELECT vdatetime FROM registry.value WHERE key = uKey AND vname = pValueName);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegGetValueDate (text, text, text, uuid) IS
$$Reads a date and time from the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key
pValueName  name of the value
pUserId     user of CURRENT_USER
Returns     the value; null when it is missing or was never of this type$$;

-- RegSetValueString -----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegSetValueString (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pValue        text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
  SELECT RegSetValueEx(RegCreateKey(pKey, pSubKey, pUserId), pValueName, 3, pString => pValue);
$$ LANGUAGE sql;

COMMENT ON FUNCTION RegSetValueString (text, text, text, text, uuid) IS
$$Writes a text to the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key, made if missing
pValueName  name of the value
pValue      the value; null keeps what is there
pUserId     user of CURRENT_USER
Returns     id of the value$$;

-- RegGetValueString -----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegGetValueString (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       text
AS $$
DECLARE
  uKey          uuid := RegOpenKey(pKey, pSubKey, pUserId);
BEGIN
  RETURN (SELECT vstring FROM registry.value WHERE key = uKey AND vname = pValueName);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegGetValueString (text, text, text, uuid) IS
$$Reads a text from the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key
pValueName  name of the value
pUserId     user of CURRENT_USER
Returns     the value; null when it is missing or was never of this type$$;

-- RegSetValueBoolean ----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegSetValueBoolean (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pValue        boolean,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
  SELECT RegSetValueEx(RegCreateKey(pKey, pSubKey, pUserId), pValueName, 4, pBoolean => pValue);
$$ LANGUAGE sql;

COMMENT ON FUNCTION RegSetValueBoolean (text, text, text, boolean, uuid) IS
$$Writes true or false to the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key, made if missing
pValueName  name of the value
pValue      the value; null keeps what is there
pUserId     user of CURRENT_USER
Returns     id of the value$$;

-- RegGetValueBoolean ----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegGetValueBoolean (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
DECLARE
  uKey          uuid := RegOpenKey(pKey, pSubKey, pUserId);
BEGIN
  RETURN (SELECT vboolean FROM registry.value WHERE key = uKey AND vname = pValueName);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegGetValueBoolean (text, text, text, uuid) IS
$$Reads true or false from the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key
pValueName  name of the value
pUserId     user of CURRENT_USER
Returns     the value; null when it is missing or was never of this type$$;

-- RegGetValueType -------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegGetValueType (
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       integer
AS $$
DECLARE
  uKey          uuid := RegOpenKey(pKey, pSubKey, pUserId);
BEGIN
  RETURN (SELECT vtype FROM registry.value WHERE key = uKey AND vname = pValueName);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegGetValueType (text, text, text, uuid) IS
$$Tells the type of a value of the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key
pValueName  name of the value
pUserId     user of CURRENT_USER
Returns     0 integer, 1 numeric, 2 date and time, 3 string, 4 boolean; null when it is missing$$;
