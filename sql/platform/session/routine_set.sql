-- What a session remembers.

-- SetSessionArea --------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetSessionArea (
  pArea         uuid,
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
  SELECT SetArea(pArea, (SELECT userid FROM db.session WHERE code = pSession), pSession);
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SetSessionArea (uuid, varchar) IS
$$Sets the working area of a session, and of the sessions to come of its user.

pArea     area
pSession  session
Raises    AreaError, UserNotMemberArea$$;

-- GetSessionArea --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetSessionArea (
  pSession      varchar DEFAULT current_session()
) RETURNS       uuid
AS $$
  SELECT area FROM db.session WHERE code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetSessionArea (varchar) IS 'Gives the working area that a session remembers.';

-- SetSessionInterface ---------------------------------------------------------
CREATE OR REPLACE FUNCTION SetSessionInterface (
  pInterface    uuid,
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
  SELECT SetInterface(pInterface, (SELECT userid FROM db.session WHERE code = pSession), pSession);
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SetSessionInterface (uuid, varchar) IS
$$Sets the interface of a session.

pInterface  interface
pSession    session
Raises      InterfaceError, UserNotMemberInterface$$;

-- GetSessionInterface ---------------------------------------------------------
CREATE OR REPLACE FUNCTION GetSessionInterface (
  pSession      varchar DEFAULT current_session()
) RETURNS       uuid
AS $$
  SELECT interface FROM db.session WHERE code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetSessionInterface (varchar) IS 'Gives the interface that a session remembers.';

-- SetSessionLocale ------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetSessionLocale (
  pLocale       uuid,
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
  SELECT SetLocale(pLocale, (SELECT userid FROM db.session WHERE code = pSession), pSession);
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION SetSessionLocale (uuid, varchar) IS
$$Sets the locale of a session, and of the sessions to come of its user.

pLocale   locale
pSession  session$$;

-- SetSessionLocale ------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetSessionLocale (
  pCode         text DEFAULT Setting('project.locale'),
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
DECLARE
  uLocale       uuid := GetLocale(pCode);
BEGIN
  IF uLocale IS NULL THEN
    PERFORM IncorrectLocaleCode(pCode);
  END IF;

  PERFORM SetSessionLocale(uLocale, pSession);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetSessionLocale (text, varchar) IS
$$Sets the locale of a session, and of the sessions to come of its user.

pCode     ISO 639-1 code
pSession  session
Raises    IncorrectLocaleCode$$;

-- GetSessionLocale ------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetSessionLocale (
  pSession      varchar DEFAULT current_session()
) RETURNS       uuid
AS $$
  SELECT locale FROM db.session WHERE code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetSessionLocale (varchar) IS 'Gives the locale that a session remembers.';

-- SetSessionOperDate ----------------------------------------------------------
CREATE OR REPLACE FUNCTION SetSessionOperDate (
  pOperDate     timestamptz,
  pSession      varchar DEFAULT current_session()
) RETURNS       void
AS $$
BEGIN
  UPDATE db.session SET oper_date = pOperDate WHERE code = pSession AND oper_date IS DISTINCT FROM pOperDate;

  IF pSession = current_session() THEN
    PERFORM SetContextValue('oper_date', pOperDate::text);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetSessionOperDate (timestamptz, varchar) IS
$$Sets the operational date of a session: what its calls take for the present moment.

pOperDate  moment; null means the real one
pSession   session$$;

-- GetSessionOperDate ----------------------------------------------------------
CREATE OR REPLACE FUNCTION GetSessionOperDate (
  pSession      varchar DEFAULT current_session()
) RETURNS       timestamptz
AS $$
  SELECT oper_date FROM db.session WHERE code = pSession;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetSessionOperDate (varchar) IS 'Gives the operational date that a session remembers.';
