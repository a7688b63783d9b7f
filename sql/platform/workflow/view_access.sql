-- AccessMethod ----------------------------------------------------------------
CREATE OR REPLACE VIEW AccessMethod AS
  SELECT m.*,
         get_bit(a.mask, 0) = 1 AS execute,
         get_bit(a.mask, 1) = 1 AS visible,
         get_bit(a.mask, 2) = 1 AS enable
    FROM Method m
   CROSS JOIN LATERAL (
         -- The principals are worked out once a query: the subselect depends on nothing.
         SELECT bit_or(r.allow) & ~bit_or(r.deny) AS mask
           FROM db.amu r
          WHERE r.method = m.id
            AND r.userid = ANY ((SELECT AccessPrincipals(current_userid()))::uuid[])
         HAVING count(*) > 0
         ) a;

COMMENT ON VIEW AccessMethod IS
'Methods in which the current user has a row of rights, with what they amount to.';
