-- rest.event ------------------------------------------------------------------
SELECT BuildDispatcher('event', '{"session": true}', $routes$ [
  {"path": "/event/log",       "call": "user_log", "keys": ["type", "code", "scope", "datefrom", "dateto"]},
  {"path": "/event/log/set",   "call": "write_to_log", "keys": ["type", "code", "scope", "text"], "payload": true,
                               "required": ["text"], "default": {"type": "'M'", "code": "9999", "scope": "'api'"}},
  {"path": "/event/log/get",   "call": "get_user_log", "keys": ["id"], "fields": true, "payload": true, "array": true},
  {"path": "/event/log/count", "count": "user_log", "array": true},
  {"path": "/event/log/list",  "list": "user_log"}
] $routes$);

SELECT RegisterRoute('event', AddEndPoint('SELECT * FROM rest.event($1, $2);'));
