-- Copies of classes.

-- CopyEvents ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CopyEvents (
  pSource       uuid,
  pDestination  uuid
) RETURNS       void
AS $$
DECLARE
  r             record;
  uParent       uuid := GetEventType('parent');
BEGIN
  -- A class below the source runs the source's events through one parent row; its own copy of a
  -- handler would run it twice.
  IF EXISTS (SELECT FROM db.class_ancestor WHERE class = pDestination AND ancestor = pSource AND distance > 0) THEN
    FOR r IN
      INSERT INTO db.event (class, type, action, sequence)
      SELECT DISTINCT pDestination, uParent, e.action, 1
        FROM db.event e
       WHERE e.class = pSource
         AND NOT EXISTS (SELECT FROM db.event d WHERE d.class = pDestination AND d.action = e.action)
      RETURNING id
    LOOP
      INSERT INTO db.event_text (event, locale, label)
      SELECT r.id, locale, label FROM db.workflow_label WHERE id = uParent AND source = locale;
    END LOOP;
    RETURN;
  END IF;

  FOR r IN
    SELECT e.* FROM db.event e
     WHERE e.class = pSource
       AND NOT EXISTS (SELECT FROM db.event d
                        WHERE d.class = pDestination AND d.action = e.action AND d.type = e.type
                          AND d.text IS NOT DISTINCT FROM e.text)
  LOOP
    WITH copy AS (
      INSERT INTO db.event (class, type, action, text, sequence, enabled)
      VALUES (pDestination, r.type, r.action, r.text, r.sequence, r.enabled)
      RETURNING id
    )
    INSERT INTO db.event_text (event, locale, label)
    SELECT copy.id, t.locale, t.label
      FROM copy, db.event_text t
     WHERE t.event = r.id;
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CopyEvents (uuid, uuid) IS
$$Copies the events of a class with their texts.

A class below the source gets one parent row an action instead: so each handler runs once.
pSource       class
pDestination  class; events that it has are left as they are$$;

-- CopyClass -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CopyClass (
  pSource       uuid,
  pDestination  uuid
) RETURNS       void
AS $$
DECLARE
  r             record;
  uState        uuid;
BEGIN
  PERFORM ObjectNotFound('class', 'id', c.id)
     FROM unnest(ARRAY[pSource, pDestination]) AS c (id)
    WHERE NOT EXISTS (SELECT FROM db.class_tree t WHERE t.id = c.id);

  PERFORM CopyEvents(pSource, pDestination);

  FOR r IN
    SELECT s.* FROM db.state s
     WHERE s.class = pSource
       AND NOT EXISTS (SELECT FROM db.state d WHERE d.class = pDestination AND d.code = s.code)
     ORDER BY s.type, s.sequence
  LOOP
    WITH copy AS (
      INSERT INTO db.state (class, type, code, sequence)
      VALUES (pDestination, r.type, r.code, r.sequence)
      RETURNING id
    )
    INSERT INTO db.state_text (state, locale, label)
    SELECT copy.id, t.locale, t.label
      FROM copy, db.state_text t
     WHERE t.state = r.id;
  END LOOP;

  PERFORM DefaultMethods(pDestination);
  PERFORM DefaultTransition(pDestination);

  -- States and parents are those of the destination with the same code.
  FOR r IN
    SELECT m.*, s.code AS statecode
      FROM db.method m
      LEFT JOIN db.state s ON s.id = m.state
     WHERE m.class = pSource
       AND NOT EXISTS (SELECT FROM db.method d WHERE d.class = pDestination AND d.code = m.code)
     ORDER BY m.parent IS NOT NULL, m.state, m.sequence
  LOOP
    uState := GetState(pDestination, r.statecode);

    WITH copy AS (
      INSERT INTO db.method (parent, class, state, action, code, sequence, visible)
      SELECT d.id, pDestination, uState, r.action, r.code, r.sequence, r.visible
        FROM (SELECT) one
        LEFT JOIN db.method p ON p.id = r.parent
        LEFT JOIN db.method d ON d.class = pDestination AND d.code = p.code
      RETURNING id
    ), text AS (
      INSERT INTO db.method_text (method, locale, label)
      SELECT copy.id, t.locale, t.label
        FROM copy, db.method_text t
       WHERE t.method = r.id
    )
    INSERT INTO db.transition (state, method, newstate)
    SELECT CASE WHEN t.state IS NOT NULL THEN uState END, copy.id, GetState(pDestination, n.code)
      FROM copy, db.transition t
     INNER JOIN db.state n ON n.id = t.newstate
     WHERE t.method = r.id;
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CopyClass (uuid, uuid) IS
$$Copies events, states, methods and transitions of a class, with their texts, into another class.

What the destination has already, by its code, is left as it is. Transitions lead to the states of the
destination or of the classes above it.
pSource       class
pDestination  class
Raises        ObjectNotFound when one of them does not exist$$;

-- CloneClass ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CloneClass (
  pParent       uuid,
  pEntity       uuid,
  pCode         text,
  pLabel        text,
  pAbstract     boolean
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := AddClass(pParent, pEntity, pCode, pLabel, pAbstract);
BEGIN
  PERFORM CopyClass(pParent, uId);
  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CloneClass (uuid, uuid, text, text, boolean) IS
$$Adds a class below another one, with that one's workflow.

pParent    class that is cloned and inherited from
pEntity    entity
pCode      code
pLabel     label in the current locale
pAbstract  no object can be of this very class
Returns    its id
Raises     RecordExists when the code is taken$$;
