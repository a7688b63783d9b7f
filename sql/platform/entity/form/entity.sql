-- Forms: what a client asks people for. The fields are a table of their own with routes of its own.
SELECT BuildEntity('form', $declaration$ {
  "kind": "reference",
  "types": ["none", "journal", "tracker"],
  "default_type": "none",
  "routes": [
    {"path": "/form/build", "call": "build_form", "keys": ["id", "params"], "result": "json"}
  ]
} $declaration$);
