-- Names and parameters that follow from a declaration.

-- CamelName -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CamelName (
  pCode         text
) RETURNS       text
AS $$
  SELECT replace(initcap(replace(pCode, '_', ' ')), ' ', '');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION CamelName (text) IS 'Gives the part of a name that stands for an entity: ReportForm for report_form.';

-- EntityDeclaration -----------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityDeclaration (
  pEntity       text
) RETURNS       jsonb
AS $$
  SELECT CASE WHEN d.declaration ? 'extends'
              THEN (b.declaration - '{types,default_type,machine,actions,events,on_create,log,route,routes,acl,abstract,parent,text}'::text[])
                || d.declaration
              ELSE d.declaration END
    FROM db.entity_definition d
    LEFT JOIN db.entity_definition b ON b.code = d.declaration->>'extends'
   WHERE d.code = pEntity;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION EntityDeclaration (text) IS
$$Gives the stored declaration of an entity; one that extends another has that one's columns.

pEntity  entity
Returns  declaration; null when there is none$$;

-- EntityParameters ------------------------------------------------------------
CREATE OR REPLACE FUNCTION EntityParameters (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       TABLE (place integer, key text, kind text, name text, type text, required boolean)
AS $$
  WITH own AS (
    SELECT COALESCE(c->>'param', c->>'name') AS key, 'own' AS kind, c->>'name' AS name,
           CASE WHEN c ? 'ref' THEN 'uuid' ELSE c->>'type' END AS type,
           COALESCE((c->'required')::boolean AND NOT c ? 'default', false) AS required, n
      FROM jsonb_array_elements(pDeclaration->'columns') WITH ORDINALITY AS t (c, n)
     WHERE c->'param' IS DISTINCT FROM 'false'
       AND c ?| '{type,ref}'
  ), known AS (
    SELECT key, kind, name, type, required FROM own
     UNION ALL
    SELECT f.key, f.key, f.key, f.type, f.required AND pDeclaration->>'kind' = 'reference'
      FROM (VALUES ('code', 'text', true), ('name', 'text', true), ('label', 'text', false),
                   ('description', 'text', false), ('text', 'text', false), ('priority', 'uuid', false)) AS f (key, type, required)
     WHERE CASE f.key
           WHEN 'code' THEN pDeclaration->>'kind' = 'reference' OR COALESCE(pDeclaration->'code', 'false') <> 'false'
           WHEN 'name' THEN pDeclaration->>'kind' = 'reference'
           WHEN 'description' THEN true
           ELSE pDeclaration->>'kind' = 'document'
           END
       AND f.key NOT IN (SELECT own.name FROM own)
  ), ordered AS (
    SELECT p AS key, n
      FROM jsonb_array_elements_text(pDeclaration->'params') WITH ORDINALITY AS t (p, n)
     UNION ALL
    SELECT key, n + CASE pDeclaration->>'kind' WHEN 'reference' THEN 10 ELSE 0 END
      FROM own
     WHERE NOT pDeclaration ? 'params'
     UNION ALL
    SELECT f.key, f.n
      FROM (VALUES ('reference', 'code', 1), ('reference', 'name', 2), ('reference', 'description', 9999),
                   ('document', 'code', 9996), ('document', 'label', 9997), ('document', 'description', 9998))
           AS f (kind, key, n)
     WHERE NOT pDeclaration ? 'params'
       AND f.kind = pDeclaration->>'kind'
  )
  SELECT row_number() OVER (ORDER BY o.n)::integer, k.key, k.kind, k.name, k.type, k.required
    FROM ordered o
   INNER JOIN known k ON k.key = o.key
   ORDER BY o.n;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION EntityParameters (text, jsonb) IS
$$Lists what the functions of an entity take after parent and type.

pEntity       entity
pDeclaration  declaration
Returns       place; key of the payload (the parameter is p<key>); own for a column of its table, else
              code, name, label, description, text or priority; column; type; must not be null$$;

-- ParameterName ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ParameterName (
  pKey          text
) RETURNS       text
AS $$
  SELECT upper(left(pKey, 1)) || substr(pKey, 2);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION ParameterName (text) IS 'Writes the key of a payload as a parameter is written after its p.';

-- ParameterList ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION ParameterList (
  pEntity       text,
  pDeclaration  jsonb,
  pFor          text
) RETURNS       text[]
AS $$
DECLARE
  r             record;
  vFrom         text := CASE jsonb_typeof(pDeclaration->'optional')
                        WHEN 'object' THEN pDeclaration->'optional'->>pFor
                        ELSE pDeclaration->>'optional' END;
  bOptional     boolean := pFor = 'edit';
  nRequired     integer;
  arResult      text[] := CASE pFor
    WHEN 'edit' THEN '{pId uuid,pParent uuid DEFAULT NULL,pType uuid DEFAULT NULL}'
    ELSE '{pParent uuid,pType uuid}' END;
BEGIN
  -- Without a word the defaults begin after the last parameter that must be given.
  SELECT COALESCE(max(p.place), 0) INTO nRequired FROM EntityParameters(pEntity, pDeclaration) AS p WHERE p.required;

  FOR r IN SELECT * FROM EntityParameters(pEntity, pDeclaration) AS p ORDER BY p.place
  LOOP
    bOptional := bOptional OR CASE WHEN vFrom IS NULL THEN r.place > nRequired ELSE r.key = vFrom END;
    arResult := arResult || format('p%s %s%s', ParameterName(r.key), r.type,
                                   CASE WHEN bOptional THEN ' DEFAULT NULL' ELSE '' END);
  END LOOP;

  RETURN arResult;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ParameterList (text, jsonb, text) IS
$$Writes the parameters of the functions of an entity.

pEntity       entity
pDeclaration  declaration
pFor          kernel or api: those that add an object; edit: those that change one
Returns       "pName type" or "pName type DEFAULT NULL"$$;

-- ArgumentList ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ArgumentList (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       text
AS $$
  SELECT string_agg('p' || ParameterName(p.key), ', ' ORDER BY p.place) FROM EntityParameters(pEntity, pDeclaration) AS p;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ArgumentList (text, jsonb) IS
'Writes the parameters of EntityParameters() as the arguments of a call.';

-- ParameterComment ------------------------------------------------------------
CREATE OR REPLACE FUNCTION ParameterComment (
  pEntity       text,
  pDeclaration  jsonb,
  pEdit         boolean
) RETURNS       text
AS $$
  SELECT string_agg(format('p%s%s%s', rpad(ParameterName(k.key), k.width + 2), k.meaning,
                           CASE WHEN pEdit THEN '; null keeps' ELSE '' END), E'\n' ORDER BY k.place)
    FROM (SELECT p.place, p.key, max(length(p.key)) OVER () AS width,
                 COALESCE(lower(left(c->>'comment', 1)) || substr(c->>'comment', 2),
                          CASE WHEN c ? 'ref' THEN replace(c->>'ref', '_', ' ') ELSE replace(p.name, '_', ' ') END) AS meaning
            FROM (SELECT -1 AS place, 'parent' AS key, 'parent' AS name
                   UNION ALL SELECT 0, 'type', 'type'
                   UNION ALL SELECT q.place, q.key, q.name FROM EntityParameters(pEntity, pDeclaration) AS q) p
            LEFT JOIN jsonb_array_elements(pDeclaration->'columns') AS c ON c->>'name' = p.name) k;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ParameterComment (text, jsonb, boolean) IS
$$Writes the lines about parameters in the comment of a function.

pEntity       entity
pDeclaration  declaration
pEdit         tell that null keeps a value$$;
