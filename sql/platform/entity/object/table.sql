-- Objects: what every document and reference is, their texts and the history of their states.

-- db.object -------------------------------------------------------------------
CREATE TABLE db.object (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    parent      uuid REFERENCES db.object(id),
    scope       uuid NOT NULL REFERENCES db.scope(id),
    entity      uuid NOT NULL REFERENCES db.entity(id),
    class       uuid NOT NULL REFERENCES db.class_tree(id),
    type        uuid NOT NULL REFERENCES db.type(id),
    state_type  uuid REFERENCES db.state_type(id),
    state       uuid REFERENCES db.state(id),
    suid        uuid NOT NULL REFERENCES db."user"(id),
    owner       uuid NOT NULL REFERENCES db."user"(id),
    oper        uuid NOT NULL REFERENCES db."user"(id),
    pdate       timestamptz NOT NULL DEFAULT now(),
    ldate       timestamptz NOT NULL DEFAULT oper_date(),
    udate       timestamptz NOT NULL DEFAULT now(),
    area        uuid,
    acl         integer NOT NULL REFERENCES db.acl_set(id),
    version     bigint NOT NULL DEFAULT 1,
    CHECK (parent <> id)
) WITH (fillfactor = 85);

COMMENT ON TABLE db.object IS 'Objects of all classes: one row each, whatever else is kept of them elsewhere.';
COMMENT ON COLUMN db.object.id IS 'Identifier';
COMMENT ON COLUMN db.object.parent IS 'Object that it belongs to';
COMMENT ON COLUMN db.object.scope IS 'Scope';
COMMENT ON COLUMN db.object.entity IS 'Entity, that of the class';
COMMENT ON COLUMN db.object.class IS 'Class, that of the type';
COMMENT ON COLUMN db.object.type IS 'Type';
COMMENT ON COLUMN db.object.state_type IS 'Kind of the state';
COMMENT ON COLUMN db.object.state IS 'State; none until action create was executed';
COMMENT ON COLUMN db.object.suid IS 'User who was signed in when it was made';
COMMENT ON COLUMN db.object.owner IS 'User whom it belongs to';
COMMENT ON COLUMN db.object.oper IS 'User who changed it last';
COMMENT ON COLUMN db.object.pdate IS 'When it was made';
COMMENT ON COLUMN db.object.ldate IS 'Operation date of the last change';
COMMENT ON COLUMN db.object.udate IS 'When it was changed last';
COMMENT ON COLUMN db.object.area IS 'Area of a document, copied from db.document so that lists need no join; none for others';
COMMENT ON COLUMN db.object.acl IS 'Who may read, change and destroy it, see db.acl_set_entry';
COMMENT ON COLUMN db.object.version IS 'Number of the version: one more with each change';

-- Lists begin at one of these and stop at their limit; the first column says for whom. Rights and
-- areas come along, so that a count reads the index alone. A change that keeps the state touches none.
CREATE INDEX ON db.object (entity, scope, pdate DESC, id) INCLUDE (acl, owner, area) WHERE state IS NOT NULL;
CREATE INDEX ON db.object (class, scope, pdate DESC, id) INCLUDE (acl, owner, area) WHERE state IS NOT NULL;
CREATE INDEX ON db.object (scope, pdate DESC, id) INCLUDE (acl, owner, area) WHERE state IS NOT NULL;
CREATE INDEX ON db.object (owner, pdate DESC);              -- readers of little besides their own
CREATE INDEX ON db.object (acl, pdate DESC);                -- readers of few sets
CREATE INDEX ON db.object (area, pdate DESC) WHERE area IS NOT NULL;
CREATE INDEX ON db.object (state, pdate DESC);              -- queues
CREATE INDEX ON db.object (parent, class) WHERE parent IS NOT NULL;

-- db.object_text --------------------------------------------------------------
CREATE TABLE db.object_text (
    object        uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    locale        uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    label         text,
    text          text,
    searchable_en tsvector GENERATED ALWAYS AS
                  (to_tsvector('english', COALESCE(label, '') || ' ' || COALESCE(text, ''))) STORED,
    searchable_ru tsvector GENERATED ALWAYS AS
                  (to_tsvector('russian', COALESCE(label, '') || ' ' || COALESCE(text, ''))) STORED,
    PRIMARY KEY (object, locale)
);

COMMENT ON TABLE db.object_text IS
'Labels and texts of objects, only in the locales in which they were given; readers fall back.';
COMMENT ON COLUMN db.object_text.object IS 'Object';
COMMENT ON COLUMN db.object_text.locale IS 'Locale';
COMMENT ON COLUMN db.object_text.label IS 'Label';
COMMENT ON COLUMN db.object_text.text IS 'Text';
COMMENT ON COLUMN db.object_text.searchable_en IS 'Words of label and text, English';
COMMENT ON COLUMN db.object_text.searchable_ru IS 'Words of label and text, Russian';

CREATE INDEX ON db.object_text (left(label, 512));  -- a whole label may be longer than an index takes
CREATE INDEX ON db.object_text USING gin (searchable_en);
CREATE INDEX ON db.object_text USING gin (searchable_ru);

-- db.object_state -------------------------------------------------------------
CREATE TABLE db.object_state (
    id            uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    object        uuid NOT NULL REFERENCES db.object(id),
    state         uuid NOT NULL REFERENCES db.state(id),
    validfromdate timestamptz NOT NULL DEFAULT now(),
    validtodate   timestamptz NOT NULL DEFAULT MAXDATE(),
    CHECK (validfromdate <= validtodate)
);

COMMENT ON TABLE db.object_state IS 'History of the states of objects.';
COMMENT ON COLUMN db.object_state.id IS 'Identifier';
COMMENT ON COLUMN db.object_state.object IS 'Object';
COMMENT ON COLUMN db.object_state.state IS 'State';
COMMENT ON COLUMN db.object_state.validfromdate IS 'In the state from this moment';
COMMENT ON COLUMN db.object_state.validtodate IS 'In the state before this moment';

CREATE UNIQUE INDEX ON db.object_state (object, validtodate, validfromdate, state);
CREATE INDEX ON db.object_state (state);
