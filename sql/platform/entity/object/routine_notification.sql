-- Notifications: the record of executed actions, and what the processes of the server wake up for.

-- CreateNotification ----------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateNotification (
  pEntity       uuid,
  pClass        uuid,
  pAction       uuid,
  pMethod       uuid,
  pStateOld     uuid,
  pStateNew     uuid,
  pObject       uuid,
  pUserId       uuid DEFAULT current_userid(),
  pDateTime     timestamptz DEFAULT now()
) RETURNS       uuid
AS $$
DECLARE
  r             db.notification;
BEGIN
  INSERT INTO db.notification (entity, class, action, method, state_old, state_new, object, userid, datetime)
  VALUES (pEntity, pClass, pAction, pMethod, pStateOld, pStateNew, pObject,
          COALESCE(pUserId, GetObjectOper(pObject)), pDateTime)
  RETURNING * INTO r;

  IF GetNotificationMode() THEN
    PERFORM NotifyAction(r);
  END IF;

  RETURN r.id;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateNotification (uuid, uuid, uuid, uuid, uuid, uuid, uuid, uuid, timestamptz) IS
$$Notes that a method was executed and, in notification mode, tells who listens.

pEntity    entity of the object
pClass     class of the object
pAction    action
pMethod    method
pStateOld  state before
pStateNew  state afterwards
pObject    object
pUserId    user, by default the current one
pDateTime  when, by default now
Returns    id of the row$$;

-- NotifyAction ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION NotifyAction (
  pRow          db.notification
) RETURNS       void
AS $$
DECLARE
  vClass        text;
  vAction       text;
BEGIN
  PERFORM pg_notify('notify', row_to_json(pRow)::text);

  SELECT c.code, a.code INTO vClass, vAction
    FROM db.class_tree c, db.action a
   WHERE c.id = pRow.class AND a.id = pRow.action;

  CASE
  WHEN vClass = 'inbox' AND vAction = 'create' THEN
    PERFORM pg_notify('inbox', pRow.object::text);
  WHEN vClass = 'outbox' AND vAction IN ('submit', 'repeat') THEN
    PERFORM pg_notify('outbox', pRow.object::text);
  WHEN vClass = 'report_ready' AND vAction = 'execute' THEN
    PERFORM pg_notify('report', json_build_object('session', current_session(), 'id', pRow.object)::text);
  ELSE
    NULL;
  END CASE;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NotifyAction (db.notification) IS
$$Tells who listens that an action was executed: channel notify, and inbox, outbox or report.

pRow  row of db.notification$$;

-- AddNotification -------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddNotification (
  pClass        uuid,
  pAction       uuid,
  pMethod       uuid,
  pStateOld     uuid,
  pStateNew     uuid,
  pObject       uuid,
  pUserId       uuid DEFAULT current_userid(),
  pDateTime     timestamptz DEFAULT now()
) RETURNS       void
AS $$
BEGIN
  PERFORM CreateNotification(GetClassEntity(pClass), pClass, pAction, pMethod, pStateOld, pStateNew, pObject,
                             pUserId, pDateTime);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddNotification (uuid, uuid, uuid, uuid, uuid, uuid, uuid, timestamptz) IS
'CreateNotification() with the entity of the class.';

-- EditNotification ------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditNotification (
  pId           uuid,
  pEntity       uuid DEFAULT NULL,
  pClass        uuid DEFAULT NULL,
  pAction       uuid DEFAULT NULL,
  pMethod       uuid DEFAULT NULL,
  pStateOld     uuid DEFAULT NULL,
  pStateNew     uuid DEFAULT NULL,
  pObject       uuid DEFAULT NULL,
  pUserId       uuid DEFAULT NULL,
  pDateTime     timestamptz DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  UPDATE db.notification
     SET entity = COALESCE(pEntity, entity),
         class = COALESCE(pClass, class),
         action = COALESCE(pAction, action),
         method = COALESCE(pMethod, method),
         state_old = CheckNull(COALESCE(pStateOld, state_old)),
         state_new = CheckNull(COALESCE(pStateNew, state_new)),
         object = COALESCE(pObject, object),
         userid = COALESCE(pUserId, userid),
         datetime = COALESCE(pDateTime, datetime)
   WHERE id = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditNotification (uuid, uuid, uuid, uuid, uuid, uuid, uuid, uuid, uuid, timestamptz) IS
$$Changes a notification; null keeps a value, null_uuid() clears a state.

pId  notification$$;

-- DeleteNotification ----------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteNotification (
  pId           uuid
) RETURNS       void
AS $$
  DELETE FROM db.notification WHERE id = pId;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DeleteNotification (uuid) IS
$$Deletes a notification.

pId  notification$$;
