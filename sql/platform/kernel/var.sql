-- SetVar ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetVar (
  pType         TVarType,
  pName         text,
  pValue        text
) RETURNS       void
AS $$
BEGIN
  PERFORM set_config(pType::text || '.' || pName, COALESCE(pValue, ''), true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetVar (TVarType, text, text) IS
$$Sets a variable until the end of the transaction.

pType    name space
pName    name
pValue   value; null clears$$;

DO $do$
DECLARE
  vType         text;
BEGIN
  FOREACH vType IN ARRAY '{numeric,uuid,timestamp,timestamptz,date}'::text[]
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION SetVar (
  pType         TVarType,
  pName         text,
  pValue        %1$s
) RETURNS       void
AS $body$
BEGIN
  PERFORM SetVar(pType, pName, pValue::text);
END;
$body$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetVar (TVarType, text, %1$s) IS 'SetVar() of the text form of the value.';
$fmt$, vType);
  END LOOP;
END;
$do$;

-- GetVar ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetVar (
  pType         TVarType,
  pName         text
) RETURNS       text
AS $$
  SELECT NULLIF(current_setting(pType::text || '.' || pName, true), '');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetVar (TVarType, text) IS 'Returns a variable, null when it is not set.';

-- SafeSetVar ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SafeSetVar (
  pName         text,
  pValue        text
) RETURNS       void
AS $$
BEGIN
  PERFORM SetContextValue(pName, pValue);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SafeSetVar (text, text) IS 'SetContextValue() under its older name.';

-- SafeGetVar ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SafeGetVar (
  pName         text
) RETURNS       text
AS $$
  SELECT GetContextValue(pName);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION SafeGetVar (text) IS 'GetContextValue() under its older name.';

-- InitContext -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION InitContext (
  pObject       uuid,
  pClass        uuid,
  pMethod       uuid,
  pAction       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM SetVar('context', 'object', pObject::text), SetVar('context', 'class', pClass::text),
          SetVar('context', 'method', pMethod::text), SetVar('context', 'action', pAction::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION InitContext (uuid, uuid, uuid, uuid) IS
'Says which object, class, method and action the workflow is executing.';

-- InitParams ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION InitParams (
  pParams       jsonb
) RETURNS       void
AS $$
BEGIN
  PERFORM SetVar('context', 'params', pParams::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION InitParams (jsonb) IS 'Keeps the parameters of the action that the workflow is executing.';

-- context_object, context_class, context_method, context_action ---------------
DO $do$
DECLARE
  vName         text;
BEGIN
  FOREACH vName IN ARRAY '{object,class,method,action}'::text[]
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION context_%1$s ()
RETURNS         uuid
AS $body$
  SELECT NULLIF(NULLIF(current_setting('context.%1$s', true), ''),
                '00000000-0000-4000-8000-000000000000')::uuid;
$body$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION context_%1$s () IS 'Returns the %1$s that the workflow is working on.';
$fmt$, vName);
  END LOOP;
END;
$do$;

-- context_params --------------------------------------------------------------
CREATE OR REPLACE FUNCTION context_params ()
RETURNS         jsonb
AS $$
  SELECT NULLIF(current_setting('context.params', true), '')::jsonb;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION context_params () IS 'Returns the parameters of the action being executed.';

-- SetContextMethod ------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetContextMethod (
  pMethod       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM SetVar('context', 'method', pMethod::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetContextMethod (uuid) IS 'Says which method the workflow is executing.';

-- ClearContextMethod ----------------------------------------------------------
CREATE OR REPLACE FUNCTION ClearContextMethod ()
RETURNS         void
AS $$
BEGIN
  PERFORM SetVar('context', 'method', null_uuid()::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ClearContextMethod () IS 'Says that the workflow executes no method.';
