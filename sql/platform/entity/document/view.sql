-- Documents as people see them.

-- Document, CurrentDocument ---------------------------------------------------
CREATE OR REPLACE VIEW Document AS
  SELECT d.id, d.object,
         d.entity, e.code AS entitycode, COALESCE(el.label, e.code) AS entityname,
         d.class, c.code AS classcode, COALESCE(cl.label, c.code) AS classlabel,
         d.type, t.code AS typecode, COALESCE(tl.label, t.code) AS typename, tl.description AS typedescription,
         y.description,
         d.priority, p.code AS prioritycode, COALESCE(pl.label, p.code) AS priorityname, pl.description AS prioritydescription,
         d.area, a.code AS areacode, a.name AS areaname, a.description AS areadescription,
         d.scope, sc.code AS scopecode, sc.name AS scopename, sc.description AS scopedescription
    FROM db.document d
   INNER JOIN db.entity e ON e.id = d.entity
   INNER JOIN db.class_tree c ON c.id = d.class
   INNER JOIN db.type t ON t.id = d.type
   INNER JOIN db.priority p ON p.id = d.priority
   INNER JOIN db.area a ON a.id = d.area
   INNER JOIN db.scope sc ON sc.id = d.scope
    LEFT JOIN db.workflow_label el ON el.id = d.entity AND el.locale = current_locale()
    LEFT JOIN db.workflow_label cl ON cl.id = d.class AND cl.locale = current_locale()
    LEFT JOIN db.workflow_label tl ON tl.id = d.type AND tl.locale = current_locale()
    LEFT JOIN db.workflow_label pl ON pl.id = d.priority AND pl.locale = current_locale()
    LEFT JOIN LATERAL (
         SELECT z.description
           FROM db.document_text z
          WHERE z.document = d.id
          ORDER BY z.locale <> (SELECT current_locale()), z.locale <> (SELECT DefaultLocale()), z.locale
          LIMIT 1) y ON true;

COMMENT ON VIEW Document IS 'Documents of all areas.';

CREATE OR REPLACE VIEW CurrentDocument AS
  SELECT *
    FROM Document
   WHERE area = ANY ((SELECT VisibleAreas())::uuid[]);

COMMENT ON VIEW CurrentDocument IS 'Documents seen from the current area.';

-- ObjectDocument --------------------------------------------------------------
CREATE OR REPLACE VIEW ObjectDocument AS
  SELECT d.id, d.object, o.parent,
         o.entity, e.code AS entitycode, COALESCE(el.label, e.code) AS entityname,
         o.class, c.code AS classcode, COALESCE(cl.label, c.code) AS classlabel,
         o.type, t.code AS typecode, COALESCE(tl.label, t.code) AS typename, tl.description AS typedescription,
         x.label, y.description, x.text,
         o.state_type AS statetype, st.code AS statetypecode, COALESCE(stl.label, st.code) AS statetypename,
         o.state, s.code AS statecode, COALESCE(sl.label, s.code) AS statelabel,
         o.udate AS lastupdate,
         d.priority, p.code AS prioritycode, COALESCE(pl.label, p.code) AS priorityname, pl.description AS prioritydescription,
         o.owner, w.username AS ownercode, w.name AS ownername, o.pdate AS created,
         o.oper, u.username AS opercode, u.name AS opername, o.ldate AS operdate,
         d.area, a.code AS areacode, a.name AS areaname, a.description AS areadescription,
         d.scope, sc.code AS scopecode, sc.name AS scopename, sc.description AS scopedescription
    FROM db.object o
   INNER JOIN db.document d ON d.id = o.id
   INNER JOIN db.state s ON s.id = o.state
   INNER JOIN db.state_type st ON st.id = o.state_type
   INNER JOIN db.entity e ON e.id = o.entity
   INNER JOIN db.class_tree c ON c.id = o.class
   INNER JOIN db.type t ON t.id = o.type
   INNER JOIN db.priority p ON p.id = d.priority
   INNER JOIN db.area a ON a.id = d.area
   INNER JOIN db."user" w ON w.id = o.owner
   INNER JOIN db."user" u ON u.id = o.oper
   INNER JOIN db.scope sc ON sc.id = d.scope
    LEFT JOIN db.workflow_label el ON el.id = o.entity AND el.locale = current_locale()
    LEFT JOIN db.workflow_label cl ON cl.id = o.class AND cl.locale = current_locale()
    LEFT JOIN db.workflow_label tl ON tl.id = o.type AND tl.locale = current_locale()
    LEFT JOIN db.workflow_label stl ON stl.id = o.state_type AND stl.locale = current_locale()
    LEFT JOIN db.workflow_label sl ON sl.id = o.state AND sl.locale = current_locale()
    LEFT JOIN db.workflow_label pl ON pl.id = d.priority AND pl.locale = current_locale()
    LEFT JOIN LATERAL (
         SELECT z.label, z.text
           FROM db.object_text z
          WHERE z.object = o.id
          ORDER BY z.locale <> (SELECT current_locale()), z.locale <> (SELECT DefaultLocale()), z.locale
          LIMIT 1) x ON true
    LEFT JOIN LATERAL (
         SELECT z.description
           FROM db.document_text z
          WHERE z.document = o.id
          ORDER BY z.locale <> (SELECT current_locale()), z.locale <> (SELECT DefaultLocale()), z.locale
          LIMIT 1) y ON true
   WHERE o.area = ANY ((SELECT VisibleAreas())::uuid[]);

COMMENT ON VIEW ObjectDocument IS 'Documents seen from the current area, with all of their object.';

-- AccessDocument --------------------------------------------------------------
DO $do$
BEGIN
  EXECUTE format('CREATE OR REPLACE VIEW AccessDocument AS
  SELECT o.id AS object
    FROM db.object o
   WHERE o.area IS NOT NULL
     AND %s', AccessCondition('o'));
END;
$do$;

COMMENT ON VIEW AccessDocument IS 'Documents that the current user may read.';

-- api.document ----------------------------------------------------------------
CREATE OR REPLACE VIEW api.document AS
  SELECT d.*
    FROM ObjectDocument d
   INNER JOIN AccessDocument a ON a.object = d.id;

COMMENT ON VIEW api.document IS 'Documents seen from the current area that the current user may read.';

SELECT RegisterView('api.document');
SELECT BuildRows('document', 'ObjectDocument');
SELECT DefineSource('document', 'api.document',
  ObjectJoins() || jsonb_build_array(
    '["d", "INNER JOIN db.document d ON d.id = o.id", []]'::jsonb,
    '["a", "INNER JOIN db.area a ON a.id = o.area", []]'::jsonb,
    '["p", "INNER JOIN db.priority p ON p.id = d.priority", ["d"]]'::jsonb,
    '["pl", "LEFT JOIN db.workflow_label pl ON pl.id = d.priority AND pl.locale = current_locale()", ["d"]]'::jsonb,
    jsonb_build_array('dt', TextJoin('dt', 'document_text', 'document'), '[]'::jsonb)),
  ObjectColumns() || '{
    "object": ["o.id"], "description": ["dt.description", "dt"],
    "priority": ["d.priority", "d"], "prioritycode": ["p.code", "d", "p"],
    "priorityname": ["COALESCE(pl.label, p.code)", "d", "p", "pl"], "prioritydescription": ["pl.description", "d", "pl"],
    "area": ["o.area"], "areacode": ["a.code", "a"], "areaname": ["a.name", "a"], "areadescription": ["a.description", "a"]
  }', 'o.area IS NOT NULL', true);
