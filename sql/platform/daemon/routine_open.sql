-- Opening sessions without a password: the caller has proven himself in another way.

-- OpenUserSession -------------------------------------------------------------
CREATE OR REPLACE FUNCTION OpenUserSession (
  pUserId       uuid,
  pOAuth2       bigint,
  pAgent        text,
  pHost         inet
) RETURNS       text
AS $$
DECLARE
  r             record;
  vMessage      text;
  vContext      text;
BEGIN
  r := BlockReason(pUserId, pHost);

  BEGIN
    IF r.reason IS NOT NULL THEN
      PERFORM RaiseLoginError(r.reason, r.until, pHost);
    END IF;

    IF NOT CheckAccessControlList(B'1', pUserId) THEN
      PERFORM AccessDenied();
    END IF;

    RETURN EnterSession(pOAuth2, pUserId, pAgent, pHost);
  EXCEPTION
  WHEN others THEN
    GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  END;

  PERFORM ClearContext();
  PERFORM WriteToEventLog('E', 9001, 'auth', 'error', format('%s: %s', GetUserName(pUserId), vMessage));
  PERFORM WriteToEventLog('D', 9001, 'auth', 'context', vContext);
  PERFORM SetErrorMessage(InnerErrorText('ERR-401-002', vMessage));

  RETURN null;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION OpenUserSession (uuid, bigint, text, inet) IS
$$Signs a user in whose identity is proven, unless he is locked, expired or at a refused address.

pOAuth2  grant that the session lives by
Returns  code of the session; null when the user may not, GetErrorMessage() then says why$$;

-- OpenClientSession -----------------------------------------------------------
CREATE OR REPLACE FUNCTION OpenClientSession (
  pAudience     integer,
  pOAuth2       bigint,
  pAgent        text,
  pHost         inet
) RETURNS       text
AS $$
BEGIN
  RETURN OpenUserSession((SELECT u.id
                            FROM oauth2.audience a
                            JOIN db."user" u ON u.username = a.code
                           WHERE a.id = pAudience
                             AND u.type = 'U'), pOAuth2, pAgent, pHost);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION OpenClientSession (integer, bigint, text, inet) IS
$$Signs a client in as the user that bears its name; its secret was checked before.

pOAuth2  grant that the session lives by
Returns  code of the session; null when it may not, GetErrorMessage() then says why$$;
