-- api.set_session_area --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_area (
  pId           uuid,
  pCode         text
) RETURNS       SETOF Area
AS $$
DECLARE
  uArea         uuid := coalesce(pId, GetArea(pCode));
BEGIN
  IF NOT EXISTS (SELECT FROM db.area WHERE id = uArea) THEN
    PERFORM ObjectNotFound('area', CASE WHEN pId IS NULL AND pCode IS NOT NULL THEN 'code' ELSE 'id' END, uArea);
  END IF;

  PERFORM SetSessionArea(uArea);

  RETURN QUERY SELECT * FROM Area WHERE id = current_area();
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_area (uuid, text) IS
$$Sets the working area of the current session.

pId      area
pCode    its code in the current scope, when there is no id
Returns  the area
Raises   ObjectNotFound, UserNotMemberArea$$;

-- api.set_session_area --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_area (
  pArea         uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM api.set_session_area(pArea, null);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_area (uuid) IS 'Sets the working area of the current session.';

-- api.set_session_area --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_area (
  pArea         text
) RETURNS       void
AS $$
BEGIN
  PERFORM api.set_session_area(null, pArea);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_area (text) IS 'Sets the working area of the current session by its code.';

-- api.set_session_interface ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_interface (
  pId           uuid,
  pCode         text
) RETURNS       SETOF Interface
AS $$
DECLARE
  uInterface    uuid := coalesce(pId, GetInterface(pCode));
BEGIN
  IF NOT EXISTS (SELECT FROM db.interface WHERE id = uInterface) THEN
    PERFORM ObjectNotFound('interface', CASE WHEN pId IS NULL AND pCode IS NOT NULL THEN 'code' ELSE 'id' END, uInterface);
  END IF;

  PERFORM SetSessionInterface(uInterface);

  RETURN QUERY SELECT * FROM Interface WHERE id = uInterface;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_interface (uuid, text) IS
$$Sets the interface of the current session.

pId      interface
pCode    its code, when there is no id
Returns  the interface
Raises   ObjectNotFound, UserNotMemberInterface$$;

-- api.set_session_interface ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_interface (
  pInterface    uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM api.set_session_interface(pInterface, null);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_interface (uuid) IS 'Sets the interface of the current session.';

-- api.set_session_locale ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_locale (
  pId           uuid,
  pCode         text
) RETURNS       SETOF Locale
AS $$
DECLARE
  uLocale       uuid := coalesce(pId, GetLocale(pCode));
BEGIN
  IF NOT EXISTS (SELECT FROM db.locale WHERE id = uLocale) THEN
    PERFORM ObjectNotFound('locale', CASE WHEN pId IS NULL AND pCode IS NOT NULL THEN 'code' ELSE 'id' END, uLocale);
  END IF;

  PERFORM SetSessionLocale(uLocale);

  RETURN QUERY SELECT * FROM Locale WHERE id = uLocale;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_locale (uuid, text) IS
$$Sets the locale of the current session, and of the sessions to come of its user.

pId      locale
pCode    its ISO 639-1 code, when there is no id
Returns  the locale
Raises   ObjectNotFound$$;

-- api.set_session_locale ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_locale (
  pLocale       uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM api.set_session_locale(pLocale, null);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_locale (uuid) IS 'Sets the locale of the current session.';

-- api.set_session_locale ------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_locale (
  pCode         text DEFAULT Setting('project.locale')
) RETURNS       void
AS $$
BEGIN
  PERFORM api.set_session_locale(null, pCode);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_locale (text) IS 'Sets the locale of the current session by its code.';

-- api.set_session_oper_date ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_oper_date (
  pOperDate     timestamptz
) RETURNS       void
AS $$
BEGIN
  PERFORM SetSessionOperDate(pOperDate);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_oper_date (timestamptz) IS
'Sets the operational date of the current session; null means the real one.';

-- api.set_session_oper_date ---------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_session_oper_date (
  pOperDate     timestamp
) RETURNS       void
AS $$
BEGIN
  PERFORM SetSessionOperDate(pOperDate::timestamptz);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_session_oper_date (timestamp) IS
'Sets the operational date of the current session; null means the real one.';
