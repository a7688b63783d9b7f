-- Scopes and interfaces.

-- CreateScope -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateScope (
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL,
  pId           uuid DEFAULT gen_kernel_uuid('8')
) RETURNS       uuid
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  IF GetScope(pCode) IS NOT NULL THEN
    PERFORM RecordExists(pCode);
  END IF;

  INSERT INTO db.scope (id, code, name, description)
  VALUES (coalesce(pId, gen_kernel_uuid('8')), pCode, coalesce(pName, pCode), pDescription)
  RETURNING id INTO pId;

  RETURN pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateScope (text, text, text, uuid) IS
$$Creates a scope.

pCode         code
pName         name
pDescription  description
pId           identifier
Returns       the identifier
Raises        AccessDenied unless an administrator calls; RecordExists$$;

-- EditScope -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditScope (
  pId           uuid,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  IF EXISTS (SELECT FROM db.scope WHERE code = pCode AND id <> pId) THEN
    PERFORM RecordExists(pCode);
  END IF;

  UPDATE db.scope
     SET code = coalesce(pCode, code),
         name = coalesce(pName, name),
         description = nullif(coalesce(pDescription, description), '')
   WHERE id = pId;

  IF NOT FOUND THEN
    PERFORM AreaError();
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditScope (uuid, text, text, text) IS
$$Changes a scope. What is null stays; '' clears the description.

pId           scope
pCode         code
pName         name
pDescription  description
Raises        AccessDenied unless an administrator calls; AreaError for an unknown one; RecordExists$$;

-- DeleteScope -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteScope (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  DELETE FROM db.scope WHERE id = pId;

  IF NOT FOUND THEN
    PERFORM AreaError();
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteScope (uuid) IS
$$Deletes a scope that has neither areas nor profiles.

pId     scope
Raises  AccessDenied unless an administrator calls; AreaError for an unknown one$$;

-- GetScope --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetScope (
  pCode         text
) RETURNS       uuid
AS $$
  SELECT id FROM db.scope WHERE code = pCode;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetScope (text) IS 'Finds a scope by its code; null when there is none.';

-- GetScopeName ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetScopeName (
  pId           uuid
) RETURNS       text
AS $$
  SELECT name FROM db.scope WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetScopeName (uuid) IS 'Gives the name of a scope; null for an unknown one.';

-- CreateInterface -------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateInterface (
  pCode         text,
  pName         text,
  pDescription  text,
  pId           uuid DEFAULT gen_kernel_uuid('8')
) RETURNS       uuid
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  INSERT INTO db.interface (id, code, name, description)
  VALUES (coalesce(pId, gen_kernel_uuid('8')), pCode, pName, pDescription)
  RETURNING id INTO pId;

  RETURN pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateInterface (text, text, text, uuid) IS
$$Creates an interface.

pCode         code
pName         name
pDescription  description
pId           identifier
Returns       the identifier
Raises        AccessDenied unless an administrator calls$$;

-- UpdateInterface -------------------------------------------------------------
CREATE OR REPLACE FUNCTION UpdateInterface (
  pId           uuid,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  UPDATE db.interface
     SET code = coalesce(pCode, code),
         name = coalesce(pName, name),
         description = nullif(coalesce(pDescription, description), '')
   WHERE id = pId;

  IF NOT FOUND THEN
    PERFORM InterfaceError();
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UpdateInterface (uuid, text, text, text) IS
$$Changes an interface. What is null stays; '' clears the description.

pId           interface
pCode         code
pName         name
pDescription  description
Raises        AccessDenied unless an administrator calls; InterfaceError for an unknown one$$;

-- DeleteInterface -------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteInterface (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  DELETE FROM db.member_interface WHERE interface = pId;
  DELETE FROM db.interface WHERE id = pId;

  IF NOT FOUND THEN
    PERFORM InterfaceError();
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteInterface (uuid) IS
$$Deletes an interface with its memberships; one that profiles or sessions use stays.

pId     interface
Raises  AccessDenied unless an administrator calls; InterfaceError for an unknown one$$;

-- GetInterface ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetInterface (
  pCode         text
) RETURNS       uuid
AS $$
  SELECT id FROM db.interface WHERE code = pCode ORDER BY id LIMIT 1;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetInterface (text) IS 'Finds an interface by its code; null when there is none.';

-- GetInterfaceName ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetInterfaceName (
  pId           uuid
) RETURNS       text
AS $$
  SELECT name FROM db.interface WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetInterfaceName (uuid) IS 'Gives the name of an interface; null for an unknown one.';
