-- Create<Entity>, Edit<Entity>, Get<Entity> and the getters of columns.

-- EditedValue -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditedValue (
  pColumn       jsonb,
  pParameter    text
) RETURNS       text
AS $$
  WITH kept AS (
    SELECT format('COALESCE(%s, %I)', pParameter, pColumn->>'name') AS value,
           CASE WHEN pColumn->>'clear' = 'never' OR (pColumn->'required')::boolean THEN NULL
                WHEN pColumn ? 'clear' THEN pColumn->>'clear'
                WHEN pColumn ? 'ref' THEN 'null_uuid()'
                WHEN pColumn->>'type' IN ('text', 'varchar') THEN quote_literal('')
                WHEN pColumn->>'type' = 'jsonb' THEN quote_literal('{}') || '::jsonb' END AS empty
  )
  SELECT format('%I = %s', pColumn->>'name',
                CASE WHEN empty IS NULL THEN value ELSE format('NULLIF(%s, %s)', value, empty) END)
    FROM kept;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION EditedValue (jsonb, text) IS
$$Writes how an edit sets a column: null keeps it, the value that means empty clears it.

pColumn     declaration of the column
pParameter  parameter$$;

-- CodeCheck -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CodeCheck (
  pEntity       text,
  pDeclaration  jsonb,
  pEdit         boolean
) RETURNS       text
AS $$
  SELECT CASE WHEN jsonb_typeof(pDeclaration->'code') = 'object' AND pDeclaration->'code' ? 'unique'
    THEN format($fmt$
  IF EXISTS (SELECT FROM db.%I t WHERE t.code = pCode%s%s) THEN
    PERFORM %s(pCode);
  END IF;
$fmt$, pEntity,
      CASE pDeclaration->'code'->>'unique' WHEN 'scope' THEN ' AND t.scope = current_scope()' ELSE '' END,
      CASE WHEN pEdit THEN ' AND t.id <> pId' ELSE '' END,
      COALESCE(pDeclaration->'code'->>'exists', 'RecordExists')) ELSE '' END;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION CodeCheck (text, jsonb, boolean) IS
$$Writes the check that the code of a document is not taken; nothing where codes may repeat.

pEntity       entity
pDeclaration  declaration
pEdit         another object's code, not its own$$;

-- ReferenceChecks -------------------------------------------------------------
CREATE OR REPLACE FUNCTION ReferenceChecks (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       text
AS $$
  SELECT COALESCE(string_agg(format($fmt$
  IF %1$s IS NOT NULL AND %1$s <> null_uuid() AND NOT EXISTS (SELECT FROM db.%2$I t WHERE t.id = %1$s) THEN
    PERFORM ObjectNotFound(%3$L, 'id', %1$s);
  END IF;
$fmt$, 'p' || ParameterName(p.key), c->>'ref', replace(c->>'ref', '_', ' ')), '' ORDER BY p.place), '')
    FROM EntityParameters(pEntity, pDeclaration) AS p
   INNER JOIN jsonb_array_elements(pDeclaration->'columns') AS c ON c->>'name' = p.name
   WHERE c ? 'ref'
     AND COALESCE((c->'check')::boolean, true);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION ReferenceChecks (text, jsonb) IS
$$Writes the checks that objects referred to exist.

pEntity       entity
pDeclaration  declaration$$;

-- BaseArguments ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION BaseArguments (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       text
AS $$
  SELECT string_agg(format(', p%1$s => p%1$s', ParameterName(p.key)), '' ORDER BY p.place)
    FROM EntityParameters(pEntity, pDeclaration) AS p
   WHERE p.kind <> 'own'
     AND (p.kind <> 'code' OR pDeclaration->>'kind' = 'reference');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION BaseArguments (text, jsonb) IS
'Writes the arguments that CreateReference(), CreateDocument() and their Edit take of an entity.';

-- BuildCreate -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildCreate (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  vKind         text := pDeclaration->>'kind';
  vColumns      text;
  vValues       text;
BEGIN
  SELECT string_agg(', ' || quote_ident(c.name), '' ORDER BY c.n), string_agg(', ' || c.value, '' ORDER BY c.n)
    INTO vColumns, vValues
    FROM (SELECT c->>'name' AS name, n,
                 CASE WHEN p.key IS NULL THEN c->>'default'
                      WHEN c ? 'ref' AND NOT COALESCE((c->'required')::boolean, false)
                      THEN format('NULLIF(p%s, null_uuid())', ParameterName(p.key))
                      WHEN c ? 'default' THEN format('COALESCE(p%s, %s)', ParameterName(p.key), c->>'default')
                      ELSE 'p' || ParameterName(p.key) END AS value
            FROM jsonb_array_elements(pDeclaration->'columns') WITH ORDINALITY AS t (c, n)
            LEFT JOIN EntityParameters(pEntity, pDeclaration) AS p ON p.name = c->>'name' AND p.kind = 'own'
           WHERE c ?| '{type,ref}'
             AND (p.key IS NOT NULL OR c ? 'default')
           UNION ALL
          SELECT 'code', 0, 'pCode'
            FROM EntityParameters(pEntity, pDeclaration) AS p
           WHERE p.kind = 'code' AND vKind = 'document') c;

  PERFORM BuildFunction(pEntity, 'kernel.Create' || CamelName(pEntity), ParameterList(pEntity, pDeclaration, 'kernel'), 'uuid',
    format($fmt$DECLARE
  uId           uuid;
BEGIN
  PERFORM CheckTypeEntity(pType, %L);
%s%s
  uId := Create%s(pParent, pType%s);

  INSERT INTO db.%I (id, %I%s)
  VALUES (uId, uId%s);

  PERFORM ExecuteMethod(uId, GetMethod(GetObjectClass(uId), GetAction('create')));

  RETURN uId;
END;$fmt$, pEntity, ReferenceChecks(pEntity, pDeclaration), CodeCheck(pEntity, pDeclaration, false), initcap(vKind),
      BaseArguments(pEntity, pDeclaration), pEntity, vKind, COALESCE(vColumns, ''), COALESCE(vValues, '')),
    format(E'Creates an object of the entity %s.\n\n%s\nReturns  its id\nRaises   IncorrectClassType when the type is not one of the entity%s',
      pEntity, ParameterComment(pEntity, pDeclaration, false),
      CASE WHEN ReferenceChecks(pEntity, pDeclaration) = '' THEN '' ELSE '; ObjectNotFound' END));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildCreate (text, jsonb) IS
$$Creates Create<Entity>().

pEntity       entity
pDeclaration  declaration$$;

-- BuildEdit -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildEdit (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  vKind         text := pDeclaration->>'kind';
  vSet          text;
  bParams       boolean := COALESCE((pDeclaration->'edit_params')::boolean, false);
BEGIN
  SELECT string_agg(v.text, E',\n         ' ORDER BY v.place) INTO vSet
    FROM (SELECT p.place, EditedValue(c, 'p' || ParameterName(p.key)) AS text
            FROM EntityParameters(pEntity, pDeclaration) AS p
           INNER JOIN jsonb_array_elements(pDeclaration->'columns') AS c ON c->>'name' = p.name
           WHERE p.kind = 'own'
           UNION ALL
          SELECT p.place, 'code = COALESCE(NULLIF(pCode, ''''), code)'
            FROM EntityParameters(pEntity, pDeclaration) AS p
           WHERE p.kind = 'code' AND vKind = 'document') v;

  PERFORM BuildFunction(pEntity, 'kernel.Edit' || CamelName(pEntity), ParameterList(pEntity, pDeclaration, 'edit'), 'void',
    format($fmt$%sBEGIN%s%s
%s  PERFORM Edit%s(pId, pParent, pType%s, pLocale => current_locale());
%s%s
  PERFORM ExecuteMethod(pId, GetMethod(GetObjectClass(pId), GetAction('edit'))%s);
END;$fmt$,
      CASE WHEN bParams THEN format(E'DECLARE\n  rOld          db.%1$I;\n  rNew          db.%1$I;\n', pEntity) ELSE '' END,
      ReferenceChecks(pEntity, pDeclaration), CodeCheck(pEntity, pDeclaration, true),
      CASE WHEN bParams THEN format(E'  SELECT * INTO rOld FROM db.%I WHERE id = pId;\n', pEntity) ELSE '' END,
      initcap(vKind), BaseArguments(pEntity, pDeclaration),
      CASE WHEN vSet IS NULL THEN '' ELSE format(E'\n  UPDATE db.%I\n     SET %s\n   WHERE id = pId;\n', pEntity, vSet) END,
      CASE WHEN bParams THEN format(E'\n  SELECT * INTO rNew FROM db.%I WHERE id = pId;\n', pEntity) ELSE '' END,
      CASE WHEN bParams THEN $q$, jsonb_build_object('old', to_jsonb(rOld), 'new', to_jsonb(rNew))$q$ ELSE '' END),
    format(E'Changes an object of the entity %s; texts in the current locale.\n\npId  object\n%s\nRaises   AccessDenied',
      pEntity, ParameterComment(pEntity, pDeclaration, true)));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildEdit (text, jsonb) IS
$$Creates Edit<Entity>().

pEntity       entity
pDeclaration  declaration$$;

-- BuildGetters ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildGetters (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  r             record;
  vName         text := CamelName(pEntity);
  bReference    boolean := pDeclaration->>'kind' = 'reference';
BEGIN
  IF bReference OR COALESCE(pDeclaration->'code', 'false') <> 'false' THEN
    PERFORM BuildFunction(pEntity, 'kernel.Get' || vName, '{"pCode text"}', 'uuid',
      CASE WHEN bReference THEN format('BEGIN RETURN GetReference(pCode, %L); END;', pEntity)
           ELSE format($fmt$BEGIN
  RETURN (SELECT t.id
            FROM db.%I t
           INNER JOIN db.object o ON o.id = t.id
           WHERE t.code = pCode
             AND o.scope = current_scope()
           ORDER BY o.pdate DESC
           LIMIT 1);
END;$fmt$, pEntity) END,
      format(E'Finds an object of the entity %s by its code in the current scope.\n\npCode    code\nReturns  its id; null when there is none', pEntity),
      'LANGUAGE plpgsql STABLE');

    PERFORM BuildFunction(pEntity, format('kernel.Get%sCode', vName), '{"pId uuid"}', 'text',
      format('BEGIN RETURN (SELECT t.code FROM db.%I t WHERE t.id = pId); END;', CASE WHEN bReference THEN 'reference' ELSE pEntity END),
      format(E'Gives the code of an object of the entity %s.\n\npId      object\nReturns  code; null when there is none', pEntity),
      'LANGUAGE plpgsql STABLE STRICT');
  END IF;

  FOR r IN
    SELECT c->>'name' AS name, CASE WHEN c ? 'ref' THEN 'uuid' ELSE c->>'type' END AS type
      FROM jsonb_array_elements(pDeclaration->'columns') AS c
     WHERE (c->'get')::boolean
  LOOP
    PERFORM BuildFunction(pEntity, format('kernel.Get%s%s', vName, CamelName(r.name)), '{"pId uuid"}', r.type,
      format('BEGIN RETURN (SELECT t.%I FROM db.%I t WHERE t.id = pId); END;', r.name, pEntity),
      format(E'Gives the %s of an object of the entity %s.\n\npId      object\nReturns  null when there is none',
             replace(r.name, '_', ' '), pEntity),
      'LANGUAGE plpgsql STABLE STRICT');
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildGetters (text, jsonb) IS
$$Creates Get<Entity>(), Get<Entity>Code() and the getters of columns that are declared with "get".

pEntity       entity
pDeclaration  declaration$$;

-- CheckTypeEntity -------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckTypeEntity (
  pType         uuid,
  pEntity       text
) RETURNS       void
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.type t
                  INNER JOIN db.class_tree c ON c.id = t.class
                  INNER JOIN db.entity e ON e.id = c.entity
                  WHERE t.id = pType AND e.code = pEntity) THEN
    PERFORM IncorrectClassType();
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckTypeEntity (uuid, text) IS
$$Passes when a type is one of an entity.

pType    type
pEntity  code of the entity
Raises   IncorrectClassType$$;
