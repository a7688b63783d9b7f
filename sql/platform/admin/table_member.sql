-- Who belongs to what. Members of areas and interfaces are users or groups; groups hold users only.

-- db.member_group -------------------------------------------------------------
CREATE TABLE db.member_group (
    userid        uuid NOT NULL REFERENCES db."user" (id),
    member        uuid NOT NULL REFERENCES db."user" (id),
    PRIMARY KEY (userid, member)
);

COMMENT ON TABLE db.member_group IS 'Members of groups.';
COMMENT ON COLUMN db.member_group.userid IS 'Group';
COMMENT ON COLUMN db.member_group.member IS 'User';

CREATE INDEX ON db.member_group (member);

-- db.member_area --------------------------------------------------------------
CREATE TABLE db.member_area (
    area          uuid NOT NULL REFERENCES db.area (id),
    member        uuid NOT NULL REFERENCES db."user" (id),
    PRIMARY KEY (area, member)
);

COMMENT ON TABLE db.member_area IS 'Members of areas; who is member of an area is member of all below it.';
COMMENT ON COLUMN db.member_area.area IS 'Area';
COMMENT ON COLUMN db.member_area.member IS 'User or group';

CREATE INDEX ON db.member_area (member);

-- db.member_interface ---------------------------------------------------------
CREATE TABLE db.member_interface (
    interface     uuid NOT NULL REFERENCES db.interface (id),
    member        uuid NOT NULL REFERENCES db."user" (id),
    PRIMARY KEY (interface, member)
);

COMMENT ON TABLE db.member_interface IS 'Members of interfaces.';
COMMENT ON COLUMN db.member_interface.interface IS 'Interface';
COMMENT ON COLUMN db.member_interface.member IS 'User or group';

CREATE INDEX ON db.member_interface (member);
