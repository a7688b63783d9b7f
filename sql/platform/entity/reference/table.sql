-- References: objects with a code, the dictionaries of a scope.

-- db.reference ----------------------------------------------------------------
CREATE TABLE db.reference (
    id          uuid PRIMARY KEY,
    object      uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    scope       uuid NOT NULL REFERENCES db.scope(id),
    entity      uuid NOT NULL REFERENCES db.entity(id),
    class       uuid NOT NULL REFERENCES db.class_tree(id),
    type        uuid NOT NULL REFERENCES db.type(id),
    code        text NOT NULL,
    CHECK (id = object)
);

COMMENT ON TABLE db.reference IS 'References: objects with a code.';
COMMENT ON COLUMN db.reference.id IS 'Identifier, that of the object';
COMMENT ON COLUMN db.reference.object IS 'Object, the same';
COMMENT ON COLUMN db.reference.scope IS 'Scope';
COMMENT ON COLUMN db.reference.entity IS 'Entity, that of the object';
COMMENT ON COLUMN db.reference.class IS 'Class, that of the object';
COMMENT ON COLUMN db.reference.type IS 'Type, that of the object';
COMMENT ON COLUMN db.reference.code IS 'Code, unique in scope and entity';

CREATE INDEX ON db.reference (object);
CREATE UNIQUE INDEX ON db.reference (scope, entity, code);
-- Serves equality, too; search asks for the beginning of a code, whatever the collation is.
CREATE INDEX ON db.reference (code text_pattern_ops);

-- db.reference_text -----------------------------------------------------------
CREATE TABLE db.reference_text (
    reference   uuid NOT NULL REFERENCES db.reference(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    name        text,
    description text,
    PRIMARY KEY (reference, locale)
);

COMMENT ON TABLE db.reference_text IS
'Names and descriptions of references, only in the locales in which they were given; readers fall back.';
COMMENT ON COLUMN db.reference_text.reference IS 'Reference';
COMMENT ON COLUMN db.reference_text.locale IS 'Locale';
COMMENT ON COLUMN db.reference_text.name IS 'Name';
COMMENT ON COLUMN db.reference_text.description IS 'Description';

CREATE INDEX ON db.reference_text (left(name, 512));
