-- What a running method gives back to the client. It lives in a transaction-local setting; that of
-- the outermost method stays readable when it has ended.

-- StackKey --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION StackKey (
  pObject       uuid,
  pMethod       uuid
) RETURNS       text
AS $$
  SELECT concat(pObject, ':', pMethod);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION StackKey (uuid, uuid) IS 'Names the entry of an object and a method in setting workflow.stack.';

-- AddMethodStack --------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddMethodStack (
  pResult       jsonb,
  pObject       uuid DEFAULT context_object(),
  pMethod       uuid DEFAULT context_method()
) RETURNS       void
AS $$
DECLARE
  vKey          text := StackKey(pObject, pMethod);
  jStack        jsonb := COALESCE(NULLIF(current_setting('workflow.stack', true), ''), '{}')::jsonb;
BEGIN
  PERFORM set_config('workflow.stack',
    (jStack || jsonb_build_object(vKey, COALESCE(jStack->vKey, '{}') || COALESCE(pResult, '{}')))::text, true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddMethodStack (jsonb, uuid, uuid) IS
$$Adds keys to what a running method gives back to the client; a later key replaces an earlier one.

pResult  object
pObject  object, by default that of the context
pMethod  method, by default that of the context$$;

-- GetMethodStack --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetMethodStack (
  pObject       uuid,
  pMethod       uuid
) RETURNS       jsonb
AS $$
  SELECT NULLIF(current_setting('workflow.stack', true), '')::jsonb -> StackKey(pObject, pMethod);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetMethodStack (uuid, uuid) IS
$$Returns what a method that runs, or ran last in this transaction, gives back.

pObject  object
pMethod  method
Returns  object; null when nothing was added$$;

-- ClearMethodStack ------------------------------------------------------------
CREATE OR REPLACE FUNCTION ClearMethodStack (
  pObject       uuid,
  pMethod       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM set_config('workflow.stack',
    (COALESCE(NULLIF(current_setting('workflow.stack', true), ''), '{}')::jsonb - StackKey(pObject, pMethod))::text, true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ClearMethodStack (uuid, uuid) IS
$$Forgets what a method gives back.

pObject  object
pMethod  method$$;
