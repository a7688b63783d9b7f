-- What can be hung on an object of any class.

-- db.object_group -------------------------------------------------------------
CREATE TABLE db.object_group (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    owner       uuid NOT NULL REFERENCES db."user"(id) ON DELETE CASCADE,
    code        text NOT NULL,
    name        text NOT NULL,
    description text
);

COMMENT ON TABLE db.object_group IS 'Personal collections of objects.';
COMMENT ON COLUMN db.object_group.id IS 'Identifier';
COMMENT ON COLUMN db.object_group.owner IS 'User whose collection it is';
COMMENT ON COLUMN db.object_group.code IS 'Code, unique for the user';
COMMENT ON COLUMN db.object_group.name IS 'Name';
COMMENT ON COLUMN db.object_group.description IS 'Description';

CREATE UNIQUE INDEX ON db.object_group (owner, code);

-- db.object_group_member ------------------------------------------------------
CREATE TABLE db.object_group_member (
    gid         uuid NOT NULL REFERENCES db.object_group(id) ON DELETE CASCADE,
    object      uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    PRIMARY KEY (gid, object)
);

COMMENT ON TABLE db.object_group_member IS 'What is in the collections.';
COMMENT ON COLUMN db.object_group_member.gid IS 'Collection';
COMMENT ON COLUMN db.object_group_member.object IS 'Object';

CREATE INDEX ON db.object_group_member (object);

-- db.object_link --------------------------------------------------------------
CREATE TABLE db.object_link (
    id            uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    object        uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    linked        uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    key           text NOT NULL,
    validfromdate timestamptz NOT NULL DEFAULT now(),
    validtodate   timestamptz NOT NULL DEFAULT MAXDATE(),
    CHECK (validfromdate <= validtodate)
);

COMMENT ON TABLE db.object_link IS 'Links from object to object under a key, with their validity.';
COMMENT ON COLUMN db.object_link.id IS 'Identifier';
COMMENT ON COLUMN db.object_link.object IS 'Object that the link starts from';
COMMENT ON COLUMN db.object_link.linked IS 'Object that it leads to';
COMMENT ON COLUMN db.object_link.key IS 'Key';
COMMENT ON COLUMN db.object_link.validfromdate IS 'Valid from this moment';
COMMENT ON COLUMN db.object_link.validtodate IS 'Valid before this moment';

CREATE UNIQUE INDEX ON db.object_link (object, key, validfromdate, validtodate);
CREATE INDEX ON db.object_link (linked, object);

-- db.object_reference ---------------------------------------------------------
CREATE TABLE db.object_reference (
    id            uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    object        uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    key           text NOT NULL,
    reference     text NOT NULL,
    validfromdate timestamptz NOT NULL DEFAULT now(),
    validtodate   timestamptz NOT NULL DEFAULT MAXDATE(),
    CHECK (validfromdate <= validtodate)
);

COMMENT ON TABLE db.object_reference IS 'What objects are called in other systems, under a key, with the validity.';
COMMENT ON COLUMN db.object_reference.id IS 'Identifier';
COMMENT ON COLUMN db.object_reference.object IS 'Object';
COMMENT ON COLUMN db.object_reference.key IS 'Key';
COMMENT ON COLUMN db.object_reference.reference IS 'Identifier elsewhere';
COMMENT ON COLUMN db.object_reference.validfromdate IS 'Valid from this moment';
COMMENT ON COLUMN db.object_reference.validtodate IS 'Valid before this moment';

CREATE UNIQUE INDEX ON db.object_reference (object, key, validfromdate, validtodate);
CREATE UNIQUE INDEX ON db.object_reference (reference, key, validfromdate, validtodate);

-- db.object_data --------------------------------------------------------------
CREATE TABLE db.object_data (
    object      uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    type        text NOT NULL DEFAULT 'text' CHECK (type IN ('text', 'json', 'xml', 'base64')),
    code        text NOT NULL,
    data        text,
    PRIMARY KEY (object, type, code)
);

COMMENT ON TABLE db.object_data IS 'Data of objects that have no column of their own.';
COMMENT ON COLUMN db.object_data.object IS 'Object';
COMMENT ON COLUMN db.object_data.type IS 'text, json, xml or base64';
COMMENT ON COLUMN db.object_data.code IS 'Code';
COMMENT ON COLUMN db.object_data.data IS 'Data';

-- db.object_file --------------------------------------------------------------
CREATE TABLE db.object_file (
    object      uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    file        uuid NOT NULL REFERENCES db.file(id) ON DELETE RESTRICT,
    updated     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (object, file)
);

COMMENT ON TABLE db.object_file IS 'Files attached to objects.';
COMMENT ON COLUMN db.object_file.object IS 'Object';
COMMENT ON COLUMN db.object_file.file IS 'File';
COMMENT ON COLUMN db.object_file.updated IS 'When it was attached, or set last';

CREATE INDEX ON db.object_file (file);

-- db.object_coordinates -------------------------------------------------------
CREATE TABLE db.object_coordinates (
    id            uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    object        uuid NOT NULL REFERENCES db.object(id),
    code          text NOT NULL,
    latitude      numeric NOT NULL,
    longitude     numeric NOT NULL,
    accuracy      numeric NOT NULL DEFAULT 0,
    label         text,
    description   text,
    data          jsonb,
    validfromdate timestamptz NOT NULL DEFAULT now(),
    validtodate   timestamptz NOT NULL DEFAULT MAXDATE(),
    CHECK (validfromdate <= validtodate)
);

COMMENT ON TABLE db.object_coordinates IS 'Where objects are and were.';
COMMENT ON COLUMN db.object_coordinates.id IS 'Identifier';
COMMENT ON COLUMN db.object_coordinates.object IS 'Object';
COMMENT ON COLUMN db.object_coordinates.code IS 'Code: an object can have several places';
COMMENT ON COLUMN db.object_coordinates.latitude IS 'Latitude';
COMMENT ON COLUMN db.object_coordinates.longitude IS 'Longitude';
COMMENT ON COLUMN db.object_coordinates.accuracy IS 'Accuracy';
COMMENT ON COLUMN db.object_coordinates.label IS 'Label';
COMMENT ON COLUMN db.object_coordinates.description IS 'Description';
COMMENT ON COLUMN db.object_coordinates.data IS 'Further data';
COMMENT ON COLUMN db.object_coordinates.validfromdate IS 'There from this moment';
COMMENT ON COLUMN db.object_coordinates.validtodate IS 'There before this moment';

CREATE UNIQUE INDEX ON db.object_coordinates (object, code, validfromdate, validtodate);

-- db.notification -------------------------------------------------------------
CREATE TABLE db.notification (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    entity      uuid NOT NULL,
    class       uuid NOT NULL,
    action      uuid NOT NULL,
    method      uuid NOT NULL,
    state_old   uuid,
    state_new   uuid,
    object      uuid NOT NULL REFERENCES db.object(id) ON DELETE CASCADE,
    userid      uuid NOT NULL REFERENCES db."user"(id) ON DELETE CASCADE,
    datetime    timestamptz NOT NULL DEFAULT now()
);

-- No foreign keys into the workflow: what has happened stays true when a method is deleted, and a
-- row is written with every action.
COMMENT ON TABLE db.notification IS 'The actions that were executed: history of the methods of objects, source of NOTIFY.';
COMMENT ON COLUMN db.notification.id IS 'Identifier';
COMMENT ON COLUMN db.notification.entity IS 'Entity of the object';
COMMENT ON COLUMN db.notification.class IS 'Class of the object';
COMMENT ON COLUMN db.notification.action IS 'Action';
COMMENT ON COLUMN db.notification.method IS 'Method';
COMMENT ON COLUMN db.notification.state_old IS 'State before';
COMMENT ON COLUMN db.notification.state_new IS 'State afterwards';
COMMENT ON COLUMN db.notification.object IS 'Object';
COMMENT ON COLUMN db.notification.userid IS 'User who executed it';
COMMENT ON COLUMN db.notification.datetime IS 'When';

CREATE INDEX ON db.notification (object, datetime DESC);
CREATE INDEX ON db.notification (datetime);
CREATE INDEX ON db.notification (userid, datetime);
