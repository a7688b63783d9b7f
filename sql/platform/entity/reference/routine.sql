-- References: made and changed.

-- GenReferenceCode ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GenReferenceCode (
  pEntity       uuid
) RETURNS       text
AS $$
  SELECT concat(CASE WHEN length(e.code) > 5 THEN left(e.code, 3) ELSE e.code END, '_',
                translate(encode(gen_random_bytes(12), 'base64'), '+/', 'ps'))
    FROM db.entity e
   WHERE e.id = pEntity;
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION GenReferenceCode (uuid) IS
$$Draws a code for a reference that was given none.

pEntity  entity
Returns  code of the entity, its first three letters when it is long, and 16 random characters$$;

-- CreateReference -------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateReference (
  pParent       uuid,
  pType         uuid,
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL,
  pLocale       uuid DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uAreaType     uuid := (SELECT type FROM db.area WHERE id = current_area());
  uLocale       uuid := COALESCE(pLocale, current_locale());
  uId           uuid;
  o             record;
BEGIN
  IF uAreaType = '00000000-0000-4002-a000-000000000000' THEN
    PERFORM RootAreaError();
  ELSIF uAreaType = '00000000-0000-4002-a000-000000000002' THEN
    PERFORM GuestAreaError();
  END IF;

  uId := InsertObject(pParent, pType, pName, pDescription, uLocale);
  SELECT x.entity, x.class, x.scope INTO o FROM db.object x WHERE x.id = uId;

  INSERT INTO db.reference (id, object, scope, entity, class, type, code)
  VALUES (uId, uId, o.scope, o.entity, o.class, pType, COALESCE(NULLIF(pCode, ''), GenReferenceCode(o.entity)))
      ON CONFLICT (scope, entity, code) DO NOTHING;
  IF NOT FOUND THEN
    PERFORM RecordExists(pCode);
  END IF;

  PERFORM NewReferenceText(uId, pName, pDescription, uLocale);

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateReference (uuid, uuid, text, text, text, uuid) IS
$$Makes a reference in the current scope; whoever calls goes on with the row of its class.

pParent       object that it belongs to
pType         type
pCode         code; null or an empty string draws one
pName         name, the label of the object, too
pDescription  description, the text of the object, too
pLocale       locale of the texts; null is the current one
Returns       its id
Raises        RootAreaError, GuestAreaError in these areas; RecordExists when the code is taken; as InsertObject()$$;

-- EditReference ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditReference (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pLocale       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM EditObject(pId, pParent, pType, pName, pDescription, pLocale);

  IF EXISTS (SELECT FROM db.reference r
              INNER JOIN db.reference x ON x.scope = r.scope AND x.entity = r.entity AND x.code = pCode
              WHERE r.id = pId AND x.id <> pId) THEN
    PERFORM RecordExists(pCode);
  END IF;

  UPDATE db.reference
     SET type = COALESCE(pType, type),
         code = COALESCE(NULLIF(pCode, ''), code)
   WHERE id = pId
     AND num_nonnulls(pType, pCode) > 0;

  PERFORM EditReferenceText(pId, pName, pDescription, pLocale);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditReference (uuid, uuid, uuid, text, text, text, uuid) IS
$$Changes a reference.

pId           reference
pParent       new parent; null keeps, null_uuid() clears
pType         new type of the same entity; null keeps
pCode         new code; null or an empty string keeps
pName         new name; null keeps, an empty string clears
pDescription  new description; null keeps, an empty string clears
pLocale       locale of the texts; null: every locale in which it has texts
Raises        ObjectNotFound, AccessDenied, IncorrectEntity; RecordExists when the code is taken$$;

-- NewReferenceText ------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewReferenceText (
  pReference    uuid,
  pName         text,
  pDescription  text DEFAULT NULL,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       void
AS $$
BEGIN
  INSERT INTO db.reference_text (reference, locale, name, description)
  VALUES (pReference, pLocale, CheckNull(pName), CheckNull(pDescription));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewReferenceText (uuid, text, text, uuid) IS
$$Adds the name and the description of a reference in one locale.

pReference    reference
pName         name
pDescription  description
pLocale       locale, by default the current one$$;

-- EditReferenceText -----------------------------------------------------------
CREATE OR REPLACE FUNCTION EditReferenceText (
  pReference    uuid,
  pName         text,
  pDescription  text DEFAULT NULL,
  pLocale       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF num_nulls(pName, pDescription) = 2 THEN
    RETURN;
  END IF;

  UPDATE db.reference_text
     SET name = CheckNull(COALESCE(pName, name)),
         description = CheckNull(COALESCE(pDescription, description))
   WHERE reference = pReference
     AND (pLocale IS NULL OR locale = pLocale);

  IF NOT FOUND THEN
    PERFORM NewReferenceText(pReference, COALESCE(pName, GetReferenceName(pReference, pLocale)),
                             COALESCE(pDescription, GetReferenceDescription(pReference, pLocale)),
                             COALESCE(pLocale, current_locale()));
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditReferenceText (uuid, text, text, uuid) IS
$$Changes the name and the description of a reference; the label of its object follows the name.

pReference    reference
pName         new name; null keeps, an empty string clears
pDescription  new description; null keeps, an empty string clears
pLocale       locale; null: every locale in which it has texts$$;

-- GetReference ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetReference (
  pEntity       uuid,
  pCode         text,
  pScope        uuid DEFAULT current_scope()
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT id FROM db.reference WHERE scope = pScope AND entity = pEntity AND code = pCode);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetReference (uuid, text, uuid) IS
$$Finds a reference by its code.

pEntity  entity
pCode    code
pScope   scope, by default the current one
Returns  reference; null when there is none$$;

CREATE OR REPLACE FUNCTION GetReference (
  pCode         text,
  pEntity       text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN GetReference(GetEntity(COALESCE(pEntity, substr(pCode, strpos(pCode, '.') + 1))), pCode);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetReference (text, text) IS
$$Finds a reference of the current scope by its code.

pCode    code
pEntity  code of the entity; null: what follows the first dot of pCode
Returns  reference; null when there is none$$;

-- GetReferenceCode ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetReferenceCode (
  pId           uuid
) RETURNS       text
AS $$
BEGIN
  RETURN (SELECT code FROM db.reference WHERE id = pId);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetReferenceCode (uuid) IS
$$Gives the code of a reference.

pId      reference$$;

-- GetReferenceName, GetReferenceDescription -----------------------------------
DO $do$
DECLARE
  vName         text;
BEGIN
  FOREACH vName IN ARRAY '{Name,Description}'::text[]
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION GetReference%1$s (
  pId           uuid,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       text
AS $body$
BEGIN
  RETURN (SELECT t.%2$I
            FROM db.reference_text t
           WHERE t.reference = pId
           ORDER BY t.locale <> pLocale, t.locale <> DefaultLocale(), t.locale
           LIMIT 1);
END;
$body$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetReference%1$s (uuid, uuid) IS
$text$Gives the %2$s of a reference.

pId      reference
pLocale  locale, by default the current one$text$;
$fmt$, vName, lower(vName));
  END LOOP;
END;
$do$;
