SELECT SeedReference('scheduler', 'job', s.code, s.name, 'Runs ' || lower(s.name) || '.',
                     jsonb_build_object('period', s.period, 'datestart', MINDATE(), 'datestop', MAXDATE()))
  FROM (VALUES
  ('EACH_01_MINUTES', 'Every minute',     '1 minute'),
  ('EACH_05_MINUTES', 'Every 5 minutes',  '5 minutes'),
  ('EACH_10_MINUTES', 'Every 10 minutes', '10 minutes'),
  ('EACH_15_MINUTES', 'Every 15 minutes', '15 minutes'),
  ('EACH_30_MINUTES', 'Every 30 minutes', '30 minutes'),
  ('EACH_01_HOUR',    'Every hour',       '1 hour'),
  ('EACH_01_DAY',     'Every day',        '1 day')
  ) AS s (code, name, period);
