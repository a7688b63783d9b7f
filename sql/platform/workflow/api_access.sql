-- Rights in classes and methods.

-- api.class_access ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.class_access (
  pId           uuid
) RETURNS       SETOF api.class_access
AS $$
BEGIN
  RETURN QUERY
    SELECT * FROM api.class_access WHERE class = pId;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.class_access (uuid) IS
$$Lists the users and groups with rights in a class.

pId  class$$;

-- api.method_access -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.method_access (
  pId           uuid
) RETURNS       SETOF api.method_access
AS $$
BEGIN
  RETURN QUERY
    SELECT * FROM api.method_access WHERE method = pId;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.method_access (uuid) IS
$$Lists the users and groups with rights in a method.

pId  method$$;

-- api.decode_class_access -----------------------------------------------------
CREATE OR REPLACE FUNCTION api.decode_class_access (
  pId           uuid,
  pUserId       uuid DEFAULT current_userid(),
  OUT a         boolean,
  OUT c         boolean,
  OUT s         boolean,
  OUT u         boolean,
  OUT d         boolean
) RETURNS       record
AS $$
  SELECT * FROM DecodeClassAccess(pId, pUserId);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.decode_class_access (uuid, uuid) IS
$$Gives the rights of a user in a class: access, create, select, update, delete.

pId      class
pUserId  user, by default the current one
Returns  five flags, all null when neither the user nor a group of his has a row$$;

-- api.decode_method_access ----------------------------------------------------
CREATE OR REPLACE FUNCTION api.decode_method_access (
  pId           uuid,
  pUserId       uuid DEFAULT current_userid(),
  OUT x         boolean,
  OUT v         boolean,
  OUT e         boolean
) RETURNS       record
AS $$
  SELECT * FROM DecodeMethodAccess(pId, pUserId);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.decode_method_access (uuid, uuid) IS
$$Gives the rights of a user in a method: execute, visible, enable.

pId      method
pUserId  user, by default the current one
Returns  three flags, all null when neither the user nor a group of his has a row$$;

-- api.chmodc ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.chmodc (
  pClass        uuid,
  pMask         integer,
  pUserId       uuid DEFAULT current_userid(),
  pRecursive    boolean DEFAULT true,
  pObjectSet    boolean DEFAULT false
) RETURNS       void
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.class_tree WHERE id = pClass) THEN
    PERFORM ObjectNotFound('class', 'id', pClass);
  END IF;
  IF pMask NOT BETWEEN 0 AND 1023 THEN
    PERFORM ValueOutOfRange(pMask);
  END IF;

  PERFORM chmodc(pClass, pMask::bit(10), pUserId, COALESCE(pRecursive, false), COALESCE(pObjectSet, false));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.chmodc (uuid, integer, uuid, boolean, boolean) IS
$$Sets the rights of a user or group in a class.

pClass      class
pMask       ten bits as a number: five denied, five allowed, each access create select update delete;
            null or 0 removes them
pUserId     user or group, by default the current user
pRecursive  the classes below, too
pObjectSet  the objects that there are, too
Raises      AccessDenied unless the caller is an administrator
            ObjectNotFound without the class, ValueOutOfRange for a wrong mask$$;

-- api.chmodm ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.chmodm (
  pMethod       uuid,
  pMask         integer,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       void
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.method WHERE id = pMethod) THEN
    PERFORM ObjectNotFound('method', 'id', pMethod);
  END IF;
  IF pMask NOT BETWEEN 0 AND 63 THEN
    PERFORM ValueOutOfRange(pMask);
  END IF;

  PERFORM chmodm(pMethod, pMask::bit(6), pUserId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.chmodm (uuid, integer, uuid) IS
$$Sets the rights of a user or group in a method.

pMethod  method
pMask    six bits as a number: three denied, three allowed, each execute visible enable; null or 0
         removes them
pUserId  user or group, by default the current user
Raises   AccessDenied unless the caller is an administrator
         ObjectNotFound without the method, ValueOutOfRange for a wrong mask$$;
