CREATE OR REPLACE VIEW http.fetch AS
  SELECT q.id,
         q.agent,
         q.profile,
         q.command,
         q.state,
         q.method,
         q.resource,
         s.status,
         s.status_text,
         q.content AS request,
         s.content AS response,
         q.datetime AS datestart,
         s.datetime AS datestop,
         s.runtime,
         q.headers AS request_headers,
         s.headers AS response_headers,
         q.message,
         q.error,
         q.data
    FROM http.request q
    LEFT JOIN http.response s ON s.request = q.id;

COMMENT ON VIEW http.fetch IS 'Requests sent, with their responses.';
