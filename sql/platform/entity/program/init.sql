SELECT SeedReference('program', 'plpgsql', s.code, s.name, s.description, jsonb_build_object('body', s.body))
  FROM (VALUES
  ('CHECK_OFFLINE', 'Check for offline users', 'Marks users as offline when nothing was heard of them.', 'SELECT api.check_offline();'),
  ('CHECK_SESSION', 'Check for old sessions',  'Ends sessions that have expired.',                       'SELECT api.check_session();')
  ) AS s (code, name, description, body);
