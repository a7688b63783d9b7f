-- Fields of forms: their order, how they change, the form that a client is given.

-- CreateFormField -------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateFormField (
  pForm         uuid,
  pKey          text,
  pType         text,
  pLabel        text,
  pFormat       text DEFAULT NULL,
  pValue        text DEFAULT NULL,
  pData         jsonb DEFAULT NULL,
  pMutable      boolean DEFAULT NULL,
  pSequence     integer DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF pSequence IS NOT NULL THEN
    PERFORM SetFormFieldSequence(pForm, pKey, pSequence, 1);
  END IF;

  INSERT INTO db.form_field (form, key, type, label, format, value, data, mutable, sequence)
  SELECT pForm, pKey, pType, pLabel, NULLIF(pFormat, ''), NULLIF(pValue, ''), NULLIF(pData, '{}'), COALESCE(pMutable, false),
         COALESCE(pSequence, max(f.sequence) + 1, 1)
    FROM db.form_field f
   WHERE f.form = pForm;

  PERFORM FormFieldsChanged(pForm);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateFormField (uuid, text, text, text, text, text, jsonb, boolean, integer) IS
$$Adds a field to a form.

pForm      form
pKey       key, unique in the form
pType      type
pLabel     label
pFormat    format
pValue     value that it begins with
pData      further data
pMutable   the value may be changed; null is false
pSequence  place; the fields there and after it move on. Null: the last
Raises     AccessDenied when the form may not be changed$$;

-- EditFormField ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION EditFormField (
  pForm         uuid,
  pKey          text,
  pType         text DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pFormat       text DEFAULT NULL,
  pValue        text DEFAULT NULL,
  pData         jsonb DEFAULT NULL,
  pMutable      boolean DEFAULT NULL,
  pSequence     integer DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  nOld          integer := (SELECT sequence FROM db.form_field WHERE form = pForm AND key = pKey);
BEGIN
  IF pSequence <> nOld THEN
    PERFORM SetFormFieldSequence(pForm, pKey, pSequence, CASE WHEN pSequence < nOld THEN 1 ELSE -1 END);
  END IF;

  UPDATE db.form_field
     SET type = COALESCE(pType, type),
         label = COALESCE(pLabel, label),
         format = NULLIF(COALESCE(pFormat, format), ''),
         value = NULLIF(COALESCE(pValue, value), ''),
         data = NULLIF(COALESCE(pData, data), '{}'),
         mutable = COALESCE(pMutable, mutable),
         sequence = COALESCE(pSequence, sequence)
   WHERE form = pForm
     AND key = pKey;

  PERFORM FormFieldsChanged(pForm);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EditFormField (uuid, text, text, text, text, text, jsonb, boolean, integer) IS
$$Changes a field of a form.

pForm      form
pKey       field
pType      new type; null keeps
pLabel     new label; null keeps
pFormat    new format; null keeps, an empty string clears
pValue     new value; null keeps, an empty string clears
pData      new data; null keeps, {} clears
pMutable   the value may be changed; null keeps
pSequence  new place; the fields between make room. Null keeps
Raises     AccessDenied when the form may not be changed$$;

-- SetFormField ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetFormField (
  pForm         uuid,
  pKey          text,
  pType         text DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pFormat       text DEFAULT NULL,
  pValue        text DEFAULT NULL,
  pData         jsonb DEFAULT NULL,
  pMutable      boolean DEFAULT NULL,
  pSequence     integer DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.form_field WHERE form = pForm AND key = pKey) THEN
    PERFORM EditFormField(pForm, pKey, pType, pLabel, pFormat, pValue, pData, pMutable, pSequence);
  ELSE
    PERFORM CreateFormField(pForm, pKey, pType, pLabel, pFormat, pValue, pData, pMutable, pSequence);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetFormField (uuid, text, text, text, text, text, jsonb, boolean, integer) IS
$$Adds a field to a form, or changes the one of the key; see EditFormField().

pForm      form
pKey       field
pType      type
pLabel     label
pFormat    format
pValue     value that it begins with
pData      further data
pMutable   the value may be changed
pSequence  place$$;

-- DeleteFormField -------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteFormField (
  pForm         uuid,
  pKey          text
) RETURNS       boolean
AS $$
BEGIN
  DELETE FROM db.form_field WHERE form = pForm AND key = pKey;
  IF NOT FOUND THEN
    RETURN false;
  END IF;

  PERFORM FormFieldsChanged(pForm);
  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DeleteFormField (uuid, text) IS
$$Deletes a field of a form.

pForm    form
pKey     field
Returns  whether there was one
Raises   AccessDenied when the form may not be changed$$;

-- SetFormFieldSequence --------------------------------------------------------
CREATE OR REPLACE FUNCTION SetFormFieldSequence (
  pForm         uuid,
  pKey          text,
  pSequence     integer,
  pDelta        integer
) RETURNS       void
AS $$
  -- Only an unbroken run of places makes room: behind a gap nothing has to move.
  WITH RECURSIVE run (sequence) AS (
    SELECT f.sequence
      FROM db.form_field f
     WHERE f.form = pForm AND f.key <> pKey AND f.sequence = pSequence
     UNION
    SELECT f.sequence
      FROM run r
     INNER JOIN db.form_field f ON f.form = pForm AND f.key <> pKey AND f.sequence = r.sequence + pDelta
  )
  UPDATE db.form_field f
     SET sequence = f.sequence + pDelta
   WHERE f.form = pForm
     AND f.key <> pKey
     AND f.sequence IN (SELECT sequence FROM run);
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SetFormFieldSequence (uuid, text, integer, integer) IS
$$Makes room for a field at a place of a form.

pForm      form
pKey       field that is to stand there
pSequence  place
pDelta     1 moves the others on, -1 back$$;

-- FormFieldsChanged -----------------------------------------------------------
CREATE OR REPLACE FUNCTION FormFieldsChanged (
  pForm         uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM EditObject(pForm);
  PERFORM ExecuteMethod(pForm, GetMethod(GetObjectClass(pForm), GetAction('edit')));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION FormFieldsChanged (uuid) IS
$$Notes that the fields of a form are others now: a change of the form, by who may change it.

pForm   form
Raises  AccessDenied$$;

-- GetFormFieldJson ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetFormFieldJson (
  pForm         uuid
) RETURNS       json
AS $$
BEGIN
  RETURN (SELECT json_agg(json_build_object('key', f.key, 'type', f.type, 'label', f.label, 'format', f.format,
                                            'value', f.value, 'data', f.data, 'mutable', f.mutable)
                          ORDER BY f.sequence, f.key)
            FROM db.form_field f
           WHERE f.form = pForm);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetFormFieldJson (uuid) IS
$$Returns the fields of a form in their order; null when it has none.

pForm  form$$;

-- BuildForm -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildForm (
  pForm         uuid,
  pParams       json
) RETURNS       json
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM db.form f INNER JOIN AccessForm a ON a.object = f.id WHERE f.id = pForm) THEN
    PERFORM NotFound();
  END IF;
  RETURN json_build_object('form', pForm, 'fields', GetFormFieldJson(pForm));
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION BuildForm (uuid, json) IS
$$Returns a form as a client fills it in.

pForm    form
pParams  for forms that a configuration builds itself
Raises   NotFound, also when the caller may not read it$$;
