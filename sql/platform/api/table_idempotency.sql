-- Replies that are kept so that a repeated request changes nothing.
CREATE TABLE db.idempotency (
    owner       text NOT NULL,
    key         text NOT NULL,
    request     bytea NOT NULL,
    row_count   integer,
    status      integer,
    etag        text,
    body        text,
    created     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner, key)
);

CREATE INDEX ON db.idempotency (created);

COMMENT ON TABLE db.idempotency IS 'Replies to requests that bore an Idempotency-Key, for 24 hours.';
COMMENT ON COLUMN db.idempotency.owner IS 'Whose key it is: a user, or the OAuth client of an anonymous session';
COMMENT ON COLUMN db.idempotency.key IS 'The key that the client chose';
COMMENT ON COLUMN db.idempotency.request IS 'SHA-256 of method, path and payload';
COMMENT ON COLUMN db.idempotency.row_count IS 'Rows of the reply';
COMMENT ON COLUMN db.idempotency.status IS 'Status of the reply';
COMMENT ON COLUMN db.idempotency.etag IS 'Version of the object that the reply shows';
COMMENT ON COLUMN db.idempotency.body IS 'The reply';
COMMENT ON COLUMN db.idempotency.created IS 'When the request came';
