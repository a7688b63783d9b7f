-- The whole check of a declaration: everything that can be known before something is created.

-- CheckColumn -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckColumn (
  pEntity       text,
  pColumn       jsonb
) RETURNS       void
AS $$
DECLARE
  vWhere        text := format('column "%s"', pColumn->>'name');
BEGIN
  PERFORM CheckDeclarationKeys(pEntity, 'column', vWhere, pColumn);

  IF pColumn->>'name' IS NULL OR pColumn->>'name' !~ '^[a-z][a-z0-9_]*$' THEN
    PERFORM RefuseDeclaration(pEntity, vWhere, '"name" must be lower case letters, digits and _');
  ELSIF pColumn->>'name' = ANY ('{id,object,document,reference,class,entity,owner,oper,created,lastupdate,operdate,label,description}') THEN
    PERFORM RefuseDeclaration(pEntity, vWhere, 'every object has it already');
  ELSIF num_nonnulls(pColumn->>'type', pColumn->>'ref', pColumn->>'view') = 0 OR pColumn ?& '{type,ref}' THEN
    PERFORM RefuseDeclaration(pEntity, vWhere, 'needs either "type" or "ref"');
  ELSIF pColumn ? 'ref' AND pColumn->>'ref' <> pEntity
    AND to_regclass('db.' || quote_ident(pColumn->>'ref')) IS NULL THEN
    PERFORM RefuseDeclaration(pEntity, vWhere, format('"ref": there is no table db.%s yet', pColumn->>'ref'));
  ELSIF pColumn ? 'type' AND to_regtype(pColumn->>'type') IS NULL THEN
    PERFORM RefuseDeclaration(pEntity, vWhere, format('"type": there is no type %s', pColumn->>'type'));
  ELSIF pColumn ? 'expand' AND NOT pColumn ? 'ref' THEN
    PERFORM RefuseDeclaration(pEntity, vWhere, '"expand" goes with "ref"');
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckColumn (text, jsonb) IS
$$Refuses a wrong declaration of a column.

pEntity  entity
pColumn  its declaration$$;

-- CheckMachine ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckMachine (
  pEntity       text,
  pMachine      jsonb,
  pActions      jsonb
) RETURNS       void
AS $$
DECLARE
  j             jsonb;
  r             record;
  arStates      text[];
BEGIN
  PERFORM CheckDeclarationKeys(pEntity, 'machine', 'machine', pMachine);
  PERFORM CheckDeclarationValue(pEntity, 'machine: "base"', pMachine->>'base', '{default}');

  arStates := ARRAY(SELECT s->>'code' FROM jsonb_array_elements(pMachine->'states') AS s)
           || CASE WHEN pMachine ? 'base' THEN '{created,enabled,disabled,deleted}' ELSE '{}' END::text[];

  FOR j IN SELECT s FROM jsonb_array_elements(pMachine->'states') AS s
  LOOP
    PERFORM CheckDeclarationKeys(pEntity, 'state', format('state "%s"', j->>'code'), j);
    PERFORM CheckDeclarationValue(pEntity, format('state "%s": "type"', j->>'code'),
      COALESCE(j->>'type', j->>'code', ''), '{created,enabled,disabled,deleted}');

    FOR r IN SELECT m AS text, (DeclaredMethod(m)).*
               FROM jsonb_array_elements_text(j->'methods') AS m
    LOOP
      IF r.action IS NULL THEN
        PERFORM RefuseDeclaration(pEntity, format('state "%s"', j->>'code'),
          format('a method is "action -> state", "action" or one of them with hidden, is "%s"', r.text));
      ELSIF GetAction(r.action) IS NULL AND NOT COALESCE(pActions, '[]') ? r.action THEN
        PERFORM RefuseDeclaration(pEntity, format('state "%s"', j->>'code'),
          format('there is no action "%s": name it under "actions"', r.action));
      ELSIF r.target <> ALL (arStates) THEN
        PERFORM RefuseDeclaration(pEntity, format('state "%s"', j->>'code'),
          format('method "%s" leads to no declared state, there are %s', r.text, array_to_string(arStates, ', ')));
      END IF;
    END LOOP;
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckMachine (text, jsonb, jsonb) IS
$$Refuses a wrong machine.

pEntity   entity
pMachine  its states and methods
pActions  actions that the entity adds$$;

-- DeclaredMethod --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeclaredMethod (
  pText         text,
  OUT action    text,
  OUT target    text,
  OUT visible   boolean
)
AS $$
  SELECT m[1], m[2], m[3] IS NULL
    FROM regexp_match(btrim(pText), '^([a-z][a-z0-9_]*)(?:\s*->\s*([a-z][a-z0-9_]*))?(?:\s+(hidden))?$') AS m;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DeclaredMethod (text) IS
$$Reads a method of a machine: "send -> sent", "open", "done -> closed hidden".

pText    declared text
action   action; null: the text is wrong
target   state afterwards; null: it stays
visible  offered to people$$;

-- CheckDeclaration ------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckDeclaration (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  j             jsonb := pDeclaration;
  r             record;
  arParams      text[];
BEGIN
  IF pEntity !~ '^[a-z][a-z0-9_]{0,40}$' THEN
    PERFORM RefuseDeclaration(pEntity, NULL, 'its name must be lower case letters, digits and _');
  END IF;

  PERFORM CheckDeclarationKeys(pEntity, 'entity', NULL, j);

  -- A table of another module would be widened and given the triggers of an entity.
  IF to_regclass('db.' || quote_ident(pEntity)) IS NOT NULL
  AND NOT EXISTS (SELECT FROM pg_attribute a
                   WHERE a.attrelid = to_regclass('db.' || quote_ident(pEntity)) AND a.attname = j->>'kind') THEN
    PERFORM RefuseDeclaration(pEntity, NULL, format('there is a table db.%s that is no %s', pEntity, j->>'kind'));
  END IF;

  IF j ? 'extends' THEN
    IF NOT EXISTS (SELECT FROM db.entity_definition WHERE code = j->>'extends') THEN
      PERFORM RefuseDeclaration(pEntity, '"extends"', format('entity "%s" is not declared yet', j->>'extends'));
    END IF;
    FOR r IN SELECT k FROM jsonb_object_keys(j) AS k
              WHERE k = ANY ('{kind,code,columns,params,optional,priority,layout,edit_params,list,log}')
    LOOP
      IF r.k <> 'log' THEN
        PERFORM RefuseDeclaration(pEntity, format('"%s"', r.k), 'goes without "extends": that entity has it');
      END IF;
    END LOOP;
  ELSIF NOT j ? 'kind' THEN
    PERFORM RefuseDeclaration(pEntity, '"kind"', 'is missing: reference or document');
  END IF;

  PERFORM CheckDeclarationValue(pEntity, '"kind"', j->>'kind', '{reference,document}');

  IF j ? 'parent' AND GetClass(j->>'parent') IS NULL THEN
    PERFORM RefuseDeclaration(pEntity, '"parent"', format('there is no class "%s"', j->>'parent'));
  END IF;

  IF j->>'kind' = 'reference' AND j ?| '{code,priority}' THEN
    PERFORM RefuseDeclaration(pEntity, '"code", "priority"', 'are for documents: a reference always has a code');
  END IF;

  FOR r IN SELECT * FROM jsonb_each(j) AS e WHERE e.key IN ('list', 'layout')
             OR (e.key = 'code' AND jsonb_typeof(e.value) = 'object')
  LOOP
    PERFORM CheckDeclarationKeys(pEntity, r.key, format('"%s"', r.key), r.value);
  END LOOP;
  PERFORM CheckDeclarationValue(pEntity, '"code": "unique"', j->'code'->>'unique', '{scope,global}');
  PERFORM CheckDeclarationValue(pEntity, '"list": "acl"', j->'list'->>'acl', '{join,none}');
  PERFORM CheckDeclarationValue(pEntity, '"list": "get"', j->'list'->>'get', '{check,none}');

  PERFORM CheckDeclarationValue(pEntity, '"methods"', j->>'methods', '{grouped,flat}');

  PERFORM CheckColumn(pEntity, c) FROM jsonb_array_elements(j->'columns') AS c;
  PERFORM CheckDeclarationKeys(pEntity, 'acl', '"acl"', a) FROM jsonb_array_elements(j->'acl') AS a;
  FOR r IN SELECT a->>'group' AS name, a->>'mask' AS mask FROM jsonb_array_elements(j->'acl') AS a
  LOOP
    IF NOT EXISTS (SELECT FROM db."user" WHERE username = r.name) THEN
      PERFORM RefuseDeclaration(pEntity, '"acl": "group"', format('there is no group or user "%s"', r.name));
    ELSIF COALESCE(r.mask, '') !~ '^[01]{10}$' THEN
      PERFORM RefuseDeclaration(pEntity, '"acl": "mask"', format('must be ten bits, five denied and five allowed, is "%s"', r.mask));
    END IF;
  END LOOP;

  IF j ? 'machine' THEN
    PERFORM CheckMachine(pEntity, j->'machine', j->'actions');
  END IF;

  FOR r IN SELECT * FROM jsonb_each_text(j->'events') AS e
  LOOP
    IF r.value !~ '^([PHS]( [PHS])*)?$' THEN
      PERFORM RefuseDeclaration(pEntity, format('"events": "%s"', r.key),
        format('must be P, H and S in their order, as "P H", is "%s"', r.value));
    ELSIF r.key <> '*' AND GetAction(r.key) IS NULL AND NOT COALESCE(j->'actions', '[]') ? r.key THEN
      PERFORM RefuseDeclaration(pEntity, '"events"',
        format('there is no action "%s": name it under "actions"', r.key));
    END IF;
  END LOOP;

  FOR r IN SELECT t FROM jsonb_array_elements_text(j->'types') AS t WHERE t !~ '^[a-z0-9_-]+(\.[a-z0-9_]+)?$'
  LOOP
    PERFORM RefuseDeclaration(pEntity, '"types"', format('"%s" must be lower case letters, digits, - and _', r.t));
  END LOOP;

  IF j ? 'default_type' AND NOT COALESCE(j->'types', '[]') ? (j->>'default_type') THEN
    PERFORM RefuseDeclaration(pEntity, '"default_type"', format('must be one of "types", is "%s"', j->>'default_type'));
  END IF;

  arParams := ARRAY(SELECT p.key FROM EntityParameters(pEntity, j) AS p);
  FOR r IN SELECT p FROM jsonb_array_elements_text(j->'params') AS p WHERE p <> ALL (arParams)
  LOOP
    PERFORM RefuseDeclaration(pEntity, '"params"', format('"%s" is neither a column nor one of code, name, label, description, text, priority', r.p));
  END LOOP;

  IF jsonb_typeof(j->'optional') = 'object' THEN
    PERFORM CheckDeclarationKeys(pEntity, 'optional', '"optional"', j->'optional');
    PERFORM CheckDeclarationValue(pEntity, '"optional"', e.value, arParams) FROM jsonb_each_text(j->'optional') AS e;
  ELSE
    PERFORM CheckDeclarationValue(pEntity, '"optional"', j->>'optional', arParams);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckDeclaration (text, jsonb) IS
$$Refuses a wrong declaration: names the key and what is allowed.

pEntity       entity
pDeclaration  declaration$$;
