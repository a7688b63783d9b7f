-- http.fetch: asking for a request from SQL. The parameters have no prefix: callers name them.

-- http.check_callback ---------------------------------------------------------
CREATE OR REPLACE FUNCTION http.check_callback (
  pFunction     text,
  VARIADIC pArguments regtype[]
) RETURNS       void
AS $$
BEGIN
  IF nullif(pFunction, '') IS NOT NULL
     AND to_regprocedure(format('%s(%s)', pFunction, array_to_string(pArguments, ', '))) IS NULL
  THEN
    PERFORM ObjectNotFound('function', 'name', pFunction);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.check_callback (text, regtype[]) IS
$$Checks that a function to be called back exists.

pFunction   its name; null passes
pArguments  types that it is called with
Raises      ObjectNotFound$$;

-- http.fetch (bytea) ----------------------------------------------------------
CREATE OR REPLACE FUNCTION http.fetch (
  resource      text,
  method        text DEFAULT 'GET',
  headers       jsonb DEFAULT NULL,
  content       bytea DEFAULT NULL,
  done          text DEFAULT NULL,
  fail          text DEFAULT NULL,
  agent         text DEFAULT NULL,
  profile       text DEFAULT NULL,
  command       text DEFAULT NULL,
  message       text DEFAULT NULL,
  type          text DEFAULT NULL,
  data          jsonb DEFAULT NULL,
  stream        text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  PERFORM http.check_callback(done, 'uuid'),
          http.check_callback(fail, 'uuid', 'text'),
          http.check_callback(stream, 'uuid', 'bytea');

  RETURN http.create_request(resource, type, method, headers, content, done, fail, stream, agent,
                             profile, command, message, data);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.fetch (text, text, jsonb, bytea, text, text, text, text, text, text, text, jsonb, text) IS
$$Asks for an HTTP request with a body of bytes; it is sent when the transaction has committed.

done, fail, stream  functions to call back, (uuid), (uuid, text), (uuid, bytea)
agent, profile, command, message, data  labels by which the caller knows it again
Returns  id of the request
Raises   ObjectNotFound when a function to call back does not exist$$;

-- http.fetch (text) -----------------------------------------------------------
CREATE OR REPLACE FUNCTION http.fetch (
  resource      text,
  method        text DEFAULT 'POST',
  headers       jsonb DEFAULT NULL,
  content       text DEFAULT NULL,
  done          text DEFAULT NULL,
  fail          text DEFAULT NULL,
  agent         text DEFAULT NULL,
  profile       text DEFAULT NULL,
  command       text DEFAULT NULL,
  message       text DEFAULT NULL,
  type          text DEFAULT NULL,
  data          jsonb DEFAULT NULL,
  stream        text DEFAULT NULL
) RETURNS       uuid
AS $$
  SELECT http.create_request(resource, type, method, headers, convert_to(content, 'UTF8'), done, fail,
                             stream, agent, profile, command, message, data);
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.fetch (text, text, jsonb, text, text, text, text, text, text, text, text, jsonb, text) IS
$$Asks for an HTTP request with a text as its body.

Returns  id of the request$$;

-- http.fetch (jsonb) ----------------------------------------------------------
CREATE OR REPLACE FUNCTION http.fetch (
  resource      text,
  method        text DEFAULT 'POST',
  headers       jsonb DEFAULT NULL,
  content       jsonb DEFAULT NULL,
  done          text DEFAULT NULL,
  fail          text DEFAULT NULL,
  agent         text DEFAULT NULL,
  profile       text DEFAULT NULL,
  command       text DEFAULT NULL,
  message       text DEFAULT NULL,
  type          text DEFAULT NULL,
  data          jsonb DEFAULT NULL,
  stream        text DEFAULT NULL
) RETURNS       uuid
AS $$
  SELECT http.create_request(resource, type, method,
                             coalesce(headers, '{"Content-Type": "application/json", "Accept": "application/json"}'),
                             convert_to(content::text, 'UTF8'), done, fail, stream, agent, profile,
                             command, message, data);
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.fetch (text, text, jsonb, jsonb, text, text, text, text, text, text, text, jsonb, text) IS
$$Asks for an HTTP request with JSON as its body.

headers  null means Content-Type and Accept application/json
Returns  id of the request$$;
