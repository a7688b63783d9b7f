-- Push and text messages: to users, whatever devices they have.

-- DoFCMTokens, DoConfirmEmail, DoConfirmPhone: hooks --------------------------
DO $do$
BEGIN
  -- A configuration puts its own in their place: an update must not put these back.
  IF to_regprocedure('kernel.dofcmtokens(uuid)') IS NULL THEN
    CREATE FUNCTION kernel.DoFCMTokens (
      pUserId       uuid
    ) RETURNS       text[]
    AS $$
    BEGIN
      RETURN (SELECT ARRAY[t.token]
                FROM (SELECT RegGetValueString('CURRENT_USER', 'CONFIG\Firebase\CloudMessaging', 'Token', pUserId) AS token) t
               WHERE t.token IS NOT NULL);
    END;
    $$ LANGUAGE plpgsql;
  END IF;

  IF to_regprocedure('kernel.doconfirmemail(uuid)') IS NULL THEN
    CREATE FUNCTION kernel.DoConfirmEmail (
      pUserId       uuid
    ) RETURNS       void
    AS $$
    BEGIN
      PERFORM WriteToEventLog('M', 1000, 'confirm', format('E-mail address of user %s was confirmed.', pUserId));
    END;
    $$ LANGUAGE plpgsql;
  END IF;

  IF to_regprocedure('kernel.doconfirmphone(uuid)') IS NULL THEN
    CREATE FUNCTION kernel.DoConfirmPhone (
      pUserId       uuid
    ) RETURNS       void
    AS $$
    BEGIN
      PERFORM WriteToEventLog('M', 1000, 'confirm', format('Telephone number of user %s was confirmed.', pUserId));
    END;
    $$ LANGUAGE plpgsql;
  END IF;
END;
$do$;

COMMENT ON FUNCTION DoFCMTokens (uuid) IS 'Lists the push tokens of a user. Hook: a configuration knows the devices.';
COMMENT ON FUNCTION DoConfirmEmail (uuid) IS 'Called when a user has confirmed the e-mail address. Hook of the configuration.';
COMMENT ON FUNCTION DoConfirmPhone (uuid) IS 'Called when a user has confirmed the telephone number. Hook of the configuration.';

-- SendPushContent -------------------------------------------------------------
CREATE OR REPLACE FUNCTION SendPushContent (
  pObject       uuid,
  pSubject      text,
  pUserId       uuid,
  pContent      jsonb
) RETURNS       uuid
AS $$
DECLARE
  vToken        text;
  vName         text := (SELECT username FROM db."user" WHERE id = pUserId);
  uMessage      uuid;
BEGIN
  FOREACH vToken IN ARRAY COALESCE(DoFCMTokens(pUserId), '{}')
  LOOP
    uMessage := SendFCM(pObject, COALESCE(RegGetValueString('CURRENT_CONFIG', 'CONFIG\Firebase', 'ProjectId'), 'default'), vName,
      pSubject, jsonb_build_object('message', jsonb_build_object('token', vToken) || pContent)::text, pSubject);
  END LOOP;

  IF uMessage IS NULL THEN
    PERFORM WriteToEventLog('E', 5002, 'push', format('User %s has no device that takes push messages.', vName), pObject);
  END IF;

  RETURN uMessage;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SendPushContent (uuid, text, uuid, jsonb) IS
$$Submits a push message to every device of a user.

pObject   object that it is about
pSubject  subject
pUserId   user
pContent  what Firebase takes, without the token
Returns   the last message; null when the user has no device$$;

-- SendPush --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SendPush (
  pObject       uuid,
  pTitle        text,
  pBody         text,
  pUserId       uuid DEFAULT current_userid(),
  pData         jsonb DEFAULT NULL,
  pAndroid      jsonb DEFAULT NULL,
  pApns         jsonb DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN SendPushContent(pObject, pTitle, pUserId, jsonb_strip_nulls(jsonb_build_object(
    'notification', jsonb_build_object('title', pTitle, 'body', pBody),
    'android', pAndroid, 'apns', pApns, 'data', pData)));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SendPush (uuid, text, text, uuid, jsonb, jsonb, jsonb) IS
$$Submits a push message that the devices of a user show.

pObject   object that it is about
pTitle    title
pBody     text
pUserId   user
pData     data for the application
pAndroid  settings for Android
pApns     settings for Apple
Returns   the last message; null when the user has no device$$;

-- SendPushData ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SendPushData (
  pObject       uuid,
  pSubject      text,
  pData         json,
  pUserId       uuid DEFAULT current_userid(),
  pPriority     text DEFAULT NULL,
  pCollapse     text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN SendPushContent(pObject, pSubject, pUserId, jsonb_build_object(
    'android', jsonb_strip_nulls(jsonb_build_object('priority', COALESCE(pPriority, 'normal'), 'collapse_key', pCollapse)),
    'data', pData));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SendPushData (uuid, text, json, uuid, text, text) IS
$$Submits a push message that only the application sees.

pObject    object that it is about
pSubject   subject
pData      data for the application
pUserId    user
pPriority  normal or high; null is normal
pCollapse  a later message of the same word replaces this one
Returns    the last message; null when the user has no device$$;

-- SendPushAll -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SendPushAll (
  pTitle        text,
  pBody         text
) RETURNS       integer
AS $$
  SELECT count(SendPush(NULL, pTitle, pBody, u.id))::integer
    FROM db."user" u
   WHERE u.type = 'U'
     AND cardinality(DoFCMTokens(u.id)) > 0;
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SendPushAll (text, text) IS
$$Submits a push message to every user who has a device.

pTitle   title
pBody    text
Returns  how many users$$;

-- SendSMS ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION SendSMS (
  pParent       uuid,
  pProfile      text,
  pMessage      text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       uuid
AS $$
DECLARE
  vPhone        text := (SELECT phone FROM db."user" WHERE id = pUserId);
BEGIN
  IF vPhone IS NULL THEN
    PERFORM WriteToEventLog('E', 5003, 'sms', format('User %s has no telephone number.', pUserId), pParent);
    RETURN NULL;
  END IF;

  RETURN http.fetch(
    COALESCE(RegGetValueString('CURRENT_CONFIG', 'CONFIG\Service\MTS\API', 'URL'), 'https://omnichannel.mts.ru/http-api/v1') || '/messages',
    'POST',
    jsonb_build_object('Authorization', 'Basic ' || COALESCE(RegGetValueString('CURRENT_CONFIG', 'CONFIG\Service\MTS\API', 'Token'), ''),
                       'Content-Type', 'application/json'),
    jsonb_build_object(
      'messages', jsonb_build_array(jsonb_build_object('content', jsonb_build_object('short_text', pMessage),
                                                       'to', jsonb_build_array(jsonb_build_object('msisdn', vPhone)))),
      'options', jsonb_build_object('from', jsonb_build_object('sms_address', pProfile))),
    'api.mts_done', 'api.mts_fail', 'mts', pProfile, '/messages');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SendSMS (uuid, text, text, uuid) IS
$$Sends a text message through MTS Omnichannel.

pParent   object that it is about
pProfile  name of the sender
pMessage  text
pUserId   user whose telephone number it goes to
Returns   HTTP request, not a message; null when the user has no number$$;
