-- db.session ------------------------------------------------------------------
CREATE TABLE db.session (
    code          varchar(40) PRIMARY KEY,
    oauth2        bigint NOT NULL REFERENCES db.oauth2 (id),
    token         bigint,
    suid          uuid NOT NULL REFERENCES db."user" (id),
    userid        uuid NOT NULL REFERENCES db."user" (id),
    locale        uuid NOT NULL REFERENCES db.locale (id),
    area          uuid NOT NULL REFERENCES db.area (id),
    interface     uuid NOT NULL REFERENCES db.interface (id),
    scope         uuid NOT NULL REFERENCES db.scope (id),
    oper_date     timestamptz,
    created       timestamptz NOT NULL DEFAULT now(),
    updated       timestamptz NOT NULL DEFAULT now(),
    pwkey         text,
    secret        text NOT NULL,
    salt          text,
    agent         text NOT NULL,
    host          inet
) WITH (fillfactor = 70);

COMMENT ON TABLE db.session IS 'Open sessions.';
COMMENT ON COLUMN db.session.code IS 'Code: 20 random bytes in hexadecimal digits';
COMMENT ON COLUMN db.session.oauth2 IS 'Grant that the session lives by';
COMMENT ON COLUMN db.session.token IS 'Its authorization code, a row of db.token; no reference, for codes are cleaned away';
COMMENT ON COLUMN db.session.suid IS 'User who opened it';
COMMENT ON COLUMN db.session.userid IS 'User as whom it acts, another one after a substitution';
COMMENT ON COLUMN db.session.locale IS 'Locale';
COMMENT ON COLUMN db.session.area IS 'Working area';
COMMENT ON COLUMN db.session.interface IS 'Interface';
COMMENT ON COLUMN db.session.scope IS 'Scope: that of the area';
COMMENT ON COLUMN db.session.oper_date IS 'Operational date; none means the present moment';
COMMENT ON COLUMN db.session.created IS 'When it was opened';
COMMENT ON COLUMN db.session.updated IS 'When it was seen last, to a minute';
COMMENT ON COLUMN db.session.pwkey IS 'Unused, kept for compatibility';
COMMENT ON COLUMN db.session.secret IS 'Secret with which a client proves the session: 48 random bytes in base64';
COMMENT ON COLUMN db.session.salt IS 'Unused, kept for compatibility';
COMMENT ON COLUMN db.session.agent IS 'Program that was seen last';
COMMENT ON COLUMN db.session.host IS 'Address that was seen last';

-- Nothing that a last-seen stamp moves is indexed, so that stamps are heap-only updates.
CREATE UNIQUE INDEX ON db.session (oauth2);
CREATE INDEX ON db.session (suid);
CREATE INDEX ON db.session (userid);
