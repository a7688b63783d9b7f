-- RegistryRows ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegistryRows (
  pId           uuid DEFAULT NULL,
  pKey          uuid DEFAULT NULL,
  pSubKey       uuid DEFAULT NULL,
  pExtended     boolean DEFAULT false
) RETURNS       SETOF json
AS $$
BEGIN
  IF pExtended THEN
    RETURN QUERY SELECT row_to_json(r) FROM api.registry_ex(pId, pKey, pSubKey) AS r;
  ELSE
    RETURN QUERY SELECT row_to_json(r) FROM api.registry(pId, pKey, pSubKey) AS r;
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegistryRows (uuid, uuid, uuid, boolean) IS
$$Answers /registry/list.

pId        row; null means any
pKey       root; null means any
pSubKey    key; null means any
pExtended  true: one member a type instead of the member value$$;

-- RegistryValueRows -----------------------------------------------------------
CREATE OR REPLACE FUNCTION RegistryValueRows (
  pId           uuid DEFAULT NULL,
  pKey          uuid DEFAULT NULL,
  pExtended     boolean DEFAULT false
) RETURNS       SETOF json
AS $$
BEGIN
  IF pExtended THEN
    RETURN QUERY SELECT row_to_json(r) FROM api.registry_value_ex(pId, pKey) AS r;
  ELSE
    RETURN QUERY SELECT row_to_json(r) FROM api.registry_value(pId, pKey) AS r;
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegistryValueRows (uuid, uuid, boolean) IS
$$Answers /registry/value.

pId        value; null means any
pKey       root or key; null means any
pExtended  true: one member a type instead of the member value$$;

-- RegistryEnumRows ------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegistryEnumRows (
  pKey          text,
  pSubKey       text DEFAULT NULL,
  pExtended     boolean DEFAULT false
) RETURNS       SETOF json
AS $$
BEGIN
  IF pExtended THEN
    RETURN QUERY SELECT row_to_json(r) FROM api.registry_enum_value_ex(pKey, pSubKey) AS r;
  ELSE
    RETURN QUERY SELECT row_to_json(r) FROM api.registry_enum_value(pKey, pSubKey) AS r;
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegistryEnumRows (text, text, boolean) IS
$$Answers /registry/enum/value.

pKey       CURRENT_CONFIG or CURRENT_USER
pSubKey    path of the key; null means the root
pExtended  true: one member a type instead of the member value
Raises     IncorrectRegistryKey$$;

-- rest.registry ---------------------------------------------------------------
SELECT BuildDispatcher('registry', '{"session": true, "admin": true, "array": true}', $routes$ [
  {"path": "/registry/list",       "call": "kernel.RegistryRows", "keys": ["id", "key", "subkey", "extended"], "result": "json"},
  {"path": "/registry/key",        "call": "registry_key", "keys": ["id", "root", "parent", "key"]},
  {"path": "/registry/value",      "call": "kernel.RegistryValueRows", "keys": ["id", "key", "extended"], "result": "json"},
  {"path": "/registry/get/key",    "call": "registry_get_reg_key", "keys": {"id": "pKey"}, "result": "value:key"},
  {"path": "/registry/enum/key",   "call": "registry_enum_key", "keys": ["key", "subkey"]},
  {"path": "/registry/enum/value", "call": "kernel.RegistryEnumRows", "keys": ["key", "subkey", "extended"], "result": "json"},

  {"path": "/registry/write", "call": "kernel.RegWriteText", "keys": ["id", "key", "subkey", "name", "type", "data"],
                              "payload": true, "array": false, "result": "value:id"},
  {"path": "/registry/write/integer",  "sql": "SELECT RegWriteText(x.id, x.key, x.subkey, x.name, 0, x.value) AS id",
    "keys": {"id": "uuid", "key": "text", "subkey": "text", "name": "text", "value": "text"}, "payload": true},
  {"path": "/registry/write/numeric",  "sql": "SELECT RegWriteText(x.id, x.key, x.subkey, x.name, 1, x.value) AS id",
    "keys": {"id": "uuid", "key": "text", "subkey": "text", "name": "text", "value": "text"}, "payload": true},
  {"path": "/registry/write/datetime", "sql": "SELECT RegWriteText(x.id, x.key, x.subkey, x.name, 2, x.value) AS id",
    "keys": {"id": "uuid", "key": "text", "subkey": "text", "name": "text", "value": "text"}, "payload": true},
  {"path": "/registry/write/string",   "sql": "SELECT RegWriteText(x.id, x.key, x.subkey, x.name, 3, x.value) AS id",
    "keys": {"id": "uuid", "key": "text", "subkey": "text", "name": "text", "value": "text"}, "payload": true},
  {"path": "/registry/write/boolean",  "sql": "SELECT RegWriteText(x.id, x.key, x.subkey, x.name, 4, x.value) AS id",
    "keys": {"id": "uuid", "key": "text", "subkey": "text", "name": "text", "value": "text"}, "payload": true},

  {"path": "/registry/read", "sql": "SELECT v.* FROM api.registry_read(x.key, x.subkey, x.name) AS v",
    "keys": {"id": "text", "key": "text", "subkey": "text", "name": "text"}, "payload": true},
  {"path": "/registry/read/integer",  "sql": "SELECT RegGetValueInteger(x.key, x.subkey, x.name) AS value",
    "keys": {"id": "text", "key": "text", "subkey": "text", "name": "text"}, "payload": true},
  {"path": "/registry/read/numeric",  "sql": "SELECT RegGetValueNumeric(x.key, x.subkey, x.name) AS value",
    "keys": {"id": "text", "key": "text", "subkey": "text", "name": "text"}, "payload": true},
  {"path": "/registry/read/datetime", "sql": "SELECT RegGetValueDate(x.key, x.subkey, x.name) AS value",
    "keys": {"id": "text", "key": "text", "subkey": "text", "name": "text"}, "payload": true},
  {"path": "/registry/read/string",   "sql": "SELECT RegGetValueString(x.key, x.subkey, x.name) AS value",
    "keys": {"id": "text", "key": "text", "subkey": "text", "name": "text"}, "payload": true},
  {"path": "/registry/read/boolean",  "sql": "SELECT RegGetValueBoolean(x.key, x.subkey, x.name) AS value",
    "keys": {"id": "text", "key": "text", "subkey": "text", "name": "text"}, "payload": true},

  {"path": "/registry/delete/key",   "sql": "SELECT x.key, x.subkey, '' AS success FROM api.registry_delete_key(x.key, x.subkey)",
    "keys": {"key": "text", "subkey": "text"}, "payload": true},
  {"path": "/registry/delete/value", "sql": "SELECT x.id, x.key, x.subkey, x.name, '' AS success FROM api.registry_delete_value(x.id, x.key, x.subkey, x.name)",
    "keys": {"id": "uuid", "key": "text", "subkey": "text", "name": "text"}, "payload": true},
  {"path": "/registry/delete/tree",  "sql": "SELECT x.key, x.subkey, '' AS success FROM api.registry_delete_tree(x.key, x.subkey)",
    "keys": {"key": "text", "subkey": "text"}, "payload": true}
] $routes$);

SELECT RegisterRoute('registry', AddEndPoint('SELECT * FROM rest.registry($1, $2);'));
