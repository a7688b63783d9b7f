-- Sets of rights: made, found again, changed for one object or for a class.

-- MakeAclSet ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION MakeAclSet (
  pUsers        uuid[],
  pDeny         bit(3)[],
  pAllow        bit(3)[]
) RETURNS       integer
AS $$
DECLARE
  nId           integer;
  vHash         text;
BEGIN
  -- Sorted, the entries are the identity of the set.
  SELECT md5(COALESCE(string_agg(e.userid::text || e.deny::text || e.allow::text, ',' ORDER BY e.userid), ''))
    INTO vHash
    FROM unnest(pUsers, pDeny, pAllow) AS e (userid, deny, allow);

  SELECT id INTO nId FROM db.acl_set WHERE hash = vHash;
  IF FOUND THEN
    RETURN nId;
  END IF;

  INSERT INTO db.acl_set (hash) VALUES (vHash)
      ON CONFLICT (hash) DO NOTHING
  RETURNING id INTO nId;

  IF FOUND THEN
    INSERT INTO db.acl_set_entry (acl, userid, deny, allow)
    SELECT nId, e.userid, e.deny, e.allow
      FROM unnest(pUsers, pDeny, pAllow) AS e (userid, deny, allow);
    PERFORM ForgetAcls();
  ELSE
    -- Somebody else made it at the same moment: the conflict has waited for his commit.
    SELECT id INTO STRICT nId FROM db.acl_set WHERE hash = vHash;
  END IF;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION MakeAclSet (uuid[], bit[], bit[]) IS
$$Returns the set of some rights, and makes it when there is none like it.

pUsers   users and groups, each once
pDeny    what each is denied: three bits, select update delete
pAllow   what each is allowed
Returns  the set$$;

-- ChangeAclSet ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ChangeAclSet (
  pAcl          integer,
  pUserId       uuid,
  pDeny         bit(3),
  pAllow        bit(3)
) RETURNS       integer
AS $$
DECLARE
  r             record;
BEGIN
  SELECT COALESCE(array_agg(e.userid), '{}') AS users, COALESCE(array_agg(e.deny), '{}') AS deny,
         COALESCE(array_agg(e.allow), '{}') AS allow INTO r
    FROM db.acl_set_entry e
   WHERE e.acl = pAcl AND e.userid <> pUserId;

  IF pDeny IS NULL THEN
    RETURN MakeAclSet(r.users, r.deny, r.allow);
  END IF;

  RETURN MakeAclSet(r.users || pUserId, r.deny || pDeny, r.allow || pAllow);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ChangeAclSet (integer, uuid, bit, bit) IS
$$Returns the set that is like another but for the rights of one user; the other one stays.

pAcl     set
pUserId  user or group
pDeny    rights denied; null: the user is not named
pAllow   rights allowed
Returns  the set$$;

-- RefreshClassAcl -------------------------------------------------------------
CREATE OR REPLACE FUNCTION RefreshClassAcl (
  pClass        uuid
) RETURNS       void
AS $$
DECLARE
  nAcl          integer;
BEGIN
  -- Two changes of the same class wait for each other: the second one sees the rows of the first.
  PERFORM FROM db.class_tree WHERE id = pClass FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;

  SELECT MakeAclSet(COALESCE(array_agg(a.userid), '{}'),
                    COALESCE(array_agg(substring(a.deny FROM 3 FOR 3)::bit(3)), '{}'),
                    COALESCE(array_agg(substring(a.allow FROM 3 FOR 3)::bit(3)), '{}')) INTO nAcl
    FROM db.acu a
   WHERE a.class = pClass
     AND a.allow & ~a.deny & B'00111' <> B'00000';

  INSERT INTO db.class_acl AS c (class, acl) VALUES (pClass, nAcl)
      ON CONFLICT (class) DO UPDATE SET acl = excluded.acl WHERE c.acl <> excluded.acl;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RefreshClassAcl (uuid) IS
$$Works out the set that new objects of a class get from the rights in the class.

pClass  class$$;

-- SetObjectAccess -------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetObjectAccess (
  pObject       uuid,
  pUserId       uuid,
  pDeny         bit(3),
  pAllow        bit(3)
) RETURNS       void
AS $$
DECLARE
  nAcl          integer;
BEGIN
  SELECT acl INTO nAcl FROM db.object WHERE id = pObject FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM ObjectNotFound('object', 'id', pObject);
  END IF;

  IF NOT EXISTS (SELECT FROM db."user" WHERE id = pUserId) THEN
    PERFORM UserNotFound(pUserId);
  END IF;

  UPDATE db.object SET acl = ChangeAclSet(nAcl, pUserId, pDeny, pAllow) WHERE id = pObject;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetObjectAccess (uuid, uuid, bit, bit) IS
$$Sets the rights of a user or group in an object; whether the caller may is not asked.

pObject  object
pUserId  user or group
pDeny    rights denied: three bits, select update delete; null: the user is no longer named
pAllow   rights allowed
Raises   ObjectNotFound, UserNotFound$$;

-- SetClassObjectAccess --------------------------------------------------------
CREATE OR REPLACE FUNCTION SetClassObjectAccess (
  pClass        uuid,
  pUserId       uuid,
  pMask         bit
) RETURNS       void
AS $$
DECLARE
  bMask         bit(6) := COALESCE(pMask, B'000000');
  r             record;
BEGIN
  -- One new set for every set in use, then one update of the objects that are in it.
  FOR r IN
    SELECT DISTINCT o.acl
      FROM db.object o
     WHERE o.class = pClass AND o.owner <> pUserId
  LOOP
    UPDATE db.object
       SET acl = CASE
             WHEN bMask = B'000000' THEN ChangeAclSet(r.acl, pUserId, NULL, NULL)
             ELSE ChangeAclSet(r.acl, pUserId, substring(bMask FROM 1 FOR 3)::bit(3), substring(bMask FROM 4 FOR 3)::bit(3))
             END
     WHERE class = pClass AND owner <> pUserId AND acl = r.acl;
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetClassObjectAccess (uuid, uuid, bit) IS
$$Sets the rights of a user or group in all objects of a class that the user does not own.

pClass   class
pUserId  user or group
pMask    six bits: three denied, three allowed, each select update delete; null or 0: no longer named$$;

-- chmodo ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION chmodo (
  pObject       uuid,
  pMask         bit,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       void
AS $$
DECLARE
  bMask         bit(6) := COALESCE(pMask, B'000000');
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  IF bMask = B'000000' THEN
    PERFORM SetObjectAccess(pObject, pUserId, NULL, NULL);
  ELSE
    PERFORM SetObjectAccess(pObject, pUserId, substring(bMask FROM 1 FOR 3)::bit(3), substring(bMask FROM 4 FOR 3)::bit(3));
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION chmodo (uuid, bit, uuid) IS
$$Sets the rights of a user or group in an object.

pObject  object
pMask    six bits: three denied, three allowed, each select update delete; null or 0: no longer named
pUserId  user or group, by default the current user
Raises   AccessDenied unless the caller is an administrator; ObjectNotFound, UserNotFound$$;

-- CleanAclSets ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CleanAclSets ()
RETURNS         integer
AS $$
DECLARE
  nCount        integer;
BEGIN
  DELETE FROM db.acl_set s
   WHERE NOT EXISTS (SELECT FROM db.object o WHERE o.acl = s.id)
     AND NOT EXISTS (SELECT FROM db.class_acl c WHERE c.acl = s.id);
  GET DIAGNOSTICS nCount = ROW_COUNT;
  RETURN nCount;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CleanAclSets () IS
$$Deletes the sets that no object and no class uses.

Returns  how many$$;

-- OwnerAcl --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION OwnerAcl (
  pAcl          integer,
  pOwner        uuid
) RETURNS       integer
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.acl_set_entry WHERE acl = pAcl AND userid = pOwner) THEN
    RETURN ChangeAclSet(pAcl, pOwner, NULL, NULL);
  END IF;
  RETURN pAcl;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION OwnerAcl (integer, uuid) IS
$$Returns a set for an owner: one that does not name him, so that he has all rights.

pAcl     set
pOwner   owner
Returns  the same set, or the like without him$$;

-- RestoreClassEntry -----------------------------------------------------------
CREATE OR REPLACE FUNCTION RestoreClassEntry (
  pAcl          integer,
  pClass        uuid,
  pUserId       uuid
) RETURNS       integer
AS $$
DECLARE
  r             record;
BEGIN
  SELECT e.deny, e.allow INTO r
    FROM db.class_acl c
   INNER JOIN db.acl_set_entry e ON e.acl = c.acl AND e.userid = pUserId
   WHERE c.class = pClass;

  IF NOT FOUND OR EXISTS (SELECT FROM db.acl_set_entry WHERE acl = pAcl AND userid = pUserId) THEN
    RETURN pAcl;
  END IF;
  RETURN ChangeAclSet(pAcl, pUserId, r.deny, r.allow);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RestoreClassEntry (integer, uuid, uuid) IS
$$Returns a set for a user who no longer owns the object: with what the class gives him.

pAcl     set
pClass   class
pUserId  user
Returns  the same set when he is named, or the class gives him nothing$$;
