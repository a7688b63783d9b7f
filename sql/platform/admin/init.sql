-- What every installation begins with. Names and descriptions that were changed since stay.

-- Scope -----------------------------------------------------------------------
INSERT INTO db.scope (id, code, name, description)
VALUES ('00000000-0000-4006-a000-000000000000', Setting('project.code'), Setting('project.name'), 'Default scope')
    ON CONFLICT (id) DO NOTHING;

INSERT INTO db.scope_alias (scope, code)
SELECT DISTINCT '00000000-0000-4006-a000-000000000000'::uuid, btrim(a.code)
  FROM unnest(string_to_array(Setting('project.scope_alias'), ',')
              || ARRAY[Setting('project.host'), 'http://localhost:8080']) AS a (code)
 WHERE btrim(a.code) <> ''
    ON CONFLICT DO NOTHING;

-- Areas -----------------------------------------------------------------------
INSERT INTO db.area_type (id, code, name) VALUES
  ('00000000-0000-4002-a000-000000000000', 'root',       'Root'),
  ('00000000-0000-4002-a000-000000000001', 'system',     'System'),
  ('00000000-0000-4002-a000-000000000002', 'guest',      'Guest'),
  ('00000000-0000-4002-a000-000000000003', 'all',        'All'),
  ('00000000-0000-4002-a001-000000000000', 'default',    'Default'),
  ('00000000-0000-4002-a001-000000000001', 'main',       'Head office'),
  ('00000000-0000-4002-a001-000000000002', 'subsidiary', 'Subsidiary'),
  ('00000000-0000-4002-a001-000000000003', 'mobile',     'Mobile office')
ON CONFLICT (id) DO NOTHING;

INSERT INTO db.area (id, parent, type, scope, code, name, description, level, sequence)
SELECT a.id, a.parent, a.type, '00000000-0000-4006-a000-000000000000', a.code, a.name, a.description, a.level, a.sequence
  FROM (VALUES
    ('00000000-0000-4003-a000-000000000000'::uuid, NULL::uuid,
     '00000000-0000-4002-a000-000000000000'::uuid, 'root',   'Root',   'Root of all areas', 0, 1),
    ('00000000-0000-4003-a000-000000000001', '00000000-0000-4003-a000-000000000000',
     '00000000-0000-4002-a000-000000000001',       'system', 'System', 'What the system itself keeps', 1, 1),
    ('00000000-0000-4003-a000-000000000002', '00000000-0000-4003-a000-000000000000',
     '00000000-0000-4002-a000-000000000002',       'guest',  'Guests', 'Who belongs nowhere yet', 1, 2),
    ('00000000-0000-4003-a001-000000000000', '00000000-0000-4003-a000-000000000000',
     '00000000-0000-4002-a000-000000000003',       'all',    'All',    'All working areas', 1, 3),
    ('00000000-0000-4003-a001-000000000001', '00000000-0000-4003-a001-000000000000',
     '00000000-0000-4002-a001-000000000000', Setting('project.code'), Setting('project.name'), 'Default area', 2, 1)
  ) AS a (id, parent, type, code, name, description, level, sequence)
ON CONFLICT (id) DO NOTHING;

-- Interfaces ------------------------------------------------------------------
INSERT INTO db.interface (id, code, name, description) VALUES
  ('00000000-0000-4004-a000-000000000000', 'all',           'All',            'Screens for everybody'),
  ('00000000-0000-4004-a000-000000000001', 'administrator', 'Administrators', 'Screens of administrators'),
  ('00000000-0000-4004-a000-000000000002', 'user',          'Users',          'Screens of users'),
  ('00000000-0000-4004-a000-000000000003', 'guest',         'Guests',         'Screens of guests')
ON CONFLICT (id) DO NOTHING;

-- Groups ----------------------------------------------------------------------
SELECT CreateGroup(g.code, g.name, g.description, g.id)
  FROM (VALUES
    ('00000000-0000-4000-a000-000000000000'::uuid, 'system', 'System', 'Clients of OAuth and background processes'),
    ('00000000-0000-4000-a000-000000000001', 'administrator', 'Administrators', 'Members may do everything'),
    ('00000000-0000-4000-a000-000000000002', 'user',          'Users',          'People who work with the system'),
    ('00000000-0000-4000-a000-000000000003', 'guest',         'Guests',         'People who are not confirmed yet'),
    ('00000000-0000-4000-a000-000000000004', 'message',       'Messages',       'Members get messages of the system'),
    ('00000000-0000-4000-a000-000000000005', 'replication',   'Replication',    'Members replicate the database'),
    ('00000000-0000-4000-a000-000000000007', 'su',            'Superusers',     'Members may act as another user')
  ) AS g (id, code, name, description)
 WHERE NOT EXISTS (SELECT FROM db."user" u WHERE u.id = g.id);

INSERT INTO db.member_interface (interface, member)
SELECT i.id, g.id
  FROM (VALUES ('administrator'), ('user'), ('guest')) AS t (code)
 INNER JOIN db.interface i ON i.code = t.code
 INNER JOIN db."user" g ON g.type = 'G' AND g.username = t.code
    ON CONFLICT DO NOTHING;

-- Users -----------------------------------------------------------------------
SELECT CreateUser(u.code, InstallSetting('password.' || u.code), u.name, NULL, NULL, u.description,
                  u.passwordchange, NOT u.passwordchange, u.id)
  FROM (VALUES
    ('00000000-0000-4000-a001-000000000001'::uuid, 'admin',  'Administrator', 'Administrator of the system', true),
    ('00000000-0000-4000-a001-000000000002', 'daemon',  'Daemon',  'Process that serves requests',       false),
    ('00000000-0000-4000-a002-000000000001', 'apibot',  'API bot', 'Process that works in the background', false),
    ('00000000-0000-4000-a002-000000000002', 'mailbot', 'Mail bot', 'Process that sends mail',           false)
  ) AS u (id, code, name, description, passwordchange)
 WHERE NOT EXISTS (SELECT FROM db."user" e WHERE e.id = u.id);

INSERT INTO db.member_group (userid, member)
SELECT g.id, u.id
  FROM (VALUES
    ('administrator', 'admin'),
    ('message',       'admin'),
    ('su',            'admin'),
    ('system',        'apibot')
  ) AS t (role, name)
 INNER JOIN db."user" g ON g.type = 'G' AND g.username = t.role
 INNER JOIN db."user" u ON u.type = 'U' AND u.username = t.name
    ON CONFLICT DO NOTHING;

INSERT INTO db.member_area (area, member)
SELECT '00000000-0000-4003-a000-000000000000', u.id
  FROM db."user" u
 WHERE u.type = 'U'
   AND u.username IN ('admin', 'apibot', 'mailbot')
    ON CONFLICT DO NOTHING;

UPDATE db.profile p
   SET area = '00000000-0000-4003-a000-000000000000'
  FROM db."user" u
 WHERE u.id = p.userid
   AND u.type = 'U'
   AND u.username IN ('admin', 'apibot', 'mailbot')
   AND p.area = '00000000-0000-4003-a000-000000000002'
   AND p.input_count = 0;
