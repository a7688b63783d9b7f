-- registry.reg_key_to_array ---------------------------------------------------
CREATE OR REPLACE FUNCTION registry.reg_key_to_array (
  pKey          text
) RETURNS       text[]
AS $$
  SELECT coalesce(array_remove(string_to_array(pKey, '\'), ''), '{}');
$$ LANGUAGE sql IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION registry.reg_key_to_array (text) IS
$$Cuts the path of a key at its backslashes; empty parts are left out.

pKey  path, CONFIG\System for instance$$;

-- registry.get_reg_key --------------------------------------------------------
CREATE OR REPLACE FUNCTION registry.get_reg_key (
  pId           uuid
) RETURNS       text
AS $$
  WITH RECURSIVE path (parent, key, level) AS (
    SELECT parent, key, level FROM registry.key WHERE id = pId
     UNION ALL
    SELECT k.parent, k.key, k.level FROM registry.key k JOIN path p ON k.id = p.parent
  )
  SELECT string_agg(key, '\' ORDER BY level) FROM path WHERE level > 0;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION registry.get_reg_key (uuid) IS
$$Gives the path of a key without its root; null when there is no such key.

pId  key$$;

-- GetRegRoot ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetRegRoot (
  pKey          text
) RETURNS       uuid
AS $$
  SELECT id FROM registry.key WHERE parent IS NULL AND key = pKey;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION GetRegRoot (text) IS
$$Finds a root key.

pKey     kernel, or the id of a user
Returns  key; null when there is none$$;

-- GetRegKey -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetRegKey (
  pParent       uuid,
  pKey          text
) RETURNS       uuid
AS $$
  SELECT id FROM registry.key WHERE parent = pParent AND key = pKey;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION GetRegKey (uuid, text) IS
$$Finds a key under another.

pParent  key above
pKey     name
Returns  key; null when there is none$$;

-- AddRegKey -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddRegKey (
  pRoot         uuid,
  pParent       uuid,
  pKey          text
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
  nLevel        integer := 0;
BEGIN
  IF pParent IS NOT NULL THEN
    SELECT level + 1 INTO nLevel FROM registry.key WHERE id = pParent;
  END IF;

  -- Somebody else may add the same key at the same moment.
  INSERT INTO registry.key (root, parent, key, level)
  VALUES (pRoot, pParent, pKey, nLevel)
  ON CONFLICT DO NOTHING
  RETURNING id INTO uId;

  RETURN coalesce(uId, GetRegKey(pParent, pKey), GetRegRoot(pKey));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddRegKey (uuid, uuid, text) IS
$$Adds a key, unless it exists.

pRoot    root of the tree; null adds a root
pParent  key above; null adds a root
pKey     name
Returns  key$$;

-- RegRootName -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegRootName (
  pKey          text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       text
AS $$
BEGIN
  CASE pKey
    WHEN 'CURRENT_CONFIG' THEN RETURN 'kernel';
    WHEN 'CURRENT_USER' THEN RETURN pUserId::text;
    ELSE PERFORM IncorrectRegistryKey(coalesce(pKey, ''), ARRAY['CURRENT_CONFIG', 'CURRENT_USER']);
  END CASE;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegRootName (text, uuid) IS
$$Gives the name under which a root is kept.

A user's root bears the user's id: it follows a renamed user and is not inherited with the name.
pKey     CURRENT_CONFIG or CURRENT_USER
pUserId  user of CURRENT_USER
Returns  name of the root key; null for CURRENT_USER without a user
Raises   IncorrectRegistryKey$$;

-- RegVisibleRoots -------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegVisibleRoots (
) RETURNS       uuid[]
AS $$
  SELECT array_agg(id)
    FROM registry.key
   WHERE parent IS NULL
     AND (key = current_userid()::text
          OR (key = 'kernel'
              AND (IsAdmin() OR '00000000-0000-4000-a000-000000000000' = ANY (current_groups()))));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION RegVisibleRoots () IS
$$Gives the roots that the caller sees: the own one, and for administrators and the group system that of the configuration.$$;

-- RegOpenKey ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegOpenKey (
  pKey          text,
  pSubKey       text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
DECLARE
  vRoot         text := RegRootName(pKey, pUserId);
  vName         text;
  uKey          uuid;
BEGIN
  SELECT id INTO uKey FROM registry.key WHERE parent IS NULL AND key = vRoot;

  FOREACH vName IN ARRAY registry.reg_key_to_array(pSubKey) LOOP
    EXIT WHEN uKey IS NULL;
    SELECT id INTO uKey FROM registry.key WHERE parent = uKey AND key = vName;
  END LOOP;

  RETURN uKey;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RegOpenKey (text, text, uuid) IS
$$Finds a key by its path.

pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path, parts separated by backslashes; null or empty is the root
pUserId  user of CURRENT_USER
Returns  key; null when there is none
Raises   IncorrectRegistryKey$$;

-- RegCreateKey ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegCreateKey (
  pKey          text,
  pSubKey       text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
DECLARE
  vRoot         text := RegRootName(pKey, pUserId);
  vName         text;
  uRoot         uuid;
  uKey          uuid;
BEGIN
  IF vRoot IS NULL THEN
    PERFORM UserNotFound(pUserId);
  END IF;

  uRoot := coalesce(GetRegRoot(vRoot), AddRegKey(NULL, NULL, vRoot));
  uKey := uRoot;

  FOREACH vName IN ARRAY registry.reg_key_to_array(pSubKey) LOOP
    uKey := coalesce(GetRegKey(uKey, vName), AddRegKey(uRoot, uKey, vName));
  END LOOP;

  RETURN uKey;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegCreateKey (text, text, uuid) IS
$$Finds a key by its path; what is missing of the path is made.

pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path, parts separated by backslashes; null or empty is the root
pUserId  user of CURRENT_USER
Returns  key
Raises   IncorrectRegistryKey; UserNotFound for CURRENT_USER without a user$$;

-- RegEnumKey ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegEnumKey (
  pId           uuid
) RETURNS       SETOF registry.key
AS $$
  SELECT * FROM registry.key WHERE parent = pId ORDER BY key;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION RegEnumKey (uuid) IS
$$Lists the keys directly under a key, by name.

pId  key$$;

-- DelRegKey -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DelRegKey (
  pKey          uuid
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM registry.key WHERE parent = pKey) THEN
    PERFORM OperationNotPossible();
  END IF;

  DELETE FROM registry.key WHERE id = pKey;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DelRegKey (uuid) IS
$$Removes a key with its values.

pKey    key
Raises  OperationNotPossible when it has keys below it$$;

-- DelTreeRegKey ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION DelTreeRegKey (
  pKey          uuid
) RETURNS       void
AS $$
  WITH RECURSIVE tree (id) AS (
    SELECT pKey
     UNION ALL
    SELECT k.id FROM registry.key k JOIN tree t ON k.parent = t.id
  )
  DELETE FROM registry.key k USING tree t WHERE k.id = t.id;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DelTreeRegKey (uuid) IS
$$Removes a key with its values and everything below it.

pKey  key$$;

-- RegDeleteKey ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegDeleteKey (
  pKey          text,
  pSubKey       text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
DECLARE
  uKey          uuid := RegOpenKey(pKey, pSubKey, pUserId);
BEGIN
  IF cardinality(registry.reg_key_to_array(pSubKey)) = 0 THEN
    PERFORM OperationNotPossible();
  END IF;

  IF uKey IS NOT NULL THEN
    PERFORM DelRegKey(uKey);
    RETURN true;
  END IF;

  PERFORM SetErrorMessage(ErrorText('ERR-400-073'));
  RETURN false;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegDeleteKey (text, text, uuid) IS
$$Removes a key by its path, with its values.

pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path
pUserId  user of CURRENT_USER
Returns  false when there is no such key
Raises   IncorrectRegistryKey; OperationNotPossible for a root or a key with keys below it$$;

-- RegDeleteTree ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RegDeleteTree (
  pKey          text,
  pSubKey       text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
DECLARE
  uKey          uuid := RegOpenKey(pKey, pSubKey, pUserId);
BEGIN
  -- A root is never removed: an empty path is a mistake more often than a wish.
  IF cardinality(registry.reg_key_to_array(pSubKey)) = 0 THEN
    PERFORM OperationNotPossible();
  END IF;

  IF uKey IS NOT NULL THEN
    PERFORM DelTreeRegKey(uKey);
    RETURN true;
  END IF;

  PERFORM SetErrorMessage(ErrorText('ERR-400-073'));
  RETURN false;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RegDeleteTree (text, text, uuid) IS
$$Removes a key by its path, with everything below it.

pKey     CURRENT_CONFIG or CURRENT_USER
pSubKey  path
pUserId  user of CURRENT_USER
Returns  false when there is no such key
Raises   IncorrectRegistryKey; OperationNotPossible for a root$$;
