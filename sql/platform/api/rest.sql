-- The root: paths without a route of their own. It asks for a session path by path.
SELECT BuildDispatcher('api', '{}', $routes$ [
  {"path": "/ping", "sql": "SELECT json_build_object('code', 200, 'message', 'OK') AS error", "any_keys": true},
  {"path": "/time", "sql": "SELECT trunc(extract(epoch FROM now()))::bigint AS \"serverTime\"", "any_keys": true},

  {"path": "/authenticate", "call": "authenticate", "keys": ["session", "secret", "agent", "host"], "payload": true},
  {"path": "/authorize", "call": "authorize", "keys": ["session", "agent", "host"], "payload": true},
  {"path": "/su", "call": "su", "keys": ["username", "password"], "session": true, "payload": true, "result": "success"},

  {"path": "/whoami", "sql": "SELECT w.* FROM api.whoami w", "columns": "api.whoami", "session": true, "fields": true,
                      "any_keys": true},
  {"path": "/run", "call": "kernel.RunBatch", "raw": true, "session": true, "payload": true, "result": "json"},

  {"path": "/locale", "list": "locale", "any_keys": true, "limit": 0, "orderby": ["id"]},
  {"path": "/locale/set", "call": "set_session_locale", "keys": ["id", "code"], "session": true, "payload": true}
] $routes$);
