SELECT SeedReference('agent', s.type, s.code, s.name, s.description, jsonb_build_object('vendor', GetVendor(s.vendor)))
  FROM (VALUES
  ('system', 'system.agent', 'System messages', 'Delivers messages of the system.',   'system.vendor'),
  ('system', 'notice.agent', 'Notices',         'Delivers notices.',                  'system.vendor'),
  ('email',  'smtp.agent',   'SMTP',            'Sends e-mail.',                      'system.vendor'),
  ('email',  'pop3.agent',   'POP3',            'Receives e-mail.',                   'system.vendor'),
  ('email',  'imap.agent',   'IMAP',            'Receives e-mail.',                   'system.vendor'),
  ('api',    'fcm.agent',    'FCM',             'Sends push messages.',               'google.vendor'),
  ('api',    'm2m.agent',    'M2M',             'Sends text messages.',               'mts.vendor'),
  ('api',    'sba.agent',    'SBA',             'Talks to the bank.',                 'sberbank.vendor')
  ) AS s (type, code, name, description, vendor);
