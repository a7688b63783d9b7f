-- Where the records of the system belong, and what screens a user is offered.

-- db.scope --------------------------------------------------------------------
CREATE TABLE db.scope (
    id            uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    code          text NOT NULL,
    name          text NOT NULL,
    description   text
);

COMMENT ON TABLE db.scope IS 'Domains of visibility: what belongs to one is not seen from another.';
COMMENT ON COLUMN db.scope.id IS 'Identifier';
COMMENT ON COLUMN db.scope.code IS 'Code, as in the scope of an OAuth request';
COMMENT ON COLUMN db.scope.name IS 'Name';
COMMENT ON COLUMN db.scope.description IS 'Description';

CREATE UNIQUE INDEX ON db.scope (code);

-- db.scope_alias --------------------------------------------------------------
CREATE TABLE db.scope_alias (
    scope         uuid NOT NULL REFERENCES db.scope (id) ON DELETE CASCADE,
    code          text NOT NULL,
    PRIMARY KEY (scope, code)
);

COMMENT ON TABLE db.scope_alias IS 'Further codes under which OAuth requests may name a scope.';
COMMENT ON COLUMN db.scope_alias.scope IS 'Scope';
COMMENT ON COLUMN db.scope_alias.code IS 'Code';

CREATE INDEX ON db.scope_alias (code);

-- db.area_type ----------------------------------------------------------------
CREATE TABLE db.area_type (
    id            uuid PRIMARY KEY,
    code          text NOT NULL,
    name          text
);

COMMENT ON TABLE db.area_type IS 'Kinds of areas.';
COMMENT ON COLUMN db.area_type.id IS 'Identifier';
COMMENT ON COLUMN db.area_type.code IS 'Code';
COMMENT ON COLUMN db.area_type.name IS 'Name';

CREATE UNIQUE INDEX ON db.area_type (code);

-- db.area ---------------------------------------------------------------------
CREATE TABLE db.area (
    id            uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    parent        uuid REFERENCES db.area (id),
    type          uuid NOT NULL REFERENCES db.area_type (id),
    scope         uuid NOT NULL REFERENCES db.scope (id),
    code          text NOT NULL,
    name          text NOT NULL,
    description   text,
    level         integer NOT NULL,
    sequence      integer NOT NULL,
    validfromdate timestamptz NOT NULL DEFAULT now(),
    validtodate   timestamptz NOT NULL DEFAULT '4433-12-31 00:00:00+00'
);

COMMENT ON TABLE db.area IS 'Areas: the tree of divisions that documents belong to, one tree a scope.';
COMMENT ON COLUMN db.area.id IS 'Identifier';
COMMENT ON COLUMN db.area.parent IS 'Area above; none for the root of a scope';
COMMENT ON COLUMN db.area.type IS 'Kind';
COMMENT ON COLUMN db.area.scope IS 'Scope';
COMMENT ON COLUMN db.area.code IS 'Code, unique in its scope';
COMMENT ON COLUMN db.area.name IS 'Name';
COMMENT ON COLUMN db.area.description IS 'Description';
COMMENT ON COLUMN db.area.level IS 'Distance from the root';
COMMENT ON COLUMN db.area.sequence IS 'Place among its siblings';
COMMENT ON COLUMN db.area.validfromdate IS 'In use from this moment';
COMMENT ON COLUMN db.area.validtodate IS 'In use before this moment';

CREATE INDEX ON db.area (parent);
CREATE UNIQUE INDEX ON db.area (scope, code);
CREATE INDEX ON db.area (type);

-- db.interface ----------------------------------------------------------------
CREATE TABLE db.interface (
    id            uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    code          text NOT NULL,
    name          text NOT NULL,
    description   text
);

COMMENT ON TABLE db.interface IS 'Work places: which set of screens a client program shows.';
COMMENT ON COLUMN db.interface.id IS 'Identifier';
COMMENT ON COLUMN db.interface.code IS 'Code';
COMMENT ON COLUMN db.interface.name IS 'Name';
COMMENT ON COLUMN db.interface.description IS 'Description';

CREATE INDEX ON db.interface (code);
