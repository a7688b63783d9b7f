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
  PERFORM set_config('current.user', COALESCE(uUser::text, ''), true),
          set_config('current.suid', COALESCE(uUser::text, ''), true),
          set_config('current.groups', ARRAY(SELECT m.userid FROM db.member_group m WHERE m.member = uUser)::text, true),
          set_config('current.admin', CASE WHEN IsUserRole('00000000-0000-4000-a000-000000000001'::uuid, uUser) THEN 't' ELSE 'f' END, true),
          set_config('current.area', CASE WHEN uUser IS NULL THEN '' ELSE pArea::text END, true),
          set_config('current.scope', CASE WHEN uUser IS NULL THEN '' ELSE (SELECT scope::text FROM db.area WHERE id = pArea) END, true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ActAs (text, uuid) IS
$$Makes the rest of the transaction act for a user without a session; no session is changed.

For installations, and for what a service account may not do itself. Not for anybody who could
choose the user: only kernel can call it.
pUserName  name to sign in with; null: nobody again
pArea      area, by default the default one$$;

-- SaveContext, RestoreContext -------------------------------------------------
CREATE OR REPLACE FUNCTION SaveContext ()
RETURNS         jsonb
AS $$
  SELECT jsonb_object_agg(n, COALESCE(current_setting(n, true), ''))
    FROM unnest('{current.user,current.suid,current.groups,current.admin,current.area,current.scope}'::text[]) AS n;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION SaveContext () IS 'Gives who acts now, for RestoreContext() after ActAs().';

CREATE OR REPLACE FUNCTION RestoreContext (
  pContext      jsonb
) RETURNS       void
AS $$
BEGIN
  PERFORM set_config(key, value, true) FROM jsonb_each_text(pContext);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RestoreContext (jsonb) IS
$$Lets those act again who did at SaveContext().

pContext  what it gave$$;

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
  jContext      jsonb := SaveContext();
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

  PERFORM RestoreContext(jContext);
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
