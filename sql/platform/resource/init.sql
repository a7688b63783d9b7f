-- The root of what configurations keep as texts of their own exceptions.
INSERT INTO db.resource (id, root, type, level, sequence)
VALUES ('00000000-0000-4000-9000-000000000000', '00000000-0000-4000-9000-000000000000', 'text/plain', 0, 1)
ON CONFLICT (id) DO NOTHING;

INSERT INTO db.resource_data (resource, locale, name, description, data)
SELECT '00000000-0000-4000-9000-000000000000', l.id, 'exception', t.text, t.text
  FROM (VALUES
    ('en', 'Texts of exceptions'),
    ('ru', 'Тексты исключений'),
    ('de', 'Texte der Ausnahmen'),
    ('fr', 'Textes des exceptions'),
    ('it', 'Testi delle eccezioni'),
    ('es', 'Textos de las excepciones')
  ) AS t (code, text)
  JOIN db.locale l ON l.code = t.code
ON CONFLICT (resource, locale) DO NOTHING;
