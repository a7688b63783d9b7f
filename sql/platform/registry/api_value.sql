-- RegWriteText ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegWriteText (
  pId           uuid,
  pKey          text,
  pSubKey       text,
  pName         text,
  pType         integer,
  pData         text
) RETURNS       uuid
AS $$
DECLARE
  uKey          uuid;
  vName         text := nullif(pName, '');
BEGIN
  IF pType IS NULL OR pType NOT BETWEEN 0 AND 4 THEN
    PERFORM IncorrectRegistryDataType(pType);
  END IF;

  IF pId IS NOT NULL THEN
    SELECT subkey, coalesce(vName, valuename) INTO uKey, vName FROM RegistryValue WHERE id = pId;

    IF FOUND THEN
      UPDATE registry.value SET vname = vName WHERE id = pId AND vname <> vName;
    ELSE
      SELECT id INTO uKey FROM RegistryKey WHERE id = pId;

      IF uKey IS NULL THEN
        PERFORM ObjectNotFound('registry', 'id', pId);
      END IF;
    END IF;
  ELSIF nullif(pSubKey, '') IS NULL THEN
    PERFORM JsonKeyNotFound('/registry/write', 'subkey');
  END IF;

  IF vName IS NULL THEN
    PERFORM JsonKeyNotFound('/registry/write', 'name');
  END IF;

  RETURN RegSetValueEx(
    coalesce(uKey, RegCreateKey(pKey, pSubKey)), vName, pType,
    CASE pType WHEN 0 THEN pData::integer END,
    CASE pType WHEN 1 THEN pData::numeric END,
    CASE pType WHEN 2 THEN pData::timestamp END,
    CASE pType WHEN 3 THEN pData END,
    CASE pType WHEN 4 THEN pData::boolean END);
EXCEPTION
  WHEN invalid_text_representation OR numeric_value_out_of_range
    OR invalid_datetime_format OR datetime_field_overflow THEN
    PERFORM ValueOutOfRange(pData);
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegWriteText (uuid, text, text, text, integer, text) IS
$$Writes a value of the caller's registry that comes as text.

pId      value to write, which pName renames; or key that the value is under; null means by path
pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path of the key, made if missing
pName    name of the value
pType    0 integer, 1 numeric, 2 date and time, 3 string, 4 boolean
pData    the value as text
Returns  id of the value
Raises   IncorrectRegistryDataType, IncorrectRegistryKey, ObjectNotFound for an id that the caller
         does not see, JsonKeyNotFound without path or name, ValueOutOfRange$$;

-- api.registry_write ----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_write (
  pId           uuid,
  pKey          text,
  pSubKey       text,
  pValueName    text,
  pType         integer,
  pData         anynonarray
) RETURNS       uuid
AS $$
BEGIN
  RETURN RegWriteText(pId, pKey, pSubKey, pValueName, pType, pData::text);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_write (uuid, text, text, text, integer, anynonarray) IS
$$Writes a value of the registry.

pId         value to write, which pValueName renames; or key that the value is under; null means by path
pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key, made if missing
pValueName  name of the value
pType       0 integer, 1 numeric, 2 date and time, 3 string, 4 boolean
pData       the value
Returns     id of the value
Raises      as RegWriteText()$$;

-- api.registry_read -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_read (
  pKey          text,
  pSubKey       text,
  pValueName    text
) RETURNS       Variant
AS $$
  SELECT RegGetValue(RegOpenKey(pKey, pSubKey), pValueName);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_read (text, text, text) IS
$$Reads a value of the registry.

pKey        CURRENT_CONFIG or CURRENT_USER
pSubKey     path of the key
pValueName  name of the value
Returns     what it holds, of every type; null when it is missing
Raises      IncorrectRegistryKey$$;

-- api.registry_delete_key -----------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_delete_key (
  pKey          text,
  pSubKey       text
) RETURNS       void
AS $$
BEGIN
  IF coalesce(pSubKey, '') = '' THEN
    PERFORM JsonKeyNotFound('/registry/delete/key', 'subkey');
  END IF;

  IF NOT RegDeleteKey(pKey, pSubKey) THEN
    PERFORM NotFound();
  END IF;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_delete_key (text, text) IS
$$Removes a key with its values.

pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path of the key
Raises   IncorrectRegistryKey, NotFound, JsonKeyNotFound for a root; OperationNotPossible for a key with
         keys below it$$;

-- api.registry_delete_value ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_delete_value (
  pId           uuid,
  pKey          text,
  pSubKey       text,
  pValueName    text
) RETURNS       void
AS $$
BEGIN
  IF pId IS NOT NULL THEN
    PERFORM DelRegKeyValue(id) FROM RegistryValue WHERE id = pId;
  ELSIF NOT RegDeleteKeyValue(pKey, pSubKey, pValueName) THEN
    PERFORM NotFound();
  END IF;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_delete_value (uuid, text, text, text) IS
$$Removes a value.

pId         value; one that the caller does not see is left alone
pKey        CURRENT_CONFIG or CURRENT_USER, without pId
pSubKey     path of the key
pValueName  name of the value
Raises      IncorrectRegistryKey, NotFound$$;

-- api.registry_delete_tree ----------------------------------------------------
CREATE OR REPLACE FUNCTION api.registry_delete_tree (
  pKey          text,
  pSubKey       text
) RETURNS       void
AS $$
BEGIN
  IF coalesce(pSubKey, '') = '' THEN
    PERFORM JsonKeyNotFound('/registry/delete/tree', 'subkey');
  END IF;

  IF NOT RegDeleteTree(pKey, pSubKey) THEN
    PERFORM NotFound();
  END IF;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.registry_delete_tree (text, text) IS
$$Removes a key with everything below it.

pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path of the key
Raises   IncorrectRegistryKey, NotFound, JsonKeyNotFound for a root$$;
