-- Texts of the workflow. Only what was given is stored, one row a locale; db.workflow_label holds
-- what is shown: every row in every locale, with the fallback applied.

CREATE TABLE db.entity_text (
    entity      uuid NOT NULL REFERENCES db.entity(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    name        text NOT NULL,
    description text,
    PRIMARY KEY (entity, locale)
);

COMMENT ON TABLE db.entity_text IS 'Names of entities.';

CREATE TABLE db.class_text (
    class       uuid NOT NULL REFERENCES db.class_tree(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    label       text NOT NULL,
    PRIMARY KEY (class, locale)
);

COMMENT ON TABLE db.class_text IS 'Labels of classes.';

CREATE TABLE db.type_text (
    type        uuid NOT NULL REFERENCES db.type(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    name        text NOT NULL,
    description text,
    PRIMARY KEY (type, locale)
);

COMMENT ON TABLE db.type_text IS 'Names of types.';

CREATE TABLE db.state_type_text (
    type        uuid NOT NULL REFERENCES db.state_type(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    name        text NOT NULL,
    description text,
    PRIMARY KEY (type, locale)
);

COMMENT ON TABLE db.state_type_text IS 'Names of kinds of states.';

CREATE TABLE db.state_text (
    state       uuid NOT NULL REFERENCES db.state(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    label       text NOT NULL,
    PRIMARY KEY (state, locale)
);

COMMENT ON TABLE db.state_text IS 'Labels of states.';

CREATE TABLE db.action_text (
    action      uuid NOT NULL REFERENCES db.action(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    name        text NOT NULL,
    description text,
    PRIMARY KEY (action, locale)
);

COMMENT ON TABLE db.action_text IS 'Names of actions.';

CREATE TABLE db.method_text (
    method      uuid NOT NULL REFERENCES db.method(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    label       text NOT NULL,
    PRIMARY KEY (method, locale)
);

COMMENT ON TABLE db.method_text IS 'Labels of methods.';

CREATE TABLE db.event_type_text (
    type        uuid NOT NULL REFERENCES db.event_type(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    name        text NOT NULL,
    description text,
    PRIMARY KEY (type, locale)
);

COMMENT ON TABLE db.event_type_text IS 'Names of kinds of events.';

CREATE TABLE db.event_text (
    event       uuid NOT NULL REFERENCES db.event(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    label       text NOT NULL,
    PRIMARY KEY (event, locale)
);

COMMENT ON TABLE db.event_text IS 'Labels of events.';

CREATE TABLE db.priority_text (
    priority    uuid NOT NULL REFERENCES db.priority(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    name        text NOT NULL,
    description text,
    PRIMARY KEY (priority, locale)
);

COMMENT ON TABLE db.priority_text IS 'Names of priorities.';

-- db.workflow_text ------------------------------------------------------------
CREATE TABLE db.workflow_text (
    kind        text NOT NULL,
    key         text NOT NULL,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE CASCADE,
    name        text NOT NULL,
    description text,
    PRIMARY KEY (kind, key, locale)
);

CREATE INDEX ON db.workflow_text (locale);

COMMENT ON TABLE db.workflow_text IS
'Texts as the data files give them, see LoadTexts(): a row that is made later finds its texts here.';
COMMENT ON COLUMN db.workflow_text.kind IS 'entity, class, type, state_type, state, action, method, event_type or priority';
COMMENT ON COLUMN db.workflow_text.key IS 'Code; of a state or method CLASS.CODE, or CODE for every class';
COMMENT ON COLUMN db.workflow_text.locale IS 'Locale';
COMMENT ON COLUMN db.workflow_text.name IS 'Name or label';
COMMENT ON COLUMN db.workflow_text.description IS 'Description';

-- db.workflow_label -----------------------------------------------------------
CREATE TABLE db.workflow_label (
    id          uuid NOT NULL,
    locale      uuid NOT NULL,
    source      uuid NOT NULL,
    label       text NOT NULL,
    description text,
    PRIMARY KEY (id, locale) INCLUDE (label)
);

COMMENT ON TABLE db.workflow_label IS
$$What is shown for a row of the workflow in a locale, whatever kind of row it is.

Triggers on the text tables keep it: the text of the locale, else of the default locale, else of any.
A view needs one join: ON l.id = x.id AND l.locale = current_locale().$$;
COMMENT ON COLUMN db.workflow_label.id IS 'Entity, class, type, state, action, method, event, priority or kind of state or event';
COMMENT ON COLUMN db.workflow_label.locale IS 'Locale; every locale there is has its row';
COMMENT ON COLUMN db.workflow_label.source IS 'Locale that the text is of: another one is a fallback';
COMMENT ON COLUMN db.workflow_label.label IS 'Name or label';
COMMENT ON COLUMN db.workflow_label.description IS 'Description, of the same source as the label';
