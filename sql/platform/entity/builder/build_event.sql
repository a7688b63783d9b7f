-- Handlers, event rows, machine, class and entity: what an entity is in the workflow.

-- UsualActions ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION UsualActions ()
RETURNS         text[]
AS $$
  SELECT '{create,open,edit,save,enable,disable,delete,restore,drop}'::text[];
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION UsualActions () IS 'Lists the actions that every class has.';

-- MachineActions --------------------------------------------------------------
CREATE OR REPLACE FUNCTION MachineActions (
  pDeclaration  jsonb
) RETURNS       text[]
AS $$
  SELECT UsualActions() || ARRAY(
    SELECT a.action
      FROM (SELECT (DeclaredMethod(m)).action, s.n * 100 + t.n AS n
              FROM jsonb_array_elements(pDeclaration->'machine'->'states') WITH ORDINALITY AS s (state, n)
             CROSS JOIN LATERAL jsonb_array_elements_text(s.state->'methods') WITH ORDINALITY AS t (m, n)
             UNION ALL
            SELECT k, 10000 FROM jsonb_object_keys(pDeclaration->'events') AS k WHERE k <> '*'
             UNION ALL
            SELECT code, 20000 FROM db.action WHERE pDeclaration->'events' ? '*') a
     WHERE a.action <> ALL (UsualActions())
     GROUP BY a.action
     ORDER BY min(a.n));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION MachineActions (jsonb) IS
$$Lists the actions of a declaration: the usual ones, then those of its machine and events.

pDeclaration  declaration$$;

-- EventSteps ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EventSteps (
  pDeclaration  jsonb,
  pAction       text
) RETURNS       text
AS $$
  SELECT COALESCE(pDeclaration->'events'->>pAction, pDeclaration->'events'->>'*', CASE
    WHEN pAction IN ('delete', 'drop') THEN 'H P'
    WHEN pAction = 'restore' AND pDeclaration->>'kind' = 'reference' THEN 'H P'
    WHEN pAction = ANY (UsualActions()) THEN 'P H'
    ELSE 'S H' END);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION EventSteps (jsonb, text) IS
$$Gives what runs at an action, in order: P events of the parent class, H handler, S change of state.

Without a word: P H, but H P for delete and drop, where the object must still be whole; S H for the
actions of an own machine.
pDeclaration  declaration
pAction       action$$;

-- LogEntityEvent --------------------------------------------------------------
CREATE OR REPLACE FUNCTION LogEntityEvent (
  pScope        text,
  pAction       text,
  pObject       uuid
) RETURNS       void
AS $$
BEGIN
  IF pAction = ANY (UsualActions()) THEN
    PERFORM LogEvent(pAction, pObject);
  ELSE
    PERFORM WriteToEventLog(CASE WHEN pAction IN ('fail', 'abort') THEN 'W' ELSE 'M' END::character,
      CASE pAction WHEN 'execute' THEN 2010 WHEN 'submit' THEN 2010 WHEN 'complete' THEN 2011 WHEN 'done' THEN 2012
                   WHEN 'cancel' THEN 2020 WHEN 'fail' THEN 2021 WHEN 'abort' THEN 2025 WHEN 'send' THEN 2030
                   WHEN 'repeat' THEN 2031 ELSE 2000 END,
      pScope, pAction, format('Action "%s" was executed.', pAction), pObject);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION LogEntityEvent (text, text, uuid) IS
$$Writes an action to the event log: what a generated handler does.

pScope   scope of the actions that are not the usual ones
pAction  action
pObject  object$$;

-- BuildEvents -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildEvents (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  vAction       text;
  vName         text := CamelName(pEntity);
  vTable        text := COALESCE(pDeclaration->>'extends', pEntity);
BEGIN
  FOREACH vAction IN ARRAY MachineActions(pDeclaration)
  LOOP
    CONTINUE WHEN vAction <> ALL (UsualActions()) AND EventSteps(pDeclaration, vAction) !~ 'H';
    PERFORM BuildFunction(pEntity, format('kernel.Event%s%s', vName, CamelName(vAction)),
      '{"pObject uuid DEFAULT context_object()"}', 'void',
      format(E'BEGIN\n%s  PERFORM LogEntityEvent(%L, %L, pObject);\n%sEND;',
        CASE WHEN vAction = 'drop' THEN format(E'  DELETE FROM db.%I WHERE id = pObject;\n', vTable) ELSE '' END,
        COALESCE(pDeclaration->>'log', 'workflow.' || pEntity), vAction,
        CASE WHEN vAction = 'create' AND pDeclaration ? 'on_create'
             THEN format(E'  PERFORM DoAction(pObject, %L);\n', pDeclaration->>'on_create') ELSE '' END),
      format(E'Handler of action %s of class %s: writes to the event log%s.\n\npObject  object, by default that of the context',
        vAction, pEntity, CASE WHEN vAction = 'drop' THEN ', deletes its own row'
                               WHEN vAction = 'create' AND pDeclaration ? 'on_create'
                               THEN ', executes ' || (pDeclaration->>'on_create') ELSE '' END));
  END LOOP;

  PERFORM BuildFunction(pEntity, format('kernel.Add%sEvents', vName), '{"pClass uuid"}', 'void',
    format('BEGIN PERFORM AddEntityEvents(pClass, %L); END;', pEntity),
    format(E'Adds the event rows of class %s that it does not have.\n\npClass  class', pEntity));

  PERFORM BuildFunction(pEntity, format('kernel.Add%sMethods', vName), '{"pClass uuid"}', 'void',
    format('BEGIN PERFORM AddEntityMachine(pClass, %L); END;', pEntity),
    format(E'Adds the states, methods and transitions of class %s that it does not have.\n\npClass  class', pEntity));

  PERFORM BuildFunction(pEntity, format('kernel.CreateClass%s', vName), '{"pParent uuid","pEntity uuid"}', 'uuid',
    format($fmt$DECLARE
  uClass        uuid := AddEntityClass(pParent, pEntity, %L);
BEGIN
  PERFORM Add%sEvents(uClass);
  PERFORM Add%sMethods(uClass);
  RETURN uClass;
END;$fmt$, pEntity, vName, vName),
    format(E'Makes class %s with its types, events and methods, or completes it.\n\npParent  class above\npEntity  entity\nReturns  class',
           pEntity));

  PERFORM BuildFunction(pEntity, format('kernel.CreateEntity%s', vName), '{"pParent uuid"}', 'uuid',
    format($fmt$DECLARE
  uEntity       uuid := %s;
BEGIN
  PERFORM CreateClass%s(pParent, uEntity);
%s  RETURN uEntity;
END;$fmt$, CASE WHEN pDeclaration ? 'extends' THEN format('GetEntity(%L)', pDeclaration->>'extends')
                ELSE format('COALESCE(GetEntity(%L), AddEntity(%L, NULL))', pEntity, pEntity) END, vName,
      CASE WHEN COALESCE((pDeclaration->'route')::boolean, NOT pDeclaration ? 'extends')
           THEN format(E'  PERFORM RegisterRoute(%L, AddEndPoint(%L));\n', pEntity,
                       format('SELECT * FROM rest.%s($1, $2);', pEntity)) ELSE '' END),
    format(E'Makes entity %s with its class and its route, or completes it.\n\npParent  class above\nReturns  entity', pEntity));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildEvents (text, jsonb) IS
$$Creates the handlers of a class, Add<Class>Events, Add<Class>Methods, CreateClass<Class>, CreateEntity<Class>.

pEntity       entity
pDeclaration  declaration$$;
