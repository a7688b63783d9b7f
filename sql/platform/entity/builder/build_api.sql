-- api.add_, update_, set_, get_, get_..._id, count_ and list_ of an entity.

-- BuildApiChange --------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildApiChange (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  vName         text := CamelName(COALESCE(pDeclaration->>'extends', pEntity));
  vArguments    text := ArgumentList(pEntity, pDeclaration);
  vComment      text := ParameterComment(pEntity, pDeclaration, false);
  vType         text := pDeclaration->>'default_type';
  bCode         boolean := EXISTS (SELECT FROM EntityParameters(pEntity, pDeclaration) AS p WHERE p.key = 'code');
BEGIN
  vType := CASE WHEN vType IS NULL THEN 'pType'
                ELSE format('COALESCE(pType, GetType(%L))', TypeCode(pEntity, vType)) END;

  PERFORM BuildFunction(pEntity, 'api.add_' || pEntity, ParameterList(pEntity, pDeclaration, 'api'), 'uuid',
    format('BEGIN RETURN Create%s(pParent, %s, %s); END;', vName, vType, vArguments),
    format(E'Adds an object of the entity %s.\n\n%s\nReturns  its id', pEntity, vComment));

  PERFORM BuildFunction(pEntity, 'api.update_' || pEntity, ParameterList(pEntity, pDeclaration, 'edit'), 'void',
    format($fmt$BEGIN
  IF NOT EXISTS (SELECT FROM db.%I t WHERE t.id = pId) THEN
    PERFORM ObjectNotFound(%L, 'id', pId);
  END IF;

  PERFORM Edit%s(pId, pParent, pType, %s);
END;$fmt$, COALESCE(pDeclaration->>'extends', pEntity), replace(pEntity, '_', ' '), vName, vArguments),
    format(E'Changes an object of the entity %s.\n\npId  object\n%s\nRaises  ObjectNotFound, AccessDenied', pEntity,
           ParameterComment(pEntity, pDeclaration, true)));

  PERFORM BuildFunction(pEntity, 'api.set_' || pEntity, ParameterList(pEntity, pDeclaration, 'edit'), 'SETOF api.' || quote_ident(pEntity),
    format($fmt$DECLARE
  uId           uuid := %s;
BEGIN
  IF uId IS NULL THEN
    uId := api.add_%s(pParent, pType, %s);
  ELSE
    PERFORM api.update_%s(uId, pParent, pType, %s);
  END IF;

  RETURN QUERY SELECT * FROM api.get_%s(uId);
END;$fmt$, CASE WHEN bCode THEN format('COALESCE(pId, Get%s(pCode))', vName) ELSE 'pId' END,
      pEntity, vArguments, pEntity, vArguments, pEntity),
    format(E'Adds an object of the entity %s, or changes the one of the id%s.\n\npId  object; null adds one\n%s\nReturns  the object',
           pEntity, CASE WHEN bCode THEN ', else of the code' ELSE '' END, vComment));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildApiChange (text, jsonb) IS
$$Creates api.add_, api.update_ and api.set_ of an entity.

pEntity       entity
pDeclaration  declaration$$;

-- TypeCode --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION TypeCode (
  pEntity       text,
  pType         text
) RETURNS       text
AS $$
  SELECT CASE strpos(pType, '.') WHEN 0 THEN pType || '.' || pEntity ELSE pType END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION TypeCode (text, text) IS 'Gives the code of a declared type: NAME stands for NAME.CLASS.';

-- BuildApiRead ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildApiRead (
  pEntity       text,
  pDeclaration  jsonb
) RETURNS       void
AS $$
DECLARE
  vName         text := CamelName(COALESCE(pDeclaration->>'extends', pEntity));
BEGIN
  PERFORM BuildFunction(pEntity, 'api.get_' || pEntity, '{"pId uuid"}', 'SETOF api.' || quote_ident(pEntity),
    CASE pDeclaration->'list'->>'get' WHEN 'none' THEN format($fmt$BEGIN
  PERFORM ReplyVersion(pId);
  RETURN QUERY SELECT * FROM rows_%s(ARRAY[pId]);
END;$fmt$, pEntity) ELSE format($fmt$BEGIN
  IF CheckObjectAccess(pId, B'100') THEN
    PERFORM ReplyVersion(pId);
    RETURN QUERY SELECT * FROM rows_%s(ARRAY[pId])%s;
  END IF;
END;$fmt$, pEntity, CASE WHEN pDeclaration ? 'extends' THEN format(' AS r WHERE r.class = %L', GetClass(pEntity)) ELSE '' END) END,
    format(E'Returns an object of the entity %s; no row when there is none, or when the caller may not read it.\n\npId  object', pEntity));

  PERFORM BuildFunction(pEntity, 'api.list_' || pEntity,
    '{pSearch jsonb DEFAULT NULL,pFilter jsonb DEFAULT NULL,pLimit integer DEFAULT NULL,pOffset integer DEFAULT NULL,pOrderBy jsonb DEFAULT NULL}',
    'SETOF api.' || quote_ident(pEntity),
    format($fmt$BEGIN
  RETURN QUERY
    SELECT * FROM rows_%s(EntityIds(%L, jsonb_build_object('search', pSearch, 'filter', pFilter, 'reclimit', pLimit,
                                                        'recoffset', pOffset, 'orderby', pOrderBy)));
END;$fmt$, pEntity, pEntity),
    format(E'Lists objects of the entity %s.\n\npSearch   array of conditions\npFilter   object of column and value\n'
           'pLimit    most rows; null is 500, 0 is all\npOffset   rows to skip\npOrderBy  array of columns with asc or desc\n'
           'Raises    ERR-400-061, 063, 065, 066 for a wrong request', pEntity));

  PERFORM BuildFunction(pEntity, 'api.count_' || pEntity,
    '{pSearch jsonb DEFAULT NULL,pFilter jsonb DEFAULT NULL}', 'SETOF bigint',
    format($fmt$BEGIN
  RETURN NEXT EntityCount(%L, jsonb_build_object('search', pSearch, 'filter', pFilter));
END;$fmt$, pEntity),
    format(E'Counts objects of the entity %s.\n\npSearch  array of conditions\npFilter  object of column and value', pEntity));

  IF NOT pDeclaration ? 'extends' AND to_regprocedure(lower(format('kernel.Get%s(text)', vName))) IS NOT NULL THEN
    PERFORM BuildFunction(pEntity, format('api.get_%s_id', pEntity), '{"pCode text"}', 'uuid',
      format($fmt$BEGIN
  RETURN CASE WHEN length(pCode) = 36 AND substr(pCode, 15, 1) = '4' THEN pCode::uuid ELSE Get%s(pCode) END;
END;$fmt$, vName),
      format(E'Finds an object of the entity %s.\n\npCode    code, or an id, which is returned as it is\nReturns  its id; null when there is none', pEntity));
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildApiRead (text, jsonb) IS
$$Creates api.get_, api.list_, api.count_ and api.get_..._id of an entity.

pEntity       entity
pDeclaration  declaration$$;
