-- EventLog --------------------------------------------------------------------
CREATE OR REPLACE VIEW EventLog (id, type, typename, datetime, timestamp, username, session,
    code, scope, event, text, category, object)
AS
  SELECT id, type,
         CASE type
           WHEN 'M' THEN 'Message'
           WHEN 'W' THEN 'Warning'
           WHEN 'E' THEN 'Error'
           WHEN 'D' THEN 'Debug'
         END,
         datetime, timestamp, username, session, code, scope, event, text, category, object
    FROM db.log;

COMMENT ON VIEW EventLog IS 'Event log.';
