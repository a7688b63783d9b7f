-- Interfaces of the CRM.
INSERT INTO db.interface (id, code, name, description) VALUES
  ('00000000-0000-4004-a000-100000000001', 'employee',   'Employees',   'Screens of employees'),
  ('00000000-0000-4004-a000-100000000002', 'customer',   'Customers',   'Screens of customers'),
  ('00000000-0000-4004-a000-100000000004', 'accountant', 'Accountants', 'Screens of accountants')
ON CONFLICT (id) DO NOTHING;

-- Groups of the CRM, each a member of the interface of the same name.
SELECT CreateGroup(g.code, g.name, g.description, g.id)
  FROM (VALUES
    ('00000000-0000-4000-a001-100000000001'::uuid, 'employee', 'Employees',   'People who work for the company'),
    ('00000000-0000-4000-a001-100000000002',       'customer', 'Customers',   'People whom the company works for'),
    ('00000000-0000-4000-a001-100000000004', 'accountant',     'Accountants', 'Employees who keep the books')
  ) AS g (id, code, name, description)
 WHERE NOT EXISTS (SELECT FROM db."user" u WHERE u.id = g.id);

INSERT INTO db.member_interface (interface, member)
SELECT i.id, g.id
  FROM db.interface i
  JOIN db."user" g ON g.type = 'G' AND g.username = i.code
 WHERE i.id IN ('00000000-0000-4004-a000-100000000001',
                '00000000-0000-4004-a000-100000000002',
                '00000000-0000-4004-a000-100000000004')
ON CONFLICT DO NOTHING;

-- Background processes work for every company, until an administrator says otherwise.
UPDATE db.profile
   SET area = '00000000-0000-4003-a001-000000000000'
 WHERE userid = '00000000-0000-4000-a002-000000000001'
   AND area = '00000000-0000-4003-a000-000000000000'
   AND input_count = 0;
