-- What was declared, and what was built of it.

-- db.entity_definition --------------------------------------------------------
CREATE TABLE db.entity_definition (
    code        text PRIMARY KEY,
    place       integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    declaration jsonb NOT NULL,
    built       timestamptz
);

COMMENT ON TABLE db.entity_definition IS 'Declarations of entities, as BuildEntity() was given them.';
COMMENT ON COLUMN db.entity_definition.code IS 'Entity, or class that extends one';
COMMENT ON COLUMN db.entity_definition.place IS 'Order of the first declaration: what refers to another entity comes after it';
COMMENT ON COLUMN db.entity_definition.declaration IS 'Declaration; its keys are those of DeclarationKeys()';
COMMENT ON COLUMN db.entity_definition.built IS 'When it was last built; none while it waits';

-- db.entity_artifact ----------------------------------------------------------
CREATE TABLE db.entity_artifact (
    schema      text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('function', 'view')),
    name        text NOT NULL,
    arguments   text NOT NULL DEFAULT '',
    entity      text NOT NULL REFERENCES db.entity_definition(code) ON DELETE CASCADE,
    source      text NOT NULL,
    hash        text,
    server      integer NOT NULL,
    PRIMARY KEY (schema, kind, name, arguments)
);

COMMENT ON TABLE db.entity_artifact IS 'Functions and views that were built of declarations.';
COMMENT ON COLUMN db.entity_artifact.schema IS 'Schema';
COMMENT ON COLUMN db.entity_artifact.kind IS 'function or view';
COMMENT ON COLUMN db.entity_artifact.name IS 'Name';
COMMENT ON COLUMN db.entity_artifact.arguments IS 'Types of the arguments; empty for a view';
COMMENT ON COLUMN db.entity_artifact.entity IS 'Declaration that it was built of';
COMMENT ON COLUMN db.entity_artifact.source IS 'What the builder would create now';
COMMENT ON COLUMN db.entity_artifact.hash IS
  'Hash of what the server stored when it was built: another one there now was written by hand. None: it was there before';
COMMENT ON COLUMN db.entity_artifact.server IS 'Major version of the server that hashed it: the text of a view differs between them';

CREATE INDEX ON db.entity_artifact (entity);
