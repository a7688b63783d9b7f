SELECT AddProvider('E', 'google', 'Google');

SELECT AddIssuer(GetProvider(i.provider), i.code, i.name)
  FROM (VALUES
    ('default', 'accounts.' || Setting('project.domain'),            Setting('project.name')),
    ('default', 'https://accounts.' || Setting('project.domain'),    Setting('project.name')),
    ('google',  'accounts.google.com',                               'Google'),
    ('google',  'https://accounts.google.com',                       'Google')
  ) AS i (provider, code, name);

-- The system's own client exists already; its user is made here.
SELECT InstallClient('system', 'system', 'HS256', oauth2_system_client_id(), GetSecretKey(), 'System');

SELECT InstallClient('default', c.application, c.algorithm, c.application || '-' || Setting('project.domain'),
                     InstallSetting('secret.' || c.application), c.name)
  FROM (VALUES
    ('service', 'HS512', 'Service'),
    ('web',     'HS256', 'Web'),
    ('android', 'HS256', 'Android'),
    ('ios',     'HS256', 'iOS')
  ) AS c (application, algorithm, name);

-- Signing in with Google needs a client that was registered there.
SELECT InstallClient('google', 'web', 'HS256', InstallSetting('google.code'), InstallSetting('google.secret'), 'Google')
 WHERE InstallSetting('google.code') IS NOT NULL;
