-- Calls that are signed with the secret of a session instead of showing it.

-- GetSignature ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetSignature (
  pPath         text,
  pNonce        double precision,
  pJson         json,
  pSecret       text
) RETURNS       text
AS $$
  SELECT encode(hmac(pPath || trim(to_char(pNonce, '9999999999999999'))
                     || coalesce(nullif(pJson::text, '{}'), 'null'), pSecret, 'sha256'), 'hex');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION GetSignature (text, double precision, json, text) IS
$$Signs a call.

pPath    full path in lower case
pNonce   microseconds since 1970
pJson    body exactly as it is sent; none and {} count as null
pSecret  secret of the session, as text
Returns  HMAC-SHA256, lower-case hexadecimal digits$$;

-- CheckNonce ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckNonce (
  pNonce        double precision,
  pTimeWindow   interval DEFAULT '1 min'
) RETURNS       void
AS $$
DECLARE
  nAge          double precision;
BEGIN
  -- Compared as numbers: a nonce that is no moment, or none at all, must not fail on conversion.
  nAge := extract(epoch FROM now()) - pNonce / 1000000;

  IF (nAge > -15 AND nAge <= extract(epoch FROM least(pTimeWindow, interval '1 min'))) IS NOT TRUE THEN
    PERFORM NonceExpired();
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CheckNonce (double precision, interval) IS
$$Checks that a nonce is of now: at most 15 seconds ahead, and not older than the window.

pNonce       microseconds since 1970
pTimeWindow  at most a minute
Raises       NonceExpired$$;

-- OpenSigned ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION OpenSigned (
  pPath         text,
  pJson         json,
  pSession      text,
  pNonce        double precision,
  pSignature    text,
  pHost         inet,
  pTimeWindow   interval
) RETURNS       text
AS $$
DECLARE
  vSecret       text;
BEGIN
  IF pNonce IS NULL THEN
    PERFORM SignatureError();
  END IF;

  PERFORM CheckNonce(pNonce, pTimeWindow);

  SELECT s.secret INTO vSecret FROM db.session s WHERE s.code = pSession;

  IF NOT SameSecret(pSignature, GetSignature(pPath, pNonce, pJson, vSecret)) THEN
    PERFORM SignatureError();
  END IF;

  RETURN ResumeSession(null, pSession, vSecret, pHost);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION OpenSigned (text, json, text, double precision, text, inet, interval) IS
$$Takes up a session by a signature made with its secret.

Returns  code of the session
Raises   SignatureError, NonceExpired, and as ResumeSession$$;

-- daemon.signed_fetch ---------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.signed_fetch (
  pMethod       text,
  pPath         text,
  pJson         json DEFAULT NULL,
  pSession      varchar DEFAULT NULL,
  pNonce        double precision DEFAULT NULL,
  pSignature    text DEFAULT NULL,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL,
  pTimeWindow   interval DEFAULT '1 min'
) RETURNS       SETOF json
AS $$
DECLARE
  vPath         text;
  vSession      text;
  vMessage      text;
  vContext      text;
BEGIN
  BEGIN
    vPath := CheckPath(pPath);
    vSession := OpenSigned(vPath, pJson, pSession, pNonce, pSignature, pHost, pTimeWindow);
  EXCEPTION
  WHEN others THEN
    GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  END;

  IF vMessage IS NOT NULL THEN
    RETURN QUERY SELECT e.body FROM DoorError(vMessage, vContext) e;
    RETURN;
  END IF;

  RETURN QUERY SELECT RunRows(r.body) FROM RunRoute(pMethod, vPath, pJson::jsonb) r;

  PERFORM StampSession(vSession, pAgent, pHost);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.signed_fetch (text, text, json, varchar, double precision, text, text, inet, interval) IS
$$Runs an API call that is signed with the secret of a session.

pNonce       microseconds since 1970, not older than the window
pSignature   GetSignature() of path, nonce and body
pTimeWindow  at most a minute
Returns      the rows of the call, or one error object$$;
