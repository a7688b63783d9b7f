-- rest.resource ---------------------------------------------------------------
-- Reading needs no session: sign-in pages show these texts. Writing is the administrator's.
SELECT BuildDispatcher('resource', '{"session": false}', $routes$ [
  {"path": "/resource/count",  "count": "resource", "array": true},
  {"path": "/resource/list",   "list": "resource"},
  {"path": "/resource/get",    "call": "get_resource", "keys": ["id"], "fields": true, "payload": true, "array": true},
  {"path": "/resource/set",    "call": "set_resource", "session": true, "admin": true, "payload": true, "array": true,
    "keys": ["id", "root", "node", "type", "name", "description", "encoding", "data", "sequence", "localecode"]},
  {"path": "/resource/delete", "call": "delete_resource", "keys": ["id"], "session": true, "admin": true,
                               "payload": true, "array": true, "result": "success"}
] $routes$);

SELECT RegisterRoute('resource', AddEndPoint('SELECT * FROM rest.resource($1, $2);'));
