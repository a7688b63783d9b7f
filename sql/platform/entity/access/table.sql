-- Rights in objects. Objects with the same rights share a set: a change of one object gives it
-- another set, made when there is none like it. A set never changes once it is made.

-- db.acl_set ------------------------------------------------------------------
CREATE TABLE db.acl_set (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash        text NOT NULL UNIQUE
);

COMMENT ON TABLE db.acl_set IS 'Sets of rights that objects point to.';
COMMENT ON COLUMN db.acl_set.id IS 'Identifier';
COMMENT ON COLUMN db.acl_set.hash IS 'Hash of the entries: the same rights make the same set';

-- db.acl_set_entry ------------------------------------------------------------
CREATE TABLE db.acl_set_entry (
    acl         integer NOT NULL REFERENCES db.acl_set(id) ON DELETE CASCADE,
    userid      uuid NOT NULL REFERENCES db."user"(id) ON DELETE CASCADE,
    deny        bit(3) NOT NULL,
    allow       bit(3) NOT NULL,
    PRIMARY KEY (acl, userid) INCLUDE (deny, allow)
);

COMMENT ON TABLE db.acl_set_entry IS
$$Who has which rights in the objects of a set, bits from the left: s select, u update, d delete.

The owner of an object has all rights in it unless the set names him.$$;
COMMENT ON COLUMN db.acl_set_entry.acl IS 'Set';
COMMENT ON COLUMN db.acl_set_entry.userid IS 'User or group';
COMMENT ON COLUMN db.acl_set_entry.deny IS 'Rights denied; a denial of any group wins';
COMMENT ON COLUMN db.acl_set_entry.allow IS 'Rights allowed';

CREATE INDEX ON db.acl_set_entry (userid, acl) INCLUDE (deny, allow);

-- db.class_acl ----------------------------------------------------------------
CREATE TABLE db.class_acl (
    class       uuid PRIMARY KEY REFERENCES db.class_tree(id) ON DELETE CASCADE,
    acl         integer NOT NULL REFERENCES db.acl_set(id)
);

COMMENT ON TABLE db.class_acl IS 'The set that a new object of a class gets: select, update, delete of db.acu.';
COMMENT ON COLUMN db.class_acl.class IS 'Class';
COMMENT ON COLUMN db.class_acl.acl IS 'Set';
