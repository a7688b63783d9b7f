-- Key pairs that sign identity tokens. The server makes them and signs with them, since PostgreSQL
-- cannot; they stand here so that all servers of a database have the same ones.

CREATE TABLE db.signing_key (
    kid           text PRIMARY KEY,
    alg           text NOT NULL CHECK (alg IN ('RS256', 'ES256', 'EdDSA')),
    private       jsonb NOT NULL,
    public        jsonb NOT NULL,
    created       timestamptz NOT NULL DEFAULT now(),
    validfromdate timestamptz NOT NULL DEFAULT now(),
    retired       timestamptz,
    validtodate   timestamptz NOT NULL DEFAULT '4433-12-31 00:00:00+00'
);

COMMENT ON TABLE db.signing_key IS 'Key pairs that sign identity tokens; never shown but to the server.';
COMMENT ON COLUMN db.signing_key.kid IS 'Identifier: the thumbprint of the public key (RFC 7638)';
COMMENT ON COLUMN db.signing_key.alg IS 'Algorithm';
COMMENT ON COLUMN db.signing_key.private IS 'Private key as JWK';
COMMENT ON COLUMN db.signing_key.public IS 'Public key as JWK';
COMMENT ON COLUMN db.signing_key.created IS 'When it was made';
COMMENT ON COLUMN db.signing_key.validfromdate IS 'Signs from this moment; published before, so that every client has it by then';
COMMENT ON COLUMN db.signing_key.retired IS 'Signs until this moment; none: the one that signs';
COMMENT ON COLUMN db.signing_key.validtodate IS 'Published until this moment: what it signed has ended by then';

CREATE UNIQUE INDEX ON db.signing_key (alg) WHERE retired IS NULL;
