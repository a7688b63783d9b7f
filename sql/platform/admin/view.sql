-- Kernel views of the administration. Looked-up tables are joined from the left, so that a query
-- which does not ask for their columns does not pay for the join.

-- AreaType --------------------------------------------------------------------
CREATE OR REPLACE VIEW AreaType AS
  SELECT id, code, name
    FROM db.area_type;

COMMENT ON VIEW AreaType IS 'Kinds of areas.';

-- Scope -----------------------------------------------------------------------
CREATE OR REPLACE VIEW Scope AS
  SELECT id, code, name, description
    FROM db.scope;

COMMENT ON VIEW Scope IS 'Scopes.';

-- Area ------------------------------------------------------------------------
CREATE OR REPLACE VIEW Area AS
  SELECT a.id, a.parent, a.level, a.sequence,
         a.type, t.code AS typecode, t.name AS typename,
         a.scope, s.code AS scopecode, s.name AS scopename, s.description AS scopedescription,
         a.code, a.name, a.description, a.validfromdate, a.validtodate
    FROM db.area a
    LEFT JOIN db.area_type t ON t.id = a.type
    LEFT JOIN db.scope s ON s.id = a.scope;

COMMENT ON VIEW Area IS 'Areas with their kinds and scopes.';

-- AreaTree --------------------------------------------------------------------
CREATE OR REPLACE VIEW AreaTree AS
  WITH RECURSIVE ranked AS (
    SELECT id, parent, row_number() OVER (PARTITION BY parent, scope ORDER BY sequence, code) AS place
      FROM db.area
  ), tree (id, sortlist) AS (
    SELECT id, ARRAY[place]
      FROM ranked
     WHERE parent IS NULL
     UNION ALL
    SELECT r.id, t.sortlist || r.place
      FROM tree t
     INNER JOIN ranked r ON r.parent = t.id
  )
  SELECT a.*, t.sortlist
    FROM tree t
   INNER JOIN Area a ON a.id = t.id;

COMMENT ON VIEW AreaTree IS 'Areas as a tree: ordered by sortlist, each follows its parent.';

-- Interface -------------------------------------------------------------------
CREATE OR REPLACE VIEW Interface AS
  SELECT id, code, name, description
    FROM db.interface;

COMMENT ON VIEW Interface IS 'Interfaces.';

-- IsSystemName ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsSystemName (
  pUserName     text
) RETURNS       boolean
AS $$
  SELECT octet_length(pUserName) BETWEEN 1 AND 63 AND to_regrole(quote_ident(pUserName)) IS NOT NULL;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsSystemName (text) IS
'Tells whether there is a database role of a name: such users and groups are those of the system.';

-- UserStatusText --------------------------------------------------------------
CREATE OR REPLACE FUNCTION UserStatusText (
  pStatus       bit(4)
) RETURNS       text
AS $$
  SELECT CASE
         WHEN pStatus & B'1100' = B'1100' THEN 'expired & locked'
         WHEN pStatus & B'1000' = B'1000' THEN 'expired'
         WHEN pStatus & B'0100' = B'0100' THEN 'locked'
         WHEN pStatus & B'0010' = B'0010' THEN 'active'
         WHEN pStatus & B'0001' = B'0001' THEN 'open'
         ELSE 'undefined'
         END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION UserStatusText (bit) IS 'Names the status of a user.';

-- ProfileStateText ------------------------------------------------------------
CREATE OR REPLACE FUNCTION ProfileStateText (
  pState        bit(3)
) RETURNS       text
AS $$
  SELECT CASE pState
         WHEN B'111' THEN 'online (all)'
         WHEN B'110' THEN 'online (local & trusted)'
         WHEN B'101' THEN 'online (external & trusted)'
         WHEN B'011' THEN 'online (external & local)'
         WHEN B'100' THEN 'online (trusted)'
         WHEN B'010' THEN 'online (local)'
         WHEN B'001' THEN 'online (external)'
         ELSE 'offline'
         END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION ProfileStateText (bit) IS 'Says from where a user is online.';

-- Groups ----------------------------------------------------------------------
CREATE OR REPLACE VIEW Groups AS
  SELECT g.id, g.username, g.name, g.description,
         IsSystemName(g.username) AS system
    FROM db."user" g
   WHERE g.type = 'G';

COMMENT ON VIEW Groups IS 'Groups of users; system ones have a database role of their name.';

-- Users -----------------------------------------------------------------------
CREATE OR REPLACE VIEW Users AS
  SELECT u.id, u.username, u.name, p.given_name, p.family_name, p.patronymic_name,
         u.email, p.email_verified, u.phone, p.phone_verified, p.session_limit, u.created,
         p.locale, l.code AS locale_code, p.area, a.code AS area_code,
         p.interface, i.code AS interface_code, u.description, p.picture,
         u.passwordchange, u.passwordnotchange,
         IsSystemName(u.username) AS system,
         u.readonly, u.status::integer AS status,
         UserStatusText(u.status) AS statustext,
         p.state::integer AS state,
         ProfileStateText(p.state) AS statetext,
         greatest(u.lock_date,
                  (SELECT max(f.lock_date) FROM db.login_failure f WHERE f.userid = u.id)) AS lock_date,
         u.expiry_date, p.lc_ip, p.input_count, p.input_last,
         p.input_error, p.input_error_last, p.input_error_all,
         p.scope, s.code AS scope_code, s.name AS scope_name, s.description AS scope_description
    FROM db."user" u
   INNER JOIN db.profile p ON p.userid = u.id
    LEFT JOIN db.locale l ON l.id = p.locale
    LEFT JOIN db.area a ON a.id = p.area
    LEFT JOIN db.interface i ON i.id = p.interface
    LEFT JOIN db.scope s ON s.id = p.scope
   WHERE u.type = 'U';

COMMENT ON VIEW Users IS 'Users, a row for each scope in which they have a profile.';

-- MemberGroup -----------------------------------------------------------------
CREATE OR REPLACE VIEW MemberGroup AS
  SELECT mg.userid, CASE g.type WHEN 'G' THEN 'group' ELSE 'user' END AS usertype, g.username,
         g.name AS userfullname, g.description AS userdescription,
         mg.member AS memberid, CASE u.type WHEN 'G' THEN 'group' ELSE 'user' END AS membertype,
         u.username AS membername, u.name AS memberfullname, u.description AS memberdescription
    FROM db.member_group mg
    LEFT JOIN db."user" g ON g.id = mg.userid
    LEFT JOIN db."user" u ON u.id = mg.member;

COMMENT ON VIEW MemberGroup IS 'Members of groups.';

-- MemberArea ------------------------------------------------------------------
CREATE OR REPLACE VIEW MemberArea AS
  SELECT ma.area, a.code, a.name, a.description,
         ma.member AS memberid, u.type AS membertype,
         u.username AS membername, u.name AS memberfullname, u.description AS memberdesc
    FROM db.member_area ma
    LEFT JOIN db.area a ON a.id = ma.area
    LEFT JOIN db."user" u ON u.id = ma.member;

COMMENT ON VIEW MemberArea IS 'Members of areas, those of the area itself only.';

-- MemberInterface -------------------------------------------------------------
CREATE OR REPLACE VIEW MemberInterface AS
  SELECT mi.interface, i.name AS interfacename, i.description AS interfacedesc,
         mi.member AS memberid, u.type AS membertype,
         u.username AS membername, u.name AS memberfullname, u.description AS memberdesc
    FROM db.member_interface mi
    LEFT JOIN db.interface i ON i.id = mi.interface
    LEFT JOIN db."user" u ON u.id = mi.member;

COMMENT ON VIEW MemberInterface IS 'Members of interfaces.';

-- IPTable ---------------------------------------------------------------------
CREATE OR REPLACE VIEW IPTable AS
  SELECT id, type, userid, addr, range
    FROM db.iptable;

COMMENT ON VIEW IPTable IS 'Addresses that users may or may not come from.';
