-- RedactPayload ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION RedactPayload (
  pJson         jsonb
) RETURNS       jsonb
AS $$
DECLARE
  arSecret      constant text[] :=
    '{password,oldpass,newpass,hidden,secret,client_secret,securityanswer,ticket,token,access_token,'
    'refresh_token,id_token,assertion,code_verifier}';
BEGIN
  RETURN CASE jsonb_typeof(pJson)
    WHEN 'object' THEN (
      SELECT COALESCE(jsonb_object_agg(e.key,
               CASE WHEN jsonb_typeof(e.value) IN ('object', 'array')
                    THEN RedactPayload(e.value) ELSE e.value END), '{}')
        FROM jsonb_each(pJson) AS e
       WHERE lower(e.key) <> ALL (arSecret))
    WHEN 'array' THEN (
      SELECT COALESCE(jsonb_agg(RedactPayload(e)), '[]') FROM jsonb_array_elements(pJson) AS e)
    ELSE pJson
  END;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION RedactPayload (jsonb) IS
'Returns a payload without passwords, secrets, tokens and tickets, at any depth.';

-- AddApiLog -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddApiLog (
  pPath         text,
  pJson         jsonb,
  pNonce        double precision DEFAULT NULL,
  pSignature    text DEFAULT NULL
) RETURNS       bigint
AS $$
DECLARE
  nId           bigint;
BEGIN
  INSERT INTO db.api_log (session, username, path, nonce, signature, json)
  VALUES (current_session(), current_username(), pPath, pNonce, pSignature, RedactPayload(pJson))
  RETURNING id INTO nId;
  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddApiLog (text, jsonb, double precision, text) IS
$$Adds a row to the request log, for the session and user of the context.

pPath       path as the dispatcher gets it
pJson       payload; secrets are left out
pNonce      of a signed request, microseconds
pSignature  of a signed request$$;

-- NewApiLog -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION NewApiLog (
  pPath         text,
  pJson         jsonb,
  pNonce        double precision DEFAULT NULL,
  pSignature    text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM AddApiLog(pPath, pJson, pNonce, pSignature);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION NewApiLog (text, jsonb, double precision, text) IS 'AddApiLog() without a result.';

-- WriteToApiLog ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION WriteToApiLog (
  pPath         text,
  pJson         jsonb,
  pNonce        double precision DEFAULT NULL,
  pSignature    text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  IF GetLogMode() THEN
    PERFORM AddApiLog(pPath, pJson, pNonce, pSignature);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION WriteToApiLog (text, jsonb, double precision, text) IS
'AddApiLog() when log mode is on.';

-- DeleteApiLog ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DeleteApiLog (
  pId           bigint
) RETURNS       void
AS $$
  DELETE FROM db.api_log WHERE id = pId;
$$ LANGUAGE sql;

COMMENT ON FUNCTION DeleteApiLog (bigint) IS 'Deletes one row of the request log.';

-- ClearApiLog -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ClearApiLog (
  pDateTime     timestamptz
) RETURNS       void
AS $$
  DELETE FROM db.api_log WHERE datetime < pDateTime;
$$ LANGUAGE sql;

COMMENT ON FUNCTION ClearApiLog (timestamptz) IS 'Deletes the rows of the request log that are older than a moment.';
