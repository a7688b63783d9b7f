-- Fields of forms as clients see them.
CREATE OR REPLACE VIEW FormField AS
  SELECT f.form, r.code AS formcode, t.name AS formname, t.description AS formdescription,
         f.key, f.type, f.label, f.format, f.value, f.data, f.mutable, f.sequence
    FROM db.form_field f
   INNER JOIN db.reference r ON r.id = f.form
    LEFT JOIN LATERAL (
         SELECT q.name, q.description
           FROM db.reference_text q
          WHERE q.reference = f.form
          ORDER BY q.locale <> (SELECT current_locale()), q.locale <> (SELECT DefaultLocale()), q.locale
          LIMIT 1) t ON true
   WHERE r.scope = current_scope();

COMMENT ON VIEW FormField IS 'Fields of the forms of the current scope.';

CREATE OR REPLACE VIEW api.form_field AS
  SELECT f.*
    FROM FormField f
   INNER JOIN AccessForm a ON a.object = f.form;

COMMENT ON VIEW api.form_field IS 'Fields of the forms that the current user may read.';

SELECT BuildListFunctions('form_field');
