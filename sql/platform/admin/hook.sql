-- What a configuration may add to the lives of users, groups, areas and sessions: it replaces
-- these functions by its own. The ones of the platform do nothing.
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT * FROM (VALUES
    ('DoCreateRole', 'pRole',   'a user or group was created'),
    ('DoUpdateRole', 'pRole',   'a user or group was changed'),
    ('DoDeleteRole', 'pRole',   'a user or group is about to be deleted'),
    ('DoCreateArea', 'pArea',   'an area was created'),
    ('DoUpdateArea', 'pArea',   'an area was changed'),
    ('DoDeleteArea', 'pArea',   'an area is about to be deleted'),
    ('DoLogin',      'pUserId', 'a user has signed in; the context is that of the new session, an exception refuses it'),
    ('DoLogout',     'pUserId', 'a user signs out')
    ) AS t (name, argument, occasion)
  LOOP
    EXECUTE format('CREATE OR REPLACE FUNCTION kernel.%s (%s uuid) RETURNS void AS %L LANGUAGE plpgsql',
                   r.name, r.argument, 'BEGIN END;');
    EXECUTE format('COMMENT ON FUNCTION kernel.%s (uuid) IS %L', r.name,
                   format(E'Hook for the configuration: %s.\n\n%s  its id', r.occasion, r.argument));
  END LOOP;
END;
$do$;
