-- /current: open to everybody; without a session the rows are empty or defaults.
SELECT BuildDispatcher('current', '{}', $routes$ [
  {"path": "/current/session",   "call": "current_session", "keys": {}},
  {"path": "/current/user",      "call": "current_user", "keys": {}},
  {"path": "/current/userid",    "call": "current_userid", "keys": {}, "result": "value:userid"},
  {"path": "/current/username",  "call": "current_username", "keys": {}, "result": "value:username"},
  {"path": "/current/area",      "call": "current_area", "keys": {}},
  {"path": "/current/interface", "call": "current_interface", "keys": {}},
  {"path": "/current/locale",    "call": "current_locale", "keys": {}},
  {"path": "/current/oper_date", "call": "oper_date", "keys": {}, "result": "value:oper_date"}
] $routes$);

SELECT RegisterRoute('current', AddEndPoint('SELECT * FROM rest.current($1, $2);'));
