-- Employees read every dictionary. Given once: what an administrator changes later stays.
DO $do$
DECLARE
  uEmployee     uuid := '00000000-0000-4000-a001-100000000001';
BEGIN
  IF Setting('employee.rights') IS NOT NULL THEN
    RETURN;
  END IF;

  -- Access and select, on the classes below, on their methods, and on what is there already.
  PERFORM chmodc(GetClass('reference'), B'0000010100', uEmployee, true, true);
  PERFORM SetSetting('employee.rights', 'on');
END;
$do$;
