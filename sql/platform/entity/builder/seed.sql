-- Objects that an installation brings along.

-- ActAs -----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ActAs (
  pUserName     text,
  pArea         uuid DEFAULT '00000000-0000-4003-a001-000000000001'
) RETURNS       void
AS $$
DECLARE
  uUser         uuid := GetUser(pUserName);
BEGIN
  IF NOT IsKernel() THEN
    PERFORM AccessDenied();
  END IF;

  PERFORM set_config('current.user', COALESCE(uUser::text, ''), true),
          set_config('current.suid', COALESCE(uUser::text, ''), true),
          set_config('current.groups', ARRAY(SELECT m.userid FROM db.member_group m WHERE m.member = uUser)::text, true),
          set_config('current.admin', CASE WHEN IsUserRole('00000000-0000-4000-a000-000000000001'::uuid, uUser) THEN 't' ELSE 'f' END, true),
          set_config('current.area', CASE WHEN uUser IS NULL THEN '' ELSE pArea::text END, true),
          set_config('current.scope', CASE WHEN uUser IS NULL THEN '' ELSE (SELECT scope::text FROM db.area WHERE id = pArea) END, true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ActAs (text, uuid) IS
$$Makes the rest of the transaction act for a user without a session: what an installation does.

pUserName  name to sign in with; null: nobody again
pArea      area, by default the default one
Raises     AccessDenied when it is not the owner of the database who calls$$;

-- SeedReference ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION SeedReference (
  pEntity       text,
  pType         text,
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL,
  pColumns      jsonb DEFAULT '{}'
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
  vArguments    text;
  vUser         text := (SELECT username FROM db."user" WHERE id = current_userid());
BEGIN
  PERFORM ActAs('admin');
  uId := GetReference(pCode, pEntity);

  IF uId IS NULL THEN
    SELECT string_agg(format(', p%s => ($1->>%L)::%s', p.key, p.key, p.type), '') INTO vArguments
      FROM EntityParameters(pEntity, EntityDeclaration(pEntity)) AS p
     WHERE pColumns ? p.key;

    EXECUTE format('SELECT kernel.Create%s(NULL, $2, pCode => $3, pName => $4, pDescription => $5%s)', CamelName(pEntity), vArguments)
      INTO uId
     USING pColumns, GetType(TypeCode(pEntity, pType)), pCode, pName, pDescription;
  END IF;

  PERFORM ActAs(vUser);
  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SeedReference (text, text, text, text, text, jsonb) IS
$$Creates a reference as admin in the default area, unless the code is there already.

pEntity       entity
pType         type: NAME stands for NAME.CLASS
pCode         code
pName         name
pDescription  description
pColumns      values of its own columns, by parameter
Returns       its id$$;
