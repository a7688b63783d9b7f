-- Locale ----------------------------------------------------------------------
CREATE OR REPLACE VIEW Locale (id, code, name, description)
AS
  SELECT id, code, name, description FROM db.locale;

COMMENT ON VIEW Locale IS 'Languages that texts are kept in.';
