-- SignInReply -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SignInReply (
  pUserName     text,
  pPassword     text
) RETURNS       json
AS $$
DECLARE
  r             record;
  vMessage      text;
BEGIN
  -- Not what the payload says of agent and address: rules go by them.
  SELECT s.session, s.secret, s.code INTO r
    FROM api.signin(pUserName, pPassword, session_agent(), session_host()::inet) s;

  IF r.session IS NOT NULL THEN
    RETURN row_to_json(r);
  END IF;

  -- An exception would roll back the count of wrong passwords.
  vMessage := ErrorText('ERR-401-002', coalesce(GetErrorMessage(), ErrorText('ERR-401-003'))) || '.';
  PERFORM SetContextValue('reply.status', '401');
  RETURN json_build_object('error', json_build_object('code', 401, 'error', 'ERR-401-002', 'message', vMessage));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SignInReply (text, text) IS
$$Answers /sign/in: a further session for the client of the current one.

pUserName  name of the user
pPassword  password
Returns    {session, secret, code}; for a failure the error object ERR-401-002, and the setting
           reply.status tells the router that the call failed though its work stands
Raises     AudienceNotFound without a client$$;

-- /sign -----------------------------------------------------------------------
SELECT BuildDispatcher('sign', '{}', $routes$ [
  {"path": "/sign/in",  "call": "kernel.SignInReply", "keys": ["username", "password"], "ignore": ["agent", "host"],
                        "payload": true, "result": "json"},
  {"path": "/sign/out", "session": true,
                        "sql": "SELECT s.success, coalesce(GetErrorMessage(), SuccessMessage()) AS message FROM api.signout(CASE WHEN x.session ~ '^[0-9a-f]{40}$' THEN x.session ELSE current_session() END, coalesce(x.closeall, x.close_all, false)) AS s (success)",
                        "keys": {"session": "text", "closeall": "boolean", "close_all": "boolean"}}
] $routes$);

-- /session --------------------------------------------------------------------
SELECT BuildDispatcher('session', '{"session": true, "payload": true}', $routes$ [
  {"path": "/session/set/area",      "call": "set_session_area", "keys": ["id", "code"]},
  {"path": "/session/set/interface", "call": "set_session_interface", "keys": ["id", "code"]},
  {"path": "/session/set/locale",    "call": "set_session_locale", "keys": ["id", "code"]},
  {"path": "/session/set/oper_date", "sql": "SELECT x.oper_date FROM api.set_session_oper_date(x.oper_date)",
                                     "keys": {"oper_date": "timestamptz"}}
] $routes$);

SELECT RegisterRoute(r.name, AddEndPoint(format('SELECT * FROM rest.%s($1, $2);', r.name)))
  FROM unnest('{sign, session}'::text[]) AS r (name);
