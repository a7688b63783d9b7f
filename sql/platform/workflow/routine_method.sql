-- Methods and transitions.

-- MethodCode ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION MethodCode (
  pState        uuid,
  pAction       uuid
) RETURNS       text
AS $$
  SELECT COALESCE(GetStateCode(pState), 'null') || ':' || GetActionCode(pAction);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION MethodCode (uuid, uuid) IS
$$Makes the code of a method that was given none.

pState   state; null for a state-less method
pAction  action
Returns  STATE:ACTION, or null:ACTION$$;

-- NewMethod -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewMethod (
  pParent       uuid,
  pClass        uuid,
  pState        uuid,
  pAction       uuid,
  pCode         text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pVisible      boolean DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
  uState        uuid := NULLIF(pState, null_uuid());
  vCode         text := COALESCE(NULLIF(pCode, ''), MethodCode(uState, pAction));
BEGIN
  IF EXISTS (SELECT FROM db.method WHERE class = pClass AND code = vCode) THEN
    PERFORM RecordExists(vCode);
  END IF;

  INSERT INTO db.method (parent, class, state, action, code, sequence, visible)
  SELECT NULLIF(pParent, null_uuid()), pClass, uState, pAction, vCode,
         COALESCE(pSequence, max(m.sequence) + 1, 1), COALESCE(pVisible, true)
    FROM db.method m
   WHERE m.class = pClass
     AND m.state IS NOT DISTINCT FROM uState
  RETURNING id INTO uId;

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewMethod (uuid, uuid, uuid, uuid, text, integer, boolean) IS
$$Adds a method without texts; see AddMethod.

pParent    method that it is listed below; null for none
pClass     class
pState     state that the object must be in; null for a state-less method
pAction    action
pCode      code; null makes STATE:ACTION
pSequence  place among the methods of the state; null: the last
pVisible   offered to people; null is true
Returns    its id
Raises     RecordExists when the class has a method of the code$$;

-- FillMethodTexts -------------------------------------------------------------
CREATE OR REPLACE FUNCTION FillMethodTexts (
  pId           uuid,
  pLabel        text DEFAULT NULL,
  pCommon       boolean DEFAULT false
) RETURNS       void
AS $$
DECLARE
  r             record;
  vKeys         text[];
BEGIN
  SELECT m.state, m.action, m.code, c.code AS classcode, a.code AS actioncode INTO r
    FROM db.method m
   INNER JOIN db.class_tree c ON c.id = m.class
   INNER JOIN db.action a ON a.id = m.action
   WHERE m.id = pId;

  vKeys := ARRAY[concat_ws('.', r.classcode, r.code)];
  IF r.state IS NOT NULL THEN
    vKeys := vKeys || concat_ws('.', r.classcode, r.actioncode);
    IF pCommon THEN
      vKeys := vKeys || r.actioncode;
    END IF;
  END IF;

  PERFORM FillTexts('method', pId, vKeys, pLabel);

  IF pLabel IS NULL THEN
    INSERT INTO db.method_text (method, locale, label)
    SELECT pId, locale, name FROM db.action_text WHERE action = r.action
        ON CONFLICT (method, locale) DO NOTHING;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION FillMethodTexts (uuid, text, boolean) IS
$$Gives a new method its labels: those of the data files, else the names of its action.

pId      method
pLabel   label in the current locale; null: none, and action names where the files have no text
pCommon  use the texts that the files have for the action in every class, too$$;

-- AddMethod -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddMethod (
  pParent       uuid,
  pClass        uuid,
  pState        uuid,
  pAction       uuid,
  pCode         text DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pVisible      boolean DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid := NewMethod(pParent, pClass, pState, pAction, pCode, pSequence, pVisible);
BEGIN
  PERFORM FillMethodTexts(uId, pLabel);
  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddMethod (uuid, uuid, uuid, uuid, text, text, integer, boolean) IS
$$Adds a method; everybody who has rights in the class may execute it.

pParent    method that it is listed below; null for none
pClass     class
pState     state that the object must be in; null for a state-less method
pAction    action
pCode      code; null makes STATE:ACTION
pLabel     label in the current locale; null: that of the data files, else the name of the action
pSequence  place among the methods of the state; null: the last
pVisible   offered to people; null is true
Returns    its id
Raises     RecordExists when the class has a method of the code$$;

-- EditMethod ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditMethod (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pClass        uuid DEFAULT NULL,
  pState        uuid DEFAULT NULL,
  pAction       uuid DEFAULT NULL,
  pCode         text DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pSequence     integer DEFAULT NULL,
  pVisible      boolean DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.method m
              INNER JOIN db.method o ON o.class = COALESCE(pClass, m.class) AND o.code = COALESCE(pCode, m.code)
              WHERE m.id = pId AND o.id <> pId) THEN
    PERFORM RecordExists(COALESCE(pCode, GetMethodCode(pId)));
  END IF;

  UPDATE db.method
     SET parent = NULLIF(COALESCE(pParent, parent), null_uuid()),
         class = COALESCE(pClass, class),
         state = NULLIF(COALESCE(pState, state), null_uuid()),
         action = COALESCE(pAction, action),
         code = COALESCE(pCode, code),
         sequence = COALESCE(pSequence, sequence),
         visible = COALESCE(pVisible, visible)
   WHERE id = pId;

  IF FOUND THEN
    PERFORM StoreText('method', pId, pLabel);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditMethod (uuid, uuid, uuid, uuid, uuid, text, text, integer, boolean) IS
$$Changes a method, its label in the current locale only. Rights in it stay as they are.

pId        method
pParent    new parent; null keeps, null_uuid() clears
pClass     new class; null keeps
pState     new state; null keeps, null_uuid() makes it state-less
pAction    new action; null keeps
pCode      new code; null keeps
pLabel     new label; null keeps
pSequence  new place; null keeps
pVisible   offered to people; null keeps
Raises     RecordExists when the class has another method of the code$$;

-- DeleteMethod ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteMethod (
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  UPDATE db.method SET parent = NULL WHERE parent = pId;
  DELETE FROM db.method WHERE id = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteMethod (uuid) IS
$$Deletes a method that was never executed, with its transition and the rights in it.

pId  method$$;

-- AddTransition ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddTransition (
  pState        uuid,
  pMethod       uuid,
  pNewState     uuid
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  IF EXISTS (SELECT FROM db.transition WHERE method = pMethod) THEN
    PERFORM RecordExists(GetMethodCode(pMethod));
  END IF;

  INSERT INTO db.transition (state, method, newstate)
  VALUES (NULLIF(pState, null_uuid()), pMethod, pNewState)
  RETURNING id INTO uId;

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddTransition (uuid, uuid, uuid) IS
$$Adds the transition of a method.

pState     state that the method starts from, for editors
pMethod    method
pNewState  state that it leads to
Returns    its id
Raises     RecordExists when the method has one$$;

-- EditTransition --------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditTransition (
  pId           uuid,
  pState        uuid DEFAULT NULL,
  pMethod       uuid DEFAULT NULL,
  pNewState     uuid DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.transition WHERE method = pMethod AND id <> pId) THEN
    PERFORM RecordExists(GetMethodCode(pMethod));
  END IF;

  UPDATE db.transition
     SET state = NULLIF(COALESCE(pState, state), null_uuid()),
         method = COALESCE(pMethod, method),
         newstate = COALESCE(pNewState, newstate)
   WHERE id = pId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditTransition (uuid, uuid, uuid, uuid) IS
$$Changes a transition.

pId        transition
pState     new state that the method starts from; null keeps, null_uuid() clears
pMethod    new method; null keeps
pNewState  new state that it leads to; null keeps
Raises     RecordExists when the method has another transition$$;

-- DeleteTransition ------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteTransition (
  pId           uuid
) RETURNS       void
AS $$
  DELETE FROM db.transition WHERE id = pId;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DeleteTransition (uuid) IS
$$Deletes a transition: its method keeps the state from now on.

pId  transition$$;
