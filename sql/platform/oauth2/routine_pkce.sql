-- Proof key for code exchange (RFC 7636): who redeems a code shows what only its asker knows.

-- ChallengeFault --------------------------------------------------------------
CREATE OR REPLACE FUNCTION ChallengeFault (
  pChallenge    text,
  pMethod       text
) RETURNS       text
AS $$
  SELECT CASE
         WHEN coalesce(pChallenge, '') = '' AND coalesce(pMethod, '') <> '' THEN
           'The parameter code_challenge is missing.'
         WHEN coalesce(pChallenge, '') = '' THEN null
         WHEN pMethod IS DISTINCT FROM 'S256' THEN
           'The parameter code_challenge_method must be S256.'
         WHEN pChallenge !~ '^[A-Za-z0-9_-]{43}$' THEN
           'The parameter code_challenge must be a SHA-256 in base64url.'
         END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION ChallengeFault (text, text) IS
$$Tells what is wrong with the challenge of a request for a code; null when nothing is, or when it has none.

"plain", which is also what no method means, is refused: its challenge is the secret itself.$$;

-- VerifierFault ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION VerifierFault (
  pChallenge    text,
  pVerifier     text,
  pPublic       boolean
) RETURNS       text
AS $$
  SELECT CASE
         WHEN pChallenge IS NULL AND coalesce(pVerifier, '') <> '' THEN
           'The code was asked for without a code_challenge.'
         WHEN pChallenge IS NULL AND pPublic THEN
           'A client without a secret has to ask for codes with a code_challenge.'
         WHEN pChallenge IS NULL THEN null
         WHEN coalesce(pVerifier, '') = '' THEN
           'The parameter code_verifier is missing.'
         WHEN pVerifier !~ '^[A-Za-z0-9._~-]{43,128}$'
           OR NOT SameSecret(url_encode(sha256(convert_to(pVerifier, 'UTF8'))), pChallenge) THEN
           'The code_verifier does not fit the code_challenge.'
         END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION VerifierFault (text, text, boolean) IS
$$Tells why a code must not be redeemed; null when it may.

A verifier for a code without a challenge is refused too: somebody took the challenge away on the way.
pChallenge  challenge that the code was asked for with
pVerifier   what the client shows
pPublic     the client has proven itself by no secret of its own$$;
