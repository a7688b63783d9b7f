-- Messages that came in or are to be sent. The agent decides the transport, the profile its settings.
SELECT BuildEntity('message', $declaration$ {
  "kind": "document",
  "abstract": true,
  "code": {"hex": 32},
  "columns": [
    {"name": "agent",   "ref": "agent", "required": true, "comment": "What it goes through",
     "expand": ["type", "typecode", "typename", "typedescription", "code", "name", "description"]},
    {"name": "profile", "type": "text", "required": true, "index": true, "comment": "Sender, or name of the transport's settings"},
    {"name": "address", "type": "text", "required": true, "index": true, "comment": "Receiver"},
    {"name": "subject", "type": "text", "index": true, "comment": "Subject"},
    {"name": "content", "type": "text", "comment": "Content, as the transport takes it"}
  ],
  "params": ["agent", "code", "profile", "address", "subject", "content", "label", "description"],
  "optional": "label",
  "priority": true,
  "service": true,
  "layout": {
    "object": ["id", "object", "parent", "entity", "class", "type", "statetype", "state", "dates", "texts", "agenttype",
      "agenttypecode", "agenttypename", "agenttypedescription", "agent", "profile", "address", "subject", "content",
      "priority", "owner", "oper", "area", "scope"],
    "light": ["id", "parent", "document", "class", "type", "statetype", "state", "agenttype", "agenttypecode",
      "agenttypename", "agenttypedescription", "agent", "dates", "texts", "profile", "address", "subject", "content"]},
  "events": {"*": "P"},
  "routes": [
    {"path": "/message/send",             "call": "send_message",
     "keys": ["parent", "agent", "profile", "address", "subject", "content", "label", "description"]},
    {"path": "/message/send/mail",        "call": "send_mail", "keys": ["subject", "text", "html", "description", "userid"]},
    {"path": "/message/send/sms",         "call": "send_sms", "keys": ["profile", "message", "userid"]},
    {"path": "/message/send/push",        "call": "send_push",
     "keys": ["object", "title", "body", "userid", "data", "android", "apns"]},
    {"path": "/message/send/push/data",   "call": "send_push_data",
     "keys": ["object", "subject", "data", "userid", "priority", "collapse"]},
    {"path": "/message/send/push/to/role", "call": "send_push_to_role", "result": "value:count",
     "keys": ["rolename", "title", "body", "data", "android", "apns"]},
    {"path": "/message/send/push/all",    "call": "send_push_all", "keys": ["title", "body"], "result": "value:count"}
  ]
} $declaration$);

SELECT BuildEntity('inbox', '{"extends": "message", "parent": "message", "types": ["message"]}');

-- created -submit-> prepared -send-> sending -done-> submitted, or -fail-> failed; both can be repeated.
-- NOTIFY outbox tells the message process of one that was submitted or repeated.
SELECT BuildEntity('outbox', $declaration$ {
  "extends": "message",
  "parent": "message",
  "types": ["message"],
  "events": {"enable": "", "disable": ""},
  "machine": {"states": [
    {"code": "created",   "methods": ["submit -> prepared", "delete -> deleted"]},
    {"code": "prepared",  "type": "enabled",  "methods": ["send -> sending hidden", "done -> submitted hidden",
                                                          "fail -> failed hidden", "cancel -> created"]},
    {"code": "sending",   "type": "enabled",  "methods": ["done -> submitted hidden", "fail -> failed hidden", "delete -> deleted"]},
    {"code": "submitted", "type": "disabled", "methods": ["repeat -> prepared", "delete -> deleted"]},
    {"code": "failed",    "type": "disabled", "methods": ["repeat -> prepared", "delete -> deleted"]},
    {"code": "deleted",   "methods": ["restore -> created", "drop"]}
  ]}
} $declaration$);
