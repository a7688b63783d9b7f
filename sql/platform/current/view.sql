-- WhoAmIClient ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION WhoAmIClient (
  pUserId       uuid,
  OUT id        uuid,
  OUT client    json,
  OUT name      json,
  OUT metadata  jsonb,
  OUT account   json
) RETURNS       record
AS $$
  SELECT null::uuid,
         '{"id":null,"code":null,"userid":null,"type":{"id":null,"code":null,"class":null,"name":null,"description":null}}'::json,
         '{"name":null,"short":null,"first":null,"last":null,"middle":null}'::json,
         null::jsonb,
         '{"id":null,"code":null,"currency":null,"currency_code":null,"balance":null}'::json;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION WhoAmIClient (uuid) IS
$$Gives what the business layer knows of a user; a configuration with clients replaces it.

pUserId   user
id        client
client    {id, code, userid, type: {id, code, class, name, description}}
name      {name, short, first, last, middle}
metadata  what else the client holds
account   {id, code, currency, currency_code, balance}$$;

-- api.whoami ------------------------------------------------------------------
CREATE OR REPLACE VIEW api.whoami AS
  SELECT c.id, s.userid, s.suid,
         '00000000-0000-4000-a000-000000000001'::uuid = ANY (g.groups) AS admin,
         '00000000-0000-4000-a000-000000000003'::uuid = ANY (g.groups) AS guest,
         '00000000-0000-4000-a001-100000000001'::uuid = ANY (g.groups) AS employee,
         '00000000-0000-4000-a001-100000000002'::uuid = ANY (g.groups) AS customer,
         json_build_object('id', f.id, 'code', f.code, 'name', f.name,
                           'description', coalesce(f.description, f.name)) AS company,
         c.client, c.name, u.email, u.phone, c.metadata, c.account,
         json_build_object('code', s.code, 'oper_date', s.oper_date, 'created', s.created,
                           'updated', s.updated, 'agent', s.agent, 'host', s.host) AS session,
         (SELECT row_to_json(p) FROM Users p WHERE p.id = s.userid AND p.scope = s.scope) AS profile,
         (SELECT row_to_json(l) FROM db.locale l WHERE l.id = s.locale) AS locale,
         (SELECT row_to_json(o) FROM db.scope o WHERE o.id = s.scope) AS scope,
         (SELECT row_to_json(a) FROM db.area a WHERE a.id = s.area) AS area,
         (SELECT row_to_json(i) FROM db.interface i WHERE i.id = s.interface) AS interface
    FROM db.session s
   INNER JOIN db."user" u ON u.id = s.userid
   CROSS JOIN LATERAL (SELECT current_groups()) AS g (groups)
   CROSS JOIN LATERAL WhoAmIClient(s.userid) AS c
    LEFT JOIN db.area f ON f.id = current_company()
   WHERE s.code = current_session();

COMMENT ON VIEW api.whoami IS 'The caller: user, company, session and what belongs to them. One row; none without a session.';
