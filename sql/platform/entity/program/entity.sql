-- What jobs run: SQL text that is trusted, executed with the context of the background user.
SELECT BuildEntity('program', $declaration$ {
  "kind": "reference",
  "types": ["plpgsql"],
  "default_type": "plpgsql",
  "columns": [
    {"name": "body", "type": "text", "required": true, "get": true, "comment": "SQL text"}
  ]
} $declaration$);
