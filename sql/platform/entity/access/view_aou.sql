-- Rights in objects under the names that they have in other systems of this kind, and who may read what.

-- db.aou ----------------------------------------------------------------------
CREATE OR REPLACE VIEW db.aou AS
  SELECT o.id AS object, e.userid, e.deny, e.allow, e.allow & ~e.deny AS mask, o.entity
    FROM db.object o
   INNER JOIN db.acl_set_entry e ON e.acl = o.acl
   UNION ALL
  SELECT o.id, o.owner, B'000', B'111', B'111', o.entity
    FROM db.object o
   WHERE NOT EXISTS (SELECT FROM db.acl_set_entry e WHERE e.acl = o.acl AND e.userid = o.owner);

COMMENT ON VIEW db.aou IS
'Rights in objects, one row an object and user or group: the set of the object, and its owner. SetObjectAccess() changes them.';

-- db.aom ----------------------------------------------------------------------
CREATE OR REPLACE VIEW db.aom AS
  SELECT id AS object, B'111100000'::bit(9) AS mask
    FROM db.object;

COMMENT ON VIEW db.aom IS
'Rights in objects for whom no set names: owner, group, others; each select, update, delete.';

-- db.oma ----------------------------------------------------------------------
CREATE OR REPLACE VIEW db.oma AS
  SELECT o.id AS object, m.id AS method, a.userid, a.mask
    FROM db.object o
   INNER JOIN db.class_ancestor c ON c.class = o.class AND c.concrete
   INNER JOIN db.method m ON m.class = c.ancestor
   INNER JOIN db.amu a ON a.method = m.id;

COMMENT ON VIEW db.oma IS 'Rights in the methods of objects: those in the methods. Nothing is stored for it.';
