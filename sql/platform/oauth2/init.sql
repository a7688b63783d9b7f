-- Algorithms, kinds of applications, and the system's own client.
SELECT AddAlgorithm(t.code, t.name)
  FROM (VALUES
    ('HS256', 'sha256'),
    ('HS384', 'sha384'),
    ('HS512', 'sha512')
  ) AS t (code, name);

SELECT AddApplication(t.type, t.code, t.name)
  FROM (VALUES
    ('S', 'system',  'System'),
    ('S', 'service', 'Service'),
    ('W', 'web',     'Web'),
    ('N', 'android', 'Android'),
    ('N', 'ios',     'iOS')
  ) AS t (type, code, name);

SELECT AddProvider(t.type, t.code, t.name)
  FROM (VALUES
    ('I', 'system',  'System'),
    ('I', 'default', 'Default')
  ) AS t (type, code, name);

SELECT AddIssuer(GetProvider('system'), oauth2_system_client_id(), 'System');

SELECT CreateAudience(GetProvider('system'), GetApplication('system'), GetAlgorithm('HS256'),
                      oauth2_system_client_id(), GetSecretKey(), 'System');
