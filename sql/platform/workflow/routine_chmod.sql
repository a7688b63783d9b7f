-- Changes of rights: administrators only.

-- chmodm ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION chmodm (
  pMethod       uuid,
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
    DELETE FROM db.amu WHERE method = pMethod AND userid = pUserId;
  ELSE
    INSERT INTO db.amu AS t (method, userid, deny, allow)
    VALUES (pMethod, pUserId, substring(bMask FROM 1 FOR 3), substring(bMask FROM 4 FOR 3))
        ON CONFLICT (method, userid) DO UPDATE SET deny = excluded.deny, allow = excluded.allow;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION chmodm (uuid, bit, uuid) IS
$$Sets the rights of a user or group in a method.

pMethod  method
pMask    six bits: three denied, three allowed, each execute visible enable; null or 0 removes the row
pUserId  user or group, by default the current user
Raises   AccessDenied unless the caller is an administrator$$;

-- chmodc ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION chmodc (
  pClass        uuid,
  pMask         bit,
  pUserId       uuid DEFAULT current_userid(),
  pRecursive    boolean DEFAULT false,
  pObjectSet    boolean DEFAULT false
) RETURNS       void
AS $$
DECLARE
  r             record;
  bMask         bit(10) := COALESCE(pMask, B'0000000000');
  bDeny         bit(5) := substring(bMask FROM 1 FOR 5);
  bAllow        bit(5) := substring(bMask FROM 6 FOR 5);
  -- Whoever may create or update may execute.
  isExecute     boolean := bAllow & ~bDeny & B'01010' <> B'00000';
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  IF bMask = B'0000000000' THEN
    DELETE FROM db.acu WHERE class = pClass AND userid = pUserId;
  ELSE
    INSERT INTO db.acu AS t (class, userid, deny, allow)
    VALUES (pClass, pUserId, bDeny, bAllow)
        ON CONFLICT (class, userid) DO UPDATE SET deny = excluded.deny, allow = excluded.allow;
  END IF;

  PERFORM chmodm(m.id,
            CASE
            WHEN bMask = B'0000000000' THEN B'000000'
            ELSE B'000' || (CASE WHEN isExecute THEN B'101' ELSE B'000' END | CASE WHEN m.visible THEN B'010' ELSE B'000' END)
            END, pUserId)
     FROM db.method m
    WHERE m.class = pClass;

  IF pObjectSet THEN
    PERFORM SetClassObjectAccess(pClass, pUserId,
              (substring(bDeny FROM 3 FOR 3) || substring(bAllow FROM 3 FOR 3))::bit(6));
  END IF;

  IF pRecursive THEN
    FOR r IN SELECT id FROM db.class_tree WHERE parent = pClass
    LOOP
      PERFORM chmodc(r.id, pMask, pUserId, pRecursive, pObjectSet);
    END LOOP;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION chmodc (uuid, bit, uuid, boolean, boolean) IS
$$Sets the rights of a user or group in a class and, after them, in its methods.

Who may create or update may execute every method; who may only read sees the visible ones.
pClass      class
pMask       ten bits: five denied, five allowed, each access create select update delete; null or 0
            removes the row and those in the methods
pUserId     user or group, by default the current user
pRecursive  the classes below, too
pObjectSet  the objects that there are, too, except those that the user owns
Raises      AccessDenied unless the caller is an administrator$$;
