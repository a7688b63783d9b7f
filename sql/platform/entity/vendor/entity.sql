-- Who makes devices and who provides services.
SELECT BuildEntity('vendor', $declaration$ {
  "kind": "reference",
  "types": ["service", "device", "car"],
  "default_type": "device"
} $declaration$);
