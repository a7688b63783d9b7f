-- A customer to try the system with. Its password is known to everybody: leave it out in production.
DO $do$
DECLARE
  uScope        uuid := '00000000-0000-4006-a000-000000000000';
  uInterface    uuid := '00000000-0000-4004-a000-000000000002';
  uCompany      uuid := GetArea(Setting('company.code'), uScope);
  uUserId       uuid;
BEGIN
  -- Made with the database and never again: whoever deleted it wanted it gone.
  IF KeepSetting('project.demo', 'on') <> 'on' OR Setting('demo.installed') IS NOT NULL OR GetUser('demo') IS NOT NULL THEN
    RETURN;
  END IF;

  uUserId := CreateUser('demo', 'demo', 'Demo', NULL, NULL, 'A customer to try the system with', false, false);

  PERFORM AddMemberToGroup(uUserId, g.id)
     FROM (VALUES
       ('00000000-0000-4000-a000-000000000002'::uuid),
       ('00000000-0000-4000-a001-100000000002'),
       (uCompany)
     ) AS g (id);

  PERFORM AddMemberToArea(uUserId, uCompany);
  PERFORM AddMemberToInterface(uUserId, uInterface);
  PERFORM UpdateProfile(uUserId, uScope, pArea => uCompany, pInterface => uInterface);

  PERFORM SetSetting('demo.installed', 'on');
END;
$do$;
