-- The queue of outgoing requests.

-- http.create_request ---------------------------------------------------------
CREATE OR REPLACE FUNCTION http.create_request (
  pResource     text,
  pType         text DEFAULT NULL,
  pMethod       text DEFAULT 'GET',
  pHeaders      jsonb DEFAULT NULL,
  pContent      bytea DEFAULT NULL,
  pDone         text DEFAULT NULL,
  pFail         text DEFAULT NULL,
  pStream       text DEFAULT NULL,
  pAgent        text DEFAULT NULL,
  pProfile      text DEFAULT NULL,
  pCommand      text DEFAULT NULL,
  pMessage      text DEFAULT NULL,
  pData         jsonb DEFAULT NULL
) RETURNS       uuid
AS $$
  INSERT INTO http.request (state, type, method, resource, headers, content, done, fail, stream,
                            agent, profile, command, message, data)
  VALUES (1, coalesce(pType, 'curl'), upper(coalesce(pMethod, 'GET')), pResource, pHeaders, pContent,
          pDone, pFail, pStream, pAgent, pProfile, pCommand, pMessage, pData)
  RETURNING id;
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.create_request (text, text, text, jsonb, bytea, text, text, text, text, text, text, text, jsonb) IS
$$Puts a request into the queue; the fetcher hears of it when the transaction commits.

pResource  URL
pDone      function (uuid) to call with the response stored
pFail      function (uuid, text) to call in place of http.fail()
Returns    id of the request$$;

-- http.create_response --------------------------------------------------------
CREATE OR REPLACE FUNCTION http.create_response (
  pRequest      uuid,
  pStatus       integer,
  pStatusText   text,
  pHeaders      jsonb,
  pContent      bytea DEFAULT NULL
) RETURNS       uuid
AS $$
DECLARE
  dtRequest     timestamptz;
BEGIN
  SELECT datetime INTO dtRequest FROM http.request WHERE id = pRequest;

  IF NOT FOUND THEN
    PERFORM NotFound();
  END IF;

  INSERT INTO http.response (id, request, status, status_text, headers, content, runtime)
  VALUES (pRequest, pRequest, pStatus, coalesce(pStatusText, ''), coalesce(pHeaders, '{}'), pContent,
          age(clock_timestamp(), dtRequest));

  PERFORM http.done(pRequest);

  RETURN pRequest;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.create_response (uuid, integer, text, jsonb, bytea) IS
$$Stores the response to a request, which is done then.

Returns  id of the response, the same as the request's
Raises   NotFound when there is no such request$$;

-- http.request ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION http.request (
  pId           uuid
) RETURNS       SETOF http.request
AS $$
  SELECT * FROM http.request WHERE id = pId;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.request (uuid) IS 'Returns a request for the fetcher to send.';

-- http.done -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION http.done (
  pRequest      uuid
) RETURNS       void
AS $$
  UPDATE http.request SET state = 2, error = null WHERE id = pRequest;
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.done (uuid) IS 'Marks a request as done.';

-- http.fail -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION http.fail (
  pRequest      uuid,
  pError        text
) RETURNS       void
AS $$
  UPDATE http.request SET state = 3, error = pError WHERE id = pRequest;
$$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.fail (uuid, text) IS 'Marks a request as failed, with the reason.';
