-- current_company -------------------------------------------------------------
CREATE OR REPLACE FUNCTION current_company (
  pSession      varchar DEFAULT current_session()
) RETURNS       uuid
AS $$
  -- A company, its area and its group share one id.
  SELECT CASE WHEN t.code IN ('root', 'system', 'guest', 'all') THEN
           (SELECT m.id
              FROM db.area m
              JOIN db.area_type k ON k.id = m.type AND k.code = 'main'
             WHERE m.scope = a.scope
               AND now() BETWEEN m.validfromdate AND m.validtodate
             ORDER BY m.level, m.sequence
             LIMIT 1)
         ELSE a.id END
    FROM db.area a
    JOIN db.area_type t ON t.id = a.type
   WHERE a.id = coalesce((SELECT s.area FROM db.session s WHERE s.code = pSession), current_area());
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION current_company (varchar) IS
$$Gives the company that a session works in.

That is the working area; when this is none of a company (root, system, guest, all), the first main
area of the scope that is in use.
pSession  code of the session
Returns   company, which is also its area and its group; null when the scope has no main area$$;
