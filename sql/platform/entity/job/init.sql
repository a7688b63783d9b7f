-- The jobs of the platform, as admin in the default area.
DO $do$
DECLARE
  r             record;
BEGIN
  PERFORM ActAs('admin');

  FOR r IN
    SELECT * FROM (VALUES
      ('CHECK_OFFLINE_EACH_01_MINUTES', 'CHECK_OFFLINE', 'EACH_01_MINUTES', 'Check for offline users every minute'),
      ('CHECK_SESSION_EACH_01_HOUR',    'CHECK_SESSION', 'EACH_01_HOUR',    'Check for old sessions every hour')
    ) AS t (code, program, scheduler, label)
  LOOP
    IF GetJob(r.code) IS NULL THEN
      PERFORM CreateJob(NULL, GetType('periodic.job'), GetScheduler(r.scheduler), GetProgram(r.program), NULL, r.code, r.label);
    END IF;
  END LOOP;

  PERFORM ActAs(NULL);
END;
$do$;
