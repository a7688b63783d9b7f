-- The entry for raw requests from outside. What the platform answers is for trying it out; an
-- installation puts functions of its own in their place.

-- http.answer -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION http.answer (
  pMethod       text,
  pPath         text,
  pHeaders      jsonb,
  pParams       jsonb,
  pBody         jsonb
) RETURNS       SETOF json
AS $$
DECLARE
  arPath        text[] := path_to_array(pPath);
BEGIN
  IF arPath[2] IS DISTINCT FROM 'v1' THEN
    RETURN NEXT json_build_object('error', json_build_object('code', 400, 'message',
                  format('Invalid API version: %s', arPath[2])));
    RETURN;
  END IF;

  CASE
  WHEN arPath[3] = 'ping' THEN
    RETURN NEXT json_build_object('code', 200, 'message', 'OK');
  WHEN arPath[3] = 'time' THEN
    RETURN NEXT json_build_object('serverTime', trunc(extract(epoch FROM now()))::bigint);
  WHEN arPath[3] = 'headers' THEN
    RETURN NEXT coalesce(pHeaders, '{}')::json;
  WHEN arPath[3] = 'params' THEN
    RETURN NEXT coalesce(pParams, '{}')::json;
  WHEN arPath[3] = 'body' AND pMethod <> 'GET' THEN
    RETURN NEXT coalesce(pBody, '{}')::json;
  ELSE
    RETURN NEXT json_build_object('error', json_build_object(
                  'code', CASE pMethod WHEN 'GET' THEN 404 ELSE 400 END,
                  'message', format('No such endpoint: %s', pPath)));
  END CASE;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.answer (text, text, jsonb, jsonb, jsonb) IS
$$Answers a raw request.

pPath    /PREFIX/v1/ENDPOINT; endpoints are ping, time, headers, params and, except for GET, body
Returns  one row; an error object when the endpoint is unknown$$;

-- http.log_and_answer ---------------------------------------------------------
CREATE OR REPLACE FUNCTION http.log_and_answer (
  pMethod       text,
  pPath         text,
  pHeaders      jsonb,
  pParams       jsonb,
  pBody         jsonb
) RETURNS       SETOF json
AS $$
DECLARE
  nId           bigint;
  dtStart       timestamptz := clock_timestamp();
  vMessage      text;
  vContext      text;
BEGIN
  nId := http.write_to_log(pPath, pHeaders, pParams, pBody, pMethod);

  RETURN QUERY SELECT * FROM http.answer(pMethod, pPath, pHeaders, pParams, pBody);

  UPDATE http.log SET runtime = age(clock_timestamp(), dtStart) WHERE id = nId;
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;

  PERFORM http.write_to_log(pPath, pHeaders, pParams, null, pMethod, vMessage, vContext);

  RETURN NEXT json_build_object('error', json_build_object('code', 400, 'message',
                (SELECT m.message FROM ParseMessage(vMessage) m)));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.log_and_answer (text, text, jsonb, jsonb, jsonb) IS
$$Answers a raw request and logs it.

Returns  the rows of http.answer(), or one error object when it failed$$;

-- http.get --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION http.get (
  path          text,
  headers       jsonb,
  params        jsonb DEFAULT NULL
) RETURNS       SETOF json
AS $$
  SELECT * FROM http.log_and_answer('GET', path, headers, params, null);
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.get (text, jsonb, jsonb) IS
'Answers a raw GET request; an installation may put its own function in its place.';

-- http.post ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION http.post (
  path          text,
  headers       jsonb,
  params        jsonb DEFAULT NULL,
  body          jsonb DEFAULT NULL
) RETURNS       SETOF json
AS $$
  SELECT * FROM http.log_and_answer('POST', path, headers, params, body);
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.post (text, jsonb, jsonb, jsonb) IS
'Answers a raw POST request; an installation may put its own function in its place.';

-- http.put -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION http.put (
  path          text,
  headers       jsonb,
  params        jsonb DEFAULT NULL,
  body          jsonb DEFAULT NULL
) RETURNS       SETOF json
AS $$
  SELECT * FROM http.log_and_answer('PUT', path, headers, params, body);
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.put (text, jsonb, jsonb, jsonb) IS
'Answers a raw PUT request; an installation may put its own function in its place.';

-- http.patch -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION http.patch (
  path          text,
  headers       jsonb,
  params        jsonb DEFAULT NULL,
  body          jsonb DEFAULT NULL
) RETURNS       SETOF json
AS $$
  SELECT * FROM http.log_and_answer('PATCH', path, headers, params, body);
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.patch (text, jsonb, jsonb, jsonb) IS
'Answers a raw PATCH request; an installation may put its own function in its place.';

-- http.delete ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION http.delete (
  path          text,
  headers       jsonb,
  params        jsonb DEFAULT NULL,
  body          jsonb DEFAULT NULL
) RETURNS       SETOF json
AS $$
  SELECT * FROM http.log_and_answer('DELETE', path, headers, params, body);
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.delete (text, jsonb, jsonb, jsonb) IS
'Answers a raw DELETE request; an installation may put its own function in its place.';
