-- Keys that sign identity tokens: which there are, and how they follow one another.

-- SigningKeys -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SigningKeys () RETURNS jsonb
AS $$
BEGIN
  RETURN coalesce((SELECT jsonb_agg(jsonb_build_object(
                            'kid', k.kid,
                            'alg', k.alg,
                            'private', k.private,
                            'public', k.public,
                            'signs', k.validfromdate <= now() AND coalesce(k.retired > now(), true),
                            'fresh', k.retired IS NULL AND k.created > now() - interval '90 days')
                            ORDER BY k.validfromdate DESC, k.kid)
                     FROM db.signing_key k
                    WHERE k.validtodate > now()), '[]');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION SigningKeys () IS
$$Lists the keys whose signatures are valid, the newest first.

Returns  [{"kid", "alg", "private", "public", "signs", "fresh"}]; signs: it may sign at present;
         fresh: no new one of its algorithm is due$$;

-- AddSigningKey ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddSigningKey (
  pKid          text,
  pAlg          text,
  pPrivate      jsonb,
  pPublic       jsonb
) RETURNS       boolean
AS $$
DECLARE
  dtFrom        timestamptz := now();
BEGIN
  -- Servers that start together each make a key: the first one counts.
  PERFORM pg_advisory_xact_lock(hashtext('apostol.signing_key'));

  IF EXISTS (SELECT FROM db.signing_key
              WHERE alg = pAlg AND retired IS NULL AND created > now() - interval '90 days')
  THEN
    RETURN false;
  END IF;

  -- Other servers and clients have to learn of the new key before it signs.
  IF EXISTS (SELECT FROM db.signing_key WHERE alg = pAlg AND coalesce(retired > now(), true)) THEN
    dtFrom := now() + interval '10 min';
  END IF;

  UPDATE db.signing_key
     SET retired = dtFrom, validtodate = dtFrom + interval '1 day'
   WHERE alg = pAlg
     AND retired IS NULL;

  INSERT INTO db.signing_key (kid, alg, private, public, validfromdate)
  VALUES (pKid, pAlg, pPrivate, pPublic, dtFrom);

  DELETE FROM db.signing_key WHERE validtodate < now() - interval '1 day';

  RETURN true;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddSigningKey (text, text, jsonb, jsonb) IS
$$Takes a new key, unless the present one of its algorithm is young enough.

The one before signs for ten minutes more and is published for a day after: identity tokens live for
an hour.
Returns  false when no key was due$$;

-- RotateSigningKeys -----------------------------------------------------------
CREATE OR REPLACE FUNCTION RotateSigningKeys () RETURNS void
AS $$
BEGIN
  IF NOT IsAdmin() THEN
    PERFORM AccessDenied();
  END IF;

  UPDATE db.signing_key SET created = '-infinity' WHERE retired IS NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RotateSigningKeys () IS
$$Has the server make new keys when it reads them next, within five minutes; else it does so every 90 days.

Raises  AccessDenied unless an administrator or the owner calls$$;
