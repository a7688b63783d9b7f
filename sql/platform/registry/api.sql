-- The views of the caller's registry, and the functions that list from them.

-- api.registry ----------------------------------------------------------------
CREATE OR REPLACE VIEW api.registry AS SELECT * FROM Registry;

COMMENT ON VIEW api.registry IS 'Keys that the caller sees with their values; a key without values is one row.';

-- api.registry_ex -------------------------------------------------------------
CREATE OR REPLACE VIEW api.registry_ex AS SELECT * FROM RegistryEx;

COMMENT ON VIEW api.registry_ex IS
'Keys that the caller sees with their values, one column a type; a key without values is one row.';

-- api.registry_key ------------------------------------------------------------
CREATE OR REPLACE VIEW api.registry_key AS SELECT * FROM RegistryKey;

COMMENT ON VIEW api.registry_key IS 'Keys that the caller sees.';

-- api.registry_value ----------------------------------------------------------
CREATE OR REPLACE VIEW api.registry_value AS SELECT * FROM RegistryValue;

COMMENT ON VIEW api.registry_value IS 'Values that the caller sees.';

-- api.registry_value_ex -------------------------------------------------------
CREATE OR REPLACE VIEW api.registry_value_ex AS SELECT * FROM RegistryValueEx;

COMMENT ON VIEW api.registry_value_ex IS 'Values that the caller sees, one column a type.';

-- api.registry ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry (
  pId           uuid,
  pKey          uuid,
  pSubKey       uuid
) RETURNS       SETOF api.registry
AS $$
  SELECT *
    FROM api.registry
   WHERE (pId IS NULL OR id = pId)
     AND (pKey IS NULL OR key = pKey)
     AND (pSubKey IS NULL OR subkey = pSubKey)
   ORDER BY key, level, subkeyname, valuename;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry (uuid, uuid, uuid) IS
$$Lists the keys that the caller sees with their values.

pId      row; null means any
pKey     root; null means any
pSubKey  key; null means any$$;

-- api.registry_ex -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_ex (
  pId           uuid,
  pKey          uuid,
  pSubKey       uuid
) RETURNS       SETOF api.registry_ex
AS $$
  SELECT *
    FROM api.registry_ex
   WHERE (pId IS NULL OR id = pId)
     AND (pKey IS NULL OR key = pKey)
     AND (pSubKey IS NULL OR subkey = pSubKey)
   ORDER BY key, level, subkeyname, valuename;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_ex (uuid, uuid, uuid) IS
$$Lists the keys that the caller sees with their values, one column a type.

pId      row; null means any
pKey     root; null means any
pSubKey  key; null means any$$;

-- api.registry_key ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_key (
  pId           uuid,
  pRoot         uuid,
  pParent       uuid,
  pKey          text
) RETURNS       SETOF api.registry_key
AS $$
  SELECT *
    FROM api.registry_key
   WHERE (pId IS NULL OR id = pId)
     AND (pRoot IS NULL OR root = pRoot)
     AND (pParent IS NULL OR parent = pParent)
     AND (pKey IS NULL OR key = pKey)
   ORDER BY root, level, key;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_key (uuid, uuid, uuid, text) IS
$$Lists the keys that the caller sees.

pId      key; null means any
pRoot    root; null means any
pParent  key above; null means any
pKey     name; null means any$$;

-- api.registry_value ----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_value (
  pId           uuid,
  pKey          uuid
) RETURNS       SETOF api.registry_value
AS $$
  SELECT *
    FROM api.registry_value
   WHERE (pId IS NULL OR id = pId)
     AND (pKey IS NULL OR pKey IN (key, subkey))
   ORDER BY key, subkeyname, valuename;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_value (uuid, uuid) IS
$$Lists the values that the caller sees.

pId   value; null means any
pKey  root or key; null means any$$;

-- api.registry_value_ex -------------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_value_ex (
  pId           uuid,
  pKey          uuid
) RETURNS       SETOF api.registry_value_ex
AS $$
  SELECT *
    FROM api.registry_value_ex
   WHERE (pId IS NULL OR id = pId)
     AND (pKey IS NULL OR pKey IN (key, subkey))
   ORDER BY key, subkeyname, valuename;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_value_ex (uuid, uuid) IS
$$Lists the values that the caller sees, one column a type.

pId   value; null means any
pKey  root or key; null means any$$;

-- api.registry_get_reg_key ----------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_get_reg_key (
  pKey          uuid
) RETURNS       text
AS $$
  SELECT registry.get_reg_key(id) FROM api.registry_key WHERE id = pKey;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_get_reg_key (uuid) IS
$$Gives the path of a key that the caller sees, without its root; null for another.

pKey  key$$;

-- api.registry_enum_key -------------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_enum_key (
  pKey          text,
  pSubKey       text
) RETURNS       TABLE (id uuid, key text, subkey text)
AS $$
  SELECT k.id, pKey, registry.get_reg_key(k.id)
    FROM RegEnumKey(RegOpenKey(pKey, pSubKey)) AS k;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_enum_key (text, text) IS
$$Lists the keys directly under a key.

pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path of the key; null means the root
Returns  id, root as given, full path
Raises   IncorrectRegistryKey$$;

-- api.registry_enum_value -----------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_enum_value (
  pKey          text,
  pSubKey       text
) RETURNS       TABLE (id uuid, key text, subkey text, valuename text, value Variant)
AS $$
  SELECT v.id, pKey, registry.get_reg_key(v.key), v.vname, v.value
    FROM RegEnumValue(RegOpenKey(pKey, pSubKey)) AS v;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_enum_value (text, text) IS
$$Lists the values of a key.

pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path of the key; null means the root
Raises   IncorrectRegistryKey$$;

-- api.registry_enum_value_ex --------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_enum_value_ex (
  pKey          text,
  pSubKey       text
) RETURNS       TABLE (
  id            uuid,
  key           text,
  subkey        text,
  valuename     text,
  vtype         integer,
  vinteger      integer,
  vnumeric      numeric,
  vdatetime     timestamp,
  vstring       text,
  vboolean      boolean)
AS $$
  SELECT v.id, pKey, registry.get_reg_key(v.key), v.vname,
         v.vtype, v.vinteger, v.vnumeric, v.vdatetime, v.vstring, v.vboolean
    FROM RegEnumValueEx(RegOpenKey(pKey, pSubKey)) AS v;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_enum_value_ex (text, text) IS
$$Lists the values of a key, one column a type.

pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path of the key; null means the root
Raises   IncorrectRegistryKey$$;

SELECT RegisterView('api.' || v.name)
  FROM (VALUES ('registry'), ('registry_ex'), ('registry_key'), ('registry_value'), ('registry_value_ex')) AS v (name);
