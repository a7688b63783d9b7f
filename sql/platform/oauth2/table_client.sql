-- Clients of the authorization server. Secrets of clients are HMAC keys of their tokens, so the
-- text is kept; a client proves itself against `digest`, which costs no bcrypt.

CREATE TABLE oauth2.provider (
    id            serial PRIMARY KEY,
    type          char(1) NOT NULL CHECK (type IN ('I', 'E')),
    code          text NOT NULL,
    name          text
);

COMMENT ON TABLE oauth2.provider IS 'Who vouches for users: this system (I) or somebody else (E).';
COMMENT ON COLUMN oauth2.provider.id IS 'Identifier';
COMMENT ON COLUMN oauth2.provider.type IS 'I internal, E external';
COMMENT ON COLUMN oauth2.provider.code IS 'Code: the stem of its file in conf/oauth2';
COMMENT ON COLUMN oauth2.provider.name IS 'Name';

CREATE UNIQUE INDEX ON oauth2.provider (type, code);
CREATE INDEX ON oauth2.provider (code);

--------------------------------------------------------------------------------
CREATE TABLE oauth2.application (
    id            serial PRIMARY KEY,
    type          char(1) NOT NULL CHECK (type IN ('S', 'W', 'N')),
    code          text NOT NULL,
    name          text
);

COMMENT ON TABLE oauth2.application IS 'Kind of program that asks for tokens.';
COMMENT ON COLUMN oauth2.application.id IS 'Identifier';
COMMENT ON COLUMN oauth2.application.type IS 'S service, W web, N native';
COMMENT ON COLUMN oauth2.application.code IS 'Code';
COMMENT ON COLUMN oauth2.application.name IS 'Name';

CREATE UNIQUE INDEX ON oauth2.application (type, code);
CREATE INDEX ON oauth2.application (code);

--------------------------------------------------------------------------------
CREATE TABLE oauth2.issuer (
    id            serial PRIMARY KEY,
    provider      integer NOT NULL REFERENCES oauth2.provider (id),
    code          text NOT NULL,
    name          text
);

COMMENT ON TABLE oauth2.issuer IS 'Values of the claim "iss" that a provider signs with.';
COMMENT ON COLUMN oauth2.issuer.id IS 'Identifier; the lowest one of a provider is put into new tokens';
COMMENT ON COLUMN oauth2.issuer.provider IS 'Provider';
COMMENT ON COLUMN oauth2.issuer.code IS 'Value of the claim';
COMMENT ON COLUMN oauth2.issuer.name IS 'Name';

CREATE UNIQUE INDEX ON oauth2.issuer (provider, code);
CREATE INDEX ON oauth2.issuer (code);

--------------------------------------------------------------------------------
CREATE TABLE oauth2.algorithm (
    id            serial PRIMARY KEY,
    code          text NOT NULL,
    name          text
);

COMMENT ON TABLE oauth2.algorithm IS 'Algorithms by which tokens are signed.';
COMMENT ON COLUMN oauth2.algorithm.id IS 'Identifier';
COMMENT ON COLUMN oauth2.algorithm.code IS 'Code as in the header of a token, HS256 for instance';
COMMENT ON COLUMN oauth2.algorithm.name IS 'Name of the hash for pgcrypto, sha256 for instance';

CREATE UNIQUE INDEX ON oauth2.algorithm (code);

--------------------------------------------------------------------------------
CREATE TABLE oauth2.audience (
    id            serial PRIMARY KEY,
    provider      integer NOT NULL REFERENCES oauth2.provider (id),
    application   integer NOT NULL REFERENCES oauth2.application (id),
    algorithm     integer NOT NULL REFERENCES oauth2.algorithm (id),
    code          text NOT NULL,
    secret        text NOT NULL,
    hash          text NOT NULL,
    digest        bytea NOT NULL,
    name          text
);

COMMENT ON TABLE oauth2.audience IS 'Clients: the client_id of an application with a provider.';
COMMENT ON COLUMN oauth2.audience.id IS 'Identifier';
COMMENT ON COLUMN oauth2.audience.provider IS 'Provider';
COMMENT ON COLUMN oauth2.audience.application IS 'Application';
COMMENT ON COLUMN oauth2.audience.algorithm IS 'Algorithm of the tokens of this client';
COMMENT ON COLUMN oauth2.audience.code IS 'client_id';
COMMENT ON COLUMN oauth2.audience.secret IS 'client_secret: the key that signs the tokens of this client';
COMMENT ON COLUMN oauth2.audience.hash IS 'bcrypt of the secret';
COMMENT ON COLUMN oauth2.audience.digest IS 'HMAC-SHA256 of the secret under the server key: what a given secret is compared with';
COMMENT ON COLUMN oauth2.audience.name IS 'Name';

CREATE UNIQUE INDEX ON oauth2.audience (provider, code);
CREATE INDEX ON oauth2.audience (code);
CREATE INDEX ON oauth2.audience (application);
