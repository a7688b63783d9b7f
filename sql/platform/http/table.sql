CREATE TABLE http.log (
    id            bigserial PRIMARY KEY,
    datetime      timestamptz NOT NULL DEFAULT clock_timestamp(),
    username      text NOT NULL DEFAULT session_user,
    method        text NOT NULL DEFAULT 'GET'
                  CHECK (method IN ('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE')),
    path          text NOT NULL,
    headers       jsonb,
    params        jsonb,
    body          jsonb,
    message       text,
    context       text,
    runtime       interval
);

COMMENT ON TABLE http.log IS 'Raw requests that came in through http.get() and http.post().';
COMMENT ON COLUMN http.log.id IS 'Identifier';
COMMENT ON COLUMN http.log.datetime IS 'When it came';
COMMENT ON COLUMN http.log.username IS 'Login role of the connection';
COMMENT ON COLUMN http.log.method IS 'Method';
COMMENT ON COLUMN http.log.path IS 'Path';
COMMENT ON COLUMN http.log.headers IS 'Header fields, credentials removed';
COMMENT ON COLUMN http.log.params IS 'Query parameters, secrets removed';
COMMENT ON COLUMN http.log.body IS 'Body, secrets removed';
COMMENT ON COLUMN http.log.message IS 'Error that it ended with';
COMMENT ON COLUMN http.log.context IS 'Where that error was raised';
COMMENT ON COLUMN http.log.runtime IS 'How long it took';

CREATE INDEX ON http.log (method);
CREATE INDEX ON http.log (path);
CREATE INDEX ON http.log (datetime);

--------------------------------------------------------------------------------
CREATE TABLE http.request (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    datetime      timestamptz NOT NULL DEFAULT clock_timestamp(),
    state         integer NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    type          text NOT NULL DEFAULT 'native' CHECK (type IN ('native', 'curl')),
    method        text NOT NULL DEFAULT 'GET'
                  CHECK (method IN ('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE')),
    resource      text NOT NULL,
    headers       jsonb,
    content       bytea,
    done          text,
    fail          text,
    stream        text,
    agent         text,
    profile       text,
    command       text,
    message       text,
    error         text,
    data          jsonb
);

COMMENT ON TABLE http.request IS 'Requests to be sent: the queue of the fetcher.';
COMMENT ON COLUMN http.request.id IS 'Identifier';
COMMENT ON COLUMN http.request.datetime IS 'When it was asked for';
COMMENT ON COLUMN http.request.state IS '0 created, 1 executing, 2 done, 3 failed';
COMMENT ON COLUMN http.request.type IS 'Client to send it with: native or curl; the fetcher knows one kind only';
COMMENT ON COLUMN http.request.method IS 'Method';
COMMENT ON COLUMN http.request.resource IS 'URL';
COMMENT ON COLUMN http.request.headers IS 'Header fields: names with values';
COMMENT ON COLUMN http.request.content IS 'Body';
COMMENT ON COLUMN http.request.done IS 'Function (uuid) called when the response is stored';
COMMENT ON COLUMN http.request.fail IS 'Function (uuid, text) called in place of http.fail()';
COMMENT ON COLUMN http.request.stream IS 'Function (uuid, chunk) called for each chunk of the response';
COMMENT ON COLUMN http.request.agent IS 'Label of the caller: agent';
COMMENT ON COLUMN http.request.profile IS 'Label of the caller: profile of the agent';
COMMENT ON COLUMN http.request.command IS 'Label of the caller: what is done';
COMMENT ON COLUMN http.request.message IS 'Label of the caller: message';
COMMENT ON COLUMN http.request.error IS 'Why it failed';
COMMENT ON COLUMN http.request.data IS 'Data of the caller';

CREATE INDEX ON http.request (agent);
CREATE INDEX ON http.request (command);
CREATE INDEX ON http.request (method);
CREATE INDEX ON http.request (resource);
CREATE INDEX ON http.request (state);
CREATE INDEX ON http.request (datetime);

--------------------------------------------------------------------------------
CREATE TABLE http.response (
    id            uuid PRIMARY KEY,
    request       uuid REFERENCES http.request (id) ON DELETE CASCADE,
    datetime      timestamptz NOT NULL DEFAULT clock_timestamp(),
    status        integer NOT NULL,
    status_text   text NOT NULL,
    headers       jsonb NOT NULL,
    content       bytea,
    runtime       interval
);

COMMENT ON TABLE http.response IS 'Responses to the requests sent.';
COMMENT ON COLUMN http.response.id IS 'Identifier: that of its request';
COMMENT ON COLUMN http.response.request IS 'Request';
COMMENT ON COLUMN http.response.datetime IS 'When it came';
COMMENT ON COLUMN http.response.status IS 'HTTP status';
COMMENT ON COLUMN http.response.status_text IS 'Reason phrase';
COMMENT ON COLUMN http.response.headers IS 'Header fields';
COMMENT ON COLUMN http.response.content IS 'Body';
COMMENT ON COLUMN http.response.runtime IS 'From the asking to the answer';

CREATE INDEX ON http.response (request);
CREATE INDEX ON http.response (status);

--------------------------------------------------------------------------------
CREATE FUNCTION http.ft_request_after_insert () RETURNS trigger
AS $$
BEGIN
  PERFORM pg_notify('http', NEW.id::text);
  RETURN NEW;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION http.ft_request_after_insert () IS 'Tells the fetcher of a new request.';

CREATE TRIGGER t_request_after_insert
  AFTER INSERT ON http.request
  FOR EACH ROW
  EXECUTE FUNCTION http.ft_request_after_insert();
