-- The key is drawn once: hashes of stored tokens and secrets hang on it.
INSERT INTO db.setting (name, value)
VALUES ('secret.key', InstallSetting('current.key', encode(gen_random_bytes(48), 'base64')))
    ON CONFLICT (name) DO NOTHING;

SELECT KeepSetting(t.name, t.value)
  FROM (VALUES
    ('project.code',        'example'),
    ('project.name',        'Example'),
    ('project.domain',      'example.com'),
    ('project.host',        'https://example.com'),
    ('project.locale',      'en'),
    ('project.currency',    'RUB'),
    ('project.scope_alias', ''),
    ('company.code',        '100000000000'),
    ('company.name',        'Example Company')
  ) AS t (name, value);

SELECT SetSetting('scope.default', '00000000-0000-4006-a000-000000000000');
SELECT KeepSetting('system.client_id', Setting('project.code'));
SELECT SetSetting('schema.version', InstallSetting('schema.version', '1'));
