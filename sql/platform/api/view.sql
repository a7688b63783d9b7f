CREATE OR REPLACE VIEW Routs AS
  SELECT r.method, CollectPath(r.path) AS path, e.definition
    FROM db.route r
   INNER JOIN db.endpoint e ON e.id = r.endpoint;

COMMENT ON VIEW Routs IS 'Routes: method, full path and the call that answers.';

CREATE OR REPLACE VIEW ApiLog AS
  SELECT l.id, l.datetime, l.su, l.session, l.username, l.path, l.json, l.nonce,
         to_timestamp(l.nonce / 1000000) AS noncetime, l.signature,
         round(extract(epoch FROM l.runtime), 3) AS runtime, l.eventid, NULL::text AS error
    FROM db.api_log l;

COMMENT ON VIEW ApiLog IS 'Request log; runtime is in seconds.';

CREATE OR REPLACE VIEW api.log AS
  SELECT * FROM ApiLog;

COMMENT ON VIEW api.log IS 'Request log; runtime is in seconds.';
