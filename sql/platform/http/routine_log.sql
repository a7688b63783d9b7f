-- The log of raw requests.

-- http.redact_headers ---------------------------------------------------------
CREATE OR REPLACE FUNCTION http.redact_headers (
  pHeaders      jsonb
) RETURNS       jsonb
AS $$
  SELECT CASE jsonb_typeof(pHeaders)
         WHEN 'object' THEN
           (SELECT coalesce(jsonb_object_agg(h.key, h.value), '{}')
              FROM jsonb_each(pHeaders) AS h
             WHERE lower(h.key) NOT IN ('authorization', 'proxy-authorization', 'cookie', 'set-cookie',
                                        'secret', 'x-api-key', 'x-auth-token'))
         END;
$$ LANGUAGE sql IMMUTABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.redact_headers (jsonb) IS
'Removes the header fields that carry credentials.';

-- http.write_to_log -----------------------------------------------------------
CREATE OR REPLACE FUNCTION http.write_to_log (
  pPath         text,
  pHeaders      jsonb,
  pParams       jsonb DEFAULT NULL,
  pBody         jsonb DEFAULT NULL,
  pMethod       text DEFAULT 'GET',
  pMessage      text DEFAULT NULL,
  pContext      text DEFAULT NULL
) RETURNS       bigint
AS $$
DECLARE
  nId           bigint;
BEGIN
  INSERT INTO http.log (path, headers, params, body, method, message, context)
  VALUES (pPath, http.redact_headers(pHeaders), RedactPayload(pParams), RedactPayload(pBody),
          upper(pMethod), pMessage, pContext)
  RETURNING id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.write_to_log (text, jsonb, jsonb, jsonb, text, text, text) IS
$$Writes a raw request to the log, without the credentials in it.

pMessage  error that it ended with
pContext  where that error was raised
Returns   id of the row$$;
