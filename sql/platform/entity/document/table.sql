-- Documents: objects that belong to an area.

-- db.document -----------------------------------------------------------------
CREATE TABLE db.document (
    id          uuid PRIMARY KEY,
    object      uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    entity      uuid NOT NULL REFERENCES db.entity(id),
    class       uuid NOT NULL REFERENCES db.class_tree(id),
    type        uuid NOT NULL REFERENCES db.type(id),
    priority    uuid NOT NULL REFERENCES db.priority(id),
    area        uuid NOT NULL REFERENCES db.area(id),
    scope       uuid NOT NULL REFERENCES db.scope(id),
    CHECK (id = object)
);

COMMENT ON TABLE db.document IS 'Documents: objects that belong to an area.';
COMMENT ON COLUMN db.document.id IS 'Identifier, that of the object';
COMMENT ON COLUMN db.document.object IS 'Object, the same';
COMMENT ON COLUMN db.document.entity IS 'Entity, that of the object';
COMMENT ON COLUMN db.document.class IS 'Class, that of the object';
COMMENT ON COLUMN db.document.type IS 'Type, that of the object';
COMMENT ON COLUMN db.document.priority IS 'Priority';
COMMENT ON COLUMN db.document.area IS 'Area';
COMMENT ON COLUMN db.document.scope IS 'Scope, that of the area';

CREATE INDEX ON db.document (object);
CREATE INDEX ON db.document (area);

-- db.document_text ------------------------------------------------------------
CREATE TABLE db.document_text (
    document    uuid NOT NULL REFERENCES db.document(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    description text,
    PRIMARY KEY (document, locale)
);

COMMENT ON TABLE db.document_text IS
'Descriptions of documents, only in the locales in which they were given; readers fall back.';
COMMENT ON COLUMN db.document_text.document IS 'Document';
COMMENT ON COLUMN db.document_text.locale IS 'Locale';
COMMENT ON COLUMN db.document_text.description IS 'Description';

