SELECT RegisterRoute(NULL, AddEndPoint('SELECT * FROM rest.api($1, $2);'));
