-- The workflow resolved: inheritance and lookups are worked out once, when it changes, so that
-- executing an action is two index look-ups. Nobody writes here but RebuildWorkflow() and triggers.

-- db.class_ancestor -----------------------------------------------------------
CREATE TABLE db.class_ancestor (
    class       uuid NOT NULL REFERENCES db.class_tree(id) ON DELETE CASCADE,
    ancestor    uuid NOT NULL REFERENCES db.class_tree(id) ON DELETE CASCADE,
    distance    integer NOT NULL,
    concrete    boolean NOT NULL,
    PRIMARY KEY (class, distance),
    UNIQUE (ancestor, class)
);

COMMENT ON TABLE db.class_ancestor IS 'Every class with itself and all classes above it; kept by a trigger of db.class_tree.';
COMMENT ON COLUMN db.class_ancestor.class IS 'Class';
COMMENT ON COLUMN db.class_ancestor.ancestor IS 'The class itself or one above it';
COMMENT ON COLUMN db.class_ancestor.distance IS 'Steps between them, 0 for the class itself';
COMMENT ON COLUMN db.class_ancestor.concrete IS 'No abstract class lies on the way, the ancestor included: methods are inherited';

-- db.workflow_method ----------------------------------------------------------
CREATE TABLE db.workflow_method (
    class          uuid NOT NULL,
    state          uuid NOT NULL,
    action         uuid NOT NULL,
    method         uuid NOT NULL,
    new_state      uuid,
    new_state_type uuid,
    distance       integer NOT NULL,
    PRIMARY KEY (class, state, action) INCLUDE (method, new_state, new_state_type)
);

COMMENT ON TABLE db.workflow_method IS
'The method that serves an action on objects of a class in a state, for every class that is not abstract.';
COMMENT ON COLUMN db.workflow_method.class IS 'Class of the object';
COMMENT ON COLUMN db.workflow_method.state IS 'State of the object; null_uuid() for a state-less method';
COMMENT ON COLUMN db.workflow_method.action IS 'Action';
COMMENT ON COLUMN db.workflow_method.method IS 'Method of the nearest class that has one';
COMMENT ON COLUMN db.workflow_method.new_state IS 'State afterwards; none: the state stays';
COMMENT ON COLUMN db.workflow_method.new_state_type IS 'Kind of that state';
COMMENT ON COLUMN db.workflow_method.distance IS 'How far above the class the method is declared';

CREATE INDEX ON db.workflow_method (method);

-- db.workflow_handler ---------------------------------------------------------
CREATE TABLE db.workflow_handler (
    class       uuid NOT NULL,
    action      uuid NOT NULL,
    handlers    text[] NOT NULL,
    runner      text NOT NULL UNIQUE,
    body        text NOT NULL,
    PRIMARY KEY (class, action) INCLUDE (runner)
);

COMMENT ON TABLE db.workflow_handler IS
'What is run when an action is executed on objects of a class: the events of the class with those of its parents put in.';
COMMENT ON COLUMN db.workflow_handler.class IS 'Class of the object';
COMMENT ON COLUMN db.workflow_handler.action IS 'Action';
COMMENT ON COLUMN db.workflow_handler.handlers IS 'Functions (bare names) and texts in the order in which they run';
COMMENT ON COLUMN db.workflow_handler.runner IS 'Function kernel.RUNNER(pObject uuid, pParams jsonb) that runs them';
COMMENT ON COLUMN db.workflow_handler.body IS 'Source of the runner: it is created again only when this changes';

-- db.workflow_rebuild ---------------------------------------------------------
CREATE TABLE db.workflow_rebuild (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY
);

COMMENT ON TABLE db.workflow_rebuild IS
'Empty outside of a transaction: a row carries the deferred trigger that rebuilds the workflow at commit.';
