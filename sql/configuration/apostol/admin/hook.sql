-- DoLogin ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DoLogin (
  pUserId       uuid
) RETURNS       void
AS $$
DECLARE
  r             record;
  uArea         uuid;
BEGIN
  IF EXISTS (SELECT FROM db.session WHERE code = current_session() AND agent ILIKE 'python-%') THEN
    PERFORM AccessDenied();
  END IF;

  SELECT p.area, t.code AS type INTO r
    FROM db.profile p
    JOIN db.area a ON a.id = p.area
    JOIN db.area_type t ON t.id = a.type
   WHERE p.userid = pUserId
     AND p.scope = current_scope();

  uArea := CASE
           WHEN r.area IS NULL THEN GetAreaDefault()
           WHEN r.type IN ('main', 'subsidiary', 'mobile') THEN r.area
           ELSE current_company()
           END;

  IF uArea <> current_area() AND IsMemberArea(uArea, pUserId) THEN
    PERFORM SetArea(uArea, pUserId);
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DoLogin (uuid) IS
$$Hook of the sign-in: moves the session to the company that the user works for.

The area of the profile stays when it is one of a company; otherwise the company of the session is
taken, if the user is a member.
pUserId  who signed in; the context is that of the new session
Raises   AccessDenied for scripts: agents that begin with python-$$;
