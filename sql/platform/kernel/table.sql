CREATE TABLE db.setting (
    name        text PRIMARY KEY,
    value       text
);

COMMENT ON TABLE db.setting IS 'Installation settings and the server key; never shown through an API.';
COMMENT ON COLUMN db.setting.name IS 'Dotted name, for instance project.locale';
COMMENT ON COLUMN db.setting.value IS 'Value as text';
