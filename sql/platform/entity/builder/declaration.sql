-- Declarations: which keys there are, and what a wrong one is told.

-- DeclarationKeys -------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeclarationKeys (
  pPart         text
) RETURNS       TABLE (key text, types text, meaning text)
AS $$
  SELECT k.key, k.types, k.meaning
    FROM (VALUES
      ('entity', 'kind',         'string',        'reference or document'),
      ('entity', 'extends',      'string',        'entity whose table, views and functions are shared; this is a class of it'),
      ('entity', 'parent',       'string',        'class above; by default the kind'),
      ('entity', 'abstract',     'boolean',       'no object is of this very class'),
      ('entity', 'types',        'array',         'types: NAME stands for NAME.CLASS'),
      ('entity', 'default_type', 'string',        'type of an object that is added without one'),
      ('entity', 'code',         'boolean,object','documents: they have a code; see its keys'),
      ('entity', 'columns',      'array',         'own columns, in order'),
      ('entity', 'params',       'array',         'parameters after parent and type, in order'),
      ('entity', 'optional',     'string,object', 'first parameter with a default when an object is added; {"kernel": ..., "api": ...} where they differ'),
      ('entity', 'priority',     'boolean',       'documents: they show their priority'),
      ('entity', 'layout',       'object',        'order of the columns of a view: {"object": [...], "light": [...]}'),
      ('entity', 'edit_params',  'boolean',       'the action edit is told the own row before and after'),
      ('entity', 'machine',      'object',        'states and methods; by default the default machine'),
      ('entity', 'actions',      'array',         'actions that only this entity has'),
      ('entity', 'events',       'object',        'what runs at an action: P parent, H handler, S change of state, as "P H"; * stands for every action'),
      ('entity', 'on_create',    'string',        'action that the handler of create executes'),
      ('entity', 'log',          'string',        'scope of what the handlers write to the event log'),
      ('entity', 'service',      'boolean',       'api.service_<entity> shows all of the scope, whatever area and rights, to background processes'),
      ('entity', 'route',        'boolean',       'false: no dispatcher'),
      ('entity', 'methods',      'string',        'reply to an array of objects: grouped (default) or flat'),
      ('entity', 'routes',       'array',         'more routes, as BuildDispatcher() takes them'),
      ('entity', 'list',         'object',        'which rows lists show; see its keys'),
      ('entity', 'acl',          'array',         'rights in the class: [{"group": NAME, "mask": "deny allow" as ten bits, "objects": false}]'),
      ('entity', 'text',         'object',        'texts by locale, as LoadTexts() takes them'),

      ('code',   'prefix',       'string',        'what a generated code begins with'),
      ('code',   'hex',          'number',        'a generated code is so many random bytes in hexadecimal digits'),
      ('code',   'unique',       'string',        'scope or global; by default codes may repeat'),
      ('code',   'exists',       'string',        'function that raises the error of a code that is taken; by default RecordExists'),

      ('column', 'name',         'string',        'column'),
      ('column', 'type',         'string',        'SQL type'),
      ('column', 'ref',          'string',        'entity that it refers to, instead of a type'),
      ('column', 'required',     'boolean',       'not null'),
      ('column', 'default',      'string',        'SQL expression of a value that was not given; may name parameters'),
      ('column', 'unique',       'boolean',       'unique index'),
      ('column', 'index',        'boolean',       'index; references have one by default'),
      ('column', 'clear',        'string',        'SQL literal that empties it in an edit, or never; by default '''', {} or the null uuid by its type'),
      ('column', 'check',        'boolean',       'an unknown id is answered with ERR-400-030; by default true of references'),
      ('column', 'expand',       'array',         'what is shown of the object referred to: code, name, label, description, statecode, statelabel, or a column of its table'),
      ('column', 'param',        'string,boolean','name of the parameter, or false: it is set by hand only'),
      ('column', 'view',         'string',        'SQL expression that is shown instead of it'),
      ('column', 'get',          'boolean',       'Get<Entity><Column>() returns it'),
      ('column', 'comment',      'string',        'comment on the column'),

      ('machine', 'base',        'string',        'default: the states and methods of the default machine, and these'),
      ('machine', 'states',      'array',         'states'),

      ('state',  'code',         'string',        'code'),
      ('state',  'type',         'string',        'created, enabled, disabled or deleted; by default the code'),
      ('state',  'methods',      'array',         'methods: "action -> state", "action" where it stays, "... hidden" for programs only'),

      ('layout', 'object',       'array',         'columns of Object<Entity> and api.<entity>'),
      ('layout', 'light',        'array',         'columns of <Entity>'),

      ('optional', 'kernel',     'string',        'first parameter of Create<Entity>() with a default'),
      ('optional', 'api',        'string',        'first parameter of api.add_<entity>() with a default'),

      ('list',   'acl',          'string',        'join: only rows that the caller may read; none: all of his area or scope'),
      ('list',   'get',          'string',        'check: get needs the right to read; none: what lists show'),

      ('acl',    'group',        'string',        'group or user'),
      ('acl',    'mask',         'string',        'ten bits: five denied, five allowed'),
      ('acl',    'objects',      'boolean',       'change objects that are there, too')
    ) AS k (part, key, types, meaning)
   WHERE k.part = pPart;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DeclarationKeys (text) IS
$$Lists the keys that a declaration of an entity may have.

pPart    entity, or part of it: code, column, machine, state, layout, optional, list, acl
Returns  key, JSON types of its value, what it means$$;

-- RefuseDeclaration -----------------------------------------------------------
CREATE OR REPLACE FUNCTION RefuseDeclaration (
  pEntity       text,
  pWhere        text,
  pMessage      text
) RETURNS       void
AS $$
BEGIN
  RAISE EXCEPTION 'Cannot build entity "%": %', pEntity, COALESCE(pWhere || ': ', '') || pMessage
    USING ERRCODE = 'invalid_object_definition';
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RefuseDeclaration (text, text, text) IS
$$Raises the error of a wrong declaration, SQLSTATE 42P17.

pEntity   entity
pWhere    key that is wrong; null: the declaration as a whole
pMessage  what is wrong and what is allowed$$;

-- CheckDeclarationKeys --------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckDeclarationKeys (
  pEntity       text,
  pPart         text,
  pWhere        text,
  pObject       jsonb
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  IF jsonb_typeof(pObject) <> 'object' THEN
    PERFORM RefuseDeclaration(pEntity, pWhere, format('must be an object, is %s', pObject));
  END IF;

  FOR r IN
    SELECT e.key, jsonb_typeof(e.value) AS type, k.types
      FROM jsonb_each(pObject) AS e
      LEFT JOIN DeclarationKeys(pPart) AS k ON k.key = e.key
     WHERE k.key IS NULL OR jsonb_typeof(e.value) <> ALL (string_to_array(k.types, ','))
  LOOP
    IF r.types IS NULL THEN
      PERFORM RefuseDeclaration(pEntity, pWhere, format('unknown key "%s", allowed are %s', r.key,
        (SELECT string_agg(key, ', ') FROM DeclarationKeys(pPart))));
    END IF;
    PERFORM RefuseDeclaration(pEntity, pWhere, format('"%s" must be %s, is %s', r.key,
      replace(r.types, ',', ' or '), r.type));
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckDeclarationKeys (text, text, text, jsonb) IS
$$Refuses an object of a declaration that has an unknown key or a value of the wrong type.

pEntity  entity
pPart    part of DeclarationKeys()
pWhere   what the message calls it
pObject  object$$;

-- CheckDeclarationValue -------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckDeclarationValue (
  pEntity       text,
  pWhere        text,
  pValue        text,
  pAllowed      text[]
) RETURNS       void
AS $$
BEGIN
  IF pValue IS NOT NULL AND pValue <> ALL (pAllowed) THEN
    PERFORM RefuseDeclaration(pEntity, pWhere, format('must be %s, is "%s"',
      array_to_string(pAllowed, ' or '), pValue));
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckDeclarationValue (text, text, text, text[]) IS
$$Refuses a value of a declaration that is not one of a few.

pEntity   entity
pWhere    key
pValue    value; null passes
pAllowed  values$$;
