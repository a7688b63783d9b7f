-- Executing actions and methods from outside.

-- ResolveAction ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ResolveAction (
  pCode         text
) RETURNS       uuid
AS $$
DECLARE
  uAction       uuid := GetAction(pCode);
BEGIN
  IF uAction IS NULL AND pCode IS NOT NULL THEN
    PERFORM IncorrectCode(pCode, ARRAY(SELECT code FROM db.action ORDER BY code));
  END IF;
  RETURN uAction;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ResolveAction (text) IS
$$Finds an action by the code that a client gave.

pCode    code
Returns  action; null for null
Raises   IncorrectCode with the codes there are$$;

-- api.execute_object_action ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.execute_object_action (
  pObject       uuid,
  pAction       uuid,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.object WHERE id = pObject) THEN
    PERFORM NotFound();
  END IF;

  IF pAction IS NULL THEN
    PERFORM ActionIsEmpty();
  END IF;

  RETURN ExecuteObjectAction(pObject, pAction, pParams);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.execute_object_action (uuid, uuid, jsonb) IS
$$Executes an action on an object.

pObject  object
pAction  action
pParams  parameters, for the events
Returns  what the events give back
Raises   NotFound, ActionIsEmpty, MethodActionNotFound, ExecuteMethodError$$;

CREATE OR REPLACE FUNCTION api.execute_object_action (
  pObject       uuid,
  pCode         text,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
BEGIN
  RETURN api.execute_object_action(pObject, ResolveAction(pCode), pParams);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.execute_object_action (uuid, text, jsonb) IS
$$Executes an action on an object.

pObject  object
pCode    code of the action
pParams  parameters, for the events
Returns  what the events give back
Raises   IncorrectCode for an unknown code, NotFound, MethodActionNotFound, ExecuteMethodError$$;

-- api.execute_object_action_try -----------------------------------------------
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT * FROM (VALUES ('pAction uuid', 'pAction', 'action'), ('pCode text', 'pCode', 'code of the action')) AS t (parameter, name, what)
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION api.execute_object_action_try (
  pObject       uuid,
  %1$s,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $body$
DECLARE
  vMessage      text;
  vContext      text;
  r             record;
BEGIN
  RETURN api.execute_object_action(pObject, %2$s, pParams);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  PERFORM SetErrorMessage(vMessage);
  PERFORM WriteDiagnostics(vMessage, vContext, NULL, pObject);
  r := ParseMessage(vMessage);
  RETURN jsonb_build_object('error', jsonb_build_object('code', CASE WHEN r.code < 0 THEN 500 ELSE r.code END,
                                                        'message', r.message));
END;
$body$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.execute_object_action_try (uuid, %3$s, jsonb) IS
$text$Executes an action on an object; a failure is undone, goes to the event log and is returned.

pObject  object
%2$s  %4$s
pParams  parameters, for the events
Returns  what the events give back, or {"error":{"code","message"}}$text$;
$fmt$, r.parameter, r.name, split_part(r.parameter, ' ', 2), r.what);
  END LOOP;
END;
$do$;

-- api.execute_method ----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.execute_method (
  pObject       uuid,
  pMethod       uuid,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.object WHERE id = pObject) THEN
    PERFORM ObjectNotFound('object', 'id', pObject);
  END IF;

  IF pMethod IS NULL THEN
    PERFORM MethodIsEmpty();
  END IF;

  RETURN ExecuteMethod(pObject, pMethod, pParams);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.execute_method (uuid, uuid, jsonb) IS
$$Executes a method on an object.

pObject  object
pMethod  method
pParams  parameters, for the events
Returns  what the events give back
Raises   ObjectNotFound, MethodIsEmpty, MethodNotFound, ExecuteMethodError$$;

CREATE OR REPLACE FUNCTION api.execute_method (
  pObject       uuid,
  pCode         text,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
DECLARE
  uMethod       uuid;
BEGIN
  IF pCode IS NULL THEN
    PERFORM MethodIsEmpty();
  END IF;

  SELECT m.id INTO uMethod
    FROM db.object o
   INNER JOIN db.method m ON m.class = o.class AND m.code = pCode
   WHERE o.id = pObject;

  IF NOT FOUND THEN
    IF NOT EXISTS (SELECT FROM db.object WHERE id = pObject) THEN
      PERFORM ObjectNotFound('object', 'id', pObject);
    END IF;
    PERFORM MethodByCodeNotFound(pObject, pCode);
  END IF;

  RETURN ExecuteMethod(pObject, uMethod, pParams);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.execute_method (uuid, text, jsonb) IS
$$Executes a method on an object.

pObject  object
pCode    code of a method of the class of the object
pParams  parameters, for the events
Returns  what the events give back
Raises   ObjectNotFound, MethodIsEmpty, MethodByCodeNotFound, MethodNotFound, ExecuteMethodError$$;

-- api.get_object_methods ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_methods (
  pObject       uuid
) RETURNS       SETOF api.method
AS $$
DECLARE
  r             record;
BEGIN
  SELECT o.class, o.state INTO r
    FROM db.object o
   WHERE o.id = pObject AND ObjectMask(o.acl, o.owner) & B'100' = B'100';

  IF FOUND THEN
    RETURN QUERY SELECT * FROM rows_method(r.class, r.state);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_methods (uuid) IS
$$Lists the methods of the state of an object, with what the current user may do with each.

Hidden methods are among them.
pObject  object
Returns  methods in order; no row when the user may not read the object$$;

-- rows_method -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION rows_method (
  pClass        uuid,
  pState        uuid
) RETURNS       SETOF api.method
AS $$
BEGIN
  RETURN QUERY SELECT m.* FROM api.method m WHERE m.class = pClass AND m.state = pState ORDER BY m.sequence;
END;
$$ LANGUAGE plpgsql STABLE ROWS 10
   SET plan_cache_mode = force_generic_plan;

COMMENT ON FUNCTION rows_method (uuid, uuid) IS
$$Returns the methods of a class in a state in which the current user has rights.

pClass  class
pState  state$$;

-- ExecuteDynamicMethod --------------------------------------------------------
CREATE OR REPLACE FUNCTION ExecuteDynamicMethod (
  pPath         text,
  pPayload      jsonb
) RETURNS       jsonb
AS $$
DECLARE
  uAction       uuid := GetAction(substring(pPath FROM '^/[^/]+/([^/]+)$'));
  uObject       uuid;
BEGIN
  IF uAction IS NULL THEN
    PERFORM RouteNotFound(pPath);
  END IF;

  IF pPayload IS NULL THEN
    PERFORM JsonIsEmpty();
  ELSIF NOT IsPayload(pPayload, '{id,params}') THEN
    PERFORM CheckPayload(pPath, '{id,params}', pPayload);
  END IF;

  IF pPayload->>'id' IS NULL THEN
    PERFORM ObjectIsNull();
  END IF;

  BEGIN
    uObject := (pPayload->>'id')::uuid;
  EXCEPTION
  WHEN data_exception THEN
    PERFORM ValueOutOfRange(SQLERRM);
  END;

  RETURN ExecuteObjectAction(uObject, uAction, NULLIF(pPayload->'params', 'null'));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ExecuteDynamicMethod (text, jsonb) IS
$$Answers a path /ENTITY/ACTION that no route has: executes the action on the object of the payload.

pPath     path, lower case
pPayload  object with id and params
Returns   what the events give back
Raises    RouteNotFound when the path names no action; ObjectIsNull, ObjectNotFound, MethodActionNotFound$$;
