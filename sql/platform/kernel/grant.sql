-- ApplyGrants -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ApplyGrants ()
RETURNS         void
AS $$
DECLARE
  r             record;
BEGIN
  -- Without temporary tables nobody can put one before a table that a kernel statement names.
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());

  GRANT USAGE ON SCHEMA kernel, api, rest, registry, http TO administrator;
  GRANT USAGE ON SCHEMA api, rest, daemon, http TO apibot;
  GRANT USAGE ON SCHEMA daemon, http TO daemon;

  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA kernel, api, rest, registry, http TO administrator;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api, rest, daemon, http TO apibot;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA daemon, http TO daemon;

  FOR r IN
    SELECT n.nspname, c.relname,
           n.nspname = 'api' AND c.relname IN ('service_job', 'inbox', 'outbox', 'service_message',
                                               'replication_log', 'relay_log') AS bot
      FROM pg_class c
     INNER JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('kernel', 'api', 'registry')
       AND c.relkind = 'v'
  LOOP
    EXECUTE format('GRANT SELECT ON %I.%I TO administrator', r.nspname, r.relname);
    IF r.bot THEN
      EXECUTE format('GRANT SELECT ON %I.%I TO apibot', r.nspname, r.relname);
    END IF;
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ApplyGrants () IS
$$Opens the schemas to the roles: the last step of each layer.

administrator sees the views of kernel and api and calls their functions; apibot calls api, rest,
daemon and http; daemon calls daemon and http. Tables stay with the owner.$$;
