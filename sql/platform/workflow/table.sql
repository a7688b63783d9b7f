-- Tables of the workflow: what objects can be, which states they pass and what is run on the way.

-- db.entity -------------------------------------------------------------------
CREATE TABLE db.entity (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('b'),
    code        text NOT NULL
);

COMMENT ON TABLE db.entity IS 'Entities: the top-level concepts. One entity has one dispatcher and one or more classes.';
COMMENT ON COLUMN db.entity.id IS 'Identifier';
COMMENT ON COLUMN db.entity.code IS 'Code';

CREATE UNIQUE INDEX ON db.entity (code);

-- db.class_tree ---------------------------------------------------------------
CREATE TABLE db.class_tree (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('b'),
    parent      uuid REFERENCES db.class_tree(id),
    entity      uuid NOT NULL REFERENCES db.entity(id),
    level       integer NOT NULL,
    code        text NOT NULL,
    abstract    boolean NOT NULL DEFAULT true,
    CHECK (parent <> id)
);

COMMENT ON TABLE db.class_tree IS 'Tree of the classes: a class inherits states and methods of the classes above it.';
COMMENT ON COLUMN db.class_tree.id IS 'Identifier';
COMMENT ON COLUMN db.class_tree.parent IS 'Class that it inherits from; none for a root';
COMMENT ON COLUMN db.class_tree.entity IS 'Entity';
COMMENT ON COLUMN db.class_tree.level IS 'Distance from the root, 0 for the root; kept by a trigger, for display only';
COMMENT ON COLUMN db.class_tree.code IS 'Code';
COMMENT ON COLUMN db.class_tree.abstract IS 'No object can be of this very class';

CREATE UNIQUE INDEX ON db.class_tree (code);
CREATE INDEX ON db.class_tree (parent);
CREATE INDEX ON db.class_tree (entity);

-- db.type ---------------------------------------------------------------------
CREATE TABLE db.type (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('b'),
    class       uuid NOT NULL REFERENCES db.class_tree(id),
    code        text NOT NULL
);

COMMENT ON TABLE db.type IS 'Types: the leaves below a class. An object is made with a type; class and entity follow.';
COMMENT ON COLUMN db.type.id IS 'Identifier';
COMMENT ON COLUMN db.type.class IS 'Class';
COMMENT ON COLUMN db.type.code IS 'Code, by convention NAME.CLASS';

CREATE UNIQUE INDEX ON db.type (class, code);
CREATE INDEX ON db.type (code);

-- db.state_type ---------------------------------------------------------------
CREATE TABLE db.state_type (
    id          uuid PRIMARY KEY,
    code        text NOT NULL
);

COMMENT ON TABLE db.state_type IS 'Kinds of states: created, enabled, disabled, deleted.';
COMMENT ON COLUMN db.state_type.id IS 'Identifier, fixed';
COMMENT ON COLUMN db.state_type.code IS 'Code';

CREATE UNIQUE INDEX ON db.state_type (code);

-- db.state --------------------------------------------------------------------
CREATE TABLE db.state (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('b'),
    class       uuid NOT NULL REFERENCES db.class_tree(id),
    type        uuid NOT NULL REFERENCES db.state_type(id),
    code        text NOT NULL,
    sequence    integer NOT NULL
);

COMMENT ON TABLE db.state IS 'States that objects of a class can be in.';
COMMENT ON COLUMN db.state.id IS 'Identifier';
COMMENT ON COLUMN db.state.class IS 'Class';
COMMENT ON COLUMN db.state.type IS 'Kind of state';
COMMENT ON COLUMN db.state.code IS 'Code, unique in the class';
COMMENT ON COLUMN db.state.sequence IS 'Place among the states of the same class and kind';

CREATE UNIQUE INDEX ON db.state (class, code);
CREATE INDEX ON db.state (type);
CREATE INDEX ON db.state (code);

-- db.action -------------------------------------------------------------------
CREATE TABLE db.action (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('b'),
    code        text NOT NULL
);

COMMENT ON TABLE db.action IS 'Actions: the verbs that all classes share.';
COMMENT ON COLUMN db.action.id IS 'Identifier, fixed for those that are shipped';
COMMENT ON COLUMN db.action.code IS 'Code';

CREATE UNIQUE INDEX ON db.action (code);

-- db.method -------------------------------------------------------------------
CREATE TABLE db.method (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('b'),
    parent      uuid REFERENCES db.method(id),
    class       uuid NOT NULL REFERENCES db.class_tree(id),
    state       uuid REFERENCES db.state(id),
    action      uuid NOT NULL REFERENCES db.action(id),
    code        text NOT NULL,
    sequence    integer NOT NULL,
    visible     boolean DEFAULT true
);

COMMENT ON TABLE db.method IS 'Methods: which action can be executed on objects of a class in a state.';
COMMENT ON COLUMN db.method.id IS 'Identifier';
COMMENT ON COLUMN db.method.parent IS 'Method that it is listed below; for editors only';
COMMENT ON COLUMN db.method.class IS 'Class';
COMMENT ON COLUMN db.method.state IS 'State that the object must be in; none: a state-less method';
COMMENT ON COLUMN db.method.action IS 'Action';
COMMENT ON COLUMN db.method.code IS 'Code, unique in the class: STATE:ACTION or null:ACTION when none is given';
COMMENT ON COLUMN db.method.sequence IS 'Place among the methods of the same class and state';
COMMENT ON COLUMN db.method.visible IS 'Offered to people; a hidden one is executed by programs';

CREATE UNIQUE INDEX ON db.method (class, code);
CREATE INDEX ON db.method (class, state, action);
CREATE INDEX ON db.method (state);
CREATE INDEX ON db.method (action);
CREATE INDEX ON db.method (parent);

-- db.transition ---------------------------------------------------------------
CREATE TABLE db.transition (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('b'),
    state       uuid REFERENCES db.state(id),
    method      uuid NOT NULL UNIQUE REFERENCES db.method(id),
    newstate    uuid NOT NULL REFERENCES db.state(id)
);

COMMENT ON TABLE db.transition IS 'Transitions: the state that a method leads to; a method without one keeps the state.';
COMMENT ON COLUMN db.transition.id IS 'Identifier';
COMMENT ON COLUMN db.transition.state IS 'State that the method starts from; for editors only, the method decides';
COMMENT ON COLUMN db.transition.method IS 'Method';
COMMENT ON COLUMN db.transition.newstate IS 'State that the object is in afterwards';

CREATE INDEX ON db.transition (state);
CREATE INDEX ON db.transition (newstate);

-- db.event_type ---------------------------------------------------------------
CREATE TABLE db.event_type (
    id          uuid PRIMARY KEY,
    code        text NOT NULL
);

COMMENT ON TABLE db.event_type IS 'Kinds of events: parent, event, plpgsql.';
COMMENT ON COLUMN db.event_type.id IS 'Identifier, fixed';
COMMENT ON COLUMN db.event_type.code IS 'Code';

CREATE UNIQUE INDEX ON db.event_type (code);

-- db.event --------------------------------------------------------------------
CREATE TABLE db.event (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('b'),
    class       uuid NOT NULL REFERENCES db.class_tree(id),
    type        uuid NOT NULL REFERENCES db.event_type(id),
    action      uuid NOT NULL REFERENCES db.action(id),
    text        text,
    sequence    integer NOT NULL,
    enabled     boolean NOT NULL DEFAULT true
);

COMMENT ON TABLE db.event IS 'Events: what is run, in which order, when an action is executed on objects of a class.';
COMMENT ON COLUMN db.event.id IS 'Identifier';
COMMENT ON COLUMN db.event.class IS 'Class';
COMMENT ON COLUMN db.event.type IS 'parent: the events of the class above; event: a function or an expression; plpgsql: an SQL command';
COMMENT ON COLUMN db.event.action IS 'Action';
COMMENT ON COLUMN db.event.text IS 'Function, expression or command';
COMMENT ON COLUMN db.event.sequence IS 'Place among the events of the same class and action';
COMMENT ON COLUMN db.event.enabled IS 'Is run';

CREATE INDEX ON db.event (class, action, sequence);
CREATE INDEX ON db.event (action);
CREATE INDEX ON db.event (type);

-- db.priority -----------------------------------------------------------------
CREATE TABLE db.priority (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('b'),
    code        text NOT NULL
);

COMMENT ON TABLE db.priority IS 'Priorities of documents.';
COMMENT ON COLUMN db.priority.id IS 'Identifier, fixed for those that are shipped';
COMMENT ON COLUMN db.priority.code IS 'Code';

CREATE UNIQUE INDEX ON db.priority (code);
