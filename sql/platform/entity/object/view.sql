-- Objects as people see them. Joins lead from the object outwards, so that a few rows by identifier
-- cost a few index look-ups. The text of the reader's locale comes first, then that of the default
-- locale, then any.

-- Object ----------------------------------------------------------------------
CREATE OR REPLACE VIEW Object AS
  SELECT o.id, o.parent,
         o.entity, e.code AS entitycode, COALESCE(el.label, e.code) AS entityname,
         o.class, c.code AS classcode, COALESCE(cl.label, c.code) AS classlabel,
         o.type, t.code AS typecode, COALESCE(tl.label, t.code) AS typename, tl.description AS typedescription,
         x.label, x.text,
         o.state_type AS statetype, st.code AS statetypecode, COALESCE(stl.label, st.code) AS statetypename,
         o.state, s.code AS statecode, COALESCE(sl.label, s.code) AS statelabel,
         o.udate AS lastupdate,
         o.owner, w.username AS ownercode, w.name AS ownername, o.pdate AS created,
         o.oper, u.username AS opercode, u.name AS opername, o.ldate AS operdate,
         o.scope, sc.code AS scopecode, sc.name AS scopename, sc.description AS scopedescription
    FROM db.object o
   INNER JOIN db.state s ON s.id = o.state
   INNER JOIN db.state_type st ON st.id = o.state_type
   INNER JOIN db.entity e ON e.id = o.entity
   INNER JOIN db.class_tree c ON c.id = o.class
   INNER JOIN db.type t ON t.id = o.type
   INNER JOIN db."user" w ON w.id = o.owner
   INNER JOIN db."user" u ON u.id = o.oper
   INNER JOIN db.scope sc ON sc.id = o.scope
    LEFT JOIN db.workflow_label el ON el.id = o.entity AND el.locale = current_locale()
    LEFT JOIN db.workflow_label cl ON cl.id = o.class AND cl.locale = current_locale()
    LEFT JOIN db.workflow_label tl ON tl.id = o.type AND tl.locale = current_locale()
    LEFT JOIN db.workflow_label stl ON stl.id = o.state_type AND stl.locale = current_locale()
    LEFT JOIN db.workflow_label sl ON sl.id = o.state AND sl.locale = current_locale()
    LEFT JOIN LATERAL (
         SELECT y.label, y.text
           FROM db.object_text y
          WHERE y.object = o.id
          ORDER BY y.locale <> (SELECT current_locale()), y.locale <> (SELECT DefaultLocale()), y.locale
          LIMIT 1) x ON true;

COMMENT ON VIEW Object IS 'Objects of every class and scope; an object without a state is not shown.';

-- ObjectState -----------------------------------------------------------------
CREATE OR REPLACE VIEW ObjectState AS
  SELECT h.id, h.object, s.class, h.state,
         t.code AS statetypecode, COALESCE(tl.label, t.code) AS statetypename,
         s.code AS statecode, COALESCE(sl.label, s.code) AS statelabel,
         h.validfromdate, h.validtodate
    FROM db.object_state h
   INNER JOIN db.state s ON s.id = h.state
   INNER JOIN db.state_type t ON t.id = s.type
    LEFT JOIN db.workflow_label tl ON tl.id = t.id AND tl.locale = current_locale()
    LEFT JOIN db.workflow_label sl ON sl.id = s.id AND sl.locale = current_locale();

COMMENT ON VIEW ObjectState IS 'History of the states of objects.';

-- ObjectMethodHistory ---------------------------------------------------------
CREATE OR REPLACE VIEW ObjectMethodHistory AS
  SELECT n.id, n.object, n.datetime,
         n.userid, u.username, u.name AS fullname,
         p.family_name AS lastname, p.given_name AS firstname, p.patronymic_name AS middlename,
         u.phone, u.email, p.email_verified AS emailverified, p.phone_verified AS phoneverified, p.picture,
         n.method, m.code AS methodcode, COALESCE(ml.label, m.code) AS methodlabel,
         n.action, a.code AS actioncode, COALESCE(al.label, a.code) AS actionname, al.description AS actiondescription,
         so.type AS stateoldtype, sot.code AS stateoldtypecode, COALESCE(sotl.label, sot.code) AS stateoldtypename,
         n.state_old AS stateold, so.code AS stateoldcode, COALESCE(sol.label, so.code) AS stateoldlabel,
         sn.type AS statenewtype, snt.code AS statenewtypecode, COALESCE(sntl.label, snt.code) AS statenewtypename,
         n.state_new AS statenew, sn.code AS statenewcode, COALESCE(snl.label, sn.code) AS statenewlabel
    FROM db.notification n
   INNER JOIN db."user" u ON u.id = n.userid
   INNER JOIN db.profile p ON p.userid = n.userid AND p.scope = current_scope()
    LEFT JOIN db.method m ON m.id = n.method
    LEFT JOIN db.action a ON a.id = n.action
    LEFT JOIN db.state so ON so.id = n.state_old
    LEFT JOIN db.state_type sot ON sot.id = so.type
    LEFT JOIN db.state sn ON sn.id = n.state_new
    LEFT JOIN db.state_type snt ON snt.id = sn.type
    LEFT JOIN db.workflow_label ml ON ml.id = n.method AND ml.locale = current_locale()
    LEFT JOIN db.workflow_label al ON al.id = n.action AND al.locale = current_locale()
    LEFT JOIN db.workflow_label sol ON sol.id = n.state_old AND sol.locale = current_locale()
    LEFT JOIN db.workflow_label sotl ON sotl.id = so.type AND sotl.locale = current_locale()
    LEFT JOIN db.workflow_label snl ON snl.id = n.state_new AND snl.locale = current_locale()
    LEFT JOIN db.workflow_label sntl ON sntl.id = sn.type AND sntl.locale = current_locale();

COMMENT ON VIEW ObjectMethodHistory IS
'Actions that were executed, by whom and with which result; of users with a profile in the current scope.';

-- ObjectMembers ---------------------------------------------------------------
CREATE OR REPLACE VIEW ObjectMembers AS
  SELECT a.object, a.userid, a.deny::integer AS deny, a.allow::integer AS allow, a.mask::integer AS mask,
         u.type, u.username, u.name, u.description
    FROM db.aou a
   INNER JOIN db."user" u ON u.id = a.userid;

COMMENT ON VIEW ObjectMembers IS 'Users and groups with rights in objects.';

-- ObjectGroup -----------------------------------------------------------------
CREATE OR REPLACE VIEW ObjectGroup AS
  SELECT g.id, g.owner, g.code, g.name, g.description,
         p.userid, p.scope, p.family_name, p.given_name, p.patronymic_name, p.input_count, p.input_last,
         p.input_error, p.input_error_last, p.input_error_all, p.lc_ip, p.locale, p.area, p.interface, p.state,
         p.session_limit, p.email_verified, p.phone_verified, p.picture
    FROM db.object_group g
    LEFT JOIN db.profile p ON p.userid = g.owner AND p.scope = current_scope();

COMMENT ON VIEW ObjectGroup IS 'Collections of objects with the profile of the owner.';

-- ObjectGroupMember -----------------------------------------------------------
CREATE OR REPLACE VIEW ObjectGroupMember AS
  SELECT m.gid, m.object, g.code, g.name, g.description
    FROM db.object_group_member m
   INNER JOIN db.object_group g ON g.id = m.gid;

COMMENT ON VIEW ObjectGroupMember IS 'What is in collections.';

-- ObjectLink ------------------------------------------------------------------
CREATE OR REPLACE VIEW ObjectLink AS
  SELECT id, object, linked, key, validfromdate, validtodate
    FROM db.object_link;

COMMENT ON VIEW ObjectLink IS 'Links between objects.';

-- ObjectData ------------------------------------------------------------------
CREATE OR REPLACE VIEW ObjectData AS
  SELECT object, type, code, data
    FROM db.object_data;

COMMENT ON VIEW ObjectData IS 'Data of objects.';

-- ObjectFile, ObjectFileData --------------------------------------------------
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('ObjectFile', '', 'Files attached to objects, without their content.'),
      ('ObjectFileData', $q$translate(encode(f.data, 'base64'), E'\n', '') AS data, $q$,
       'Files attached to objects, their content as base64.')
    ) AS t (name, data, comment)
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE VIEW %s AS
  SELECT a.object, a.file, x.label, f.owner, u.username AS ownercode, u.name AS ownername,
         f.name, f.path, f.size, f.date, %sf.url AS link, f.hash, f.text, f.mime AS type,
         a.updated AS loaded, p.picture
    FROM db.object_file a
   INNER JOIN db.file f ON f.id = a.file
   INNER JOIN db."user" u ON u.id = f.owner
    LEFT JOIN db.profile p ON p.userid = f.owner AND p.scope = current_scope()
    LEFT JOIN LATERAL (
         SELECT y.label
           FROM db.object_text y
          WHERE y.object = a.object
          ORDER BY y.locale <> (SELECT current_locale()), y.locale <> (SELECT DefaultLocale()), y.locale
          LIMIT 1) x ON true$fmt$, r.name, r.data);
    EXECUTE format('COMMENT ON VIEW %s IS %L', r.name, r.comment);
  END LOOP;
END;
$do$;

-- ObjectCoordinates -----------------------------------------------------------
CREATE OR REPLACE VIEW ObjectCoordinates AS
  SELECT k.id, k.object,
         o.entity, e.code AS entitycode, COALESCE(el.label, e.code) AS entityname,
         o.class, c.code AS classcode, COALESCE(cl.label, c.code) AS classlabel,
         o.type, t.code AS typecode, COALESCE(tl.label, t.code) AS typename, tl.description AS typedescription,
         k.code, k.latitude, k.longitude, k.accuracy, k.label, k.description, k.data, k.validfromdate, k.validtodate
    FROM db.object_coordinates k
   INNER JOIN db.object o ON o.id = k.object
   INNER JOIN db.entity e ON e.id = o.entity
   INNER JOIN db.class_tree c ON c.id = o.class
   INNER JOIN db.type t ON t.id = o.type
    LEFT JOIN db.workflow_label el ON el.id = o.entity AND el.locale = current_locale()
    LEFT JOIN db.workflow_label cl ON cl.id = o.class AND cl.locale = current_locale()
    LEFT JOIN db.workflow_label tl ON tl.id = o.type AND tl.locale = current_locale();

COMMENT ON VIEW ObjectCoordinates IS 'Where objects are and were.';
