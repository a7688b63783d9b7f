-- Doors of OpenID Connect: who signed in, signing out, the keys that identity tokens are signed with.

-- daemon.userinfo -------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.userinfo (
  pToken        text
) RETURNS       json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  RETURN UserInfo(pToken);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext, 'server_error')).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.userinfo (text) IS
$$Tells the holder of an access token who signed in; see UserInfo(). Writes nothing.

Returns  claims, or an error object$$;

-- daemon.end_session ----------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.end_session (
  pClientId     text,
  pUserId       uuid,
  pSid          text
) RETURNS       json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM ClearContext();

  RETURN json_build_object('closed', EndSession(pClientId, pUserId, pSid));
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext, 'server_error')).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.end_session (text, uuid, text) IS
$$Ends the session that an identity token was issued in; see EndSession().

Returns  {"closed"}, or an error object$$;

-- daemon.signing_keys ---------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.signing_keys () RETURNS json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  RETURN SigningKeys();
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext, 'server_error')).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.signing_keys () IS
$$Returns the keys that sign identity tokens, with their private halves; see SigningKeys().

Returns  an array, or an error object$$;

-- daemon.add_signing_key ------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.add_signing_key (
  pKid          text,
  pAlg          text,
  pPrivate      jsonb,
  pPublic       jsonb
) RETURNS       json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  RETURN json_build_object('added', AddSigningKey(pKid, pAlg, pPrivate, pPublic));
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext, 'server_error')).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.add_signing_key (text, text, jsonb, jsonb) IS
$$Takes a key that the server has made; see AddSigningKey().

Returns  {"added"}, or an error object$$;
