-- Setters and getters of single context values, transaction-local like all of it. One loop writes
-- the pairs, because they differ in a name and a default only.
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT * FROM (VALUES
    ('AccessMode',       'access',       'true',  'lists are narrowed by object access'),
    ('NotificationMode', 'notification', 'true',  'notifications are emitted'),
    ('LogMode',          'log',          'true',  'the event log is written'),
    ('DebugMode',        'debug',        'false', 'debug messages are written')
  ) AS t (name, setting, initial, meaning)
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION Get%1$s ()
RETURNS         boolean
AS $body$
  SELECT COALESCE(NULLIF(current_setting('current.%2$s', true), ''), '%3$s')::boolean;
$body$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION Get%1$s () IS 'Tells whether %4$s; %3$s until it is set.';

CREATE OR REPLACE FUNCTION Set%1$s (
  pValue        boolean
) RETURNS       void
AS $body$
BEGIN
  PERFORM set_config('current.%2$s', COALESCE(pValue::text, ''), true);
END;
$body$ LANGUAGE plpgsql;

COMMENT ON FUNCTION Set%1$s (boolean) IS
'Says until the end of the transaction whether %4$s; null goes back to the default.';
$fmt$, r.name, r.setting, r.initial, r.meaning);
  END LOOP;
END;
$do$;

-- GetCurrentSession, SetCurrentSession ----------------------------------------
CREATE OR REPLACE FUNCTION GetCurrentSession ()
RETURNS         text
AS $$
  SELECT NULLIF(current_setting('current.session', true), '');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetCurrentSession () IS 'Returns the session code of the context.';

CREATE OR REPLACE FUNCTION SetCurrentSession (
  pValue        text
) RETURNS       void
AS $$
BEGIN
  PERFORM SetContextValue('current.session', pValue);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetCurrentSession (text) IS
'Sets the session code alone; SetSessionContext() sets all that belongs to a session.';

-- GetCurrentUserId, SetCurrentUserId ------------------------------------------
CREATE OR REPLACE FUNCTION GetCurrentUserId ()
RETURNS         uuid
AS $$
  SELECT NULLIF(current_setting('current.user', true), '')::uuid;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetCurrentUserId () IS 'Returns the effective user of the context.';

CREATE OR REPLACE FUNCTION SetCurrentUserId (
  pValue        uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM SetContextValue('current.user', pValue::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetCurrentUserId (uuid) IS
'Sets the effective user alone: groups, access and administrator flag stay as they are.';

-- GetOAuth2ClientId, SetOAuth2ClientId ----------------------------------------
CREATE OR REPLACE FUNCTION GetOAuth2ClientId ()
RETURNS         text
AS $$
  SELECT oauth2_current_client_id();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetOAuth2ClientId () IS 'Returns the OAuth client code of the context.';

CREATE OR REPLACE FUNCTION SetOAuth2ClientId (
  pClientId     text
) RETURNS       void
AS $$
BEGIN
  PERFORM SetContextValue('current.client_id', pClientId);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetOAuth2ClientId (text) IS 'Sets the OAuth client code of the context.';

-- GetCurrentArea, SetCurrentArea ----------------------------------------------
CREATE OR REPLACE FUNCTION GetCurrentArea ()
RETURNS         uuid
AS $$
  SELECT NULLIF(current_setting('current.area', true), '')::uuid;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetCurrentArea () IS 'Returns the working area of the context, null when none is set.';

CREATE OR REPLACE FUNCTION SetCurrentArea (
  pArea         uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM SetContextValue('current.area', pArea::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetCurrentArea (uuid) IS
'Works in another area until the end of the transaction; the session keeps its own.';

-- GetOperDate, SetOperDate ----------------------------------------------------
CREATE OR REPLACE FUNCTION GetOperDate ()
RETURNS         timestamptz
AS $$
  SELECT NULLIF(current_setting('current.oper_date', true), '')::timestamptz;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetOperDate () IS 'Returns the operational date of the context, null when none is set.';

CREATE OR REPLACE FUNCTION SetOperDate (
  pOperDate     timestamptz
) RETURNS       void
AS $$
BEGIN
  PERFORM SetContextValue('current.oper_date', pOperDate::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetOperDate (timestamptz) IS
'Works at another date until the end of the transaction; null is now.';

-- GetErrorMessage, SetErrorMessage --------------------------------------------
CREATE OR REPLACE FUNCTION GetErrorMessage ()
RETURNS         text
AS $$
  SELECT NULLIF(current_setting('kernel.error_message', true), '');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetErrorMessage () IS 'Returns the last message of this transaction.';

CREATE OR REPLACE FUNCTION SetErrorMessage (
  pMessage      text
) RETURNS       void
AS $$
BEGIN
  PERFORM set_config('kernel.error_message', COALESCE(pMessage, ''), true);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetErrorMessage (text) IS 'Keeps a message for GetErrorMessage().';
