-- Providers, applications, issuers, algorithms and clients.

-- AddProvider -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddProvider (
  pType         char,
  pCode         text,
  pName         text DEFAULT NULL
) RETURNS       integer
AS $$
DECLARE
  nId           integer;
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  INSERT INTO oauth2.provider AS p (type, code, name)
  VALUES (pType, pCode, pName)
      ON CONFLICT (type, code) DO UPDATE SET name = coalesce(EXCLUDED.name, p.name)
  RETURNING p.id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddProvider (char, text, text) IS
$$Adds an identity provider; one that exists gets the name.

pType    I internal, E external
Returns  its id
Raises   AccessDenied unless an administrator or the owner calls$$;

-- AddApplication --------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddApplication (
  pType         char,
  pCode         text,
  pName         text DEFAULT NULL
) RETURNS       integer
AS $$
DECLARE
  nId           integer;
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  INSERT INTO oauth2.application AS a (type, code, name)
  VALUES (pType, pCode, pName)
      ON CONFLICT (type, code) DO UPDATE SET name = coalesce(EXCLUDED.name, a.name)
  RETURNING a.id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddApplication (char, text, text) IS
$$Adds a kind of program that asks for tokens; one that exists gets the name.

pType    S service, W web, N native
Returns  its id
Raises   AccessDenied unless an administrator or the owner calls$$;

-- AddIssuer -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddIssuer (
  pProvider     integer,
  pCode         text,
  pName         text
) RETURNS       integer
AS $$
DECLARE
  nId           integer;
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  INSERT INTO oauth2.issuer AS i (provider, code, name)
  VALUES (pProvider, pCode, pName)
      ON CONFLICT (provider, code) DO UPDATE SET name = coalesce(EXCLUDED.name, i.name)
  RETURNING i.id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddIssuer (integer, text, text) IS
$$Adds a value of the claim "iss" to a provider; the first one added is put into new tokens.

Returns  its id
Raises   AccessDenied unless an administrator or the owner calls$$;

-- AddAlgorithm ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddAlgorithm (
  pCode         text,
  pName         text
) RETURNS       integer
AS $$
DECLARE
  nId           integer;
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  INSERT INTO oauth2.algorithm AS a (code, name)
  VALUES (pCode, pName)
      ON CONFLICT (code) DO UPDATE SET name = coalesce(EXCLUDED.name, a.name)
  RETURNING a.id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddAlgorithm (text, text) IS
$$Adds a signing algorithm.

pCode    code as in the header of a token
pName    name of its hash for pgcrypto
Returns  its id
Raises   AccessDenied unless an administrator or the owner calls$$;

-- ClientSecretDigest ----------------------------------------------------------
CREATE OR REPLACE FUNCTION ClientSecretDigest (
  pSecret       text
) RETURNS       bytea
AS $$
  SELECT hmac(pSecret, GetSecretKey(), 'sha256');
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION ClientSecretDigest (text) IS
$$Digests the secret of a client for storing and comparing.

A client secret is long and random, so a keyed hash protects it as well as bcrypt would, a thousand
times faster.
pSecret  the secret
Returns  HMAC-SHA256 under the server key$$;

-- CreateAudience --------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateAudience (
  pProvider     integer,
  pApplication  integer,
  pAlgorithm    integer,
  pCode         text,
  pSecret       text,
  pName         text DEFAULT NULL
) RETURNS       integer
AS $$
DECLARE
  nId           integer;
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  INSERT INTO oauth2.audience AS a (provider, application, algorithm, code, secret, hash, digest, name)
  VALUES (pProvider, pApplication, pAlgorithm, pCode, pSecret,
          crypt(pSecret, gen_salt('bf', 8)), ClientSecretDigest(pSecret), pName)
      ON CONFLICT (provider, code) DO UPDATE
         SET application = EXCLUDED.application,
             algorithm = EXCLUDED.algorithm,
             secret = EXCLUDED.secret,
             hash = EXCLUDED.hash,
             digest = EXCLUDED.digest,
             name = coalesce(EXCLUDED.name, a.name)
  RETURNING a.id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateAudience (integer, integer, integer, text, text, text) IS
$$Creates a client, or gives a new secret to one that exists.

The user under whose name the client signs in is made by the caller.
pCode    client_id
pSecret  client_secret; it also signs the tokens of the client
Returns  id of the client
Raises   AccessDenied unless an administrator or the owner calls$$;

-- CheckClientSecret -----------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckClientSecret (
  pAudience     integer,
  pSecret       text
) RETURNS       boolean
AS $$
BEGIN
  -- Both sides are keyed hashes: how long comparing them takes tells nothing of the secret.
  RETURN coalesce((SELECT a.digest = ClientSecretDigest(pSecret)
                     FROM oauth2.audience a
                    WHERE a.id = pAudience), false);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckClientSecret (integer, text) IS
$$Tells whether a secret is the one of a client.

Returns  false also for an unknown client and for no secret$$;

-- Lookups: by code or by id, null when there is none ----------------------------
CREATE OR REPLACE FUNCTION GetProvider (pCode text) RETURNS integer
AS $$
  SELECT id FROM oauth2.provider WHERE code = pCode ORDER BY id LIMIT 1;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetProvider (text) IS 'Finds a provider by its code; null when there is none.';

CREATE OR REPLACE FUNCTION GetProviderCode (pId integer) RETURNS text
AS $$
  SELECT code FROM oauth2.provider WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetProviderCode (integer) IS 'Returns the code of a provider.';

CREATE OR REPLACE FUNCTION GetProviderType (pId integer) RETURNS char
AS $$
BEGIN
  RETURN (SELECT type FROM oauth2.provider WHERE id = pId);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetProviderType (integer) IS 'Returns the type of a provider: I internal, E external.';

CREATE OR REPLACE FUNCTION GetApplication (pCode text) RETURNS integer
AS $$
  SELECT id FROM oauth2.application WHERE code = pCode ORDER BY id LIMIT 1;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetApplication (text) IS 'Finds an application by its code; null when there is none.';

CREATE OR REPLACE FUNCTION GetApplicationCode (pId integer) RETURNS text
AS $$
  SELECT code FROM oauth2.application WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetApplicationCode (integer) IS 'Returns the code of an application.';

CREATE OR REPLACE FUNCTION GetIssuer (pCode text) RETURNS integer
AS $$
BEGIN
  RETURN (SELECT id FROM oauth2.issuer WHERE code = pCode ORDER BY id LIMIT 1);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetIssuer (text) IS 'Finds an issuer by its code; null when there is none.';

CREATE OR REPLACE FUNCTION GetIssuerCode (pId integer) RETURNS text
AS $$
  SELECT code FROM oauth2.issuer WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetIssuerCode (integer) IS 'Returns the code of an issuer.';

CREATE OR REPLACE FUNCTION GetAlgorithm (pCode text) RETURNS integer
AS $$
  SELECT id FROM oauth2.algorithm WHERE code = pCode;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAlgorithm (text) IS 'Finds an algorithm by its code; null when there is none.';

CREATE OR REPLACE FUNCTION GetAlgorithmCode (pId integer) RETURNS text
AS $$
  SELECT code FROM oauth2.algorithm WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAlgorithmCode (integer) IS 'Returns the code of an algorithm.';

CREATE OR REPLACE FUNCTION GetAlgorithmName (pId integer) RETURNS text
AS $$
  SELECT name FROM oauth2.algorithm WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAlgorithmName (integer) IS 'Returns the name of the hash of an algorithm.';

CREATE OR REPLACE FUNCTION GetAudience (pCode text) RETURNS integer
AS $$
BEGIN
  RETURN (SELECT id FROM oauth2.audience WHERE code = pCode ORDER BY id LIMIT 1);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetAudience (text) IS 'Finds a client by its client_id; null when there is none.';

CREATE OR REPLACE FUNCTION GetAudienceCode (pId integer) RETURNS text
AS $$
  SELECT code FROM oauth2.audience WHERE id = pId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetAudienceCode (integer) IS 'Returns the client_id of a client.';
