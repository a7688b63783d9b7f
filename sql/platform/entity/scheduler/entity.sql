-- How often jobs run.
SELECT BuildEntity('scheduler', $declaration$ {
  "kind": "reference",
  "types": ["job"],
  "default_type": "job",
  "columns": [
    {"name": "period",    "type": "interval",    "comment": "Time from one run to the next"},
    {"name": "datestart", "type": "timestamptz", "required": true, "default": "now()", "comment": "Valid from this moment"},
    {"name": "datestop",  "type": "timestamptz", "required": true, "default": "MAXDATE()", "comment": "Valid before this moment"}
  ]
} $declaration$);
