-- Links and external references: what an object is tied to under a key, from when to when.

-- SetObjectLink, SetObjectReference -------------------------------------------
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('SetObjectLink', 'object_link', 'linked', 'uuid', 'pLinked', 'pObject uuid, pLinked uuid, pKey text', 'uuid, uuid, text',
       'Links an object to another one under a key; the link that it had under the key ends.',
       E'pLinked    object that the link leads to; null only ends the old one\npKey       key'),
      ('SetObjectReference', 'object_reference', 'reference', 'text', 'pReference', 'pObject uuid, pKey text, pReference text', 'uuid, text, text',
       'Notes what an object is called in another system; what it was called there ends.',
       E'pKey       key: which system\npReference identifier there; null only ends the old one')
    ) AS t (name, rel, col, type, parameter, arguments, signature, summary, parameters)
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION %1$s (
  %6$s,
  pDateFrom     timestamptz DEFAULT oper_date()
) RETURNS       uuid
AS $body$
DECLARE
  r             record;
  uId           uuid;
BEGIN
  PERFORM FROM db.object WHERE id = pObject FOR NO KEY UPDATE;

  SELECT l.id, l.%3$s AS target, l.validfromdate, l.validtodate INTO r
    FROM db.%2$s l
   WHERE l.object = pObject AND l.key = pKey AND l.validfromdate <= pDateFrom AND l.validtodate > pDateFrom;

  IF r.target = %5$s THEN
    RETURN r.id;
  ELSIF r.validfromdate = pDateFrom THEN
    DELETE FROM db.%2$s WHERE id = r.id;
  ELSIF r.id IS NOT NULL THEN
    UPDATE db.%2$s SET validtodate = pDateFrom WHERE id = r.id;
  END IF;

  IF %5$s IS NOT NULL THEN
    INSERT INTO db.%2$s (object, key, %3$s, validfromdate, validtodate)
    VALUES (pObject, pKey, %5$s, pDateFrom, COALESCE(r.validtodate, MAXDATE()))
    RETURNING id INTO uId;
  END IF;

  RETURN uId;
END;
$body$ LANGUAGE plpgsql$fmt$, r.name, r.rel, r.col, r.type, r.parameter, r.arguments);
    EXECUTE format('COMMENT ON FUNCTION %s (%s, timestamptz) IS %L', r.name, r.signature, format(
      E'%s\n\npObject    object\n%s\npDateFrom  from when, by default the operation date\nReturns    its id; null when it only ended',
      r.summary, r.parameters));
  END LOOP;
END;
$do$;

-- GetObjectLink ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectLink (
  pObject       uuid,
  pKey          text,
  pDate         timestamptz DEFAULT oper_date()
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT linked FROM db.object_link
           WHERE object = pObject AND key = pKey AND validfromdate <= pDate AND validtodate > pDate);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetObjectLink (uuid, text, timestamptz) IS
$$Gives the object that another one is linked to under a key.

pObject  object
pKey     key
pDate    when, by default the operation date$$;

-- GetObjectReference ----------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectReference (
  pObject       uuid,
  pKey          text,
  pDate         timestamptz DEFAULT oper_date()
) RETURNS       text
AS $$
BEGIN
  RETURN (SELECT reference FROM db.object_reference
           WHERE object = pObject AND key = pKey AND validfromdate <= pDate AND validtodate > pDate);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetObjectReference (uuid, text, timestamptz) IS
$$Gives what an object is called in another system.

pObject  object
pKey     key: which system
pDate    when, by default the operation date$$;

-- GetReferenceObject ----------------------------------------------------------
CREATE OR REPLACE FUNCTION GetReferenceObject (
  pReference    text,
  pKey          text,
  pDate         timestamptz DEFAULT oper_date()
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT object FROM db.object_reference
           WHERE reference = pReference AND key = pKey AND validfromdate <= pDate AND validtodate > pDate);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetReferenceObject (text, text, timestamptz) IS
$$Finds the object that is called so in another system.

pReference  identifier there
pKey        key: which system
pDate       when, by default the operation date$$;
