SELECT RegisterRoute(r.name, AddEndPoint(format('SELECT * FROM rest.%s($1, $2);', r.name)))
  FROM unnest('{admin, user, member}'::text[]) AS r (name);
