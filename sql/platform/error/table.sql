-- db.error_catalog ------------------------------------------------------------
CREATE TABLE db.error_catalog (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid(),
    code        text NOT NULL,
    http_code   integer NOT NULL,
    severity    char(1) NOT NULL DEFAULT 'E' CHECK (severity IN ('E', 'W')),
    category    text NOT NULL DEFAULT 'validation'
                CHECK (category IN ('auth', 'access', 'validation', 'entity', 'workflow', 'system')),
    created_at  timestamptz NOT NULL DEFAULT now(),
    edited      boolean NOT NULL DEFAULT false
);

COMMENT ON TABLE db.error_catalog IS 'Errors that the system raises.';

COMMENT ON COLUMN db.error_catalog.id IS 'Identifier.';
COMMENT ON COLUMN db.error_catalog.code IS 'ERR-GGG-CCC: HTTP status, number within it.';
COMMENT ON COLUMN db.error_catalog.http_code IS 'HTTP status of the answer.';
COMMENT ON COLUMN db.error_catalog.severity IS 'E error, W warning.';
COMMENT ON COLUMN db.error_catalog.category IS 'auth, access, validation, entity, workflow or system.';
COMMENT ON COLUMN db.error_catalog.created_at IS 'When the row was made.';
COMMENT ON COLUMN db.error_catalog.edited IS 'An administrator changed the row: an update leaves it alone.';

CREATE UNIQUE INDEX ON db.error_catalog (code);

-- db.error_catalog_text -------------------------------------------------------
CREATE TABLE db.error_catalog_text (
    error_id    uuid NOT NULL REFERENCES db.error_catalog(id) ON DELETE CASCADE,
    locale      uuid NOT NULL REFERENCES db.locale(id) ON DELETE RESTRICT,
    message     text NOT NULL,
    description text,
    resolution  text,
    edited      boolean NOT NULL DEFAULT false,
    PRIMARY KEY (error_id, locale)
);

COMMENT ON TABLE db.error_catalog_text IS 'Texts of the errors, one row a locale.';

COMMENT ON COLUMN db.error_catalog_text.error_id IS 'Error.';
COMMENT ON COLUMN db.error_catalog_text.locale IS 'Locale.';
COMMENT ON COLUMN db.error_catalog_text.message IS 'Message without a final dot; %s marks the place of a value.';
COMMENT ON COLUMN db.error_catalog_text.description IS 'What happened, in a sentence.';
COMMENT ON COLUMN db.error_catalog_text.resolution IS 'What to do about it.';
COMMENT ON COLUMN db.error_catalog_text.edited IS 'An administrator changed the text: an update leaves it alone.';
