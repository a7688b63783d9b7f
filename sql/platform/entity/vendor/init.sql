SELECT SeedReference('vendor', 'service', s.code, s.name, s.description)
  FROM (VALUES
  ('system.vendor',   'System',          'The system itself'),
  ('mts.vendor',      'MTS',             'Mobile TeleSystems'),
  ('google.vendor',   'Google',          'Google'),
  ('sberbank.vendor', 'Sberbank',        'Sberbank')
  ) AS s (code, name, description);
