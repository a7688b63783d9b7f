-- Building blocks of the handlers and event rows that most classes have.

-- LogEvent --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION LogEvent (
  pAction       text,
  pObject       uuid
) RETURNS       void
AS $$
DECLARE
  nCode         constant integer := CASE pAction
                  WHEN 'create' THEN 1001 WHEN 'open' THEN 1002 WHEN 'edit' THEN 1003 WHEN 'save' THEN 1004
                  WHEN 'enable' THEN 2001 WHEN 'disable' THEN 2002 WHEN 'delete' THEN 2003
                  WHEN 'restore' THEN 2004 WHEN 'drop' THEN 2005 ELSE 2000 END;
BEGIN
  PERFORM WriteToEventLog(CASE WHEN pAction IN ('drop', 'fail', 'abort') THEN 'W' ELSE 'M' END::character, nCode,
                          CASE WHEN nCode < 2000 THEN 'lifecycle' ELSE 'workflow' END, pAction,
                          format('Action "%s" was executed.', pAction), pObject);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION LogEvent (text, uuid) IS
$$Writes an action to the event log: what a handler without work of its own does.

pAction  code of the action
pObject  object$$;

-- BuildHandlers ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildHandlers (
  pName         text,
  pActions      text[] DEFAULT '{create,open,edit,save,enable,disable,delete,restore,drop}'
) RETURNS       void
AS $$
DECLARE
  vAction       text;
  vFunction     text;
BEGIN
  FOREACH vAction IN ARRAY pActions
  LOOP
    vFunction := lower('Event' || pName || vAction);
    CONTINUE WHEN to_regprocedure(format('kernel.%I(uuid)', vFunction)) IS NOT NULL;

    EXECUTE format('CREATE FUNCTION kernel.%I (pObject uuid DEFAULT context_object()) RETURNS void AS %L LANGUAGE plpgsql',
                   vFunction, format('BEGIN PERFORM LogEvent(%L, pObject); END;', vAction));
    EXECUTE format('COMMENT ON FUNCTION kernel.%I (uuid) IS %L', vFunction,
      format(E'Handler of action %s of class %s: writes to the event log.\n\npObject  object, by default that of the context',
             vAction, lower(pName)));
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildHandlers (text, text[]) IS
$$Creates the handlers Event<Name><Action>() of a class that do not exist yet.

pName     name of the class in functions, such as Object
pActions  codes of the actions$$;

-- AddClassEvents --------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddClassEvents (
  pClass        uuid,
  pName         text,
  pOrder        text DEFAULT NULL,
  pFirst        text[] DEFAULT '{delete,drop}'
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  IF EXISTS (SELECT FROM db.event WHERE class = pClass) THEN
    RETURN;
  END IF;

  FOR r IN
    SELECT a.code, s.step, s.place
      FROM unnest('{create,open,edit,save,enable,disable,delete,restore,drop}'::text[]) WITH ORDINALITY AS a (code, n)
     CROSS JOIN LATERAL string_to_table(
             COALESCE(pOrder, CASE WHEN a.code = ANY (pFirst) THEN 'H P' ELSE 'P H' END), ' ')
             WITH ORDINALITY AS s (step, place)
     WHERE s.step <> 'S' OR a.code IN ('create', 'enable', 'disable', 'delete', 'restore')
     ORDER BY a.n, s.place
  LOOP
    PERFORM AddEvent(pClass, GetEventType(CASE r.step WHEN 'P' THEN 'parent' ELSE 'event' END), GetAction(r.code), NULL,
                     CASE r.step WHEN 'H' THEN format('Event%s%s();', pName, initcap(r.code)) WHEN 'S' THEN 'ChangeObjectState();' END,
                     r.place::integer);
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddClassEvents (uuid, text, text, text[]) IS
$$Adds the event rows of the nine usual actions to a class that has none.

pClass  class
pName   name of the class in functions: the handlers are Event<Name><Action>()
pOrder  steps, P the events of the parent class, H the handler, S the change of state where the action
        has one; null: P H, but H P for the actions of pFirst
pFirst  actions whose handler runs before the events of the parent class$$;
