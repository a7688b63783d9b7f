-- Views of the administration.

-- api.users -------------------------------------------------------------------
CREATE OR REPLACE VIEW api.users AS
  SELECT * FROM Users;

COMMENT ON VIEW api.users IS 'Users, a row for each scope in which they have a profile.';

-- api.user --------------------------------------------------------------------
CREATE OR REPLACE VIEW api."user" AS
  SELECT * FROM Users WHERE scope = current_scope();

COMMENT ON VIEW api."user" IS 'Users of the current scope.';

-- api.group -------------------------------------------------------------------
CREATE OR REPLACE VIEW api."group" AS
  SELECT * FROM Groups;

COMMENT ON VIEW api."group" IS 'Groups of users.';

-- api.area_type ---------------------------------------------------------------
CREATE OR REPLACE VIEW api.area_type AS
  SELECT * FROM AreaType;

COMMENT ON VIEW api.area_type IS 'Kinds of areas.';

-- api.area --------------------------------------------------------------------
CREATE OR REPLACE VIEW api.area AS
  SELECT *
    FROM AreaTree
   WHERE scope = current_scope();

COMMENT ON VIEW api.area IS 'Areas of the current scope as a tree: ordered by sortlist, each follows its parent.';

-- api.interface ---------------------------------------------------------------
CREATE OR REPLACE VIEW api.interface AS
  SELECT * FROM Interface;

COMMENT ON VIEW api.interface IS 'Interfaces.';

-- api.member_group ------------------------------------------------------------
CREATE OR REPLACE VIEW api.member_group AS
  SELECT * FROM MemberGroup;

COMMENT ON VIEW api.member_group IS 'Members of groups.';

-- api.member_area -------------------------------------------------------------
CREATE OR REPLACE VIEW api.member_area AS
  SELECT * FROM MemberArea;

COMMENT ON VIEW api.member_area IS 'Members of areas, those of the area itself only.';

-- api.member_interface --------------------------------------------------------
CREATE OR REPLACE VIEW api.member_interface AS
  SELECT * FROM MemberInterface;

COMMENT ON VIEW api.member_interface IS 'Members of interfaces.';

SELECT RegisterView('api.' || v)
  FROM unnest('{users, user, group, area_type, area, interface, member_group, member_area, member_interface}'::text[]) AS v;
