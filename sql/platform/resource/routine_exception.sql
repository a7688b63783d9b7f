-- CreateExceptionResource -----------------------------------------------------
CREATE OR REPLACE FUNCTION CreateExceptionResource (
  pId           uuid,
  pLocaleCode   text,
  pName         text,
  pDescription  text,
  pRoot         uuid DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uRoot         uuid := coalesce(pRoot, GetExceptionUUID(0, 0));
  uLocale       uuid := GetLocale(pLocaleCode);
BEGIN
  IF uLocale IS NULL THEN
    PERFORM IncorrectLocaleCode(pLocaleCode);
  END IF;

  RETURN SetResource(pId, uRoot, uRoot, 'text/plain', pName, pDescription, NULL, pDescription, NULL, uLocale);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateExceptionResource (uuid, text, text, text, uuid) IS
$$Keeps the text of a configuration's own exception as a resource; again with the same result.

pId           GetExceptionUUID() of the exception
pLocaleCode   code of the locale
pName         name, unique within the locale
pDescription  the text, %s where a value goes
pRoot         root of the tree; null means that of all exceptions
Returns       pId
Raises        IncorrectLocaleCode$$;
