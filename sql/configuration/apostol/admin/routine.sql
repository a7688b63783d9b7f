-- AreaCompany -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION AreaCompany (
  pArea         uuid
) RETURNS       uuid
AS $$
DECLARE
  r             record;
  uCompany      uuid;
BEGIN
  SELECT a.scope, t.code AS type INTO r
    FROM db.area a
    JOIN db.area_type t ON t.id = a.type
   WHERE a.id = pArea;

  IF r.type IN ('main', 'subsidiary', 'mobile') THEN
    RETURN pArea;
  END IF;

  IF r.type IN ('root', 'system', 'guest', 'all') THEN
    SELECT a.id INTO uCompany
      FROM db.area a
     WHERE a.scope = r.scope
       AND a.type = '00000000-0000-4002-a001-000000000001'
       AND now() BETWEEN a.validfromdate AND a.validtodate
     ORDER BY a.level, a.sequence
     LIMIT 1;
  END IF;

  RETURN coalesce(uCompany, '00000000-0000-4003-a001-000000000000');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION AreaCompany (uuid) IS
$$Gives the company that work in an area is done for. A company and its area share one id.

That is the area itself when it is one of a company; for the areas above all companies the first main
area of the scope that is in use; else the company "all".
pArea    area
Returns  company$$;

-- current_company -------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_company (
  pSession      varchar DEFAULT current_session()
) RETURNS       uuid
AS $$
BEGIN
  -- The context knows the area of the current session: no need to read it again.
  RETURN AreaCompany(CASE WHEN pSession = current_session() THEN current_area() ELSE current_area(pSession) END);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION current_company (varchar) IS
$$Gives the company that a session works for: that of its area.

pSession  code of the session
Returns   company$$;
