-- The schema's views show every tree, the kernel's those that the caller sees.

-- registry.registry_key -------------------------------------------------------
CREATE OR REPLACE VIEW registry.registry_key (id, root, parent, key, level)
AS
  SELECT id, root, parent, key, level FROM registry.key WHERE parent IS NOT NULL;

COMMENT ON VIEW registry.registry_key IS 'Keys of all trees, without the roots.';

-- registry.registry_value_ex --------------------------------------------------
CREATE OR REPLACE VIEW registry.registry_value_ex (id, key, keyname, subkey, subkeyname,
    valuename, vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)
AS
  SELECT v.id, r.id, r.key, k.id, k.key,
         v.vname, v.vtype, v.vinteger, v.vnumeric, v.vdatetime, v.vstring, v.vboolean
    FROM registry.value v
    JOIN registry.key k ON k.id = v.key
    JOIN registry.key r ON r.id = coalesce(k.root, k.id);

COMMENT ON VIEW registry.registry_value_ex IS 'Values of all trees, one column a type.';

-- registry.registry_value -----------------------------------------------------
CREATE OR REPLACE VIEW registry.registry_value (id, key, keyname, subkey, subkeyname, valuename, value)
AS
  SELECT id, key, keyname, subkey, subkeyname, valuename,
         ROW(vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)::Variant
    FROM registry.registry_value_ex;

COMMENT ON VIEW registry.registry_value IS 'Values of all trees.';

-- registry.registry_ex --------------------------------------------------------
CREATE OR REPLACE VIEW registry.registry_ex (id, key, keyname, parent, subkey, subkeyname, level,
    valuename, vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)
AS
  SELECT coalesce(v.id, k.id), r.id, r.key, k.parent, k.id, k.key, k.level,
         v.vname, v.vtype, v.vinteger, v.vnumeric, v.vdatetime, v.vstring, v.vboolean
    FROM registry.key k
    JOIN registry.key r ON r.id = k.root
    LEFT JOIN registry.value v ON v.key = k.id;

COMMENT ON VIEW registry.registry_ex IS
'Keys of all trees with their values, one column a type; a key without values is one row.';

-- registry.registry -----------------------------------------------------------
CREATE OR REPLACE VIEW registry.registry (id, key, keyname, parent, subkey, subkeyname, level, valuename, value)
AS
  SELECT id, key, keyname, parent, subkey, subkeyname, level, valuename,
         CASE WHEN valuename IS NOT NULL THEN
           ROW(vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)::Variant
         END
    FROM registry.registry_ex;

COMMENT ON VIEW registry.registry IS 'Keys of all trees with their values; a key without values is one row.';

-- RegistryKey -----------------------------------------------------------------
CREATE OR REPLACE VIEW RegistryKey (id, root, parent, key, level)
AS
  SELECT id, root, parent, key, level
    FROM registry.registry_key
   WHERE root = ANY ((SELECT RegVisibleRoots())::uuid[]);

COMMENT ON VIEW RegistryKey IS 'Keys that the caller sees.';

-- RegistryValueEx -------------------------------------------------------------
CREATE OR REPLACE VIEW RegistryValueEx (id, key, keyname, subkey, subkeyname,
    valuename, vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)
AS
  SELECT id, key, CASE keyname WHEN 'kernel' THEN 'CURRENT_CONFIG' ELSE 'CURRENT_USER' END,
         subkey, subkeyname, valuename, vtype, vinteger, vnumeric, vdatetime, vstring, vboolean
    FROM registry.registry_value_ex
   WHERE key = ANY ((SELECT RegVisibleRoots())::uuid[]);

COMMENT ON VIEW RegistryValueEx IS 'Values that the caller sees, one column a type.';

-- RegistryValue ---------------------------------------------------------------
CREATE OR REPLACE VIEW RegistryValue (id, key, keyname, subkey, subkeyname, valuename, value)
AS
  SELECT id, key, keyname, subkey, subkeyname, valuename,
         ROW(vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)::Variant
    FROM RegistryValueEx;

COMMENT ON VIEW RegistryValue IS 'Values that the caller sees.';

-- RegistryEx ------------------------------------------------------------------
CREATE OR REPLACE VIEW RegistryEx (id, key, keyname, parent, subkey, subkeyname, level,
    valuename, vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)
AS
  SELECT id, key, CASE keyname WHEN 'kernel' THEN 'CURRENT_CONFIG' ELSE 'CURRENT_USER' END,
         parent, subkey, subkeyname, level,
         valuename, vtype, vinteger, vnumeric, vdatetime, vstring, vboolean
    FROM registry.registry_ex
   WHERE key = ANY ((SELECT RegVisibleRoots())::uuid[]);

COMMENT ON VIEW RegistryEx IS
'Keys that the caller sees with their values, one column a type; a key without values is one row.';

-- Registry --------------------------------------------------------------------
CREATE OR REPLACE VIEW Registry (id, key, keyname, parent, subkey, subkeyname, level, valuename, value)
AS
  SELECT id, key, keyname, parent, subkey, subkeyname, level, valuename,
         CASE WHEN valuename IS NOT NULL THEN
           ROW(vtype, vinteger, vnumeric, vdatetime, vstring, vboolean)::Variant
         END
    FROM RegistryEx;

COMMENT ON VIEW Registry IS 'Keys that the caller sees with their values; a key without values is one row.';

-- registry.registry and its kin -----------------------------------------------
CREATE OR REPLACE FUNCTION registry.registry (
  pKey          uuid
) RETURNS       SETOF registry.registry
AS $$
  SELECT * FROM registry.registry WHERE key = pKey;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION registry.registry (uuid) IS
$$Lists the keys of one tree with their values.

pKey  root$$;

CREATE OR REPLACE FUNCTION registry.registry_ex (
  pKey          uuid
) RETURNS       SETOF registry.registry_ex
AS $$
  SELECT * FROM registry.registry_ex WHERE key = pKey;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION registry.registry_ex (uuid) IS
$$Lists the keys of one tree with their values, one column a type.

pKey  root$$;

CREATE OR REPLACE FUNCTION registry.registry_key (
  pKey          uuid
) RETURNS       SETOF registry.registry_key
AS $$
  SELECT * FROM registry.registry_key WHERE root = pKey;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION registry.registry_key (uuid) IS
$$Lists the keys of one tree, without its root.

pKey  root$$;

CREATE OR REPLACE FUNCTION registry.registry_value (
  pKey          uuid
) RETURNS       SETOF registry.registry_value
AS $$
  SELECT * FROM registry.registry_value WHERE key = pKey;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION registry.registry_value (uuid) IS
$$Lists the values of one tree.

pKey  root$$;

CREATE OR REPLACE FUNCTION registry.registry_value_ex (
  pKey          uuid
) RETURNS       SETOF registry.registry_value_ex
AS $$
  SELECT * FROM registry.registry_value_ex WHERE key = pKey;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION registry.registry_value_ex (uuid) IS
$$Lists the values of one tree, one column a type.

pKey  root$$;
