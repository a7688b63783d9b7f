-- Documents: made and changed.

-- CreateDocument --------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateDocument (
  pParent       uuid,
  pType         uuid,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pLocale       uuid DEFAULT NULL,
  pPriority     uuid DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  a             db.area;
  uId           uuid;
BEGIN
  SELECT * INTO a FROM db.area WHERE id = current_area();

  IF NOT FOUND THEN
    PERFORM AreaError();
  ELSIF a.type = '00000000-0000-4002-a000-000000000000' THEN
    PERFORM RootAreaError();
  END IF;

  uId := InsertObject(pParent, pType, pLabel, COALESCE(pText, pDescription), pLocale, a.id);

  INSERT INTO db.document (id, object, entity, class, type, priority, area, scope)
  SELECT o.id, o.id, o.entity, o.class, o.type,
         COALESCE(pPriority, '00000000-0000-4000-b004-000000000001'), a.id, a.scope
    FROM db.object o
   WHERE o.id = uId;

  PERFORM NewDocumentText(uId, pDescription, COALESCE(pLocale, current_locale()));

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateDocument (uuid, uuid, text, text, text, uuid, uuid) IS
$$Makes a document in the current area; whoever calls goes on with the row of its class.

pParent       object that it belongs to
pType         type
pLabel        label
pDescription  description
pText         text for the search; null: the description
pLocale       locale of the texts; null is the current one
pPriority     priority; null is medium
Returns       its id
Raises        AreaError without an area, RootAreaError in the root area; as InsertObject()$$;

-- EditDocument ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditDocument (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pLocale       uuid DEFAULT NULL,
  pPriority     uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM EditObject(pId, pParent, pType, pLabel, COALESCE(pText, pDescription), pLocale);

  UPDATE db.document
     SET type = COALESCE(pType, type),
         priority = COALESCE(pPriority, priority)
   WHERE id = pId
     AND num_nonnulls(pType, pPriority) > 0;

  PERFORM EditDocumentText(pId, pDescription, pLocale);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditDocument (uuid, uuid, uuid, text, text, text, uuid, uuid) IS
$$Changes a document.

pId           document
pParent       new parent; null keeps, null_uuid() clears
pType         new type of the same entity; null keeps
pLabel        new label; null keeps, an empty string clears
pDescription  new description; null keeps, an empty string clears
pText         new text for the search; null: the description
pLocale       locale of the texts; null: every locale in which it has texts
pPriority     new priority; null keeps
Raises        ObjectNotFound, AccessDenied, IncorrectEntity$$;

-- NewDocumentText -------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewDocumentText (
  pDocument     uuid,
  pDescription  text,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       void
AS $$
BEGIN
  INSERT INTO db.document_text (document, locale, description)
  VALUES (pDocument, pLocale, CheckNull(pDescription));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewDocumentText (uuid, text, uuid) IS
$$Adds the description of a document in one locale.

pDocument     document
pDescription  description
pLocale       locale, by default the current one$$;

-- EditDocumentText ------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditDocumentText (
  pDocument     uuid,
  pDescription  text,
  pLocale       uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF pDescription IS NULL THEN
    RETURN;
  END IF;

  UPDATE db.document_text
     SET description = CheckNull(pDescription)
   WHERE document = pDocument
     AND (pLocale IS NULL OR locale = pLocale);

  IF NOT FOUND THEN
    PERFORM NewDocumentText(pDocument, pDescription, COALESCE(pLocale, current_locale()));
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditDocumentText (uuid, text, uuid) IS
$$Changes the description of a document.

pDocument     document
pDescription  new description; null keeps, an empty string clears
pLocale       locale; null: every locale in which it has one$$;

-- GetDocumentDescription ------------------------------------------------------
CREATE OR REPLACE FUNCTION GetDocumentDescription (
  pDocument     uuid,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       text
AS $$
BEGIN
  RETURN (SELECT t.description
            FROM db.document_text t
           WHERE t.document = pDocument
           ORDER BY t.locale <> pLocale, t.locale <> DefaultLocale(), t.locale
           LIMIT 1);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetDocumentDescription (uuid, uuid) IS
$$Gives the description of a document.

pDocument  document
pLocale    locale, by default the current one
Returns    description; null when it has none$$;

-- GetDocumentArea -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetDocumentArea (
  pDocument     uuid
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT area FROM db.document WHERE id = pDocument);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetDocumentArea (uuid) IS
$$Gives the area of a document.

pDocument  document$$;

-- ChangeDocumentArea ----------------------------------------------------------
CREATE OR REPLACE FUNCTION ChangeDocumentArea (
  pId           uuid,
  pArea         uuid
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  IF NOT EXISTS (SELECT FROM db.area WHERE id = pArea) THEN
    PERFORM AreaError();
  END IF;

  FOR r IN
    WITH RECURSIVE tree (id, depth) AS (
      SELECT pId, 0
       UNION ALL
      SELECT o.id, t.depth + 1
        FROM tree t
       INNER JOIN db.object o ON o.parent = t.id
    ) CYCLE id SET circular USING path
    SELECT d.id, d.area
      FROM tree t
     INNER JOIN db.document d ON d.id = t.id
     WHERE NOT t.circular
     ORDER BY t.depth, d.id
  LOOP
    UPDATE db.document SET area = pArea WHERE id = r.id;
    PERFORM DoSave(r.id, jsonb_build_object('old', jsonb_build_object('area', r.area),
                                            'new', jsonb_build_object('area', pArea)));
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ChangeDocumentArea (uuid, uuid) IS
$$Takes a document, with all documents below it, to another area, and executes save on each.

pId     document
pArea   area of the same scope
Raises  AreaError, ChangeAreaError for an area of another scope, AccessDenied$$;
