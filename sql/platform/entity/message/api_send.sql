-- Sending for clients.

-- ActForSystem ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ActForSystem (
  pUserName     text
) RETURNS       void
AS $$
BEGIN
  -- Service accounts work in the guest area and may make nothing: another user does it for them. The
  -- context ends with the transaction, and the caller gives it back before: no session is changed.
  IF IsUserRole(GetGroup('system'), session_userid()) THEN
    PERFORM ActAs(pUserName);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ActForSystem (text) IS
$$Lets a user act where the caller is signed in as a service account; see SaveContext().

pUserName  user$$;

-- api.send_message ------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.send_message (
  pParent       uuid,
  pAgent        uuid,
  pProfile      text,
  pAddress      text,
  pSubject      text,
  pContent      text,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL
) RETURNS       SETOF api.message
AS $$
DECLARE
  uMessage      uuid := SendMessage(pParent, pAgent, pProfile, pAddress, pSubject, pContent, pLabel, pDescription);
BEGIN
  RETURN QUERY SELECT * FROM api.get_message(uMessage);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.send_message (uuid, uuid, text, text, text, text, text, text) IS
$$Makes a message and submits it for delivery.

pParent       object that it is about
pAgent        agent that it goes through
pProfile      sender, or name of the settings of the transport
pAddress      receiver
pSubject      subject
pContent      content
pLabel        label
pDescription  description
Returns       message$$;

-- SenderAddress ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION SenderAddress ()
RETURNS         text
AS $$
  SELECT 'noreply@' || COALESCE(NULLIF(RegGetValueString('CURRENT_CONFIG', 'CONFIG\CurrentProject', 'SMTP'), ''),
                                NULLIF(RegGetValueString('CURRENT_CONFIG', 'CONFIG\CurrentProject', 'Domain'), ''),
                                Setting('project.domain'));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION SenderAddress () IS 'Gives the address that mails of the system come from.';

-- api.send_mail ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.send_mail (
  pSubject      text,
  pText         text,
  pHtml         text,
  pDescription  text DEFAULT NULL,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       SETOF api.message
AS $$
DECLARE
  r             record;
  jContext      jsonb := SaveContext();
  uMessage      uuid;
  vFrom         text := SenderAddress();
  vProject      text := COALESCE(RegGetValueString('CURRENT_CONFIG', 'CONFIG\CurrentProject', 'Name'), Setting('project.name'));
BEGIN
  SELECT u.name, u.email, COALESCE(p.email_verified, false) AS verified INTO r
    FROM db."user" u
    LEFT JOIN db.profile p ON p.userid = u.id AND p.scope = current_scope()
   WHERE u.id = pUserId;

  IF r.email IS NULL THEN
    PERFORM EmailAddressNotSet();
  ELSIF NOT r.verified THEN
    PERFORM EmailAddressNotVerified(r.email);
  END IF;

  PERFORM ActForSystem('apibot');
  uMessage := SendMail(NULL, vFrom, r.email, pSubject,
                       CreateMailBody(vProject, vFrom, r.name, r.email, pSubject, pText, pHtml), pSubject, pDescription);
  RETURN QUERY SELECT * FROM api.get_message(uMessage);

  PERFORM RestoreContext(jContext);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.send_mail (text, text, text, text, uuid) IS
$$Sends a mail to a user.

pSubject      subject
pText         plain text
pHtml         HTML
pDescription  description of the message
pUserId       user, whose address must be verified in the current scope
Returns       message
Raises        EmailAddressNotSet, EmailAddressNotVerified$$;

-- api.send_sms ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.send_sms (
  pProfile      text,
  pMessage      text,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       SETOF api.message
AS $$
DECLARE
  r             record;
  jContext      jsonb := SaveContext();
  uMessage      uuid;
BEGIN
  SELECT u.phone, COALESCE(p.phone_verified, false) AS verified INTO r
    FROM db."user" u
    LEFT JOIN db.profile p ON p.userid = u.id AND p.scope = current_scope()
   WHERE u.id = pUserId;

  IF r.phone IS NULL THEN
    PERFORM PhoneNumberNotSet();
  ELSIF NOT r.verified THEN
    PERFORM PhoneNumberNotVerified(r.phone);
  END IF;

  PERFORM ActForSystem('admin');
  uMessage := SendSMS(NULL, pProfile, pMessage, pUserId);
  RETURN QUERY SELECT * FROM api.get_message(uMessage);
  PERFORM RestoreContext(jContext);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.send_sms (text, text, uuid) IS
$$Sends a text message to a user.

pProfile  name of the sender
pMessage  text
pUserId   user, whose number must be verified in the current scope
Returns   no row: what is sent is an HTTP request, no message
Raises    PhoneNumberNotSet, PhoneNumberNotVerified$$;

-- api.send_push ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.send_push (
  pObject       uuid,
  pTitle        text,
  pBody         text,
  pUserId       uuid DEFAULT current_userid(),
  pData         jsonb DEFAULT NULL,
  pAndroid      jsonb DEFAULT NULL,
  pApns         jsonb DEFAULT NULL
) RETURNS       SETOF api.message
AS $$
DECLARE
  jContext      jsonb := SaveContext();
  uMessage      uuid;
BEGIN
  PERFORM ActForSystem('admin');
  uMessage := SendPush(pObject, pTitle, pBody, pUserId, pData, pAndroid, pApns);
  RETURN QUERY SELECT * FROM api.get_message(uMessage);
  PERFORM RestoreContext(jContext);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.send_push (uuid, text, text, uuid, jsonb, jsonb, jsonb) IS
$$Sends a push message that the devices of a user show.

pObject   object that it is about
pTitle    title
pBody     text
pUserId   user
pData     data for the application
pAndroid  settings for Android
pApns     settings for Apple
Returns   the last message; no row when the user has no device$$;

-- api.send_push_data ----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.send_push_data (
  pObject       uuid,
  pSubject      text,
  pData         json,
  pUserId       uuid DEFAULT current_userid(),
  pPriority     text DEFAULT NULL,
  pCollapse     text DEFAULT NULL
) RETURNS       SETOF api.message
AS $$
DECLARE
  jContext      jsonb := SaveContext();
  uMessage      uuid;
BEGIN
  PERFORM ActForSystem('admin');
  uMessage := SendPushData(pObject, pSubject, pData, pUserId, pPriority, pCollapse);
  RETURN QUERY SELECT * FROM api.get_message(uMessage);
  PERFORM RestoreContext(jContext);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.send_push_data (uuid, text, json, uuid, text, text) IS
$$Sends a push message that only the application sees.

pObject    object that it is about
pSubject   subject
pData      data for the application
pUserId    user
pPriority  normal or high
pCollapse  a later message of the same word replaces this one
Returns    the last message; no row when the user has no device$$;

-- api.send_push_to_role -------------------------------------------------------
CREATE OR REPLACE FUNCTION api.send_push_to_role (
  pRoleName     text,
  pTitle        text,
  pBody         text,
  pData         jsonb DEFAULT NULL,
  pAndroid      jsonb DEFAULT NULL,
  pApns         jsonb DEFAULT NULL
) RETURNS       integer
AS $$
DECLARE
  r             record;
  nCount        integer := 0;
BEGIN
  PERFORM RequireMessageGroup();

  -- Members of the group, or the user of that name; who is locked gets nothing.
  FOR r IN
    SELECT u.id
      FROM db."user" u
     WHERE u.type = 'U'
       AND get_bit(u.status, 1) = 0
       AND (u.username = pRoleName
            OR EXISTS (SELECT FROM db.member_group m WHERE m.member = u.id AND m.userid = GetGroup(pRoleName)))
  LOOP
    PERFORM SendPush(NULL, pTitle, pBody, r.id, pData, pAndroid, pApns);
    nCount := nCount + 1;
  END LOOP;

  RETURN nCount;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.send_push_to_role (text, text, text, jsonb, jsonb, jsonb) IS
$$Sends a push message to the members of a group, or to one user.

pRoleName  group or user
pTitle     title
pBody      text
pData      data for the application
pAndroid   settings for Android
pApns      settings for Apple
Returns    how many users; 0 for an unknown name
Raises     AccessDenied unless the caller is a member of group message$$;

-- api.send_push_all -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.send_push_all (
  pTitle        text,
  pBody         text
) RETURNS       integer
AS $$
BEGIN
  PERFORM RequireMessageGroup();
  RETURN SendPushAll(pTitle, pBody);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.send_push_all (text, text) IS
$$Sends a push message to every user who has a device.

pTitle   title
pBody    text
Returns  how many users
Raises   AccessDenied unless the caller is a member of group message$$;

-- RequireMessageGroup ---------------------------------------------------------
CREATE OR REPLACE FUNCTION RequireMessageGroup ()
RETURNS         void
AS $$
BEGIN
  IF IsUserRole(GetGroup('message'), current_userid()) IS NOT TRUE THEN
    PERFORM AccessDenied();
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION RequireMessageGroup () IS
$$Passes for members of group message, who may write to many.

Raises  AccessDenied$$;
