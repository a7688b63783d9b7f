-- db.resource -----------------------------------------------------------------
CREATE TABLE db.resource (
    id          uuid PRIMARY KEY,
    root        uuid NOT NULL REFERENCES db.resource(id),
    node        uuid REFERENCES db.resource(id),
    type        text NOT NULL DEFAULT 'text/plain',
    level       integer NOT NULL,
    sequence    integer NOT NULL
);

COMMENT ON TABLE db.resource IS 'Tree of texts.';

COMMENT ON COLUMN db.resource.id IS 'Identifier.';
COMMENT ON COLUMN db.resource.root IS 'Root of the tree; a root names itself.';
COMMENT ON COLUMN db.resource.node IS 'Parent; null for a root.';
COMMENT ON COLUMN db.resource.type IS 'MIME type of the data.';
COMMENT ON COLUMN db.resource.level IS 'Depth, 0 for a root.';
COMMENT ON COLUMN db.resource.sequence IS 'Place among its siblings, from 1.';

CREATE INDEX ON db.resource (root);
CREATE INDEX ON db.resource (node, sequence);

-- db.resource_data ------------------------------------------------------------
CREATE TABLE db.resource_data (
    resource    uuid NOT NULL REFERENCES db.resource(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id),
    name        text,
    description text,
    encoding    text,
    data        text,
    updated     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (resource, locale)
);

COMMENT ON TABLE db.resource_data IS 'Texts of the resources, one row a locale.';

COMMENT ON COLUMN db.resource_data.resource IS 'Resource.';
COMMENT ON COLUMN db.resource_data.locale IS 'Locale.';
COMMENT ON COLUMN db.resource_data.name IS 'Name, unique within the locale.';
COMMENT ON COLUMN db.resource_data.description IS 'Description.';
COMMENT ON COLUMN db.resource_data.encoding IS 'Encoding of the data, base64 for instance; null for plain text.';
COMMENT ON COLUMN db.resource_data.data IS 'The text.';
COMMENT ON COLUMN db.resource_data.updated IS 'When it was last changed.';

CREATE UNIQUE INDEX ON db.resource_data (name, locale);
CREATE INDEX ON db.resource_data (locale);
