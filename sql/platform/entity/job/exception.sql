-- The error of a code that is taken; its text is in the catalog of errors.
SELECT LoadErrorCode('ERR-400-110', 400, 'E', 'entity');

SELECT LoadErrorText('ERR-400-110', t.locale, t.message, t.description, t.resolution)
  FROM (VALUES
  ('en', 'A job with the code %s exists', 'The scope has a job with this code.', 'Choose another code.'),
  ('ru', 'Задание с кодом %s уже существует', 'В области видимости уже есть задание с таким кодом.', 'Выберите другой код.'),
  ('de', 'Ein Auftrag mit dem Code %s existiert', 'Der Bereich hat einen Auftrag mit diesem Code.', 'Wählen Sie einen anderen Code.'),
  ('fr', 'Une tâche avec le code %s existe', 'La portée a déjà une tâche avec ce code.', 'Choisissez un autre code.'),
  ('it', 'Esiste un lavoro con il codice %s', 'L''ambito ha già un lavoro con questo codice.', 'Scegliere un altro codice.'),
  ('es', 'Existe un trabajo con el código %s', 'El ámbito ya tiene un trabajo con este código.', 'Elija otro código.')
  ) AS t (locale, message, description, resolution);

SELECT BuildException('JobExists', 'pCode text', 'ERR-400-110', 'a job of the scope has the code', NULL,
                      'RaiseErrorAs(''ERR-400-000'', ');
