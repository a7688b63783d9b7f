-- WhoAmIClient ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION WhoAmIClient (
  pUserId       uuid,
  OUT id        uuid,
  OUT client    json,
  OUT name      json,
  OUT metadata  jsonb,
  OUT account   json
) RETURNS       SETOF record
AS $$
  SELECT null::uuid,
         '{"id":null,"code":null,"userid":null,"type":{"id":null,"code":null,"class":null,"name":null,"description":null}}'::json,
         '{"name":null,"short":null,"first":null,"last":null,"middle":null}'::json,
         null::jsonb,
         '{"id":null,"code":null,"currency":null,"currency_code":null,"balance":null}'::json;
$$ LANGUAGE sql STABLE ROWS 1;

COMMENT ON FUNCTION WhoAmIClient (uuid) IS
$$Gives what the business layer knows of a user, one row; a configuration with clients replaces it.

Plain SQL that returns a set: only so the planner puts it into the query of api.whoami.

pUserId   user
id        client
client    {id, code, userid, type: {id, code, class, name, description}}
name      {name, short, first, last, middle}
metadata  what else the client holds
account   {id, code, currency, currency_code, balance}$$;

-- PlaceCode -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION PlaceCode (
  pKind         text,
  pId           uuid
) RETURNS       text
AS $$
BEGIN
  RETURN CASE pKind
         WHEN 'locale' THEN GetLocaleCode(pId)
         WHEN 'area' THEN GetAreaCode(pId)
         WHEN 'interface' THEN (SELECT i.code FROM db.interface i WHERE i.id = pId)
         END;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION PlaceCode (text, uuid) IS
$$Gives the code of a locale, area or interface. Does not inline: costs nothing where it is not called.

pKind  locale, area or interface
pId    its id$$;

-- WhoAmICompany ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION WhoAmICompany (
  pArea         uuid
) RETURNS       json
AS $$
DECLARE
  a             db.area;
BEGIN
  SELECT * INTO a FROM db.area WHERE id = pArea;
  RETURN json_build_object('id', a.id, 'code', a.code, 'name', a.name,
                           'description', coalesce(a.description, a.name));
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION WhoAmICompany (uuid) IS
'Describes the company of a caller who works elsewhere than in a company itself.';

-- LoginLock -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION LoginLock (
  pUserId       uuid
) RETURNS       timestamptz
AS $$
BEGIN
  RETURN (SELECT max(f.lock_date) FROM db.login_failure f WHERE f.userid = pUserId);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION LoginLock (uuid) IS
'Tells until when an address is kept out for wrong passwords of a user, the last one of all.';

-- api.whoami ------------------------------------------------------------------
-- One static query over as few tables as it can do with: setting up a table costs more than
-- reading it. The profile is the row of view Users; its locale, area and interface are nearly
-- always those of the session, whose rows are at hand.
CREATE OR REPLACE VIEW api.whoami AS
  SELECT c.id, s.userid, s.suid,
         '00000000-0000-4000-a000-000000000001'::uuid = ANY (u.groups) AS admin,
         '00000000-0000-4000-a000-000000000003'::uuid = ANY (u.groups) AS guest,
         '00000000-0000-4000-a001-100000000001'::uuid = ANY (u.groups) AS employee,
         '00000000-0000-4000-a001-100000000002'::uuid = ANY (u.groups) AS customer,
         CASE a.type WHEN '00000000-0000-4002-a001-000000000001'
         THEN json_build_object('id', a.id, 'code', a.code, 'name', a.name,
                                'description', coalesce(a.description, a.name))
         ELSE WhoAmICompany(current_company()) END AS company,
         c.client, c.name, u.email, u.phone, c.metadata, c.account,
         json_build_object('code', s.code, 'oper_date', s.oper_date, 'created', s.created,
                           'updated', s.updated, 'agent', s.agent, 'host', s.host) AS session,
         CASE WHEN p.userid IS NOT NULL THEN row_to_json(r) END AS profile,
         row_to_json(l) AS locale, row_to_json(o) AS scope, row_to_json(a) AS area, row_to_json(i) AS interface
    FROM db.session s
   INNER JOIN db."user" u ON u.id = s.userid
    LEFT JOIN db.profile p ON p.userid = s.userid AND p.scope = s.scope
   INNER JOIN db.locale l ON l.id = s.locale
   INNER JOIN db.scope o ON o.id = s.scope
   INNER JOIN db.area a ON a.id = s.area
   INNER JOIN db.interface i ON i.id = s.interface
   CROSS JOIN LATERAL WhoAmIClient(s.userid) AS c
   CROSS JOIN LATERAL (
     SELECT u.id, u.username, u.name, p.given_name, p.family_name, p.patronymic_name,
            u.email, p.email_verified, u.phone, p.phone_verified, p.session_limit, u.created,
            p.locale, CASE WHEN p.locale = s.locale THEN l.code ELSE PlaceCode('locale', p.locale) END AS locale_code,
            p.area, CASE WHEN p.area = s.area THEN a.code ELSE PlaceCode('area', p.area) END AS area_code,
            p.interface, CASE WHEN p.interface = s.interface THEN i.code
                              ELSE PlaceCode('interface', p.interface) END AS interface_code,
            u.description, p.picture, u.passwordchange, u.passwordnotchange,
            IsSystemName(u.username) AS system, u.readonly,
            u.status::integer AS status, UserStatusText(u.status) AS statustext,
            p.state::integer AS state, ProfileStateText(p.state) AS statetext,
            greatest(u.lock_date, LoginLock(s.userid)) AS lock_date,
            u.expiry_date, p.lc_ip, p.input_count, p.input_last,
            p.input_error, p.input_error_last, p.input_error_all,
            p.scope, o.code AS scope_code, o.name AS scope_name, o.description AS scope_description
   ) AS r
   WHERE s.code = current_session();

COMMENT ON VIEW api.whoami IS 'The caller: user, company, session and what belongs to them. One row; none without a session.';
