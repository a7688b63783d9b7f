-- The resolved workflow: built from the tables that people edit, read when an action is executed.

-- MarkWorkflow ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION MarkWorkflow (
  pClass        text
) RETURNS       void
AS $$
DECLARE
  vDirty        text := COALESCE(current_setting('workflow.dirty', true), '');
BEGIN
  IF pClass IS NULL OR strpos(vDirty, pClass) > 0 THEN
    RETURN;
  END IF;

  -- The row's deferred trigger is queued once a transaction, not once a change.
  IF vDirty = '' THEN
    INSERT INTO db.workflow_rebuild DEFAULT VALUES;
  END IF;

  PERFORM set_config('workflow.dirty', concat_ws(',', NULLIF(vDirty, ''), pClass), true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION MarkWorkflow (text) IS
$$Marks a class, and with it all classes below, as stale in the resolved workflow.

pClass  id of the class; * marks every class$$;

-- EnsureWorkflow --------------------------------------------------------------
CREATE OR REPLACE FUNCTION EnsureWorkflow ()
RETURNS         void
AS $$
BEGIN
  IF COALESCE(current_setting('workflow.dirty', true), '') <> '' THEN
    PERFORM RebuildWorkflow();
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EnsureWorkflow () IS
$$Brings db.workflow_method and db.workflow_handler up to date with changes of this transaction.

Costs a look at a setting when nothing changed: call it before reading those tables.$$;

-- RebuildClassAncestors -------------------------------------------------------
CREATE OR REPLACE FUNCTION RebuildClassAncestors (
  pClass        uuid
) RETURNS       void
AS $$
DECLARE
  uClasses      uuid[];
BEGIN
  WITH RECURSIVE below (id) AS (
    SELECT pClass
     UNION
    SELECT c.id
      FROM below b
     INNER JOIN db.class_tree c ON c.parent = b.id
  )
  SELECT array_agg(id) INTO uClasses FROM below;

  DELETE FROM db.class_ancestor WHERE class = ANY (uClasses);

  WITH RECURSIVE chain (class, ancestor, parent, distance, concrete) AS (
    SELECT id, id, parent, 0, true
      FROM db.class_tree
     WHERE id = ANY (uClasses)
     UNION ALL
    SELECT h.class, p.id, p.parent, h.distance + 1, h.concrete AND NOT p.abstract
      FROM chain h
     INNER JOIN db.class_tree p ON p.id = h.parent
  )
  INSERT INTO db.class_ancestor (class, ancestor, distance, concrete)
  SELECT class, ancestor, distance, concrete FROM chain;

  UPDATE db.class_tree c
     SET level = a.level
    FROM (SELECT class, max(distance) AS level
            FROM db.class_ancestor
           WHERE class = ANY (uClasses)
           GROUP BY class) a
   WHERE c.id = a.class AND c.level <> a.level;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RebuildClassAncestors (uuid) IS
$$Works out db.class_ancestor and the levels of a class and of all classes below it.

pClass  class whose place in the tree is new$$;

-- RebuildWorkflow -------------------------------------------------------------
CREATE OR REPLACE FUNCTION RebuildWorkflow ()
RETURNS         void
AS $$
DECLARE
  vDirty        text[] := string_to_array(COALESCE(NULLIF(current_setting('workflow.dirty', true), ''), '*'), ',');
  uClasses      uuid[];
BEGIN
  -- One builder at a time: each sees what the one before has committed.
  PERFORM pg_advisory_xact_lock(hashtext('db.workflow_method'));
  PERFORM set_config('workflow.dirty', '', true);

  IF '*' = ANY (vDirty) THEN
    uClasses := ARRAY(SELECT id FROM db.class_tree UNION SELECT class FROM db.workflow_handler
                       UNION SELECT class FROM db.workflow_method);
  ELSE
    uClasses := ARRAY(SELECT class FROM db.class_ancestor WHERE ancestor = ANY (vDirty::uuid[])
                       UNION SELECT unnest(vDirty)::uuid);
  END IF;

  DELETE FROM db.workflow_method WHERE class = ANY (uClasses);

  INSERT INTO db.workflow_method (class, state, action, method, new_state, new_state_type, distance)
  SELECT DISTINCT ON (a.class, m.state, m.action)
         a.class, COALESCE(m.state, null_uuid()), m.action, m.id, s.id, s.type, a.distance
    FROM db.class_tree c
   INNER JOIN db.class_ancestor a ON a.class = c.id AND a.concrete
   INNER JOIN db.method m ON m.class = a.ancestor
    LEFT JOIN db.transition t ON t.method = m.id
    LEFT JOIN db.state s ON s.id = t.newstate
   WHERE c.id = ANY (uClasses)
     AND NOT c.abstract
   ORDER BY a.class, m.state, m.action, a.distance, m.sequence, m.id;

  PERFORM RebuildHandlers(uClasses);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RebuildWorkflow () IS
'Works out the resolved workflow of the classes marked as stale, of all classes when none is marked.';

-- EventStatement --------------------------------------------------------------
CREATE OR REPLACE FUNCTION EventStatement (
  pText         text,
  pType         text,
  OUT handler   text,
  OUT statement text
) RETURNS       record
AS $$
  SELECT COALESCE(f.name, pText),
         CASE
         WHEN f.name IS NOT NULL THEN format('PERFORM %s();', f.name)
         WHEN pType = 'event' THEN format('EXECUTE %L;', 'SELECT ' || pText)
         ELSE format('EXECUTE %L;', pText)
         END
    FROM (SELECT CASE WHEN pType = 'event' THEN
                   substring(pText FROM '^\s*([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?)\s*\(\s*\)\s*;?\s*$')
                 END AS name) f;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION EventStatement (text, text) IS
$$Turns the text of an event into a statement of a runner.

A call without arguments is written as it is, so that its plan is kept; all else is executed as text.
pText      text of the event
pType      event: an expression; plpgsql: an SQL command
handler    bare name of the function, else the text
statement  PL/pgSQL statement$$;

-- RebuildHandlers -------------------------------------------------------------
CREATE OR REPLACE FUNCTION RebuildHandlers (
  pClasses      uuid[]
) RETURNS       void
AS $$
DECLARE
  r             record;
  jWanted       jsonb;
BEGIN
  -- The place of an event is the path to it: its number in its class, below that of the parent row.
  WITH RECURSIVE numbered AS (
    SELECT e.class, e.action, t.code AS type, NULLIF(btrim(e.text), '') AS text,
           row_number() OVER (PARTITION BY e.class, e.action ORDER BY e.sequence, e.id) AS place
      FROM db.event e
     INNER JOIN db.event_type t ON t.id = e.type
     WHERE e.enabled
  ), expanded (class, action, level, type, text, path) AS (
    SELECT n.class, n.action, 0, n.type, n.text, ARRAY[n.place]
      FROM numbered n
     WHERE n.class = ANY (pClasses)
     UNION ALL
    SELECT x.class, x.action, x.level + 1, n.type, n.text, x.path || n.place
      FROM expanded x
     INNER JOIN db.class_ancestor a ON a.class = x.class AND a.distance = x.level + 1
     INNER JOIN numbered n ON n.class = a.ancestor AND n.action = x.action
     WHERE x.type = 'parent'
  )
  SELECT COALESCE(jsonb_agg(w), '[]') INTO jWanted
    FROM (SELECT x.class, x.action, RunnerName(c.code, a.code) AS runner,
                 array_agg(s.handler ORDER BY x.path) AS handlers,
                 string_agg('  ' || s.statement, E'\n' ORDER BY x.path) AS body
            FROM expanded x
           INNER JOIN db.class_tree c ON c.id = x.class
           INNER JOIN db.action a ON a.id = x.action
           CROSS JOIN LATERAL EventStatement(x.text, x.type) s
           WHERE x.type <> 'parent' AND x.text IS NOT NULL
           GROUP BY x.class, x.action, c.code, a.code) w;

  FOR r IN
    DELETE FROM db.workflow_handler h
     WHERE h.class = ANY (pClasses)
       AND (h.class, h.action, h.runner, h.body) NOT IN (
             SELECT w.class, w.action, w.runner, w.body
               FROM jsonb_to_recordset(jWanted) AS w (class uuid, action uuid, runner text, body text))
    RETURNING h.runner
  LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS kernel.%I(uuid, jsonb)', r.runner);
  END LOOP;

  FOR r IN
    INSERT INTO db.workflow_handler (class, action, handlers, runner, body)
    SELECT w.class, w.action, w.handlers, w.runner, w.body
      FROM jsonb_to_recordset(jWanted)
           AS w (class uuid, action uuid, handlers text[], runner text, body text)
        ON CONFLICT (class, action) DO NOTHING
    RETURNING runner, body
  LOOP
    EXECUTE format(
      'CREATE OR REPLACE FUNCTION kernel.%I (pObject uuid, pParams jsonb) RETURNS void AS %L LANGUAGE plpgsql',
      r.runner, format(E'BEGIN\n%s\nEND;', r.body));
    EXECUTE format('COMMENT ON FUNCTION kernel.%I IS %L', r.runner,
      'Runs the events of an action on an object; built by RebuildHandlers(), the context is set before.');
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RebuildHandlers (uuid[]) IS
$$Works out db.workflow_handler of some classes and creates the runners that are new or different.

pClasses  classes; one that is gone loses its rows and runners$$;

-- RunnerName ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RunnerName (
  pClass        text,
  pAction       text
) RETURNS       text
AS $$
  -- Two underscores part the codes; a name that is too long or not plain is a hash.
  SELECT CASE
         WHEN v.name ~ '^[a-z0-9_]{1,63}$' THEN v.name
         ELSE 'run_' || md5(v.name)
         END
    FROM (SELECT format('run_%s__%s', pClass, pAction) AS name) v;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION RunnerName (text, text) IS
$$Names the function that runs the events of an action on objects of a class.

pClass   code of the class
pAction  code of the action
Returns  name in schema kernel$$;

-- ResolveMethod ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ResolveMethod (
  pClass           uuid,
  pState           uuid,
  pAction          uuid,
  OUT method       uuid,
  OUT newstate     uuid,
  OUT newstatetype uuid
) RETURNS          record
AS $$
BEGIN
  PERFORM EnsureWorkflow();

  SELECT w.method, w.new_state, w.new_state_type
    INTO method, newstate, newstatetype
    FROM db.workflow_method w
   WHERE w.class = pClass
     AND w.state = COALESCE(pState, null_uuid())
     AND w.action = pAction;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ResolveMethod (uuid, uuid, uuid) IS
$$Finds the method that serves an action on an object: one index look-up.

pClass        class of the object
pState        state of the object; null looks for a state-less method
pAction       action
method        method; null when there is none
newstate      state that it leads to; null: the state stays
newstatetype  kind of that state$$;

-- GetRunner -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetRunner (
  pClass        uuid,
  pAction       uuid
) RETURNS       text
AS $$
BEGIN
  PERFORM EnsureWorkflow();
  RETURN (SELECT runner FROM db.workflow_handler WHERE class = pClass AND action = pAction);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION GetRunner (uuid, uuid) IS
$$Finds the function that runs the events of an action: one index look-up.

pClass   class of the object
pAction  action
Returns  name in schema kernel, to be called with the object and the parameters; null: no events$$;

-- RunEvents -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION RunEvents (
  pClass        uuid,
  pAction       uuid,
  pObject       uuid,
  pParams       jsonb
) RETURNS       void
AS $$
DECLARE
  vRunner       text := GetRunner(pClass, pAction);
BEGIN
  IF vRunner IS NOT NULL THEN
    EXECUTE format('SELECT kernel.%I($1, $2)', vRunner) USING pObject, pParams;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RunEvents (uuid, uuid, uuid, jsonb) IS
$$Runs the events of an action on an object; the context must be set before.

pClass   class of the object
pAction  action
pObject  object
pParams  parameters of the action$$;
