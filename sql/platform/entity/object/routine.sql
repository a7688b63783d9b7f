-- Objects: made and changed.

-- InsertObject ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION InsertObject (
  pParent       uuid,
  pType         uuid,
  pLabel        text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pLocale       uuid DEFAULT NULL,
  pArea         uuid DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  r             record;
  uId           uuid := COALESCE(GetVar('object', 'id')::uuid, gen_kernel_uuid('8'));
  uParent       uuid := CheckNull(pParent);
  uOwner        uuid := current_userid();
  nAcl          integer;
BEGIN
  SELECT t.class, c.entity, c.abstract, e.code, a.acl INTO r
    FROM db.type t
   INNER JOIN db.class_tree c ON c.id = t.class
   INNER JOIN db.entity e ON e.id = c.entity
    LEFT JOIN db.class_acl a ON a.class = c.id
   WHERE t.id = pType;

  IF NOT FOUND THEN
    PERFORM ObjectNotFound('type', 'id', pType);
  ELSIF r.abstract THEN
    PERFORM AbstractError();
  END IF;

  PERFORM CheckIfMatch(NULL);

  -- The installer has no session: what it makes belongs to the administrator.
  IF uOwner IS NULL AND IsKernel() THEN
    uOwner := '00000000-0000-4000-a001-000000000001';
  END IF;
  nAcl := OwnerAcl(r.acl, uOwner);

  -- Who owns what a message is about may read it.
  IF r.code = 'message' AND uParent IS NOT NULL THEN
    nAcl := MessageAcl(nAcl, uParent, uOwner);
  END IF;

  INSERT INTO db.object (id, parent, scope, entity, class, type, suid, owner, oper, area, acl)
  VALUES (uId, uParent, current_scope(), r.entity, r.class, pType,
          COALESCE(session_userid(), uOwner), uOwner, uOwner, pArea, nAcl);

  PERFORM NewObjectText(uId, pLabel, pText, COALESCE(pLocale, current_locale()));

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION InsertObject (uuid, uuid, text, text, uuid, uuid) IS
$$Makes the row of an object; it has no state until action create is executed.

pParent  object that it belongs to; null_uuid() is none
pType    type, which decides on class and entity
pLabel   label
pText    text
pLocale  locale of both; null is the current one
pArea    area, of a document
Returns  its id: the one in variable object.id, else a new one
Raises   ObjectNotFound for an unknown type, AbstractError$$;

-- MessageAcl ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION MessageAcl (
  pAcl          integer,
  pParent       uuid,
  pOwner        uuid
) RETURNS       integer
AS $$
DECLARE
  uOther        uuid := GetObjectOwner(pParent);
  r             record;
BEGIN
  IF uOther IS NULL OR uOther = pOwner THEN
    RETURN pAcl;
  END IF;

  SELECT e.deny, e.allow INTO r FROM db.acl_set_entry e WHERE e.acl = pAcl AND e.userid = uOther;
  RETURN ChangeAclSet(pAcl, uOther, COALESCE(r.deny, B'000'), COALESCE(r.allow, B'000') | B'100');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION MessageAcl (integer, uuid, uuid) IS
$$Returns a set in which the owner of what a message is about may read the message, too.

pAcl     set of the message
pParent  what it is about
pOwner   owner of the message$$;

-- CreateObject ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateObject (
  pParent       uuid,
  pType         uuid,
  pLabel        text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pLocale       uuid DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN InsertObject(pParent, pType, pLabel, pText, pLocale);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateObject (uuid, uuid, text, text, uuid) IS
$$Makes an object; whoever calls goes on with the rows of its class and executes action create.

pParent  object that it belongs to
pType    type
pLabel   label
pText    text
pLocale  locale of both; null is the current one
Returns  its id
Raises   ObjectNotFound for an unknown type, AbstractError$$;

-- EditObject ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditObject (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pLocale       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  UPDATE db.object
     SET parent = COALESCE(pParent, parent),
         type = COALESCE(pType, type),
         udate = now()
   WHERE id = pId;

  IF NOT FOUND THEN
    PERFORM ObjectNotFound('object', 'id', pId);
  END IF;

  PERFORM EditObjectText(pId, pLabel, pText, pLocale);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditObject (uuid, uuid, uuid, text, text, uuid) IS
$$Changes an object.

pId      object
pParent  new parent; null keeps, null_uuid() clears
pType    new type of the same entity; null keeps
pLabel   new label; null keeps, an empty string clears
pText    new text; null keeps, an empty string clears
pLocale  locale of both; null: every locale in which the object has texts
Raises   ObjectNotFound, AccessDenied, IncorrectEntity$$;

-- SetObjectParent -------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetObjectParent (
  pObject       uuid,
  pParent       uuid
) RETURNS       void
AS $$
BEGIN
  UPDATE db.object SET parent = pParent WHERE id = pObject;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetObjectParent (uuid, uuid) IS
$$Hangs an object under another one.

pObject  object
pParent  new parent; null for none
Raises   AccessDenied$$;

-- SetObjectOwner --------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetObjectOwner (
  pId           uuid,
  pOwner        uuid
) RETURNS       void
AS $$
BEGIN
  UPDATE db.object SET owner = pOwner WHERE id = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetObjectOwner (uuid, uuid) IS
$$Gives an object to another user: he has all rights from now on, the old owner what the set gives him.

pId      object
pOwner   user
Raises   AccessDenied$$;

-- SetObjectLabel --------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetObjectLabel (
  pObject       uuid,
  pLabel        text,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       void
AS $$
BEGIN
  UPDATE db.object SET udate = now() WHERE id = pObject;
  IF FOUND THEN
    PERFORM EditObjectText(pObject, pLabel, NULL, pLocale);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetObjectLabel (uuid, text, uuid) IS
$$Changes the label of an object.

pObject  object
pLabel   label; an empty string clears
pLocale  locale, by default the current one; null: every locale in which the object has texts
Raises   AccessDenied$$;
