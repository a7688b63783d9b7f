-- Grants and their scopes.

-- StandardScopes --------------------------------------------------------------
CREATE OR REPLACE FUNCTION StandardScopes () RETURNS text[]
AS $$
  SELECT ARRAY['openid', 'profile', 'email', 'phone', 'offline_access'];
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION StandardScopes () IS
'Scopes of OpenID Connect: what a client may learn of the user. They open no data.';

-- ScopeToArray ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ScopeToArray (
  pScope        text
) RETURNS       text[]
AS $$
DECLARE
  arValid       text[];
  arAsked       text[];
  arInvalid     text[];
BEGIN
  SELECT array_agg(x.code ORDER BY x.rank, x.code)
    INTO arValid
    FROM (SELECT s.code, 1 AS rank FROM db.scope s
           UNION ALL
          SELECT a.code, 2 FROM db.scope_alias a) x;

  SELECT array_agg(x.code ORDER BY x.first)
    INTO arAsked
    FROM (SELECT code, min(n) AS first
            FROM regexp_split_to_table(pScope, '\s+') WITH ORDINALITY AS s (code, n)
           WHERE code <> ''
           GROUP BY code) x;

  IF arAsked IS NULL THEN
    RETURN arValid;
  END IF;

  SELECT array_agg(x.code) INTO arInvalid
    FROM unnest(arAsked) AS x (code)
   WHERE x.code <> ALL (arValid)
     AND x.code <> ALL (StandardScopes());

  IF arInvalid IS NOT NULL THEN
    PERFORM InvalidScope(arValid, arInvalid);
  END IF;

  RETURN arAsked;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ScopeToArray (text) IS
$$Splits a scope parameter and checks its parts.

pScope   codes or aliases of scopes, or standard ones, separated by spaces; none means all codes and
         aliases
Returns  the parts in their order, each once
Raises   InvalidScope when one is none of them$$;

-- CreateOAuth2 ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateOAuth2 (
  pAudience     integer,
  pScopes       text[],
  pAccessType   text DEFAULT NULL,
  pRedirectURI  text DEFAULT NULL,
  pState        text DEFAULT NULL
) RETURNS       bigint
AS $$
DECLARE
  nId           bigint;
BEGIN
  INSERT INTO db.oauth2 (audience, scopes, access_type, redirect_uri, state)
  VALUES (pAudience, pScopes,
          CASE WHEN 'offline_access' = ANY (pScopes) THEN 'offline' ELSE coalesce(pAccessType, 'online') END,
          nullif(pRedirectURI, ''), pState)
  RETURNING id INTO nId;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateOAuth2 (integer, text[], text, text, text) IS
$$Creates a grant for a session that is about to be opened.

pScopes      scopes, checked before
pAccessType  online (default) or offline; the scope offline_access means the latter
Returns      id of the grant$$;

CREATE OR REPLACE FUNCTION CreateOAuth2 (
  pAudience     integer,
  pScope        text,
  pAccessType   text DEFAULT NULL,
  pRedirectURI  text DEFAULT NULL,
  pState        text DEFAULT NULL
) RETURNS       bigint
AS $$
  SELECT CreateOAuth2(pAudience, ScopeToArray(pScope), pAccessType, pRedirectURI, pState);
$$ LANGUAGE sql;

COMMENT ON FUNCTION CreateOAuth2 (integer, text, text, text, text) IS
$$Creates a grant from a scope parameter.

pScope   scopes separated by spaces; none means all
Returns  id of the grant
Raises   InvalidScope when one is unknown$$;

-- OpenGrant -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION OpenGrant (
  pAudience     integer,
  pPayload      jsonb
) RETURNS       bigint
AS $$
DECLARE
  nId           bigint;
BEGIN
  nId := CreateOAuth2(pAudience, ScopeToArray(pPayload->>'scope'), pPayload->>'access_type',
                      pPayload->>'redirect_uri', pPayload->>'state');

  IF coalesce(pPayload->>'code_challenge', pPayload->>'nonce', '') <> '' THEN
    UPDATE db.oauth2
       SET code_challenge = nullif(pPayload->>'code_challenge', ''),
           nonce = nullif(pPayload->>'nonce', '')
     WHERE id = nId;
  END IF;

  RETURN nId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION OpenGrant (integer, jsonb) IS
$$Creates a grant from the parameters of a sign-in.

pPayload  scope, access_type, redirect_uri, state, code_challenge (checked before), nonce
Returns   id of the grant
Raises    InvalidScope when a scope is unknown$$;

-- CreateSystemOAuth2 ----------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateSystemOAuth2 (
  pScope        text DEFAULT NULL
) RETURNS       bigint
AS $$
DECLARE
  nAudience     integer := GetAudience(oauth2_system_client_id());
BEGIN
  IF nAudience IS NULL THEN
    PERFORM AudienceNotFound();
  END IF;

  IF nullif(pScope, '') IS NULL THEN
    pScope := (SELECT code FROM db.scope WHERE id = '00000000-0000-4006-a000-000000000000');
  END IF;

  RETURN CreateOAuth2(nAudience, pScope);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateSystemOAuth2 (text) IS
$$Creates a grant of the system's own client, for sessions that no client asked for.

pScope   scopes; none means the default one
Returns  id of the grant
Raises   AudienceNotFound when the system's client was not seeded$$;

-- GetOAuth2Scopes -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetOAuth2Scopes (
  pOAuth2       bigint
) RETURNS       SETOF uuid
AS $$
BEGIN
  RETURN QUERY
  SELECT x.id
    FROM (SELECT coalesce(s.id, a.scope) AS id, min(c.n) AS first
            FROM db.oauth2 o
           CROSS JOIN unnest(o.scopes) WITH ORDINALITY AS c (code, n)
            LEFT JOIN db.scope s ON s.code = c.code
            LEFT JOIN db.scope_alias a ON a.code = c.code
           WHERE o.id = pOAuth2
             AND coalesce(s.id, a.scope) IS NOT NULL
           GROUP BY coalesce(s.id, a.scope)) x
   ORDER BY x.first;

  -- Who asks for standard scopes only gets the default one.
  IF NOT FOUND THEN
    RETURN QUERY
    SELECT s.id FROM db.oauth2 o JOIN db.scope s ON s.id = '00000000-0000-4006-a000-000000000000' WHERE o.id = pOAuth2;
  END IF;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetOAuth2Scopes (bigint) IS
$$Resolves the scopes of a grant.

Returns  ids of db.scope in the order in which they were asked for, each once; the default one when
         none was$$;

-- The client of the connection ------------------------------------------------
CREATE OR REPLACE FUNCTION oauth2_system_client_id () RETURNS text
AS $$
  SELECT Setting('system.client_id');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION oauth2_system_client_id () IS
  'Returns the client_id under which the system itself opens sessions.';

CREATE OR REPLACE FUNCTION SetOAuth2ClientId (pClientId text) RETURNS void
AS $$
  SELECT SetContextValue('client_id', pClientId);
$$ LANGUAGE sql;

COMMENT ON FUNCTION SetOAuth2ClientId (text) IS
  'Sets the client on whose behalf the rest of the transaction works.';

CREATE OR REPLACE FUNCTION GetOAuth2ClientId () RETURNS text
AS $$
  SELECT oauth2_current_client_id();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetOAuth2ClientId () IS
  'Returns the client on whose behalf the transaction works; null when there is none.';
