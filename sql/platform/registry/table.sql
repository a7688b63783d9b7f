-- registry.key ----------------------------------------------------------------
CREATE TABLE registry.key (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    root        uuid REFERENCES registry.key(id),
    parent      uuid REFERENCES registry.key(id),
    key         text NOT NULL,
    level       integer NOT NULL
);

COMMENT ON TABLE registry.key IS 'Keys of the registry: the folders of its trees.';

COMMENT ON COLUMN registry.key.id IS 'Identifier.';
COMMENT ON COLUMN registry.key.root IS 'Root of the tree; null for a root.';
COMMENT ON COLUMN registry.key.parent IS 'Key above; null for a root.';
COMMENT ON COLUMN registry.key.key IS 'Name; of a root: kernel, or the id of a user.';
COMMENT ON COLUMN registry.key.level IS 'Depth, 0 for a root.';

CREATE UNIQUE INDEX ON registry.key (parent, key);
CREATE UNIQUE INDEX ON registry.key (key) WHERE parent IS NULL;
CREATE INDEX ON registry.key (root);

-- registry.value --------------------------------------------------------------
CREATE TABLE registry.value (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    key         uuid NOT NULL REFERENCES registry.key(id) ON DELETE CASCADE,
    vname       text NOT NULL,
    vtype       integer NOT NULL CHECK (vtype BETWEEN 0 AND 4),
    vinteger    integer,
    vnumeric    numeric,
    vdatetime   timestamp,
    vstring     text,
    vboolean    boolean
);

COMMENT ON TABLE registry.value IS 'Values of the registry. A value keeps what it held under other types.';

COMMENT ON COLUMN registry.value.id IS 'Identifier.';
COMMENT ON COLUMN registry.value.key IS 'Key.';
COMMENT ON COLUMN registry.value.vname IS 'Name, unique within the key.';
COMMENT ON COLUMN registry.value.vtype IS '0 integer, 1 numeric, 2 date and time, 3 string, 4 boolean.';
COMMENT ON COLUMN registry.value.vinteger IS 'Integer.';
COMMENT ON COLUMN registry.value.vnumeric IS 'Number.';
COMMENT ON COLUMN registry.value.vdatetime IS 'Date and time, without offset.';
COMMENT ON COLUMN registry.value.vstring IS 'Text.';
COMMENT ON COLUMN registry.value.vboolean IS 'True or false.';

CREATE UNIQUE INDEX ON registry.value (key, vname);
