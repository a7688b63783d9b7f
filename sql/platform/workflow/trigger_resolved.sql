-- A change of the workflow marks the classes concerned as stale, in the transaction-local setting
-- workflow.dirty. The first resolve of the transaction rebuilds, at the latest its commit does.

-- stale classes ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_workflow_dirty ()
RETURNS         trigger
AS $$
DECLARE
  r             record;
BEGIN
  -- A row of db.transition has no class: that of its method counts.
  FOR r IN
    SELECT DISTINCT CASE TG_TABLE_NAME
           WHEN 'class_tree' THEN t.j->>'id'
           WHEN 'action' THEN '*'
           WHEN 'transition' THEN (SELECT m.class::text FROM db.method m WHERE m.id = (t.j->>'method')::uuid)
           ELSE t.j->>'class'
           END AS class
      FROM (VALUES (CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END),
                   (CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END)) AS t (j)
     WHERE t.j IS NOT NULL
  LOOP
    PERFORM MarkWorkflow(r.class);
  END LOOP;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_workflow_dirty () IS 'Marks the class of a changed row of the workflow as stale.';

CREATE OR REPLACE TRIGGER t_class_tree_workflow
  AFTER INSERT OR DELETE OR UPDATE OF parent, code, abstract ON db.class_tree
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_workflow_dirty();

CREATE OR REPLACE TRIGGER t_state_workflow
  AFTER UPDATE OF type ON db.state
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_workflow_dirty();

CREATE OR REPLACE TRIGGER t_action_workflow
  AFTER UPDATE OF code ON db.action
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_workflow_dirty();

CREATE OR REPLACE TRIGGER t_method_workflow
  AFTER INSERT OR DELETE OR UPDATE OF class, state, action, sequence ON db.method
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_workflow_dirty();

CREATE OR REPLACE TRIGGER t_transition_workflow
  AFTER INSERT OR DELETE OR UPDATE OF method, newstate ON db.transition
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_workflow_dirty();

CREATE OR REPLACE TRIGGER t_event_workflow
  AFTER INSERT OR DELETE OR UPDATE OF class, type, action, text, sequence, enabled ON db.event
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_workflow_dirty();

-- commit ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_workflow_rebuild ()
RETURNS         trigger
AS $$
BEGIN
  DELETE FROM db.workflow_rebuild WHERE id = NEW.id;
  PERFORM EnsureWorkflow();
  RETURN NULL;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_workflow_rebuild () IS
'Rebuilds what is stale when the transaction commits, whoever is the current user by then.';

DROP TRIGGER IF EXISTS t_workflow_rebuild ON db.workflow_rebuild;
CREATE CONSTRAINT TRIGGER t_workflow_rebuild
  AFTER INSERT ON db.workflow_rebuild
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_workflow_rebuild();
