-- Rights in classes and methods. Whoever has no row, and whose groups have none, has no right.

-- db.acu ----------------------------------------------------------------------
CREATE TABLE db.acu (
    class       uuid NOT NULL REFERENCES db.class_tree(id) ON DELETE CASCADE,
    userid      uuid NOT NULL REFERENCES db."user"(id) ON DELETE CASCADE,
    deny        bit(5) NOT NULL,
    allow       bit(5) NOT NULL,
    mask        bit(5) NOT NULL DEFAULT B'00000',
    PRIMARY KEY (class, userid)
);

COMMENT ON TABLE db.acu IS
$$Rights in a class, bits from the left: a access, c create, s select, u update, d delete.

The template of new objects, of new methods and of classes below.$$;
COMMENT ON COLUMN db.acu.class IS 'Class';
COMMENT ON COLUMN db.acu.userid IS 'User or group';
COMMENT ON COLUMN db.acu.deny IS 'Rights denied; a denial of any group wins';
COMMENT ON COLUMN db.acu.allow IS 'Rights allowed';
COMMENT ON COLUMN db.acu.mask IS 'Allowed and not denied in this row';

CREATE INDEX ON db.acu (userid);

-- db.amu ----------------------------------------------------------------------
CREATE TABLE db.amu (
    method      uuid NOT NULL REFERENCES db.method(id) ON DELETE CASCADE,
    userid      uuid NOT NULL REFERENCES db."user"(id) ON DELETE CASCADE,
    deny        bit(3) NOT NULL,
    allow       bit(3) NOT NULL,
    mask        bit(3) NOT NULL DEFAULT B'000',
    PRIMARY KEY (method, userid) INCLUDE (deny, allow)
);

COMMENT ON TABLE db.amu IS
$$Rights in a method, bits from the left: x execute, v visible, e enable.

Only x is enforced, v and e are hints for what people see.$$;
COMMENT ON COLUMN db.amu.method IS 'Method';
COMMENT ON COLUMN db.amu.userid IS 'User or group';
COMMENT ON COLUMN db.amu.deny IS 'Rights denied; a denial of any group wins';
COMMENT ON COLUMN db.amu.allow IS 'Rights allowed';
COMMENT ON COLUMN db.amu.mask IS 'Allowed and not denied in this row';

CREATE INDEX ON db.amu (userid);
