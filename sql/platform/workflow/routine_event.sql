-- Events.

-- AddEvent --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddEvent (
  pClass        uuid,
  pType         uuid,
  pAction       uuid,
  pLabel        text,
  pText         text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pEnabled      boolean DEFAULT true
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  INSERT INTO db.event (class, type, action, text, sequence, enabled)
  SELECT pClass, pType, pAction, NULLIF(btrim(pText), ''),
         COALESCE(pSequence, max(e.sequence) + 1, 1), COALESCE(pEnabled, true)
    FROM db.event e
   WHERE e.class = pClass AND e.action = pAction
  RETURNING id INTO uId;
  PERFORM StoreText('event', uId, pLabel);

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddEvent (uuid, uuid, uuid, text, text, integer, boolean) IS
$$Adds an event: something that is run when an action is executed.

pClass     class
pType      kind of event, see GetEventType()
pAction    action
pLabel     label in the current locale
pText      function, expression or command; none for the kind parent
pSequence  place among the events of the class and action; null: the last
pEnabled   is run; null is true
Returns    its id$$;

-- EditEvent -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditEvent (
  pId           uuid,
  pClass        uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pAction       uuid DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pText         text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pEnabled      boolean DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  UPDATE db.event
     SET class = COALESCE(pClass, class),
         type = COALESCE(pType, type),
         action = COALESCE(pAction, action),
         text = NULLIF(COALESCE(btrim(pText), text), ''),
         sequence = COALESCE(pSequence, sequence),
         enabled = COALESCE(pEnabled, enabled)
   WHERE id = pId;

  IF FOUND THEN
    PERFORM StoreText('event', pId, pLabel);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditEvent (uuid, uuid, uuid, uuid, text, text, integer, boolean) IS
$$Changes an event, its label in the current locale only.

pId        event
pClass     new class; null keeps
pType      new kind of event; null keeps
pAction    new action; null keeps
pLabel     new label; null keeps
pText      new text; null keeps, an empty string clears
pSequence  new place; null keeps
pEnabled   is run; null keeps$$;

-- DeleteEvent -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteEvent (
  pId           uuid
) RETURNS       void
AS $$
  DELETE FROM db.event WHERE id = pId;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DeleteEvent (uuid) IS
$$Deletes an event.

pId  event$$;
