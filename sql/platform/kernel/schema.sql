-- Schemas are the visibility: rest -> api -> kernel -> db, never back.
-- Runs as the database owner `kernel`; pgcrypto is trusted, so an owner may create it.
CREATE SCHEMA IF NOT EXISTS db;
CREATE SCHEMA IF NOT EXISTS kernel;
CREATE SCHEMA IF NOT EXISTS api;
CREATE SCHEMA IF NOT EXISTS rest;
CREATE SCHEMA IF NOT EXISTS daemon;
CREATE SCHEMA IF NOT EXISTS oauth2;
CREATE SCHEMA IF NOT EXISTS http;
CREATE SCHEMA IF NOT EXISTS registry;

COMMENT ON SCHEMA db IS 'All tables and their trigger functions; reachable by the owner only.';
COMMENT ON SCHEMA kernel IS 'Business functions and internal views; first in the search path.';
COMMENT ON SCHEMA api IS 'Public views and wrapper functions: what a configuration may call.';
COMMENT ON SCHEMA rest IS 'Dispatchers: one function a route prefix, (path, payload) in, JSON rows out.';
COMMENT ON SCHEMA daemon IS 'Entry points of the server; the only schema that role daemon can use.';
COMMENT ON SCHEMA oauth2 IS 'OAuth 2.0 providers, applications, issuers and clients.';
COMMENT ON SCHEMA http IS 'Outgoing HTTP: queue and log.';
COMMENT ON SCHEMA registry IS 'Hierarchical settings of the system and of users.';

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;

-- A new function is reachable by nobody until ApplyGrants() opens its schema.
ALTER DEFAULT PRIVILEGES FOR ROLE kernel REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
