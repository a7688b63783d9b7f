-- External identities.

-- CreateAuth ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateAuth (
  pUserId       uuid,
  pAudience     integer,
  pCode         text
) RETURNS       void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  INSERT INTO db.auth (userid, audience, code)
  VALUES (pUserId, pAudience, pCode)
      ON CONFLICT DO NOTHING;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateAuth (uuid, integer, text) IS
$$Links an external identity to a user; a link that exists is left as it is.

pAudience  client with the external provider
pCode      claim "sub" of the provider
Raises     AccessDenied unless an administrator or the owner calls$$;
