-- ErrorCatalog ----------------------------------------------------------------
CREATE OR REPLACE VIEW ErrorCatalog (id, code, http_code, severity, category,
    message, description, resolution, created_at)
AS
  SELECT c.id, c.code, c.http_code, c.severity, c.category,
         t.message, t.description, t.resolution, c.created_at
    FROM db.error_catalog c
    LEFT JOIN db.error_catalog_text t ON t.error_id = c.id AND t.locale = current_locale();

COMMENT ON VIEW ErrorCatalog IS 'Errors with their texts in the current locale; null where a text is not translated.';
