SELECT CreateEntityObject(NULL);

-- Errors of objects that other systems of this kind do not know; the codes are never given twice.
SELECT LoadErrorCode('ERR-412-001', 412, 'E', 'entity');

SELECT LoadErrorText('ERR-412-001', t.locale, t.message, t.description, t.resolution)
  FROM (VALUES
  ('en', 'The object was changed in the meantime',
   'The request wants another version of the object than there is.', 'Read the object again and repeat the change.'),
  ('ru', 'Объект тем временем изменён',
   'Запрос относится не к той версии объекта, которая есть.', 'Прочитайте объект заново и повторите изменение.'),
  ('de', 'Das Objekt wurde inzwischen geändert',
   'Die Anfrage gilt einer anderen Fassung des Objekts als der vorhandenen.', 'Lesen Sie das Objekt neu und wiederholen Sie die Änderung.'),
  ('fr', 'L''objet a été modifié entre-temps',
   'La requête concerne une autre version de l''objet que la version actuelle.', 'Relisez l''objet et répétez la modification.'),
  ('it', 'L''oggetto è stato modificato nel frattempo',
   'La richiesta riguarda una versione dell''oggetto diversa da quella attuale.', 'Rileggere l''oggetto e ripetere la modifica.'),
  ('es', 'El objeto se ha modificado entretanto',
   'La petición se refiere a otra versión del objeto que la actual.', 'Lea el objeto de nuevo y repita el cambio.')
  ) AS t (locale, message, description, resolution);
