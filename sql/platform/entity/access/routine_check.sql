-- What the sets of rights amount to for a user. The arrays of a call are worked out once a
-- transaction and kept in the transaction-local settings acl.key (whose they are) and acl.N.

-- ForgetAcls ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ForgetAcls ()
RETURNS         void
AS $$
BEGIN
  PERFORM set_config('acl.key', '', true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ForgetAcls () IS
'Makes AclsWith() and OwnerExceptions() look again: a set was made in this transaction.';

-- AclKept ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AclKept (
  pName         text
) RETURNS       text
AS $$
DECLARE
  vKey          text := concat(current_setting('current.user', true), current_setting('current.groups', true));
BEGIN
  IF current_setting('acl.key', true) IS DISTINCT FROM vKey THEN
    PERFORM set_config('acl.key', vKey, true), set_config('acl.allow100', '', true),
            set_config('acl.allow010', '', true), set_config('acl.allow001', '', true),
            set_config('acl.owner100', '', true);
    RETURN NULL;
  END IF;

  RETURN NULLIF(current_setting(pName, true), '');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AclKept (text) IS
$$Returns an array that was kept in this transaction for the same user and groups.

pName    setting
Returns  integer[] as text; null when it was not worked out yet$$;

-- AclsWith --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AclsWith (
  pMask         bit
) RETURNS       integer[]
AS $$
DECLARE
  vName         text := 'acl.allow' || pMask::text;
  vKept         text := AclKept(vName);
  anAcls        integer[];
BEGIN
  IF vKept IS NOT NULL THEN
    RETURN vKept::integer[];
  END IF;

  SELECT COALESCE(array_agg(s.acl ORDER BY s.acl), '{}') INTO anAcls
    FROM (SELECT e.acl
            FROM db.acl_set_entry e
           WHERE e.userid = ANY (AccessPrincipals(current_userid()))
           GROUP BY e.acl
          HAVING bit_or(e.allow) & ~bit_or(e.deny) & pMask = pMask) s;

  IF pMask IN (B'100', B'010', B'001') THEN
    PERFORM set_config(vName, anAcls::text, true);
  END IF;
  RETURN anAcls;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION AclsWith (bit) IS
$$Lists the sets in which the current user has some rights, by himself or by his groups.

What he owns comes on top, see OwnerExceptions().
pMask    three bits, select update delete
Returns  sets, sorted; {} when there is none$$;

-- ReadableAcls ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ReadableAcls ()
RETURNS         integer[]
AS $$
  SELECT AclsWith(B'100');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ReadableAcls () IS
'Lists the sets whose objects the current user may read; what he owns comes on top.';

-- OwnerExceptions -------------------------------------------------------------
CREATE OR REPLACE FUNCTION OwnerExceptions ()
RETURNS         integer[]
AS $$
DECLARE
  vKept         text := AclKept('acl.owner100');
  anAcls        integer[];
BEGIN
  IF vKept IS NOT NULL THEN
    RETURN vKept::integer[];
  END IF;

  SELECT COALESCE(array_agg(DISTINCT e.acl), '{}') INTO anAcls
    FROM db.acl_set_entry e
   WHERE e.userid = current_userid()
      OR (e.userid = ANY (AccessPrincipals(current_userid())) AND e.deny & B'100' = B'100');

  PERFORM set_config('acl.owner100', anAcls::text, true);
  RETURN anAcls;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION OwnerExceptions () IS
$$Lists the sets in which owning an object does not let the current user read it.

They name the user himself, or deny it to one of his groups; ReadableAcls() has those he may read.$$;

-- AccessCondition -------------------------------------------------------------
CREATE OR REPLACE FUNCTION AccessCondition (
  pAlias        text DEFAULT 'o'
) RETURNS       text
AS $$
  SELECT format('(%1$s.acl = ANY ((SELECT ReadableAcls())::integer[]) OR (%1$s.owner = (SELECT current_userid())'
                ' AND %1$s.acl <> ALL ((SELECT OwnerExceptions())::integer[])))', pAlias);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION AccessCondition (text) IS
$$Writes the condition that the current user may read an object: what views are built with.

pAlias   alias of db.object
Returns  SQL; its subselects are run once a query$$;

-- ObjectMask ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ObjectMask (
  pAcl          integer,
  pOwner        uuid,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       bit
AS $$
DECLARE
  r             record;
BEGIN
  SELECT count(*) AS rows, bit_or(e.deny) AS deny, bit_or(e.allow) AS allow,
         bool_or(e.userid = pUserId) AS named INTO r
    FROM db.acl_set_entry e
   WHERE e.acl = pAcl
     AND e.userid = ANY (AccessPrincipals(pUserId));

  IF pOwner = pUserId AND r.named IS NOT TRUE THEN
    RETURN ~COALESCE(r.deny, B'000');
  END IF;

  IF r.rows = 0 THEN
    RETURN CASE WHEN EXISTS (SELECT FROM db."user" WHERE id = pUserId AND type = 'G') THEN B'100' ELSE B'000' END;
  END IF;

  RETURN r.allow & ~r.deny;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ObjectMask (integer, uuid, uuid) IS
$$Gives the rights of a user in objects of a set and an owner.

pAcl     set
pOwner   owner of the object
pUserId  user, by default the current one
Returns  three bits, select update delete$$;

-- GetObjectMask ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectMask (
  pObject       uuid,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       bit
AS $$
BEGIN
  RETURN (SELECT CASE WHEN o.owner = pUserId THEN B'111'
                      WHEN EXISTS (SELECT FROM db."user" u WHERE u.id = pUserId AND u.type = 'G') THEN B'100'
                      ELSE B'000' END
            FROM db.object o
           WHERE o.id = pObject);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetObjectMask (uuid, uuid) IS
$$Gives the rights of a user in an object where no set says anything: 111 for the owner, 100 for a group.

pObject  object
pUserId  user, by default the current one
Returns  three bits, select update delete; null when there is no such object$$;

-- GetObjectAccessMask ---------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectAccessMask (
  pObject       uuid,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       bit
AS $$
BEGIN
  RETURN (SELECT ObjectMask(o.acl, o.owner, pUserId) FROM db.object o WHERE o.id = pObject);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetObjectAccessMask (uuid, uuid) IS
$$Gives the rights of a user in an object.

pObject  object
pUserId  user, by default the current one
Returns  three bits, select update delete; null when there is no such object$$;

-- CheckObjectAccess -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckObjectAccess (
  pObject       uuid,
  pMask         bit,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
BEGIN
  RETURN COALESCE((SELECT ObjectMask(o.acl, o.owner, pUserId) & pMask = pMask
                     FROM db.object o
                    WHERE o.id = pObject), false);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckObjectAccess (uuid, bit, uuid) IS
$$Tells whether a user has some rights in an object.

pObject  object
pMask    three bits, select update delete
pUserId  user, by default the current one
Returns  true when he has all of them$$;

-- RequireObjectAccess ---------------------------------------------------------
CREATE OR REPLACE FUNCTION RequireObjectAccess (
  pObject       uuid,
  pMask         bit
) RETURNS       void
AS $$
DECLARE
  bMask         bit(3);
BEGIN
  SELECT ObjectMask(o.acl, o.owner) INTO bMask FROM db.object o WHERE o.id = pObject;
  IF NOT FOUND THEN
    PERFORM ObjectNotFound('object', 'id', pObject);
  END IF;

  IF bMask & pMask <> pMask THEN
    PERFORM AccessDenied();
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION RequireObjectAccess (uuid, bit) IS
$$Passes when the current user has some rights in an object.

pObject  object
pMask    three bits, select update delete
Raises   ObjectNotFound; AccessDenied when a right is missing$$;

-- DecodeObjectAccess ----------------------------------------------------------
CREATE OR REPLACE FUNCTION DecodeObjectAccess (
  pObject       uuid,
  pUserId       uuid DEFAULT current_userid(),
  OUT s         boolean,
  OUT u         boolean,
  OUT d         boolean
) RETURNS       record
AS $$
DECLARE
  bMask         bit(3) := GetObjectAccessMask(pObject, pUserId);
BEGIN
  s := get_bit(bMask, 0) = 1;
  u := get_bit(bMask, 1) = 1;
  d := get_bit(bMask, 2) = 1;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION DecodeObjectAccess (uuid, uuid) IS
$$Gives the rights of a user in an object as three flags; all null when there is no such object.

pObject  object
pUserId  user, by default the current one
s        select
u        update
d        delete$$;
