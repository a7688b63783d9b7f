-- Views of the clients and of the tokens given out.

CREATE OR REPLACE VIEW Provider AS
  SELECT id, type, code, name FROM oauth2.provider;

COMMENT ON VIEW Provider IS 'Identity providers.';

CREATE OR REPLACE VIEW Application AS
  SELECT id, type, code, name FROM oauth2.application;

COMMENT ON VIEW Application IS 'Kinds of programs that ask for tokens.';

CREATE OR REPLACE VIEW Issuer AS
  SELECT id, provider, code, name FROM oauth2.issuer;

COMMENT ON VIEW Issuer IS 'Issuers of tokens.';

CREATE OR REPLACE VIEW Algorithm AS
  SELECT id, code, name FROM oauth2.algorithm;

COMMENT ON VIEW Algorithm IS 'Algorithms by which tokens are signed.';

-- The secrets stay in the table: roles that may read views have no use for them.
CREATE OR REPLACE VIEW Audience AS
  SELECT id, provider, application, algorithm, code, null::text AS secret, null::text AS hash, name
    FROM oauth2.audience;

COMMENT ON VIEW Audience IS 'OAuth 2.0 clients, without their secrets.';

CREATE OR REPLACE VIEW Tokens AS
  SELECT h.id,
         h.created,
         h.updated,
         t.id AS tokenid,
         CASE t.type
         WHEN 'C' THEN 'authorization_code'
         WHEN 'A' THEN 'access_token'
         WHEN 'R' THEN 'refresh_token'
         WHEN 'I' THEN 'id_token'
         END AS grant_type,
         t.token,
         t.used,
         t.hash,
         h.session,
         h.agent,
         h.host,
         t.validfromdate,
         t.validtodate
    FROM db.token_header h
    JOIN db.token t ON t.header = h.id;

COMMENT ON VIEW Tokens IS 'Tokens with their family.';
