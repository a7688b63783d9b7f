-- Messages for background processes, and classes of them.

-- api.add_inbox, api.add_outbox -----------------------------------------------
DO $do$
DECLARE
  vClass        text;
BEGIN
  FOREACH vClass IN ARRAY '{inbox,outbox}'::text[]
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION api.add_%1$s (
  pParent       uuid,
  pAgent        uuid,
  pCode         text,
  pProfile      text,
  pAddress      text,
  pSubject      text,
  pContent      text,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       uuid
AS $body$
  SELECT CreateMessage(pParent, GetType('message.%1$s'), pAgent, pCode, pProfile, pAddress, pSubject, pContent, pLabel, pDescription);
$body$ LANGUAGE sql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_%1$s (uuid, uuid, text, text, text, text, text, text, text) IS
$text$Adds a message of class %1$s.

pParent       object that it is about
pAgent        agent
pCode         code; null draws one
pProfile      sender, or name of the settings of the transport
pAddress      receiver
pSubject      subject
pContent      content
pLabel        label
pDescription  description
Returns       its id$text$;

CREATE OR REPLACE FUNCTION api.%1$s (
  pState        uuid
) RETURNS       SETOF api.%1$s
AS $body$
  SELECT v.*
    FROM ServiceMessage v
   WHERE v.class = GetClass('%1$s')
     AND v.state = pState
   ORDER BY v.created;
$body$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.%1$s (uuid) IS
$text$Lists messages of class %1$s in a state, oldest first: what a background process has to do.

pState  state$text$;

CREATE OR REPLACE FUNCTION api.%1$s (
  pState        text
) RETURNS       SETOF api.%1$s
AS $body$
  SELECT * FROM api.%1$s(GetState(GetClass('%1$s'), pState));
$body$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.%1$s (text) IS 'As api.%1$s(uuid), of the code of a state.';
$fmt$, vClass);
  END LOOP;
END;
$do$;

-- api.message -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.message (
  pType         uuid,
  pAgent        uuid,
  pState        uuid
) RETURNS       SETOF api.message
AS $$
  SELECT v.*
    FROM api.message v
   WHERE v.type = COALESCE(pType, v.type)
     AND v.agent = COALESCE(pAgent, v.agent)
     AND v.state = COALESCE(pState, v.state)
   ORDER BY v.created;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.message (uuid, uuid, uuid) IS
$$Lists messages, oldest first.

pType   type; null: any
pAgent  agent; null: any
pState  state; null: any$$;

CREATE OR REPLACE FUNCTION api.message (
  pType         text,
  pAgent        text,
  pState        text
) RETURNS       SETOF api.message
AS $$
  SELECT * FROM api.message(GetType(pType), GetAgent(pAgent), GetState((SELECT class FROM db.type WHERE id = GetType(pType)), pState));
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.message (text, text, text) IS 'As api.message(uuid, uuid, uuid), of codes.';

-- api.service_message, api.get_service_message --------------------------------
CREATE OR REPLACE FUNCTION api.service_message (
  pClass        uuid
) RETURNS       SETOF api.service_message
AS $$
  SELECT * FROM api.service_message WHERE class = pClass ORDER BY created;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.service_message (uuid) IS
$$Lists messages of a class in the current scope, whatever area and rights, oldest first.

pClass  class$$;

CREATE OR REPLACE FUNCTION api.get_service_message (
  pId           uuid
) RETURNS       SETOF api.service_message
AS $$
  SELECT * FROM api.service_message WHERE id = pId;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_service_message (uuid) IS
$$Returns a message of the current scope, whatever area and rights; no row when there is none.

pId  message$$;

-- api.mts_done, api.mts_fail --------------------------------------------------
CREATE OR REPLACE FUNCTION api.mts_done (
  pRequest      uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM WriteToEventLog('M', 5003, 'sms', format('Text message of request %s was accepted.', pRequest));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.mts_done (uuid) IS
$$Called when the gateway of text messages has answered.

pRequest  HTTP request$$;

CREATE OR REPLACE FUNCTION api.mts_fail (
  pRequest      uuid,
  pError        text
) RETURNS       void
AS $$
BEGIN
  PERFORM WriteToEventLog('E', 5003, 'sms', format('Text message of request %s failed: %s.', pRequest, pError));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.mts_fail (uuid, text) IS
$$Called when the gateway of text messages could not be reached.

pRequest  HTTP request
pError    what went wrong$$;
