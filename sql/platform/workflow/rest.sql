-- Public dictionaries: sign-in pages read them before there is a session. Only fields counts, other
-- keys are ignored.
SELECT BuildDispatcher('entity', '{"session": false, "admin": false, "action": false}', $routes$ [
  {"path": "/entity", "sql": "SELECT * FROM api.entity ORDER BY name", "fields": true, "columns": "api.entity", "any_keys": true}
] $routes$);

SELECT BuildDispatcher('type', '{"session": false, "admin": false, "action": false}', $routes$ [
  {"path": "/type", "sql": "SELECT * FROM api.type ORDER BY name", "fields": true, "columns": "api.type", "any_keys": true}
] $routes$);

SELECT BuildDispatcher('class', '{"session": false, "admin": false, "action": false}', $routes$ [
  {"path": "/class", "sql": "SELECT * FROM api.class(COALESCE(x.parent, GetClass(x.parentcode)))",
   "keys": {"parent": "uuid", "parentcode": "text"}, "fields": true, "columns": "api.class", "any_keys": true}
] $routes$);

SELECT BuildDispatcher('state', '{"session": true, "admin": false, "action": false}', $routes$ [
  {"path": "/state", "sql": "SELECT * FROM api.state ORDER BY classcode, type, sequence",
   "fields": true, "columns": "api.state", "any_keys": true},
  {"path": "/state/type", "sql": "SELECT * FROM api.state_type ORDER BY id",
   "fields": true, "columns": "api.state_type", "any_keys": true},
  {"path": "/state/class", "sql": "SELECT * FROM api.state(COALESCE(x.class, GetClass(x.code)))",
   "keys": {"class": "uuid", "code": "text"}, "fields": true, "columns": "api.state", "payload": true, "array": true},
  {"path": "/state/by/type", "sql": "SELECT * FROM api.state_by_type(x.type)",
   "keys": {"type": "uuid"}, "fields": true, "columns": "api.state", "payload": true, "array": true}
] $routes$);

SELECT BuildDispatcher('action', '{"session": true, "admin": false, "action": false}', $routes$ [
  {"path": "/action", "sql": "SELECT * FROM api.action ORDER BY name",
   "fields": true, "columns": "api.action", "any_keys": true},
  {"path": "/action/execute",
   "sql": "SELECT api.execute_object_action(x.object, COALESCE(x.action, GetAction(x.code)), x.params) AS execute_object_action",
   "keys": {"object": "uuid", "action": "uuid", "code": "text", "params": "jsonb"}, "payload": true, "array": true}
] $routes$);

-- In /method/run and /method/execute key code is that of an action, taken in the object's state.
SELECT BuildDispatcher('method', '{"session": true, "admin": false, "action": false}', $routes$ [
  {"path": "/method", "sql": "SELECT * FROM api.method ORDER BY classcode, state, sequence",
   "fields": true, "columns": "api.method", "any_keys": true},
  {"path": "/method/list", "list": "method"},
  {"path": "/method/get",
   "sql": "SELECT * FROM api.get_methods(COALESCE(x.class, GetClass(x.classcode)), COALESCE(x.state, GetState(COALESCE(x.class, GetClass(x.classcode)), x.statecode)), COALESCE(x.action, GetAction(x.actioncode)))",
   "keys": {"class": "uuid", "classcode": "text", "state": "uuid", "statecode": "text", "action": "uuid", "actioncode": "text"},
   "fields": true, "columns": "api.method", "payload": true, "array": true},
  {"path": "/method/run",
   "sql": "SELECT api.execute_method(x.id, COALESCE(x.method, GetObjectMethod(x.id, GetAction(x.code))), x.params)",
   "keys": {"id": "uuid", "method": "uuid", "code": "text", "params": "jsonb"},
   "payload": true, "array": true, "result": "json"},
  {"path": "/method/execute",
   "sql": "SELECT api.execute_method(x.object, COALESCE(x.method, GetObjectMethod(x.object, GetAction(x.code))), x.params)",
   "keys": {"object": "uuid", "method": "uuid", "code": "text", "params": "jsonb"},
   "payload": true, "array": true, "result": "json"}
] $routes$);

SELECT BuildDispatcher('priority', '{"session": true, "admin": false, "action": false}', $routes$ [
  {"path": "/priority/count", "count": "priority", "array": true},
  {"path": "/priority/get", "call": "get_priority", "keys": ["id"], "fields": true, "payload": true, "array": true},
  {"path": "/priority/list", "list": "priority"}
] $routes$);
