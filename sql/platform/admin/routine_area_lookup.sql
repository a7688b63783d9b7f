-- Areas by code, by kind, and what they are called.

-- GetArea ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetArea (
  pCode         text,
  pScope        uuid DEFAULT current_scope()
) RETURNS       uuid
AS $$
  SELECT id FROM db.area WHERE scope = pScope AND code = pCode;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetArea (text, uuid) IS
$$Finds an area by its code; null when there is none.

pCode   code
pScope  scope$$;

-- GetAreaOfType ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaOfType (
  pType         uuid,
  pScope        uuid
) RETURNS       uuid
AS $$
  SELECT id FROM db.area WHERE scope = pScope AND type = pType ORDER BY level, sequence, id LIMIT 1;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaOfType (uuid, uuid) IS
$$Finds the first area of a kind; null when the scope has none.

pType   kind
pScope  scope$$;

-- GetAreaRoot -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaRoot (
  pScope        uuid DEFAULT current_scope()
) RETURNS       uuid
AS $$
  SELECT GetAreaOfType('00000000-0000-4002-a000-000000000000', pScope);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaRoot (uuid) IS 'Finds the root area of a scope.';

-- GetAreaSystem ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaSystem (
  pScope        uuid DEFAULT current_scope()
) RETURNS       uuid
AS $$
  SELECT GetAreaOfType('00000000-0000-4002-a000-000000000001', pScope);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaSystem (uuid) IS 'Finds the system area of a scope.';

-- GetAreaGuest ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaGuest (
  pScope        uuid DEFAULT current_scope()
) RETURNS       uuid
AS $$
  SELECT GetAreaOfType('00000000-0000-4002-a000-000000000002', pScope);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaGuest (uuid) IS 'Finds the guest area of a scope.';

-- GetAreaDefault --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaDefault (
  pScope        uuid DEFAULT current_scope()
) RETURNS       uuid
AS $$
  SELECT GetAreaOfType('00000000-0000-4002-a001-000000000000', pScope);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaDefault (uuid) IS 'Finds the default area of a scope.';

-- GetAreaScope ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaScope (
  pArea         uuid
) RETURNS       uuid
AS $$
  SELECT scope FROM db.area WHERE id = pArea;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaScope (uuid) IS 'Gives the scope of an area; null for an unknown one.';

-- GetAreaCode -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaCode (
  pId           uuid
) RETURNS       text
AS $$
  SELECT code FROM db.area WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaCode (uuid) IS 'Gives the code of an area; null for an unknown one.';

-- GetAreaName -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaName (
  pId           uuid
) RETURNS       text
AS $$
  SELECT name FROM db.area WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaName (uuid) IS 'Gives the name of an area; null for an unknown one.';

-- GetAreaType -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaType (
  pCode         text
) RETURNS       uuid
AS $$
  SELECT id FROM db.area_type WHERE code = pCode;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaType (text) IS 'Finds a kind of areas by its code; null when there is none.';

-- GetAreaTypeCode -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaTypeCode (
  pId           uuid
) RETURNS       text
AS $$
  SELECT code FROM db.area_type WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaTypeCode (uuid) IS 'Gives the code of a kind of areas; null for an unknown one.';

-- GetAreaTypeName -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAreaTypeName (
  pId           uuid
) RETURNS       text
AS $$
  SELECT name FROM db.area_type WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAreaTypeName (uuid) IS 'Gives the name of a kind of areas; null for an unknown one.';
