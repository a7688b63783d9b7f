-- api.locale ------------------------------------------------------------------
CREATE OR REPLACE VIEW api.locale
AS
  SELECT id, code, name, description FROM Locale;

COMMENT ON VIEW api.locale IS 'Languages that texts are kept in.';

SELECT RegisterView('api.locale');
