SELECT RegisterRoute('search', AddEndPoint('SELECT * FROM rest.search($1, $2);'));
