-- Publishers; a configuration adds its own.
INSERT INTO db.publisher (code, name, description)
VALUES ('confirmation', 'Confirmation', 'Payments were confirmed'),
       ('file',        'File',        'Files were stored, changed or removed'),
       ('geo',         'Geolocation', 'Coordinates of objects'),
       ('log',         'Log',         'Rows of the event log'),
       ('message',     'Message',     'Messages came in or are to be sent'),
       ('notice',      'Notice',      'Notices for a user'),
       ('notify',      'Notify',      'Objects changed their state'),
       ('replication', 'Replication', 'Rows to replicate')
    ON CONFLICT (code) DO NOTHING;
