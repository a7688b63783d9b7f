-- The locales that are shipped. A name that an administrator changed stays.
INSERT INTO db.locale (id, code, name, description) VALUES
  ('00000000-0000-4001-a000-000000000001', 'en', 'English',  'English'),
  ('00000000-0000-4001-a000-000000000002', 'ru', 'Русский',  'Russian'),
  ('00000000-0000-4001-a000-000000000003', 'de', 'Deutsch',  'German'),
  ('00000000-0000-4001-a000-000000000004', 'fr', 'Français', 'French'),
  ('00000000-0000-4001-a000-000000000005', 'it', 'Italiano', 'Italian'),
  ('00000000-0000-4001-a000-000000000006', 'es', 'Español',  'Spanish')
ON CONFLICT (id) DO NOTHING;
