-- Whom an identifier names: what a sign-in page asks before it asks for the password.

-- FindIdentifier --------------------------------------------------------------
CREATE OR REPLACE FUNCTION FindIdentifier (
  pValue        text
) RETURNS       json
AS $$
  SELECT json_build_object('id', min(x.id::text), 'username', min(x.username),
                           'identifiers', json_agg(x.identifier) FILTER (WHERE x.id IS NOT NULL))
    FROM (SELECT u.id, u.username, i.identifier
            FROM (SELECT f.id
                    FROM (SELECT id, 1 AS rank FROM db."user" WHERE type = 'U' AND username = pValue
                           UNION ALL
                          SELECT id, 2 FROM db."user" WHERE type = 'U' AND email = pValue
                           UNION ALL
                          SELECT id, 3 FROM db."user" WHERE type = 'U' AND phone = pValue) f
                   ORDER BY f.rank
                   LIMIT 1) one
            JOIN db."user" u ON u.id = one.id
           CROSS JOIN LATERAL (VALUES ('username', u.username), ('email', u.email), ('phone', u.phone))
                      AS i (identifier, value)
           WHERE i.value = pValue) x;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION FindIdentifier (text) IS
$$Finds the user whom a value names: by name, else e-mail address, else telephone number.

pValue   compared as it is
Returns  {"id", "username", "identifiers"}; identifiers tells what of the user equals the value;
         all three null when it names nobody$$;

-- daemon.identifier -----------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.identifier (
  pToken        text,
  pValue        text
) RETURNS       json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM ResumeSession(pToken, null, null, null);
  RETURN FindIdentifier(pValue);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.identifier (text, text) IS
$$Tells the holder of an access token whom a value names.

Returns  {"id", "username", "identifiers"}, or an error object$$;

-- daemon.identifier_lookup ----------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.identifier_lookup (
  pSession      text,
  pSecret       text,
  pValue        text
) RETURNS       json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM ResumeSession(null, coalesce(pSession, ''), pSecret, null);
  RETURN FindIdentifier(pValue);
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.identifier_lookup (text, text, text) IS
$$Tells who knows the secret of a session whom a value names.

Returns  {"id", "username", "identifiers"}, or an error object$$;
