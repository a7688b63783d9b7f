-- Resource --------------------------------------------------------------------
CREATE OR REPLACE VIEW Resource (id, root, node, type, level, sequence,
    name, description, encoding, data, updated,
    locale, localecode, localename, localedescription)
AS
  SELECT r.id, r.root, r.node, r.type, r.level, r.sequence,
         d.name, d.description, d.encoding, d.data, d.updated,
         l.id, l.code, l.name, l.description
    FROM db.resource r
    JOIN db.resource_data d ON d.resource = r.id AND d.locale = current_locale()
    JOIN db.locale l ON l.id = d.locale;

COMMENT ON VIEW Resource IS 'Resources that have a text in the current locale.';

-- ResourceTree ----------------------------------------------------------------
CREATE OR REPLACE VIEW ResourceTree
AS
  WITH RECURSIVE tree (id, sortlist) AS (
    SELECT r.id, ARRAY[row_number() OVER (ORDER BY r.sequence, r.id)]
      FROM db.resource r
     WHERE r.node IS NULL
     UNION ALL
    SELECT r.id, t.sortlist || row_number() OVER (PARTITION BY r.node ORDER BY r.sequence, r.id)
      FROM db.resource r
      JOIN tree t ON t.id = r.node
  )
  SELECT r.id, r.root, r.node, r.type, r.level, r.sequence,
         r.name, r.description, r.encoding, r.data, r.updated,
         r.locale, r.localecode, r.localename, r.localedescription,
         t.sortlist, array_to_string(t.sortlist, '.') AS index
    FROM tree t
    JOIN Resource r ON r.id = t.id;

COMMENT ON VIEW ResourceTree IS 'Resources in the order of their tree: sortlist sorts it, index shows the place (1.2.1).';
