-- The same for any user, as rows.

-- aou -------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION aou (
  pUserId       uuid,
  OUT object    uuid,
  OUT deny      bit,
  OUT allow     bit,
  OUT mask      bit
) RETURNS       SETOF record
AS $$
  SELECT a.object, bit_or(a.deny), bit_or(a.allow), bit_or(a.allow) & ~bit_or(a.deny)
    FROM db.aou a
   WHERE a.userid = ANY ((SELECT AccessPrincipals(pUserId))::uuid[])
   GROUP BY a.object;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION aou (uuid) IS
$$Gives the rights of a user in every object in which he or one of his groups has any.

pUserId  user
Returns  object, bits denied, allowed, and allowed and not denied$$;

-- aou -------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION aou (
  pUserId       uuid,
  pObject       uuid,
  OUT object    uuid,
  OUT deny      bit,
  OUT allow     bit,
  OUT mask      bit
) RETURNS       SETOF record
AS $$
  SELECT a.object, bit_or(a.deny), bit_or(a.allow), bit_or(a.allow) & ~bit_or(a.deny)
    FROM db.aou a
   WHERE a.object = pObject
     AND a.userid = ANY ((SELECT AccessPrincipals(pUserId))::uuid[])
   GROUP BY a.object;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION aou (uuid, uuid) IS
$$Gives the rights of a user in one object.

pUserId  user
pObject  object
Returns  one row, none when neither the user nor a group of his has any$$;

-- access_entity ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION access_entity (
  pUserId       uuid,
  pEntity       uuid,
  OUT object    uuid,
  OUT deny      bit,
  OUT allow     bit,
  OUT mask      bit
) RETURNS       SETOF record
AS $$
  SELECT a.object, bit_or(a.deny), bit_or(a.allow), bit_or(a.allow) & ~bit_or(a.deny)
    FROM db.aou a
   WHERE a.entity = pEntity
     AND a.userid = ANY ((SELECT AccessPrincipals(pUserId))::uuid[])
   GROUP BY a.object;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION access_entity (uuid, uuid) IS
$$Gives the rights of a user in the objects of an entity.

pUserId  user
pEntity  entity
Returns  object, bits denied, allowed, and allowed and not denied$$;

-- AccessObjectUser ------------------------------------------------------------
CREATE OR REPLACE FUNCTION AccessObjectUser (
  pEntity       uuid,
  pUserId       uuid DEFAULT current_userid(),
  pScope        uuid DEFAULT current_scope()
) RETURNS       TABLE (object uuid)
AS $$
  SELECT a.object
    FROM access_entity(pUserId, pEntity) a
   INNER JOIN db.object o ON o.id = a.object
   WHERE a.mask & B'100' = B'100'
     AND o.scope = pScope;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION AccessObjectUser (uuid, uuid, uuid) IS
$$Lists the objects of an entity and a scope that a user may read.

pEntity  entity
pUserId  user, by default the current one
pScope   scope, by default the current one$$;

-- AccessDocumentUser ----------------------------------------------------------
CREATE OR REPLACE FUNCTION AccessDocumentUser (
  pUserId       uuid DEFAULT current_userid()
) RETURNS       TABLE (object uuid)
AS $$
  SELECT a.object
    FROM aou(pUserId) a
   INNER JOIN db.object o ON o.id = a.object
   WHERE a.mask & B'100' = B'100'
     AND o.area IS NOT NULL;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION AccessDocumentUser (uuid) IS
$$Lists the documents that a user may read.

pUserId  user, by default the current one$$;

-- GetObjectMembers ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectMembers (
  pObject       uuid
) RETURNS       SETOF ObjectMembers
AS $$
  SELECT * FROM ObjectMembers WHERE object = pObject;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetObjectMembers (uuid) IS
$$Lists the users and groups that have rights in an object.

pObject  object
Returns  the rows with the names$$;
