-- What runs again and again, or once at a moment.
--
--   created -> enabled -execute-> executed -done-> enabled (periodic: next run worked out)
--   executed -complete-> completed; -fail-> failed; -cancel-> canceled -abort-> aborted
--   failed and aborted are executed again when their time comes; completed can be enabled.
SELECT BuildEntity('job', $declaration$ {
  "kind": "document",
  "types": ["periodic", "disposable"],
  "default_type": "periodic",
  "code": {"hex": 12, "unique": "scope", "exists": "JobExists"},
  "columns": [
    {"name": "scheduler", "ref": "scheduler", "required": true, "comment": "How often it runs",
     "expand": ["code", "name", "datestart as datestart", "datestop as datestop", "period as period"]},
    {"name": "daterun", "type": "timestamptz", "required": true, "default": "now()", "index": true, "comment": "When it runs next"},
    {"name": "program", "ref": "program", "required": true, "expand": ["code", "name"], "comment": "What it runs"}
  ],
  "params": ["scheduler", "program", "daterun", "code", "label", "description"],
  "optional": {"kernel": "scheduler", "api": "daterun"},
  "priority": true,
  "layout": {"light": ["id", "parent", "document", "class", "type", "statetype", "=scheduler", "schedulercode",
    "schedulername", "program", "dates", "texts", "datestart", "datestop", "period", "daterun", "=scope",
    "statecode", "statelabel"]},
  "edit_params": true,
  "service": true,
  "on_create": "enable",
  "events": {"complete": "H S"},
  "machine": {"states": [
    {"code": "created",   "methods": ["enable -> enabled", "disable -> disabled", "delete -> deleted"]},
    {"code": "enabled",   "methods": ["execute -> executed", "disable -> disabled", "delete -> deleted"]},
    {"code": "executed",  "type": "enabled", "methods": ["complete -> completed hidden", "done -> enabled hidden",
                                                         "fail -> failed hidden", "cancel -> canceled"]},
    {"code": "canceled",  "type": "enabled", "methods": ["abort -> aborted hidden"]},
    {"code": "aborted",   "type": "enabled", "methods": ["execute -> executed", "disable -> disabled", "delete -> deleted"]},
    {"code": "failed",    "type": "enabled", "methods": ["execute -> executed", "disable -> disabled", "delete -> deleted"]},
    {"code": "disabled",  "methods": ["enable -> enabled", "delete -> deleted"]},
    {"code": "completed", "type": "disabled", "methods": ["enable -> enabled", "delete -> deleted"]},
    {"code": "deleted",   "methods": ["restore -> created", "drop"]}
  ]}
} $declaration$);
