-- Sending: a message of class outbox that is submitted at once. A process of the server delivers it.

-- SendMessage -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION SendMessage (
  pParent       uuid,
  pAgent        uuid,
  pProfile      text,
  pAddress      text,
  pSubject      text,
  pContent      text,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pType         uuid DEFAULT GetType('message.outbox')
) RETURNS       uuid
AS $$
DECLARE
  uMessage      uuid;
BEGIN
  uMessage := CreateMessage(pParent, pType, pAgent, NULL, pProfile, pAddress, pSubject, pContent, pLabel, pDescription);
  PERFORM DoAction(uMessage, 'submit');
  RETURN uMessage;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SendMessage (uuid, uuid, text, text, text, text, text, text, uuid) IS
$$Makes a message and submits it for delivery.

pParent       object that it is about
pAgent        agent that it goes through
pProfile      sender, or name of the settings of the transport
pAddress      receiver
pSubject      subject
pContent      content, as the transport takes it
pLabel        label
pDescription  description
pType         type
Returns       message$$;

-- SendMail, SendM2M, SendFCM --------------------------------------------------
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('SendMail', 'smtp.agent', 'an e-mail; the content is the whole mail, see CreateMailBody()'),
      ('SendM2M',  'm2m.agent',  'a text message'),
      ('SendFCM',  'fcm.agent',  'a push message; the content is what Firebase takes')
    ) AS t (name, agent, what)
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION %1$s (
  pParent       uuid,
  pProfile      text,
  pAddress      text,
  pSubject      text,
  pContent      text,
  pLabel        text DEFAULT NULL,
  pDescription  text DEFAULT NULL,
  pAgent        uuid DEFAULT GetAgent(%2$L)
) RETURNS       uuid
AS $body$
BEGIN
  RETURN SendMessage(pParent, pAgent, pProfile, pAddress, pSubject, pContent, pLabel, pDescription);
END;
$body$ LANGUAGE plpgsql;

COMMENT ON FUNCTION %1$s (uuid, text, text, text, text, text, text, uuid) IS
$text$Submits %3$s.

pParent       object that it is about
pProfile      sender
pAddress      receiver
pSubject      subject
pContent      content
pLabel        label
pDescription  description
pAgent        agent, by default %2$s
Returns       message$text$;
$fmt$, r.name, r.agent, r.what);
  END LOOP;
END;
$do$;

-- GetMessageState -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetMessageState (
  pCode         text
) RETURNS       uuid
AS $$
BEGIN
  RETURN GetObjectState(GetMessage(pCode));
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetMessageState (text) IS
$$Gives the state of a message.

pCode    code of the message
Returns  state; null when there is no such message$$;

-- MailWords -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION MailWords (
  pText         text
) RETURNS       text
AS $$
  -- An encoded word is at most 75 characters: ten characters are at most 40 bytes, 56 in base64.
  SELECT CASE WHEN pText ~ '^[\x20-\x7e]*$' AND pText !~ '=\?' THEN pText
         ELSE (SELECT string_agg('=?UTF-8?B?' || encode(convert_to(substr(pText, n, 10), 'UTF8'), 'base64') || '?=', E'\r\n ' ORDER BY n)
                 FROM generate_series(1, length(pText), 10) AS n)
         END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION MailWords (text) IS
$$Writes a text for a header of a mail: RFC 2047 where it is not plain ASCII, folded.

pText  text; line breaks become part of encoded words, so that no header can be smuggled in$$;

-- MailPart --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION MailPart (
  pType         text,
  pText         text
) RETURNS       text
AS $$
  SELECT concat_ws(E'\r\n', format('Content-Type: %s; charset=UTF-8', pType), 'Content-Transfer-Encoding: base64', '',
                   replace(encode(convert_to(pText, 'UTF8'), 'base64'), E'\n', E'\r\n'), '');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION MailPart (text, text) IS
$$Writes one part of a mail.

pType  MIME type
pText  text$$;

-- CreateMailBody --------------------------------------------------------------
CREATE OR REPLACE FUNCTION CreateMailBody (
  pFromName     text,
  pFrom         text,
  pToName       text,
  pTo           text,
  pSubject      text,
  pText         text,
  pHtml         text
) RETURNS       text
AS $$
DECLARE
  vBoundary     text := encode(gen_random_bytes(12), 'hex');
BEGIN
  IF concat(pFrom, pTo) ~ '[\r\n<>]' THEN
    PERFORM ValueOutOfRange(concat_ws(', ', pFrom, pTo));
  END IF;

  RETURN concat_ws(E'\r\n',
    'MIME-Version: 1.0',
    'Date: ' || to_char(now() AT TIME ZONE 'UTC', 'Dy, DD Mon YYYY HH24:MI:SS') || ' +0000',
    'Subject: ' || MailWords(COALESCE(pSubject, '')),
    'From: ' || concat_ws(' ', MailWords(NULLIF(pFromName, '')), format('<%s>', pFrom)),
    'To: ' || concat_ws(' ', MailWords(NULLIF(pToName, '')), format('<%s>', pTo)),
    format('Content-Type: multipart/alternative; boundary="%s"', vBoundary),
    '',
    '--' || vBoundary || E'\r\n' || MailPart('text/plain', pText),
    '--' || vBoundary || E'\r\n' || MailPart('text/html', pHtml),
    '--' || vBoundary || E'--\r\n');
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CreateMailBody (text, text, text, text, text, text, text) IS
$$Writes a whole mail: headers, and the parts text/plain and text/html that are given.

pFromName  name of the sender
pFrom      address of the sender
pToName    name of the receiver
pTo        address of the receiver
pSubject   subject
pText      plain text; null: no such part
pHtml      HTML; null: no such part
Raises     ValueOutOfRange for an address that is none$$;
