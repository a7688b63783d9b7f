-- The codes of the CRM; their texts are in text_*.sql, one file a locale.
SELECT LoadErrorCode('ERR-400-' || n, 400, 'E', 'entity')
  FROM generate_series(200, 229) AS n;
