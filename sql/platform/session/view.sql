-- Session ---------------------------------------------------------------------
CREATE OR REPLACE VIEW Session AS
  SELECT s.code, s.token, s.userid, s.suid, u.username, u.name, s.agent, s.host,
         s.locale, s.area, s.interface, s.created, s.updated, p.input_last, p.lc_ip,
         u.status::integer AS status, p.state::integer AS state
    FROM db.session s
   INNER JOIN db."user" u ON u.id = s.userid
    LEFT JOIN db.profile p ON p.userid = s.userid AND p.scope = s.scope;

COMMENT ON VIEW Session IS 'Open sessions with their effective users.';

-- api.session -----------------------------------------------------------------
CREATE OR REPLACE VIEW api.session AS
  SELECT s.code, s.userid, s.suid, u.username, u.name, s.locale, s.area, s.interface,
         s.created, s.updated, p.input_last, s.host, p.lc_ip,
         u.status::integer AS status,
         CASE
         WHEN u.status & B'1100' = B'1100' THEN 'expired & locked'
         WHEN u.status & B'1000' = B'1000' THEN 'expired'
         WHEN u.status & B'0100' = B'0100' THEN 'locked'
         WHEN u.status & B'0010' = B'0010' THEN 'active'
         WHEN u.status & B'0001' = B'0001' THEN 'open'
         ELSE 'undefined'
         END AS statustext,
         p.state::integer AS state,
         CASE p.state
         WHEN B'111' THEN 'online (all)'
         WHEN B'110' THEN 'online (local & trusted)'
         WHEN B'101' THEN 'online (external & trusted)'
         WHEN B'011' THEN 'online (external & local)'
         WHEN B'100' THEN 'online (trusted)'
         WHEN B'010' THEN 'online (local)'
         WHEN B'001' THEN 'online (external)'
         ELSE 'offline'
         END AS statetext,
         p.session_limit,
         EXISTS (SELECT FROM db.member_group m
                  WHERE m.userid = '00000000-0000-4000-a000-000000000000' AND m.member = s.userid) AS system
    FROM db.session s
   INNER JOIN db."user" u ON u.id = s.userid
    LEFT JOIN db.profile p ON p.userid = s.userid AND p.scope = s.scope;

COMMENT ON VIEW api.session IS 'Open sessions: what administrators see of them.';
