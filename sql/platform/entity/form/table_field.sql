-- The fields of forms.
CREATE TABLE db.form_field (
    form        uuid NOT NULL REFERENCES db.form(id) ON DELETE CASCADE,
    key         text NOT NULL,
    type        text NOT NULL,
    label       text NOT NULL,
    format      text,
    value       text,
    data        jsonb,
    mutable     boolean NOT NULL DEFAULT false,
    sequence    integer NOT NULL DEFAULT 0,
    PRIMARY KEY (form, key)
);

COMMENT ON TABLE db.form_field IS 'Fields of forms.';
COMMENT ON COLUMN db.form_field.form IS 'Form';
COMMENT ON COLUMN db.form_field.key IS 'Key, unique in the form';
COMMENT ON COLUMN db.form_field.type IS 'Type, as the client understands it';
COMMENT ON COLUMN db.form_field.label IS 'Label';
COMMENT ON COLUMN db.form_field.format IS 'Format, as the client understands it';
COMMENT ON COLUMN db.form_field.value IS 'Value that it begins with';
COMMENT ON COLUMN db.form_field.data IS 'Further data';
COMMENT ON COLUMN db.form_field.mutable IS 'The value may be changed';
COMMENT ON COLUMN db.form_field.sequence IS 'Place in the form';

CREATE INDEX ON db.form_field (form, sequence);
