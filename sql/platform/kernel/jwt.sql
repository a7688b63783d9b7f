-- url_encode ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION url_encode (
  data          bytea
) RETURNS       text
AS $$
  SELECT translate(encode(data, 'base64'), E'+/=\n', '-_');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION url_encode (bytea) IS 'Encodes bytes in base64url without padding.';

-- url_decode ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION url_decode (
  data          text
) RETURNS       bytea
AS $$
  SELECT decode(translate(data, '-_', '+/') || repeat('=', (4 - length(data) % 4) % 4), 'base64');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION url_decode (text) IS 'Decodes base64url without padding.';

-- algorithm_sign --------------------------------------------------------------
CREATE OR REPLACE FUNCTION algorithm_sign (
  signables     text,
  secret        text,
  algorithm     text
) RETURNS       text
AS $$
DECLARE
  vHash         text := CASE algorithm
                          WHEN 'HS256' THEN 'sha256' WHEN 'HS384' THEN 'sha384' WHEN 'HS512' THEN 'sha512'
                        END;
BEGIN
  IF vHash IS NULL THEN
    RAISE EXCEPTION 'Cannot sign: algorithm must be HS256, HS384 or HS512, is %', algorithm
      USING ERRCODE = 'invalid_parameter_value';
  END IF;

  RETURN url_encode(hmac(convert_to(signables, 'UTF8'), convert_to(secret, 'UTF8'), vHash));
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION algorithm_sign (text, text, text) IS
$$Signs a text with a shared secret.

signables  text
secret     secret
algorithm  HS256, HS384 or HS512
Returns    signature in base64url$$;

-- sign ------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION sign (
  payload       json,
  secret        text,
  algorithm     text DEFAULT 'HS256'
) RETURNS       text
AS $$
DECLARE
  vSignables    text := url_encode(convert_to(format('{"alg":%s,"typ":"JWT"}', to_json(algorithm)), 'UTF8'))
                     || '.' || url_encode(convert_to(payload::text, 'UTF8'));
BEGIN
  RETURN vSignables || '.' || algorithm_sign(vSignables, secret, algorithm);
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION sign (json, text, text) IS
$$Makes a JSON web token in compact form.

payload    claims
secret     secret
algorithm  HS256, HS384 or HS512$$;

-- verify ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION verify (
  token         text,
  secret        text,
  algorithm     text DEFAULT 'HS256'
) RETURNS       TABLE (header json, payload json, valid boolean)
AS $$
DECLARE
  arPart        text[] := string_to_array(token, '.');
BEGIN
  IF COALESCE(cardinality(arPart), 0) <> 3 OR COALESCE(secret, '') = '' THEN
    RETURN QUERY SELECT NULL::json, NULL::json, false;
    RETURN;
  END IF;

  header := convert_from(url_decode(arPart[1]), 'UTF8')::json;
  payload := convert_from(url_decode(arPart[2]), 'UTF8')::json;

  -- Both signatures are hashed before they are compared: how far they agree tells nothing then.
  valid := header->>'alg' = algorithm
       AND digest(arPart[3], 'sha256')
         = digest(algorithm_sign(arPart[1] || '.' || arPart[2], secret, algorithm), 'sha256');
  valid := COALESCE(valid, false);
  RETURN NEXT;
EXCEPTION
WHEN data_exception THEN
  -- No base64, no UTF-8 or no JSON: no token.
  RETURN QUERY SELECT NULL::json, NULL::json, false;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION verify (text, text, text) IS
$$Checks the signature of a JSON web token, nothing else.

token      compact form
secret     secret; an empty one never verifies
algorithm  the only algorithm accepted, whatever the header says
Returns    header, claims and whether the signature is right; a malformed token is not valid$$;

-- GenSecretKey ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GenSecretKey (
  pSize         integer DEFAULT 48
) RETURNS       text
AS $$
  SELECT replace(encode(gen_random_bytes(pSize), 'base64'), E'\n', '');
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION GenSecretKey (integer) IS 'Draws a secret of so many bytes, in base64.';

-- DoubleSHA256 ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DoubleSHA256 (
  pData         bytea
) RETURNS       bytea
AS $$
  SELECT sha256(sha256(pData));
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DoubleSHA256 (bytea) IS 'Returns SHA-256 of SHA-256.';

CREATE OR REPLACE FUNCTION DoubleSHA256 (
  pData         text
) RETURNS       text
AS $$
  SELECT encode(sha256(sha256(convert_to(pData, 'UTF8'))), 'hex');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DoubleSHA256 (text) IS 'Returns SHA-256 of SHA-256 in hexadecimal.';
