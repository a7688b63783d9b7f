SELECT BuildDispatcher('reference', '{"session": true, "payload": true, "array": true}', $routes$ [
  {"path": "/reference/type", "sql": "SELECT t.* FROM api.type t WHERE t.id = GetObjectType(x.id) AND IsReadable(x.id)",
   "keys": {"id": "uuid"}, "fields": true, "columns": "api.type"},
  {"path": "/reference/method", "call": "kernel.rest_method", "raw": true, "result": "json"},
  {"path": "/reference/count", "call": "kernel.rest_count_reference", "raw": true, "result": "json", "payload": false},
  {"path": "/reference/set", "call": "set_reference", "keys": ["id", "parent", "type", "code", "name", "description"]},
  {"path": "/reference/get", "call": "get_reference", "keys": ["id"], "fields": true},
  {"path": "/reference/list", "call": "kernel.rest_list_reference", "raw": true, "result": "json", "payload": false}
] $routes$);
