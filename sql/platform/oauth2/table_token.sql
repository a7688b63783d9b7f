-- What was granted, and the tokens that prove it. One grant (db.oauth2) belongs to one session and
-- goes with it; its token header is the family within which refresh tokens replace each other.

CREATE TABLE db.oauth2 (
    id            bigserial PRIMARY KEY,
    audience      integer NOT NULL REFERENCES oauth2.audience (id),
    scopes        text[] NOT NULL,
    access_type   text NOT NULL DEFAULT 'online' CHECK (access_type IN ('online', 'offline')),
    redirect_uri  text,
    state         text,
    code_challenge text,
    nonce         text
);

COMMENT ON TABLE db.oauth2 IS 'Grants: what a client was allowed by one sign-in.';
COMMENT ON COLUMN db.oauth2.id IS 'Identifier';
COMMENT ON COLUMN db.oauth2.audience IS 'Client';
COMMENT ON COLUMN db.oauth2.scopes IS 'Scopes granted: codes or aliases of db.scope';
COMMENT ON COLUMN db.oauth2.access_type IS 'online: access tokens only; offline: with refresh tokens';
COMMENT ON COLUMN db.oauth2.redirect_uri IS 'Where the code was sent; exchanging it requires the same';
COMMENT ON COLUMN db.oauth2.state IS 'Opaque value of the client, given back to it';
COMMENT ON COLUMN db.oauth2.code_challenge IS 'SHA-256 of the verifier that redeeming the code takes; none: no verifier';
COMMENT ON COLUMN db.oauth2.nonce IS 'Value of the client for its first identity token; wiped with that one';

CREATE INDEX ON db.oauth2 (audience);

--------------------------------------------------------------------------------
CREATE TABLE db.token_header (
    id            bigserial PRIMARY KEY,
    oauth2        bigint NOT NULL REFERENCES db.oauth2 (id) ON DELETE CASCADE,
    session       varchar(40) NOT NULL,
    salt          text,
    agent         text NOT NULL,
    host          inet,
    created       timestamptz NOT NULL DEFAULT now(),
    updated       timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE db.token_header IS 'Families of tokens: those of a session that replace one another.';
COMMENT ON COLUMN db.token_header.id IS 'Identifier';
COMMENT ON COLUMN db.token_header.oauth2 IS 'Grant';
COMMENT ON COLUMN db.token_header.session IS 'Session; no reference, since the header is made before its session';
COMMENT ON COLUMN db.token_header.salt IS 'Unused, kept for compatibility';
COMMENT ON COLUMN db.token_header.agent IS 'Program that signed in';
COMMENT ON COLUMN db.token_header.host IS 'Address that it signed in from';
COMMENT ON COLUMN db.token_header.created IS 'When the family was started';
COMMENT ON COLUMN db.token_header.updated IS 'When it got its newest tokens';

CREATE INDEX ON db.token_header (oauth2);
CREATE INDEX ON db.token_header (session);

--------------------------------------------------------------------------------
CREATE TABLE db.token (
    id            bigserial PRIMARY KEY,
    header        bigint NOT NULL REFERENCES db.token_header (id) ON DELETE CASCADE,
    session       varchar(40) NOT NULL,
    type          char(1) NOT NULL CHECK (type IN ('C', 'A', 'R', 'I')),
    token         text,
    hash          varchar(40) NOT NULL,
    used          timestamptz,
    validfromdate timestamptz NOT NULL DEFAULT now(),
    validtodate   timestamptz NOT NULL DEFAULT '4433-12-31 00:00:00+00',
    successor     bytea
);

COMMENT ON TABLE db.token IS 'Tokens given out: their hashes only, a reader of this table can use none.';
COMMENT ON COLUMN db.token.id IS 'Identifier';
COMMENT ON COLUMN db.token.header IS 'Family';
COMMENT ON COLUMN db.token.session IS 'Session of the family: each call looks it up by the hash of its token alone';
COMMENT ON COLUMN db.token.type IS 'C authorization code, A access, R refresh, I identity';
COMMENT ON COLUMN db.token.token IS 'Unused, kept for compatibility: the text of a token is not stored';
COMMENT ON COLUMN db.token.hash IS 'GetTokenHash(token, GetSecretKey())';
COMMENT ON COLUMN db.token.used IS 'When a code or refresh token was spent';
COMMENT ON COLUMN db.token.validfromdate IS 'Valid from this moment';
COMMENT ON COLUMN db.token.validtodate IS 'Valid before this moment';
COMMENT ON COLUMN db.token.successor IS 'Of a spent refresh token: the pair that replaced it, sealed with the spent token itself; read within the grace period only, then wiped';

CREATE UNIQUE INDEX ON db.token (hash);
CREATE INDEX ON db.token (header, type);
CREATE INDEX ON db.token (validtodate);
