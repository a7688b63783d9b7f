-- What messages go through: the type decides the transport.
SELECT BuildEntity('agent', $declaration$ {
  "kind": "reference",
  "types": ["system", "api", "email", "stream"],
  "default_type": "system",
  "columns": [
    {"name": "vendor", "ref": "vendor", "required": true, "get": true, "comment": "Who provides it"}
  ],
  "params": ["vendor", "code", "name", "description"]
} $declaration$);
