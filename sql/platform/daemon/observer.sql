-- Doors for events: what the server listens to, and what a subscriber gets of one.

-- InitListen ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION InitListen () RETURNS void
AS $$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT p.code FROM db.publisher p ORDER BY p.code
  LOOP
    EXECUTE format('LISTEN %I', r.code);
    PERFORM WriteToEventLog('M', 5010, 'observer', 'listen', format('LISTEN %s', r.code));
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION InitListen () IS
'Makes the connection listen to every publisher.';

-- daemon.init_listen ----------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.init_listen () RETURNS SETOF json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM InitListen();
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN NEXT (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.init_listen () IS
$$Makes the connection listen to every publisher.

Returns  no rows, or an error object$$;

-- daemon.publisher_list -------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.publisher_list () RETURNS SETOF text
AS $$
  SELECT code FROM db.publisher ORDER BY code;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.publisher_list () IS
'Returns the channels that the server has to listen to.';

-- daemon.observer -------------------------------------------------------------
CREATE OR REPLACE FUNCTION daemon.observer (
  pPublisher    text,
  pSession      varchar,
  pIdentity     text,
  pData         jsonb,
  pAgent        text DEFAULT NULL,
  pHost         inet DEFAULT NULL
) RETURNS       SETOF json
AS $$
DECLARE
  vMessage      text;
  vContext      text;
BEGIN
  PERFORM ResumeByCode(pSession, pHost);

  IF EXISTS (SELECT FROM db.listener l
              WHERE l.publisher = pPublisher
                AND l.session = pSession
                AND l.identity = pIdentity)
  THEN
    RETURN QUERY SELECT * FROM EventListener(pPublisher, pSession, pIdentity, pData);
  END IF;
EXCEPTION
WHEN others THEN
  GET STACKED DIAGNOSTICS vMessage = MESSAGE_TEXT, vContext = PG_EXCEPTION_CONTEXT;
  RETURN NEXT (DoorError(vMessage, vContext)).body;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION daemon.observer (text, varchar, text, jsonb, text, inet) IS
$$Tells what a subscriber gets of an event.

pPublisher  kind of event
pSession    session of the subscriber
pIdentity   which of its connections
pData       payload of the notification
Returns     rows to push; none when it has not subscribed or does not want this one; an error object
            with code 401 when the session is not good any more$$;
