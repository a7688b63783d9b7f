-- Areas: the tree, its order, the working area of a session.

-- SortArea --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SortArea (
  pParent       uuid
) RETURNS       void
AS $$
  UPDATE db.area a
     SET sequence = r.place
    FROM (SELECT id, row_number() OVER (ORDER BY sequence, code) AS place
            FROM db.area
           WHERE parent = pParent) r
   WHERE a.id = r.id
     AND a.sequence <> r.place;
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SortArea (uuid) IS
$$Renumbers the areas below one from 1 on, in their order.

pParent  area above them$$;

-- SetAreaSequence -------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetAreaSequence (
  pId           uuid,
  pSequence     integer,
  pDelta        integer
) RETURNS       void
AS $$
DECLARE
  uParent       uuid;
BEGIN
  SELECT parent INTO uParent FROM db.area WHERE id = pId;

  IF pDelta <> 0 AND EXISTS (SELECT FROM db.area
                              WHERE parent = uParent AND sequence = pSequence AND id <> pId) THEN
    UPDATE db.area
       SET sequence = sequence + pDelta
     WHERE parent = uParent
       AND id <> pId
       AND CASE WHEN pDelta > 0 THEN sequence >= pSequence ELSE sequence <= pSequence END;
  END IF;

  UPDATE db.area SET sequence = pSequence WHERE id = pId AND sequence <> pSequence;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetAreaSequence (uuid, integer, integer) IS
$$Moves an area among its siblings.

pId        area
pSequence  new place
pDelta     where the siblings go that are in the way: 1 down the list, -1 up; 0 leaves them$$;

-- CreateArea ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateArea (
  pId           uuid,
  pParent       uuid,
  pType         uuid,
  pScope        uuid,
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL,
  pSequence     integer DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  r             record;
BEGIN
  PERFORM RequireRight(14);

  IF pParent IS DISTINCT FROM null_uuid() THEN
    pParent := coalesce(pParent, GetAreaRoot(coalesce(pScope, current_scope())));
  END IF;

  SELECT level + 1 AS level, scope INTO r FROM db.area WHERE id = CheckNull(pParent);

  IF NOT FOUND AND CheckNull(pParent) IS NOT NULL THEN
    PERFORM AreaError();
  END IF;

  pScope := coalesce(pScope, r.scope, current_scope());

  IF EXISTS (SELECT FROM db.area WHERE scope = pScope AND code = pCode) THEN
    PERFORM RecordExists(pCode);
  END IF;

  INSERT INTO db.area (id, parent, type, scope, code, name, description, level, sequence)
  VALUES (coalesce(pId, gen_kernel_uuid('8')), CheckNull(pParent),
          coalesce(pType, '00000000-0000-4002-a001-000000000000'), pScope, pCode, pName, pDescription,
          coalesce(r.level, 0),
          coalesce((SELECT max(sequence) FROM db.area WHERE parent = CheckNull(pParent)), 0) + 1)
  RETURNING id INTO pId;

  IF pSequence IS NOT NULL THEN
    PERFORM SetAreaSequence(pId, pSequence, 1);
  END IF;

  PERFORM DoCreateArea(pId);

  RETURN pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateArea (uuid, uuid, uuid, uuid, text, text, text, integer) IS
$$Creates an area; needs right 14.

pId           identifier; null makes one
pParent       area above; null is the root of the scope, the null uuid none
pType         kind; null is "default"
pScope        scope; null is that of the area above
pCode         code
pName         name
pDescription  description
pSequence     place among its siblings, which give way; null is the last
Returns       the identifier
Raises        AccessDenied, AreaError for an unknown area above, RecordExists$$;

-- LevelAreas ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION LevelAreas (
  pId           uuid
) RETURNS       void
AS $$
  WITH RECURSIVE tree (id, level, scope) AS (
    SELECT a.id, coalesce(p.level + 1, 0), a.scope
      FROM db.area a
      LEFT JOIN db.area p ON p.id = a.parent
     WHERE a.id = pId
     UNION ALL
    SELECT a.id, t.level + 1, t.scope
      FROM tree t
     INNER JOIN db.area a ON a.parent = t.id
  )
  UPDATE db.area a
     SET level = t.level,
         scope = t.scope
    FROM tree t
   WHERE a.id = t.id
     AND (a.level <> t.level OR a.scope <> t.scope);
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION LevelAreas (uuid) IS
$$Carries the level and the scope of an area down to all below it.

pId  area that was moved$$;

-- EditArea --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditArea (
  pId            uuid,
  pParent        uuid DEFAULT NULL,
  pType          uuid DEFAULT NULL,
  pScope         uuid DEFAULT NULL,
  pCode          text DEFAULT NULL,
  pName          text DEFAULT NULL,
  pDescription   text DEFAULT NULL,
  pSequence      integer DEFAULT NULL,
  pValidFromDate timestamptz DEFAULT NULL,
  pValidToDate   timestamptz DEFAULT NULL
) RETURNS        void
AS $$
DECLARE
  r             db.area;
BEGIN
  PERFORM RequireRight(15);

  SELECT * INTO r FROM db.area WHERE id = pId FOR NO KEY UPDATE;

  IF NOT FOUND THEN
    PERFORM AreaError();
  END IF;

  pParent := coalesce(CheckNull(pParent), r.parent);

  IF pParent <> r.parent OR (pParent IS NOT NULL AND r.parent IS NULL) THEN
    IF pParent IN (SELECT id FROM AreaTree(pId)) OR NOT EXISTS (SELECT FROM db.area WHERE id = pParent) THEN
      PERFORM AreaError();
    END IF;
    pScope := coalesce(pScope, GetAreaScope(pParent));
  END IF;

  pScope := coalesce(pScope, r.scope);
  pCode := coalesce(pCode, r.code);

  IF EXISTS (SELECT FROM db.area WHERE scope = pScope AND code = pCode AND id <> pId) THEN
    PERFORM RecordExists(pCode);
  END IF;

  UPDATE db.area
     SET parent = pParent,
         type = coalesce(pType, type),
         scope = pScope,
         code = pCode,
         name = coalesce(pName, name),
         description = nullif(coalesce(pDescription, description), ''),
         validfromdate = coalesce(pValidFromDate, validfromdate),
         validtodate = coalesce(pValidToDate, validtodate)
   WHERE id = pId;

  IF pParent IS DISTINCT FROM r.parent THEN
    PERFORM SortArea(r.parent);
    pSequence := coalesce(pSequence, (SELECT coalesce(max(sequence), 0) + 1
                                        FROM db.area WHERE parent = pParent AND id <> pId));
  END IF;

  IF pParent IS DISTINCT FROM r.parent OR pScope <> r.scope THEN
    PERFORM LevelAreas(pId);
  END IF;

  IF pSequence IS NOT NULL THEN
    PERFORM SetAreaSequence(pId, pSequence, CASE WHEN pParent = r.parent AND pSequence > r.sequence THEN -1 ELSE 1 END);
    PERFORM SortArea(pParent);
  END IF;

  PERFORM DoUpdateArea(pId);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditArea (uuid, uuid, uuid, uuid, text, text, text, integer, timestamptz, timestamptz) IS
$$Changes an area; needs right 15. What is null stays; '' clears the description.

pId             area
pParent         area above; null or the null uuid leave it where it is
pType           kind
pScope          scope; all areas below go with it
pCode           code
pName           name
pDescription    description
pSequence       place among its siblings, which give way
pValidFromDate  in use from this moment
pValidToDate    in use before this moment
Raises          AccessDenied; AreaError for an unknown area, or one moved below itself; RecordExists$$;

-- DeleteArea ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteArea (
  pId           uuid
) RETURNS       void
AS $$
DECLARE
  uParent       uuid;
BEGIN
  PERFORM RequireRight(16);

  SELECT parent INTO uParent FROM db.area WHERE id = pId FOR UPDATE;

  IF NOT FOUND THEN
    PERFORM AreaError();
  END IF;

  -- The system falls back to the areas that it was installed with.
  IF pId::text LIKE '00000000-0000-4003-a00_-00000000000_' THEN
    PERFORM OperationNotPossible();
  END IF;

  PERFORM DoDeleteArea(pId);

  DELETE FROM db.member_area WHERE area = pId;
  DELETE FROM db.area WHERE id = pId;

  PERFORM SortArea(uParent);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteArea (uuid) IS
$$Deletes an area with its memberships; one that documents, areas, profiles or sessions use stays. Needs right 16.

pId     area
Raises  AccessDenied; AreaError for an unknown one; OperationNotPossible for one of the installation$$;

-- AreaTree --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AreaTree (
  pArea         uuid
) RETURNS       SETOF AreaTree
AS $$
  WITH RECURSIVE tree (id) AS (
    SELECT pArea
     UNION
    SELECT a.id
      FROM tree t
     INNER JOIN db.area a ON a.parent = t.id
  )
  SELECT a.*
    FROM AreaTree a
   WHERE a.id IN (SELECT id FROM tree);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION AreaTree (uuid) IS
$$Gives an area and all below it.

pArea  area$$;

-- SetArea ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetArea (
  pArea         uuid,
  pMember       uuid DEFAULT current_userid(),
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
DECLARE
  uScope        uuid;
BEGIN
  SELECT scope INTO uScope FROM db.area WHERE id = pArea;

  IF NOT FOUND THEN
    PERFORM AreaError();
  END IF;

  IF NOT IsMemberArea(pArea, pMember) THEN
    PERFORM UserNotMemberArea(GetUserName(pMember), GetAreaName(pArea));
  END IF;

  UPDATE db.session SET area = pArea, scope = uScope WHERE code = pSession;
  UPDATE db.profile SET area = pArea WHERE userid = pMember AND scope = uScope AND area <> pArea;

  IF pSession = current_session() THEN
    PERFORM SetContextValue('area', pArea::text);
    PERFORM SetContextValue('scope', uScope::text);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetArea (uuid, uuid, varchar) IS
$$Makes an area the working area of a session, and of the sessions to come of its user.

pArea     area
pMember   user
pSession  session
Raises    AreaError for an unknown area, UserNotMemberArea$$;

-- GetDefaultArea --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetDefaultArea (
  pMember       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
  SELECT area FROM db.profile WHERE userid = pMember AND scope = current_scope();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetDefaultArea (uuid) IS
$$Gives the area in which a user's sessions in the current scope begin; null without a profile.

pMember  user$$;

-- SetDefaultArea --------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetDefaultArea (
  pArea         uuid DEFAULT current_area(),
  pMember       uuid DEFAULT current_userid()
) RETURNS       void
AS $$
  UPDATE db.profile SET area = pArea WHERE userid = pMember AND scope = GetAreaScope(pArea);
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SetDefaultArea (uuid, uuid) IS
$$Sets the area in which a user's sessions begin.

pArea    area
pMember  user
Raises   UserNotMemberArea$$;
