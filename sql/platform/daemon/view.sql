CREATE OR REPLACE VIEW Auth AS
  SELECT userid, audience, code, created FROM db.auth;

COMMENT ON VIEW Auth IS 'External identities of users.';
