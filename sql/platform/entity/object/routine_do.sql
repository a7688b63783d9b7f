-- Short forms for business code.

-- DoAction --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DoAction (
  pObject       uuid,
  pAction       text,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
BEGIN
  RETURN ExecuteObjectAction(pObject, GetAction(pAction), pParams);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DoAction (uuid, text, jsonb) IS
$$Executes an action on an object.

pObject  object
pAction  code of the action
pParams  parameters, for the events
Returns  what the events give back
Raises   as ExecuteObjectAction()$$;

-- DoTryAction -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DoTryAction (
  pObject       uuid,
  pAction       text,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  RETURN DoAction(pObject, pAction, pParams);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  PERFORM SetErrorMessage(vMessage);
  PERFORM WriteDiagnostics(vMessage, vContext, NULL, pObject);
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DoTryAction (uuid, text, jsonb) IS
$$Executes an action on an object; a failure is undone and goes to the event log.

pObject  object
pAction  code of the action
pParams  parameters, for the events
Returns  what the events give back; null when it failed$$;

-- DoSave ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DoSave (
  pObject       uuid,
  pParams       jsonb DEFAULT NULL
) RETURNS       jsonb
AS $$
BEGIN
  RETURN ExecuteMethod(pObject, GetMethod(GetObjectClass(pObject), GetAction('save')), pParams);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DoSave (uuid, jsonb) IS
$$Executes the state-less method of action save.

pObject  object
pParams  parameters, for the events
Returns  what the events give back$$;

-- DoCreate ... ----------------------------------------------------------------
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('create', false), ('enable', false), ('disable', false), ('delete', false), ('complete', false),
      ('done', false), ('fail', false), ('cancel', false), ('update', true), ('restore', false), ('drop', false)
    ) AS t (action, params)
  LOOP
    EXECUTE format('CREATE OR REPLACE FUNCTION kernel.Do%s (pObject uuid%s) RETURNS jsonb AS %L LANGUAGE plpgsql',
      r.action, CASE WHEN r.params THEN ', pParams jsonb DEFAULT NULL' ELSE '' END,
      format('BEGIN RETURN DoAction(pObject, %L, %s); END;', r.action, CASE WHEN r.params THEN 'pParams' ELSE 'NULL' END));
    EXECUTE format('COMMENT ON FUNCTION kernel.Do%s IS %L', r.action,
      format(E'Executes action %s on an object; see DoAction().\n\npObject  object', r.action));
  END LOOP;
END;
$do$;
