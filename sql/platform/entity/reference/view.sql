-- References as people see them.

-- Reference, CurrentReference -------------------------------------------------
CREATE OR REPLACE VIEW Reference AS
  SELECT r.id, r.object, r.entity, r.class, r.type, r.code, y.name, y.description,
         r.scope, sc.code AS scopecode, sc.name AS scopename, sc.description AS scopedescription
    FROM db.reference r
   INNER JOIN db.scope sc ON sc.id = r.scope
    LEFT JOIN LATERAL (
         SELECT z.name, z.description
           FROM db.reference_text z
          WHERE z.reference = r.id
          ORDER BY z.locale <> (SELECT current_locale()), z.locale <> (SELECT DefaultLocale()), z.locale
          LIMIT 1) y ON true;

COMMENT ON VIEW Reference IS 'References of all scopes.';

CREATE OR REPLACE VIEW CurrentReference AS
  SELECT *
    FROM Reference
   WHERE scope = current_scope();

COMMENT ON VIEW CurrentReference IS 'References of the current scope.';

-- ObjectReference -------------------------------------------------------------
CREATE OR REPLACE VIEW ObjectReference AS
  SELECT r.id, r.object, o.parent,
         o.entity, e.code AS entitycode, COALESCE(el.label, e.code) AS entityname,
         o.class, c.code AS classcode, COALESCE(cl.label, c.code) AS classlabel,
         o.type, t.code AS typecode, COALESCE(tl.label, t.code) AS typename, tl.description AS typedescription,
         r.code, y.name, x.label, y.description,
         o.state_type AS statetype, st.code AS statetypecode, COALESCE(stl.label, st.code) AS statetypename,
         o.state, s.code AS statecode, COALESCE(sl.label, s.code) AS statelabel,
         o.udate AS lastupdate,
         o.owner, w.username AS ownercode, w.name AS ownername, o.pdate AS created,
         o.oper, u.username AS opercode, u.name AS opername, o.ldate AS operdate,
         r.scope, sc.code AS scopecode, sc.name AS scopename, sc.description AS scopedescription
    FROM db.object o
   INNER JOIN db.reference r ON r.id = o.id
   INNER JOIN db.state s ON s.id = o.state
   INNER JOIN db.state_type st ON st.id = o.state_type
   INNER JOIN db.entity e ON e.id = o.entity
   INNER JOIN db.class_tree c ON c.id = o.class
   INNER JOIN db.type t ON t.id = o.type
   INNER JOIN db."user" w ON w.id = o.owner
   INNER JOIN db."user" u ON u.id = o.oper
   INNER JOIN db.scope sc ON sc.id = r.scope
    LEFT JOIN db.workflow_label el ON el.id = o.entity AND el.locale = current_locale()
    LEFT JOIN db.workflow_label cl ON cl.id = o.class AND cl.locale = current_locale()
    LEFT JOIN db.workflow_label tl ON tl.id = o.type AND tl.locale = current_locale()
    LEFT JOIN db.workflow_label stl ON stl.id = o.state_type AND stl.locale = current_locale()
    LEFT JOIN db.workflow_label sl ON sl.id = o.state AND sl.locale = current_locale()
    LEFT JOIN LATERAL (
         SELECT z.label
           FROM db.object_text z
          WHERE z.object = o.id
          ORDER BY z.locale <> (SELECT current_locale()), z.locale <> (SELECT DefaultLocale()), z.locale
          LIMIT 1) x ON true
    LEFT JOIN LATERAL (
         SELECT z.name, z.description
           FROM db.reference_text z
          WHERE z.reference = o.id
          ORDER BY z.locale <> (SELECT current_locale()), z.locale <> (SELECT DefaultLocale()), z.locale
          LIMIT 1) y ON true
   WHERE r.scope = current_scope();

COMMENT ON VIEW ObjectReference IS 'References of the current scope, with all of their object.';

-- AccessReference -------------------------------------------------------------
DO $do$
BEGIN
  EXECUTE format('CREATE OR REPLACE VIEW AccessReference AS
  SELECT o.id AS object
    FROM db.object o
   INNER JOIN db.reference r ON r.id = o.id
   WHERE o.scope = current_scope()
     AND %s', AccessCondition('o'));
END;
$do$;

COMMENT ON VIEW AccessReference IS 'References of the current scope that the current user may read.';

-- api.reference ---------------------------------------------------------------
CREATE OR REPLACE VIEW api.reference AS
  SELECT r.*
    FROM ObjectReference r
   INNER JOIN AccessReference a ON a.object = r.id;

COMMENT ON VIEW api.reference IS 'References of the current scope that the current user may read.';

SELECT RegisterView('api.reference');
SELECT BuildRows('reference', 'ObjectReference');
SELECT DefineSource('reference', 'api.reference',
  ObjectJoins() || jsonb_build_array(
    '["r", "INNER JOIN db.reference r ON r.id = o.id", []]'::jsonb,
    jsonb_build_array('rt', TextJoin('rt', 'reference_text', 'reference'), '[]'::jsonb)),
  ObjectColumns() || '{
    "object": ["o.id"], "code": ["r.code", "r"], "name": ["rt.name", "rt"], "description": ["rt.description", "rt"]
  }', 'o.area IS NULL');
