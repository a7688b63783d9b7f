-- Views of the workflow in the current locale. A label is one join: db.workflow_label has every row
-- in every locale. Joins from the left cost nothing to a query that does not ask for their columns.

-- Entity ----------------------------------------------------------------------
CREATE OR REPLACE VIEW Entity AS
  SELECT e.id, e.code, COALESCE(l.label, e.code) AS name, l.description
    FROM db.entity e
    LEFT JOIN db.workflow_label l ON l.id = e.id AND l.locale = current_locale();

COMMENT ON VIEW Entity IS 'Entities.';

-- Class -----------------------------------------------------------------------
CREATE OR REPLACE VIEW Class AS
  SELECT c.id, c.parent, c.entity, e.code AS entitycode, COALESCE(el.label, e.code) AS entityname,
         c.level, c.code, COALESCE(l.label, c.code) AS label, c.abstract
    FROM db.class_tree c
   INNER JOIN db.entity e ON e.id = c.entity
    LEFT JOIN db.workflow_label el ON el.id = c.entity AND el.locale = current_locale()
    LEFT JOIN db.workflow_label l ON l.id = c.id AND l.locale = current_locale();

COMMENT ON VIEW Class IS 'Classes.';

-- ClassTree -------------------------------------------------------------------
CREATE OR REPLACE VIEW ClassTree AS
  WITH RECURSIVE ranked AS (
    SELECT id, parent, row_number() OVER (PARTITION BY parent ORDER BY code) AS place
      FROM db.class_tree
  ), tree (id, sortlist) AS (
    SELECT id, ARRAY[place]
      FROM ranked
     WHERE parent IS NULL
     UNION ALL
    SELECT r.id, t.sortlist || r.place
      FROM tree t
     INNER JOIN ranked r ON r.parent = t.id
  )
  SELECT c.*, t.sortlist
    FROM tree t
   INNER JOIN Class c ON c.id = t.id;

COMMENT ON VIEW ClassTree IS 'Classes as a tree: ordered by sortlist, each follows its parent.';

-- Type ------------------------------------------------------------------------
CREATE OR REPLACE VIEW Type AS
  SELECT t.id, c.entity, e.code AS entitycode, COALESCE(el.label, e.code) AS entityname,
         t.class, c.code AS classcode, COALESCE(cl.label, c.code) AS classlabel,
         t.code, COALESCE(l.label, t.code) AS name, l.description
    FROM db.type t
   INNER JOIN db.class_tree c ON c.id = t.class
   INNER JOIN db.entity e ON e.id = c.entity
    LEFT JOIN db.workflow_label el ON el.id = c.entity AND el.locale = current_locale()
    LEFT JOIN db.workflow_label cl ON cl.id = t.class AND cl.locale = current_locale()
    LEFT JOIN db.workflow_label l ON l.id = t.id AND l.locale = current_locale();

COMMENT ON VIEW Type IS 'Types of classes.';

-- StateType -------------------------------------------------------------------
CREATE OR REPLACE VIEW StateType AS
  SELECT s.id, s.code, COALESCE(l.label, s.code) AS name, l.description
    FROM db.state_type s
    LEFT JOIN db.workflow_label l ON l.id = s.id AND l.locale = current_locale();

COMMENT ON VIEW StateType IS 'Kinds of states.';

-- State -----------------------------------------------------------------------
CREATE OR REPLACE VIEW State AS
  SELECT s.id, c.entity, e.code AS entitycode, COALESCE(el.label, e.code) AS entityname,
         s.class, c.code AS classcode, COALESCE(cl.label, c.code) AS classlabel,
         s.type, t.code AS typecode, COALESCE(tl.label, t.code) AS typename,
         s.code, COALESCE(l.label, s.code) AS label, s.sequence
    FROM db.state s
   INNER JOIN db.class_tree c ON c.id = s.class
   INNER JOIN db.entity e ON e.id = c.entity
   INNER JOIN db.state_type t ON t.id = s.type
    LEFT JOIN db.workflow_label el ON el.id = c.entity AND el.locale = current_locale()
    LEFT JOIN db.workflow_label cl ON cl.id = s.class AND cl.locale = current_locale()
    LEFT JOIN db.workflow_label tl ON tl.id = s.type AND tl.locale = current_locale()
    LEFT JOIN db.workflow_label l ON l.id = s.id AND l.locale = current_locale();

COMMENT ON VIEW State IS 'States of classes.';

-- Action ----------------------------------------------------------------------
CREATE OR REPLACE VIEW Action AS
  SELECT a.id, a.code, COALESCE(l.label, a.code) AS name, l.description
    FROM db.action a
    LEFT JOIN db.workflow_label l ON l.id = a.id AND l.locale = current_locale();

COMMENT ON VIEW Action IS 'Actions.';

-- Method ----------------------------------------------------------------------
CREATE OR REPLACE VIEW Method AS
  SELECT m.id, m.parent, c.entity, e.code AS entitycode, COALESCE(el.label, e.code) AS entityname,
         m.class, c.code AS classcode, COALESCE(cl.label, c.code) AS classlabel,
         m.state, s.code AS statecode, COALESCE(sl.label, s.code) AS statelabel,
         m.action, a.code AS actioncode, COALESCE(al.label, a.code) AS actionname,
         m.code, COALESCE(l.label, m.code) AS label, m.sequence
    FROM db.method m
   INNER JOIN db.class_tree c ON c.id = m.class
   INNER JOIN db.entity e ON e.id = c.entity
   INNER JOIN db.action a ON a.id = m.action
    LEFT JOIN db.state s ON s.id = m.state
    LEFT JOIN db.workflow_label el ON el.id = c.entity AND el.locale = current_locale()
    LEFT JOIN db.workflow_label cl ON cl.id = m.class AND cl.locale = current_locale()
    LEFT JOIN db.workflow_label sl ON sl.id = m.state AND sl.locale = current_locale()
    LEFT JOIN db.workflow_label al ON al.id = m.action AND al.locale = current_locale()
    LEFT JOIN db.workflow_label l ON l.id = m.id AND l.locale = current_locale();

COMMENT ON VIEW Method IS 'Methods of classes.';

-- Transition ------------------------------------------------------------------
CREATE OR REPLACE VIEW Transition AS
  SELECT t.id, t.state, st.code AS statetypecode, COALESCE(stl.label, st.code) AS statetypename,
         s.code AS statecode, COALESCE(sl.label, s.code) AS statelabel,
         t.method, m.code AS methodcode, COALESCE(ml.label, m.code) AS methodlabel,
         a.code AS actioncode, COALESCE(al.label, a.code) AS actionname,
         t.newstate, nt.code AS newstatetypecode, COALESCE(ntl.label, nt.code) AS newstatetypename,
         n.code AS newstatecode, COALESCE(nl.label, n.code) AS newstatelabel
    FROM db.transition t
   INNER JOIN db.method m ON m.id = t.method
   INNER JOIN db.action a ON a.id = m.action
   INNER JOIN db.state n ON n.id = t.newstate
   INNER JOIN db.state_type nt ON nt.id = n.type
    LEFT JOIN db.state s ON s.id = t.state
    LEFT JOIN db.state_type st ON st.id = s.type
    LEFT JOIN db.workflow_label ml ON ml.id = t.method AND ml.locale = current_locale()
    LEFT JOIN db.workflow_label al ON al.id = m.action AND al.locale = current_locale()
    LEFT JOIN db.workflow_label nl ON nl.id = t.newstate AND nl.locale = current_locale()
    LEFT JOIN db.workflow_label ntl ON ntl.id = n.type AND ntl.locale = current_locale()
    LEFT JOIN db.workflow_label sl ON sl.id = t.state AND sl.locale = current_locale()
    LEFT JOIN db.workflow_label stl ON stl.id = s.type AND stl.locale = current_locale();

COMMENT ON VIEW Transition IS 'Transitions of methods.';

-- EventType -------------------------------------------------------------------
CREATE OR REPLACE VIEW EventType AS
  SELECT t.id, t.code, COALESCE(l.label, t.code) AS name, l.description
    FROM db.event_type t
    LEFT JOIN db.workflow_label l ON l.id = t.id AND l.locale = current_locale();

COMMENT ON VIEW EventType IS 'Kinds of events.';

-- Event -----------------------------------------------------------------------
CREATE OR REPLACE VIEW Event AS
  SELECT e.id, e.class, e.type, t.code AS typecode, COALESCE(tl.label, t.code) AS typename,
         e.action, a.code AS actioncode, COALESCE(al.label, a.code) AS actionname,
         l.label, e.text, e.sequence, e.enabled
    FROM db.event e
   INNER JOIN db.event_type t ON t.id = e.type
   INNER JOIN db.action a ON a.id = e.action
    LEFT JOIN db.workflow_label tl ON tl.id = e.type AND tl.locale = current_locale()
    LEFT JOIN db.workflow_label al ON al.id = e.action AND al.locale = current_locale()
    LEFT JOIN db.workflow_label l ON l.id = e.id AND l.locale = current_locale();

COMMENT ON VIEW Event IS 'Events of classes.';

-- Priority --------------------------------------------------------------------
CREATE OR REPLACE VIEW Priority AS
  SELECT p.id, p.code, COALESCE(l.label, p.code) AS name, l.description
    FROM db.priority p
    LEFT JOIN db.workflow_label l ON l.id = p.id AND l.locale = current_locale();

COMMENT ON VIEW Priority IS 'Priorities.';

-- ClassMembers ----------------------------------------------------------------
CREATE OR REPLACE VIEW ClassMembers AS
  SELECT a.class, a.userid, a.deny::integer AS deny, a.allow::integer AS allow, a.mask::integer AS mask,
         u.type, u.username, u.name, u.description
    FROM db.acu a
   INNER JOIN db."user" u ON u.id = a.userid;

COMMENT ON VIEW ClassMembers IS 'Users and groups with rights in classes.';

-- MethodMembers ---------------------------------------------------------------
CREATE OR REPLACE VIEW MethodMembers AS
  SELECT a.method, a.userid, a.deny::integer AS deny, a.allow::integer AS allow, a.mask::integer AS mask,
         u.type, u.username, u.name, u.description
    FROM db.amu a
   INNER JOIN db."user" u ON u.id = a.userid;

COMMENT ON VIEW MethodMembers IS 'Users and groups with rights in methods.';

-- amu -------------------------------------------------------------------------
CREATE OR REPLACE VIEW amu AS
  SELECT m.class, m.classcode, m.classlabel, m.action, m.actioncode, m.actionname,
         a.method, m.code, m.label, a.userid, u.type, u.username, u.name, u.description,
         a.deny, a.allow, a.mask
    FROM db.amu a
   INNER JOIN Method m ON m.id = a.method
   INNER JOIN db."user" u ON u.id = a.userid;

COMMENT ON VIEW amu IS 'Rights in methods with everything they are about.';
