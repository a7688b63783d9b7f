-- What the grants of the token endpoint have in common.

-- TokenClient -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION TokenClient (
  pClientId     text
) RETURNS       integer
AS $$
BEGIN
  RETURN (SELECT a.id
            FROM oauth2.audience a
            JOIN oauth2.provider p ON p.id = a.provider
            JOIN oauth2.application n ON n.id = a.application
           WHERE a.code = pClientId
             AND p.type = 'I'
             AND n.code <> 'system'
           ORDER BY a.id
           LIMIT 1);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION TokenClient (text) IS
$$Finds a client of the token endpoint.

Clients with external providers are not ours to authenticate, and the system's own one signs in
inside of the database only.
Returns  null when there is none$$;

-- AnswerSession ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION AnswerSession (
  pSession      text,
  pResponseType text,
  pState        text
) RETURNS       json
AS $$
DECLARE
  arType        text[] := regexp_split_to_array(coalesce(nullif(pResponseType, ''), 'token'), '[\s,]+');
  vCode         text;
  nAudience     integer;
  jResult       jsonb := '{}';
BEGIN
  IF 'code' = ANY (arType) THEN
    vCode := oauth2_current_code(pSession);

    SELECT jsonb_build_object('session', s.code, 'secret', s.secret, 'code', vCode), o.audience
      INTO jResult, nAudience
      FROM db.session s
      JOIN db.oauth2 o ON o.id = s.oauth2
     WHERE s.code = pSession;
  END IF;

  IF 'token' = ANY (arType) THEN
    jResult := jResult || CASE WHEN vCode IS NULL THEN SessionToken(pSession)
                               ELSE CreateToken(nAudience, vCode) END;
  END IF;

  IF pState IS NOT NULL THEN
    jResult := jResult || jsonb_build_object('state', pState);
  END IF;

  RETURN jResult;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AnswerSession (text, text, text) IS
$$Answers a client for which a session was opened.

pSession       the session
pResponseType  code, token or both, separated by a space or comma; none means token
pState         opaque value of the client
Returns        session, secret and code, the token object, or both; a code given beside a token is
               spent by it$$;
