-- Classes that were there before.
SELECT RefreshClassAcl(c.id)
  FROM db.class_tree c
 WHERE NOT EXISTS (SELECT FROM db.class_acl a WHERE a.class = c.id);
