-- What is the same in the sources of all objects.

-- TextJoin --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION TextJoin (
  pAlias        text,
  pTable        text,
  pOwner        text
) RETURNS       text
AS $$
  SELECT format('LEFT JOIN LATERAL (SELECT z.* FROM db.%2$I z WHERE z.%3$I = o.id '
                'ORDER BY z.locale <> (SELECT current_locale()), z.locale <> (SELECT DefaultLocale()), z.locale LIMIT 1) %1$s ON true',
                pAlias, pTable, pOwner);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION TextJoin (text, text, text) IS
$$Writes the join of the texts of an object: in the current locale, else the default one, else any.

pAlias  alias of the texts
pTable  table of the texts
pOwner  its column of the object$$;

-- ObjectJoins -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ObjectJoins ()
RETURNS         jsonb
AS $$
  SELECT jsonb_agg(jsonb_build_array(j.alias, j.clause, '[]'::jsonb) ORDER BY j.n)
    FROM (VALUES
      (1,  'e',   'INNER JOIN db.entity e ON e.id = o.entity'),
      (2,  'c',   'INNER JOIN db.class_tree c ON c.id = o.class'),
      (3,  't',   'INNER JOIN db.type t ON t.id = o.type'),
      (4,  'st',  'INNER JOIN db.state_type st ON st.id = o.state_type'),
      (5,  's',   'INNER JOIN db.state s ON s.id = o.state'),
      (6,  'ow',  'INNER JOIN db."user" ow ON ow.id = o.owner'),
      (7,  'op',  'INNER JOIN db."user" op ON op.id = o.oper'),
      (8,  'sc',  'INNER JOIN db.scope sc ON sc.id = o.scope'),
      (9,  'el',  'LEFT JOIN db.workflow_label el ON el.id = o.entity AND el.locale = current_locale()'),
      (10, 'cl',  'LEFT JOIN db.workflow_label cl ON cl.id = o.class AND cl.locale = current_locale()'),
      (11, 'tl',  'LEFT JOIN db.workflow_label tl ON tl.id = o.type AND tl.locale = current_locale()'),
      (12, 'stl', 'LEFT JOIN db.workflow_label stl ON stl.id = o.state_type AND stl.locale = current_locale()'),
      (13, 'sl',  'LEFT JOIN db.workflow_label sl ON sl.id = o.state AND sl.locale = current_locale()'),
      (14, 'ot',  TextJoin('ot', 'object_text', 'object'))
    ) AS j (n, alias, clause);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ObjectJoins () IS 'Returns the joins of a source that every object has; see db.entity_source.';

-- ObjectColumns ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ObjectColumns ()
RETURNS         jsonb
AS $$
  SELECT '{
    "id": ["o.id"], "parent": ["o.parent"],
    "entity": ["o.entity"], "entitycode": ["e.code", "e"], "entityname": ["COALESCE(el.label, e.code)", "e", "el"],
    "class": ["o.class"], "classcode": ["c.code", "c"], "classlabel": ["COALESCE(cl.label, c.code)", "c", "cl"],
    "type": ["o.type"], "typecode": ["t.code", "t"], "typename": ["COALESCE(tl.label, t.code)", "t", "tl"],
    "typedescription": ["tl.description", "tl"],
    "label": ["ot.label", "ot"], "text": ["ot.text", "ot"],
    "statetype": ["o.state_type"], "statetypecode": ["st.code", "st"],
    "statetypename": ["COALESCE(stl.label, st.code)", "st", "stl"],
    "state": ["o.state"], "statecode": ["s.code", "s"], "statelabel": ["COALESCE(sl.label, s.code)", "s", "sl"],
    "lastupdate": ["o.udate"], "created": ["o.pdate"], "operdate": ["o.ldate"],
    "owner": ["o.owner"], "ownercode": ["ow.username", "ow"], "ownername": ["ow.name", "ow"],
    "oper": ["o.oper"], "opercode": ["op.username", "op"], "opername": ["op.name", "op"],
    "scope": ["o.scope"], "scopecode": ["sc.code", "sc"], "scopename": ["sc.name", "sc"],
    "scopedescription": ["sc.description", "sc"]
  }'::jsonb;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION ObjectColumns () IS 'Returns the columns of a source that every object has; see db.entity_source.';
