-- Types and states.

-- AddType ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddType (
  pClass        uuid,
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL,
  pId           uuid DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  IF GetType(pClass, pCode) IS NOT NULL THEN
    PERFORM RecordExists(pCode);
  END IF;

  INSERT INTO db.type (id, class, code)
  VALUES (COALESCE(pId, gen_kernel_uuid('b')), pClass, pCode)
  RETURNING id INTO uId;
  PERFORM FillTexts('type', uId, ARRAY[pCode], pName, pDescription);

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddType (uuid, text, text, text, uuid) IS
$$Adds a type to a class.

pClass        class
pCode         code, by convention NAME.CLASS
pName         name in the current locale; null: that of the data files
pDescription  description in the current locale
pId           its id; null draws one
Returns       its id
Raises        RecordExists when the class has a type of the code$$;

-- EditType --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditType (
  pId           uuid,
  pClass        uuid DEFAULT NULL,
  pCode         text DEFAULT NULL,
  pName         text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.type t
              INNER JOIN db.type o ON o.class = COALESCE(pClass, t.class) AND o.code = COALESCE(pCode, t.code)
              WHERE t.id = pId AND o.id <> pId) THEN
    PERFORM RecordExists(COALESCE(pCode, GetTypeCode(pId)));
  END IF;

  UPDATE db.type
     SET class = COALESCE(pClass, class),
         code = COALESCE(pCode, code)
   WHERE id = pId;

  IF FOUND THEN
    PERFORM StoreText('type', pId, pName, pDescription);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditType (uuid, uuid, text, text, text) IS
$$Changes a type, its texts in the current locale only.

pId           type
pClass        new class; null keeps
pCode         new code; null keeps
pName         new name; null keeps
pDescription  new description; null keeps, an empty string clears
Raises        RecordExists when the class has another type of the code$$;

-- SetType ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetType (
  pClass        uuid,
  pCode         text,
  pName         text,
  pDescription  text DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := GetType(pClass, pCode);
BEGIN
  IF uId IS NULL THEN
    RETURN AddType(pClass, pCode, pName, pDescription);
  END IF;

  PERFORM EditType(uId, pClass, pCode, pName, pDescription);
  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetType (uuid, text, text, text) IS
$$Adds a type, or changes the one of the class and code.

pClass        class
pCode         code
pName         name in the current locale
pDescription  description in the current locale
Returns       its id$$;

-- DeleteType ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteType (
  pId           uuid
) RETURNS       void
AS $$
  DELETE FROM db.type WHERE id = pId;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DeleteType (uuid) IS
$$Deletes a type that no object has.

pId  type$$;

-- AddState --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddState (
  pClass        uuid,
  pType         uuid,
  pCode         text,
  pLabel        text,
  pSequence     integer DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
  vKey          text := concat_ws('.', GetClassCode(pClass), pCode);
BEGIN
  IF EXISTS (SELECT FROM db.state WHERE class = pClass AND code = pCode) THEN
    PERFORM RecordExists(pCode);
  END IF;

  INSERT INTO db.state (class, type, code, sequence)
  SELECT pClass, pType, pCode, COALESCE(pSequence, max(s.sequence) + 1, 1)
    FROM db.state s
   WHERE s.class = pClass AND s.type = pType
  RETURNING id INTO uId;

  -- A label of its own must not meet the usual text of the code in other locales.
  PERFORM FillTexts('state', uId, CASE WHEN pLabel IS NULL THEN ARRAY[vKey, pCode] ELSE ARRAY[vKey] END, pLabel);

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddState (uuid, uuid, text, text, integer) IS
$$Adds a state to a class.

pClass     class
pType      kind of state
pCode      code, unique in the class
pLabel     label in the current locale; null: that of the data files
pSequence  place among the states of the kind; null: the last
Returns    its id
Raises     RecordExists when the class has a state of the code$$;

-- EditState -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditState (
  pId           uuid,
  pClass        uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pCode         text DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pSequence     integer DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.state s
              INNER JOIN db.state o ON o.class = COALESCE(pClass, s.class) AND o.code = COALESCE(pCode, s.code)
              WHERE s.id = pId AND o.id <> pId) THEN
    PERFORM RecordExists(COALESCE(pCode, GetStateCode(pId)));
  END IF;

  UPDATE db.state
     SET class = COALESCE(pClass, class),
         type = COALESCE(pType, type),
         code = COALESCE(pCode, code),
         sequence = COALESCE(pSequence, sequence)
   WHERE id = pId;

  IF FOUND THEN
    PERFORM StoreText('state', pId, pLabel);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditState (uuid, uuid, uuid, text, text, integer) IS
$$Changes a state, its label in the current locale only.

pId        state
pClass     new class; null keeps
pType      new kind of state; null keeps
pCode      new code; null keeps
pLabel     new label; null keeps
pSequence  new place; null keeps
Raises     RecordExists when the class has another state of the code$$;

-- SetState --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetState (
  pId           uuid,
  pClass        uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pCode         text DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pSequence     integer DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := COALESCE(pId, (SELECT id FROM db.state WHERE class = pClass AND code = pCode));
BEGIN
  IF uId IS NULL THEN
    RETURN AddState(pClass, pType, pCode, pLabel, pSequence);
  END IF;

  PERFORM EditState(uId, pClass, pType, pCode, pLabel, pSequence);
  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetState (uuid, uuid, uuid, text, text, integer) IS
$$Adds a state, or changes the one of the id, else of the class and code.

pId        state; null looks for class and code
pClass     class
pType      kind of state
pCode      code
pLabel     label in the current locale
pSequence  place among the states of the kind
Returns    its id$$;

-- DeleteState -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteState (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.transition WHERE state = pId OR newstate = pId;
  PERFORM DeleteMethod(id) FROM db.method WHERE state = pId;
  DELETE FROM db.state WHERE id = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteState (uuid) IS
$$Deletes a state that no object is in, with its methods and every transition from and to it.

pId  state$$;
