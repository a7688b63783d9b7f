-- Rights in objects with everything they are about, and who may read what.

-- aou -------------------------------------------------------------------------
CREATE OR REPLACE VIEW aou AS
  SELECT a.object, o.entity, o.entitycode, o.entityname, o.class, o.classcode, o.classlabel,
         o.type, o.typecode, o.typename, o.typedescription, o.label, o.text,
         o.statetype, o.statetypecode, o.statetypename, o.state, o.statecode, o.statelabel, o.lastupdate,
         o.owner, o.ownercode, o.ownername, o.created, o.oper, o.opercode, o.opername, o.operdate,
         a.userid, u.type AS role, u.username, u.name, u.description, a.deny::bit(3) AS deny,
         a.allow::bit(3) AS allow, a.mask::bit(3) AS mask
    FROM db.aou a
   INNER JOIN Object o ON o.id = a.object
   INNER JOIN db."user" u ON u.id = a.userid;

COMMENT ON VIEW aou IS 'Rights in objects with everything they are about.';

-- AccessObject ----------------------------------------------------------------
DO $do$
BEGIN
  EXECUTE format('CREATE OR REPLACE VIEW AccessObject AS
  SELECT o.id AS object
    FROM db.object o
   WHERE o.scope = current_scope()
     AND %s', AccessCondition('o'));
END;
$do$;

COMMENT ON VIEW AccessObject IS 'Objects of the current scope that the current user may read.';
