-- What clients see of the workflow.
CREATE OR REPLACE VIEW api.entity AS SELECT * FROM Entity;
COMMENT ON VIEW api.entity IS 'Entities.';

CREATE OR REPLACE VIEW api.type AS SELECT * FROM Type;
COMMENT ON VIEW api.type IS 'Types of classes.';

CREATE OR REPLACE VIEW api.class AS
  SELECT c.*, (SELECT row_to_json(flags) FROM DecodeClassAccess(c.id) flags) AS access
    FROM ClassTree c;
COMMENT ON VIEW api.class IS 'Classes as a tree, with the rights of the current user.';

CREATE OR REPLACE VIEW api.state_type AS SELECT * FROM StateType;
COMMENT ON VIEW api.state_type IS 'Kinds of states.';

CREATE OR REPLACE VIEW api.state AS SELECT * FROM State;
COMMENT ON VIEW api.state IS 'States of classes.';

CREATE OR REPLACE VIEW api.action AS SELECT * FROM Action;
COMMENT ON VIEW api.action IS 'Actions.';

CREATE OR REPLACE VIEW api.method AS SELECT * FROM AccessMethod;
COMMENT ON VIEW api.method IS 'Methods in which the current user has rights.';

CREATE OR REPLACE VIEW api.transition AS SELECT * FROM Transition;
COMMENT ON VIEW api.transition IS 'Transitions of methods.';

CREATE OR REPLACE VIEW api.event_type AS SELECT * FROM EventType;
COMMENT ON VIEW api.event_type IS 'Kinds of events.';

CREATE OR REPLACE VIEW api.event AS SELECT * FROM Event;
COMMENT ON VIEW api.event IS 'Events of classes.';

CREATE OR REPLACE VIEW api.priority AS SELECT * FROM Priority;
COMMENT ON VIEW api.priority IS 'Priorities.';

CREATE OR REPLACE VIEW api.class_access AS SELECT * FROM ClassMembers;
COMMENT ON VIEW api.class_access IS 'Users and groups with rights in classes.';

CREATE OR REPLACE VIEW api.method_access AS SELECT * FROM MethodMembers;
COMMENT ON VIEW api.method_access IS 'Users and groups with rights in methods.';

SELECT RegisterView('api.' || v)
  FROM unnest(ARRAY['entity', 'type', 'class', 'state_type', 'state', 'action', 'method', 'transition',
                    'event_type', 'event', 'priority', 'class_access', 'method_access']) AS v;
