SELECT BuildDispatcher('search', '{"session": true, "payload": true}', $routes$ [
  {"path": "/search", "call": "search", "keys": ["text", "entities"], "fields": true}
] $routes$);
