-- rest.error ------------------------------------------------------------------
SELECT BuildDispatcher('error', '{"session": true, "action": true}', $routes$ [
  {"path": "/error/count", "count": "error_catalog", "array": true},
  {"path": "/error/list",  "list": "error_catalog"},
  {"path": "/error/get",   "call": "get_error", "keys": ["id"], "fields": true, "payload": true, "array": true},
  {"path": "/error/code",  "call": "get_error_by_code", "keys": ["code"], "fields": true, "payload": true, "array": true},
  {"path": "/error/set",   "call": "set_error", "admin": true, "payload": true, "array": true,
    "keys": ["id", "code", "httpcode", "severity", "category", "message", "description", "resolution"]}
] $routes$);

SELECT RegisterRoute('error', AddEndPoint('SELECT * FROM rest.error($1, $2);'));
