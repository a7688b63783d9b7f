-- Fixed dictionaries. Their texts are in text/; later modules add entities and classes.
INSERT INTO db.state_type (id, code) VALUES
  ('00000000-0000-4000-b001-000000000001', 'created'),
  ('00000000-0000-4000-b001-000000000002', 'enabled'),
  ('00000000-0000-4000-b001-000000000003', 'disabled'),
  ('00000000-0000-4000-b001-000000000004', 'deleted')
ON CONFLICT (id) DO NOTHING;

INSERT INTO db.event_type (id, code) VALUES
  ('00000000-0000-4000-b002-000000000001', 'parent'),
  ('00000000-0000-4000-b002-000000000002', 'event'),
  ('00000000-0000-4000-b002-000000000003', 'plpgsql')
ON CONFLICT (id) DO NOTHING;

INSERT INTO db.priority (id, code) VALUES
  ('00000000-0000-4000-b004-000000000000', 'low'),
  ('00000000-0000-4000-b004-000000000001', 'medium'),
  ('00000000-0000-4000-b004-000000000002', 'high'),
  ('00000000-0000-4000-b004-000000000003', 'critical')
ON CONFLICT (id) DO NOTHING;

-- The number is the last group of the identifier: the order here never changes.
INSERT INTO db.action (id, code)
SELECT format('00000000-0000-4000-b003-%s', lpad((n - 1)::text, 12, '0'))::uuid, code
  FROM unnest(ARRAY[
    'anything', 'abort', 'accept', 'add', 'alarm', 'approve', 'available', 'cancel', 'check', 'complete',
    'confirm', 'create', 'delete', 'disable', 'done', 'drop', 'edit', 'enable', 'execute', 'expire',
    'fail', 'faulted', 'finishing', 'heartbeat', 'invite', 'open', 'plan', 'post', 'postpone', 'preparing',
    'reconfirm', 'remove', 'repeat', 'reserve', 'reserved', 'restore', 'return', 'save', 'send', 'sign',
    'start', 'stop', 'submit', 'unavailable', 'update', 'reject', 'pay', 'continue', 'agree', 'close',
    'activate', 'refund', 'download', 'prepare'
  ]) WITH ORDINALITY AS a (code, n)
ON CONFLICT (id) DO NOTHING;

SELECT RegisterRoute(r, AddEndPoint(format('SELECT * FROM rest.%s($1, $2);', r)))
  FROM unnest(ARRAY['entity', 'type', 'class', 'state', 'action', 'method', 'priority', 'workflow']) AS r;

SELECT RefreshLabels();
