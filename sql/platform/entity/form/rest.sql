-- Fields of forms. /form/field without key fields answers all of them; with it, they are replaced.
CREATE OR REPLACE FUNCTION FormFields (
  pForm         uuid,
  pFields       jsonb
) RETURNS       SETOF json
AS $$
BEGIN
  IF pFields IS NULL THEN
    RETURN NEXT api.get_form_field_json(pForm);
  ELSE
    RETURN QUERY SELECT row_to_json(f) FROM api.set_form_field_jsonb(pForm, pFields) AS f;
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION FormFields (uuid, jsonb) IS
$$Answers /form/field.

pForm    form
pFields  null reads the fields, an array replaces them$$;

SELECT BuildDispatcher('form_field', '{"session": true, "payload": true, "array": true, "action": false}', $routes$ [
  {"path": "/form/field",        "call": "kernel.FormFields", "keys": ["form", "fields"], "required": ["form"], "result": "json"},
  {"path": "/form/field/count",  "count": "form_field", "payload": false, "array": false},
  {"path": "/form/field/set",    "call": "set_form_field", "required": ["form", "key"],
   "keys": ["form", "key", "type", "label", "format", "value", "data", "mutable", "sequence"]},
  {"path": "/form/field/get",    "call": "get_form_field", "keys": ["form", "key"], "fields": true},
  {"path": "/form/field/delete", "call": "delete_form_field", "keys": ["form", "key"], "result": "value:success"},
  {"path": "/form/field/list",   "list": "form_field", "payload": false, "array": false}
] $routes$);

SELECT RegisterRoute('form/field', AddEndPoint('SELECT * FROM rest.form_field($1, $2);'));
