-- Executing actions: the object is locked first, so that of two callers the second one sees the
-- state that the first one left; then the resolved workflow says what is run.

-- LockObject ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION LockObject (
  pObject       uuid,
  OUT entity    uuid,
  OUT class     uuid,
  OUT state     uuid
) RETURNS       record
AS $$
DECLARE
  nVersion      bigint;
BEGIN
  SELECT o.entity, o.class, o.state, o.version
    INTO entity, class, state, nVersion
    FROM db.object o
   WHERE o.id = pObject
     FOR NO KEY UPDATE;

  IF NOT FOUND THEN
    PERFORM ObjectNotFound('object', 'id', pObject);
  END IF;

  PERFORM CheckIfMatch(nVersion);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION LockObject (uuid) IS
$$Locks an object until the end of the transaction and tells what it is.

pObject  object
entity   its entity
class    its class
state    its state
Raises   ObjectNotFound; ERR-412-001 when the request wants another version$$;

-- RunMethod -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RunMethod (
  pObject       uuid,
  pEntity       uuid,
  pClass        uuid,
  pState        uuid,
  pMethod       uuid,
  pAction       uuid,
  pParams       jsonb
) RETURNS       jsonb
AS $$
DECLARE
  vKey          text := StackKey(pObject, pMethod);
  vStack        text := current_setting('workflow.stack', true);
  vObject       text := current_setting('context.object', true);
  vClass        text := current_setting('context.class', true);
  vMethod       text := current_setting('context.method', true);
  vAction       text := current_setting('context.action', true);
  vParams       text := current_setting('context.params', true);
  jResult       jsonb;
  r             record;
BEGIN
  -- Background processes execute what nobody is shown.
  IF session_user <> 'apibot' AND NOT CheckMethodAccess(pMethod, B'100')
  AND NOT (current_userid() IS NULL AND IsKernel()) THEN
    PERFORM ExecuteMethodError(GetMethodLabel(pMethod));
  END IF;

  PERFORM set_config('workflow.stack', '', true), set_config('context.object', pObject::text, true),
          set_config('context.class', pClass::text, true), set_config('context.method', pMethod::text, true),
          set_config('context.action', pAction::text, true),
          set_config('context.params', COALESCE(pParams::text, ''), true);

  PERFORM RunEvents(pClass, pAction, pObject, pParams);

  jResult := NULLIF(current_setting('workflow.stack', true), '')::jsonb -> vKey;

  -- The entries of the method that runs this one come back; the outermost leaves its own behind.
  IF COALESCE(vStack, '') = '' OR vObject IS NULL OR vObject = '' THEN
    vStack := CASE WHEN jResult IS NULL THEN '' ELSE jsonb_build_object(vKey, jResult)::text END;
  END IF;
  PERFORM set_config('workflow.stack', vStack, true), set_config('context.object', COALESCE(vObject, ''), true),
          set_config('context.class', COALESCE(vClass, ''), true), set_config('context.method', COALESCE(vMethod, ''), true),
          set_config('context.action', COALESCE(vAction, ''), true),
          set_config('context.params', COALESCE(vParams, ''), true);

  SELECT o.state, o.version INTO r FROM db.object o WHERE o.id = pObject;
  IF FOUND THEN
    PERFORM CreateNotification(pEntity, pClass, pAction, pMethod, pState, r.state, pObject);
    PERFORM set_config('reply.etag', r.version::text, true);
  END IF;

  RETURN jResult;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RunMethod (uuid, uuid, uuid, uuid, uuid, uuid, jsonb) IS
$$Runs the events of a method on an object that is locked, and notes that it was executed.

pObject  object
pEntity  its entity
pClass   its class
pState   its state
pMethod  method
pAction  action of the method
pParams  parameters, for the events
Returns  what the events give back; null when nothing
Raises   ExecuteMethodError when the user may not execute the method; whatever an event raises$$;

-- ExecuteAction ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ExecuteAction (
  pClass        uuid DEFAULT context_class(),
  pAction       uuid DEFAULT context_action()
) RETURNS       void
AS $$
BEGIN
  PERFORM RunEvents(pClass, pAction, context_object(), context_params());
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ExecuteAction (uuid, uuid) IS
$$Runs the events of a class for an action on the object of the context.

pClass   class, by default that of the context
pAction  action, by default that of the context$$;

-- ExecuteObjectAction ---------------------------------------------------------
CREATE OR REPLACE FUNCTION ExecuteObjectAction (
  pObject       uuid,
  pAction       uuid,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
DECLARE
  o             record;
  m             record;
BEGIN
  o := LockObject(pObject);
  m := ResolveMethod(o.class, o.state, pAction);

  IF m.method IS NULL THEN
    PERFORM MethodActionNotFound(pObject, pAction);
  END IF;

  RETURN RunMethod(pObject, o.entity, o.class, o.state, m.method, pAction, pParams);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ExecuteObjectAction (uuid, uuid, jsonb) IS
$$Executes an action on an object, by the method that its state has for it.

pObject  object
pAction  action
pParams  parameters, for the events
Returns  what the events give back; null when nothing
Raises   ObjectNotFound; MethodActionNotFound when the state has no method for the action;
         ExecuteMethodError when the user may not execute it$$;

-- ExecuteMethod ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ExecuteMethod (
  pObject       uuid,
  pMethod       uuid,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
DECLARE
  o             record;
  uAction       uuid;
BEGIN
  o := LockObject(pObject);

  SELECT m.action INTO uAction
    FROM db.method m
   INNER JOIN db.class_ancestor a ON a.ancestor = m.class AND a.class = o.class AND a.concrete
   WHERE m.id = pMethod
     AND (m.state IS NULL OR m.state = o.state);

  IF NOT FOUND THEN
    PERFORM MethodNotFound(pObject, pMethod);
  END IF;

  RETURN RunMethod(pObject, o.entity, o.class, o.state, pMethod, uAction, pParams);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ExecuteMethod (uuid, uuid, jsonb) IS
$$Executes a method on an object: one of its state, or a state-less one.

pObject  object
pMethod  method of the class of the object or of a class that it inherits methods from
pParams  parameters, for the events
Returns  what the events give back; null when nothing
Raises   ObjectNotFound; MethodNotFound when the object has no such method now;
         ExecuteMethodError when the user may not execute it$$;

-- ExecuteMethodForAllChild ----------------------------------------------------
CREATE OR REPLACE FUNCTION ExecuteMethodForAllChild (
  pObject       uuid DEFAULT context_object(),
  pClass        uuid DEFAULT context_class(),
  pMethod       uuid DEFAULT context_method(),
  pAction       uuid DEFAULT context_action(),
  pParams       jsonb DEFAULT context_params()
) RETURNS       jsonb
AS $$
DECLARE
  r             record;
  jResult       jsonb := '[]';
BEGIN
  FOR r IN
    SELECT o.id, (ResolveMethod(o.class, o.state, pAction)).method AS method
      FROM db.object o
     WHERE o.parent = pObject AND o.class = pClass
     ORDER BY o.pdate, o.id
  LOOP
    IF r.method IS NOT NULL THEN
      jResult := jResult || jsonb_build_array(ExecuteMethod(r.id, r.method, pParams));
    END IF;
  END LOOP;

  PERFORM InitContext(pObject, pClass, pMethod, pAction);
  PERFORM InitParams(pParams);

  RETURN jResult;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ExecuteMethodForAllChild (uuid, uuid, uuid, uuid, jsonb) IS
$$Executes an action on all children of an object that have a method for it in their state.

All arguments are by default those of the context.
pObject  object
pClass   class of the children
pMethod  method that runs, for the context afterwards
pAction  action
pParams  parameters
Returns  array of what each gave back$$;

-- CheckObjectMethodAccess -----------------------------------------------------
CREATE OR REPLACE FUNCTION CheckObjectMethodAccess (
  pObject       uuid,
  pMethod       uuid,
  pMask         bit,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       boolean
AS $$
BEGIN
  RETURN CheckMethodAccess(pMethod, pMask, pUserId);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckObjectMethodAccess (uuid, uuid, bit, uuid) IS
$$Tells whether a user has some rights in a method of an object: those in the method, for every object.

pObject  object
pMethod  method
pMask    three bits, execute visible enable
pUserId  user, by default the current one$$;

-- GetObjectMethodAccessMask ---------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectMethodAccessMask (
  pObject       uuid,
  pMethod       uuid,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       bit
AS $$
BEGIN
  RETURN GetMethodAccessMask(pMethod, pUserId);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetObjectMethodAccessMask (uuid, uuid, uuid) IS
$$Gives the rights of a user in a method of an object.

pObject  object
pMethod  method
pUserId  user, by default the current one
Returns  three bits, execute visible enable; null when there is no row$$;
