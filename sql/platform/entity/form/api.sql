-- Forms and their fields for clients: reading needs the right to read the form, changing that to change it.

-- api.build_form --------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.build_form (
  pId           uuid,
  pParams       json
) RETURNS       json
AS $$
  SELECT BuildForm(pId, pParams);
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.build_form (uuid, json) IS
$$Returns a form as a client fills it in.

pId      form
pParams  for forms that a configuration builds itself$$;

-- api.get_form_field ----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_form_field (
  pForm         uuid,
  pKey          text
) RETURNS       SETOF api.form_field
AS $$
  SELECT * FROM api.form_field WHERE form = pForm AND key = pKey;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_form_field (uuid, text) IS
$$Returns a field of a form; no row when there is none.

pForm  form
pKey   field$$;

-- api.set_form_field ----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_form_field (
  pForm         uuid,
  pKey          text,
  pType         text DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pFormat       text DEFAULT NULL,
  pValue        text DEFAULT NULL,
  pData         jsonb DEFAULT NULL,
  pMutable      boolean DEFAULT NULL,
  pSequence     integer DEFAULT NULL
) RETURNS       SETOF api.form_field
AS $$
BEGIN
  PERFORM RequireObjectAccess(pForm, B'010');
  PERFORM SetFormField(pForm, pKey, pType, pLabel, pFormat, pValue, pData, pMutable, pSequence);
  RETURN QUERY SELECT * FROM api.get_form_field(pForm, pKey);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_form_field (uuid, text, text, text, text, text, jsonb, boolean, integer) IS
$$Adds a field to a form, or changes the one of the key.

pForm      form
pKey       field
pType      type
pLabel     label
pFormat    format; an empty string clears
pValue     value that it begins with; an empty string clears
pData      further data; {} clears
pMutable   the value may be changed
pSequence  place
Returns    the field$$;

-- api.delete_form_field -------------------------------------------------------
CREATE OR REPLACE FUNCTION api.delete_form_field (
  pForm         uuid,
  pKey          text
) RETURNS       boolean
AS $$
BEGIN
  PERFORM RequireObjectAccess(pForm, B'010');
  RETURN DeleteFormField(pForm, pKey);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.delete_form_field (uuid, text) IS
$$Deletes a field of a form.

pForm    form
pKey     field
Returns  whether there was one$$;

-- api.clear_form_field --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.clear_form_field (
  pForm         uuid
) RETURNS       boolean
AS $$
BEGIN
  PERFORM RequireObjectAccess(pForm, B'010');
  DELETE FROM db.form_field WHERE form = pForm;
  IF NOT FOUND THEN
    RETURN false;
  END IF;

  PERFORM FormFieldsChanged(pForm);
  RETURN true;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.clear_form_field (uuid) IS
$$Deletes all fields of a form.

pForm    form
Returns  whether there was one$$;

-- api.set_form_field_jsonb, api.set_form_field_json ---------------------------
CREATE OR REPLACE FUNCTION api.set_form_field_jsonb (
  pForm         uuid,
  pFields       jsonb
) RETURNS       SETOF api.form_field
AS $$
DECLARE
  r             record;
BEGIN
  IF jsonb_typeof(pFields) <> 'array' THEN
    PERFORM IncorrectJsonType(jsonb_typeof(pFields), 'array');
  END IF;

  PERFORM CheckJsonbKeys('/form/field', '{key,type,label,format,value,data,mutable,sequence}', pFields);
  PERFORM api.clear_form_field(pForm);

  FOR r IN
    SELECT *
      FROM jsonb_to_recordset(pFields) AS f (key text, type text, label text, format text, value text, data jsonb,
                                             mutable boolean, sequence integer)
  LOOP
    RETURN QUERY SELECT * FROM api.set_form_field(pForm, r.key, r.type, r.label, r.format, r.value, r.data, r.mutable, r.sequence);
  END LOOP;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_form_field_jsonb (uuid, jsonb) IS
$$Replaces all fields of a form.

pForm    form
pFields  array of {key, type, label, format, value, data, mutable, sequence}
Returns  the fields$$;

CREATE OR REPLACE FUNCTION api.set_form_field_json (
  pForm         uuid,
  pFields       json
) RETURNS       SETOF api.form_field
AS $$
  SELECT * FROM api.set_form_field_jsonb(pForm, pFields::jsonb);
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_form_field_json (uuid, json) IS 'As api.set_form_field_jsonb(), of text JSON.';

-- api.get_form_field_json, api.get_form_field_jsonb ---------------------------
CREATE OR REPLACE FUNCTION api.get_form_field_json (
  pForm         uuid
) RETURNS       json
AS $$
  SELECT GetFormFieldJson(pForm) WHERE CheckObjectAccess(pForm, B'100');
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_form_field_json (uuid) IS
$$Returns the fields of a form as one JSON array; null when it has none, or may not be read.

pForm  form$$;

CREATE OR REPLACE FUNCTION api.get_form_field_jsonb (
  pForm         uuid
) RETURNS       jsonb
AS $$
  SELECT api.get_form_field_json(pForm)::jsonb;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_form_field_jsonb (uuid) IS 'As api.get_form_field_json(), as binary JSON.';
