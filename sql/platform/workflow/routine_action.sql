-- Actions and priorities: two dictionaries of the same shape, built from one template.

-- BuildDictionaryFunctions ----------------------------------------------------
CREATE OR REPLACE FUNCTION BuildDictionaryFunctions (
  pKind         text
) RETURNS       void
AS $$
DECLARE
  r             record;
  vName         text := initcap(pKind);
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('Add%1$s', 'pId uuid, pCode text, pName text, pDescription text DEFAULT NULL', 'uuid',
       $t$DECLARE
  uId           uuid;
BEGIN
  IF Get%1$s(pCode) IS NOT NULL THEN
    PERFORM RecordExists(pCode);
  END IF;

  INSERT INTO db.%2$s (id, code) VALUES (COALESCE(pId, gen_kernel_uuid('b')), pCode) RETURNING id INTO uId;
  PERFORM FillTexts('%2$s', uId, ARRAY[pCode], pName, pDescription);

  RETURN uId;
END;$t$,
       $t$Adds one %2$s.

pId           its id; null draws one
pCode         code
pName         name in the current locale; null: that of the data files
pDescription  description in the current locale
Returns       its id
Raises        RecordExists when the code is taken$t$),

      ('Edit%1$s', 'pId uuid, pCode text DEFAULT NULL, pName text DEFAULT NULL, pDescription text DEFAULT NULL',
       'boolean',
       $t$BEGIN
  IF Get%1$s(pCode) <> pId THEN
    PERFORM RecordExists(pCode);
  END IF;

  UPDATE db.%2$s SET code = COALESCE(pCode, code) WHERE id = pId;
  IF NOT FOUND THEN
    RETURN false;
  END IF;

  PERFORM StoreText('%2$s', pId, pName, pDescription);
  RETURN true;
END;$t$,
       $t$Changes one %2$s, its texts in the current locale only.

pId           %2$s
pCode         new code; null keeps
pName         new name; null keeps
pDescription  new description; null keeps, an empty string clears
Returns       false when there is none
Raises        RecordExists when the code is taken$t$),

      ('Set%1$s', 'pId uuid, pCode text, pName text, pDescription text DEFAULT NULL', 'uuid',
       $t$DECLARE
  uId           uuid := COALESCE((SELECT id FROM db.%2$s WHERE id = pId), Get%1$s(pCode));
BEGIN
  IF uId IS NULL THEN
    RETURN Add%1$s(pId, pCode, pName, pDescription);
  END IF;

  PERFORM Edit%1$s(uId, pCode, pName, pDescription);
  RETURN uId;
END;$t$,
       $t$Adds one %2$s, or changes that of the id, else that of the code.

pId           %2$s; null looks for the code
pCode         code
pName         name in the current locale
pDescription  description in the current locale
Returns       its id$t$),

      ('Delete%1$s', 'pId uuid', 'boolean',
       $t$BEGIN
  DELETE FROM db.%2$s WHERE id = pId;
  RETURN FOUND;
END;$t$,
       $t$Deletes one %2$s that nothing uses.

pId      %2$s
Returns  false when there is none$t$)
    ) AS t (name, arguments, result, body, comment)
  LOOP
    EXECUTE format('CREATE OR REPLACE FUNCTION kernel.%s (%s) RETURNS %s AS %L LANGUAGE plpgsql',
      format(r.name, vName), r.arguments, r.result, format(r.body, vName, pKind));
    EXECUTE format('COMMENT ON FUNCTION kernel.%s IS %L', format(r.name, vName), format(r.comment, vName, pKind));
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildDictionaryFunctions (text) IS
$$Creates Add, Edit, Set and Delete of a dictionary: a table of codes with its table of texts.

pKind  action or priority$$;

SELECT BuildDictionaryFunctions(k) FROM unnest(ARRAY['action', 'priority']) AS k;
