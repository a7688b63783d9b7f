-- Versions of the programming interface.
SELECT BuildEntity('version', $declaration$ {
  "kind": "reference",
  "types": ["api"],
  "default_type": "api"
} $declaration$);
