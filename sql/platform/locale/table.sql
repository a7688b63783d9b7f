-- db.locale -------------------------------------------------------------------
CREATE TABLE db.locale (
    id          uuid PRIMARY KEY,
    code        text NOT NULL,
    name        text NOT NULL,
    description text
);

COMMENT ON TABLE db.locale IS 'Languages that texts are kept in.';

COMMENT ON COLUMN db.locale.id IS 'Identifier, fixed for the six that are shipped.';
COMMENT ON COLUMN db.locale.code IS 'ISO 639-1 code.';
COMMENT ON COLUMN db.locale.name IS 'Name of the language in that language.';
COMMENT ON COLUMN db.locale.description IS 'Name of the language in English.';

CREATE UNIQUE INDEX ON db.locale (code);
