SELECT BuildDispatcher('document', '{"session": true, "payload": true, "array": true}', $routes$ [
  {"path": "/document/type", "sql": "SELECT t.* FROM api.type t WHERE t.id = GetObjectType(x.id) AND IsReadable(x.id)",
   "keys": {"id": "uuid"}, "fields": true, "columns": "api.type"},
  {"path": "/document/method", "call": "kernel.rest_method", "raw": true, "result": "json"},
  {"path": "/document/count", "call": "kernel.rest_count_document", "raw": true, "result": "json", "payload": false},
  {"path": "/document/set", "call": "set_document", "keys": ["id", "parent", "type", "label", "description", "data"]},
  {"path": "/document/get", "call": "get_document", "keys": ["id"], "fields": true},
  {"path": "/document/list", "call": "kernel.rest_list_document", "raw": true, "result": "json", "payload": false},
  {"path": "/document/change/area", "call": "change_document_area", "keys": ["id", "area"], "result": "success"}
] $routes$);
