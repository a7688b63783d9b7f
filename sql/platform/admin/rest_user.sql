-- /user: what a user sees and changes of himself; administrators see all users of the scope.
SELECT BuildDispatcher('user', '{"session": true}', $routes$ [
  {"path": "/user/count", "count": "user", "where": "(t.id = current_userid() OR IsAdmin())", "array": true},
  {"path": "/user/list",  "list": "user", "where": "(t.id = current_userid() OR IsAdmin())"},
  {"path": "/user/get",   "call": "get_user", "keys": {}, "fields": true, "payload": true, "array": true},
  {"path": "/user/set",   "sql": "SELECT u.* FROM api.set_user(current_userid(), x.username, x.password, x.name, x.phone, x.email, x.description) u",
                          "keys": {"username": "text", "password": "text", "name": "text", "phone": "text",
                                   "email": "text", "description": "text"},
                          "payload": true, "array": true},
  {"path": "/user/profile", "sql": "SELECT u.* FROM api.\"user\" u WHERE u.id = CASE WHEN x.id IS NULL AND x.code IS NULL THEN current_userid() ELSE ResolveUser(x.id, x.code) END AND (u.id = current_userid() OR IsAdmin())",
                          "keys": {"id": "uuid", "code": "text"}, "fields": true, "columns": "api.user"},
  {"path": "/user/profile/set", "sql": "SELECT u.* FROM api.set_user_profile(current_userid(), x.familyname, x.givenname, x.patronymicname, x.locale, x.area, x.interface, x.picture) u",
                          "keys": {"familyname": "text", "givenname": "text", "patronymicname": "text", "locale": "text",
                                   "area": "text", "interface": "text", "picture": "text"},
                          "payload": true, "array": true},
  {"path": "/user/password", "sql": "SELECT api.change_password(current_userid(), x.oldpass, x.newpass)",
                          "keys": {"oldpass": "text", "newpass": "text"}, "payload": true, "result": "success"}
] $routes$);

-- /member: what the user is a member of.
SELECT BuildDispatcher('member', '{"session": true}', $routes$ [
  {"path": "/member/group",     "call": "member_group", "keys": {}},
  {"path": "/member/area",      "call": "member_area", "keys": {}},
  {"path": "/member/interface", "call": "member_interface", "keys": {}}
] $routes$);
