-- db.auth -----------------------------------------------------------------------
CREATE TABLE db.auth (
    userid        uuid NOT NULL REFERENCES db."user" (id) ON DELETE CASCADE,
    audience      integer NOT NULL REFERENCES oauth2.audience (id) ON DELETE CASCADE,
    code          text NOT NULL,
    created       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (userid, audience)
);

COMMENT ON TABLE db.auth IS 'External identities of users: what another provider knows them by.';
COMMENT ON COLUMN db.auth.userid IS 'User';
COMMENT ON COLUMN db.auth.audience IS 'Client with the external provider';
COMMENT ON COLUMN db.auth.code IS 'Claim "sub" of the provider';
COMMENT ON COLUMN db.auth.created IS 'When the link was made';

CREATE UNIQUE INDEX ON db.auth (audience, code);

-- db.ticket_login -----------------------------------------------------------------
CREATE TABLE db.ticket_login (
    ticket        uuid PRIMARY KEY REFERENCES db.recovery_ticket (ticket) ON DELETE CASCADE,
    created       timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE db.ticket_login IS 'Recovery tickets that a session was opened with: each opens one.';
COMMENT ON COLUMN db.ticket_login.ticket IS 'Ticket';
COMMENT ON COLUMN db.ticket_login.created IS 'When the session was opened';

-- db.publisher --------------------------------------------------------------------
CREATE TABLE db.publisher (
    code          text PRIMARY KEY,
    name          text NOT NULL,
    description   text
);

COMMENT ON TABLE db.publisher IS 'Kinds of events that sessions subscribe to; each is a NOTIFY channel.';
COMMENT ON COLUMN db.publisher.code IS 'Code: the name of the channel';
COMMENT ON COLUMN db.publisher.name IS 'Name';
COMMENT ON COLUMN db.publisher.description IS 'Description';

-- db.listener ---------------------------------------------------------------------
CREATE TABLE db.listener (
    publisher     text NOT NULL REFERENCES db.publisher (code) ON DELETE RESTRICT,
    session       varchar(40) NOT NULL,
    identity      text NOT NULL,
    filter        jsonb NOT NULL,
    params        jsonb NOT NULL,
    PRIMARY KEY (publisher, session, identity)
);

COMMENT ON TABLE db.listener IS 'Subscriptions of sessions.';
COMMENT ON COLUMN db.listener.publisher IS 'Publisher';
COMMENT ON COLUMN db.listener.session IS 'Session; its subscriptions go with it';
COMMENT ON COLUMN db.listener.identity IS 'Which connection of the session';
COMMENT ON COLUMN db.listener.filter IS 'Which events it wants';
COMMENT ON COLUMN db.listener.params IS 'How it wants them';

CREATE INDEX ON db.listener (session);
