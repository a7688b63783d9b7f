-- Views of objects that clients are shown, and the source of their lists.
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('object', 'SELECT o.* FROM Object o INNER JOIN AccessObject a ON a.object = o.id',
       'Objects of the current scope that the current user may read.'),
      ('object_access', 'SELECT * FROM ObjectMembers', 'Users and groups with rights in objects.'),
      ('object_state_history', 'SELECT h.* FROM ObjectState h INNER JOIN AccessObject a ON a.object = h.object',
       'History of the states of objects that the current user may read.'),
      ('object_method_history', 'SELECT h.* FROM ObjectMethodHistory h INNER JOIN AccessObject a ON a.object = h.object',
       'Actions that were executed on objects that the current user may read.'),
      ('object_group', 'SELECT * FROM ObjectGroup WHERE owner = current_userid()', 'Collections of the current user.'),
      ('object_link', $q$
  SELECT l.id, l.object AS objectid, row_to_json(o.*) AS object, l.linked AS linkedid, row_to_json(k.*) AS linked,
         l.key, l.validfromdate, l.validtodate
    FROM db.object_link l
   INNER JOIN Object o ON o.id = l.object
   INNER JOIN Object k ON k.id = l.linked
   WHERE l.validfromdate <= oper_date()
     AND l.validtodate > oper_date()
     AND EXISTS (SELECT FROM AccessObject a WHERE a.object = l.object)
     AND EXISTS (SELECT FROM AccessObject a WHERE a.object = l.linked)$q$,
       'Links that are valid now, between objects that the current user may read.'),
      ('object_file', 'SELECT f.* FROM ObjectFile f INNER JOIN AccessObject a ON a.object = f.object',
       'Files attached to objects that the current user may read.'),
      ('object_file_data', 'SELECT f.* FROM ObjectFileData f INNER JOIN AccessObject a ON a.object = f.object',
       'Files attached to objects that the current user may read, with their content as base64.'),
      ('object_data', 'SELECT d.* FROM ObjectData d INNER JOIN AccessObject a ON a.object = d.object',
       'Data of objects that the current user may read.'),
      ('object_coordinates', 'SELECT k.* FROM ObjectCoordinates k INNER JOIN AccessObject a ON a.object = k.object',
       'Places of objects that the current user may read.')
    ) AS t (name, query, comment)
  LOOP
    EXECUTE format('CREATE OR REPLACE VIEW api.%I AS %s', r.name, r.query);
    EXECUTE format('COMMENT ON VIEW api.%I IS %L', r.name, r.comment);
    PERFORM RegisterView('api.' || r.name);
  END LOOP;
END;
$do$;

SELECT BuildRows('object', 'Object');
SELECT DefineSource('object', 'api.object', ObjectJoins(), ObjectColumns());
