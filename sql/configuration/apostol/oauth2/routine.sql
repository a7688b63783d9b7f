-- InstallClient ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION InstallClient (
  pProvider     text,
  pApplication  text,
  pAlgorithm    text,
  pCode         text,
  pSecret       text,
  pName         text
) RETURNS       void
AS $$
DECLARE
  nId           integer := GetAudience(pCode);
  uUserId       uuid := GetUser(pCode);
  vSecret       text := coalesce(pSecret,
                                 (SELECT a.secret FROM oauth2.audience a WHERE a.id = nId),
                                 encode(gen_random_bytes(24), 'hex'));
BEGIN
  IF nId IS NULL OR (pSecret IS NOT NULL AND NOT CheckClientSecret(nId, pSecret)) THEN
    PERFORM CreateAudience(GetProvider(pProvider), GetApplication(pApplication), GetAlgorithm(pAlgorithm),
                           pCode, vSecret, pName);

    IF uUserId IS NOT NULL THEN
      PERFORM SetPassword(uUserId, vSecret);
    END IF;
  END IF;

  IF uUserId IS NULL THEN
    uUserId := CreateUser(pCode, vSecret, pName, NULL, NULL, 'OAuth 2.0 client', false, true);
  END IF;

  PERFORM AddMemberToGroup(uUserId, '00000000-0000-4000-a000-000000000000');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION InstallClient (text, text, text, text, text, text) IS
$$Installs a client of OAuth with the user that it signs in as, or gives both a new secret.

The user is a member of the group system and may not change its password.
pProvider     code of the provider
pApplication  code of the application
pAlgorithm    code of the algorithm that signs the client's tokens
pCode         client_id, and name of the user
pSecret       client_secret, and password of the user; null keeps the one there is, else draws one
pName         name$$;
