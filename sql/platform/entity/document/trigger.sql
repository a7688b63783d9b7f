-- What db.document keeps right by itself.

CREATE OR REPLACE FUNCTION db.ft_document_before_update ()
RETURNS         trigger
AS $$
DECLARE
  r             record;
BEGIN
  IF NEW.type <> OLD.type THEN
    SELECT t.class, c.entity INTO r
      FROM db.type t
     INNER JOIN db.class_tree c ON c.id = t.class
     WHERE t.id = NEW.type;

    IF r.entity IS DISTINCT FROM OLD.entity THEN
      PERFORM IncorrectEntity();
    END IF;
    NEW.class := r.class;
    NEW.entity := r.entity;
  END IF;

  IF NEW.area <> OLD.area THEN
    IF (SELECT scope FROM db.area WHERE id = NEW.area) IS DISTINCT FROM OLD.scope THEN
      PERFORM ChangeAreaError();
    END IF;
    UPDATE db.object SET area = NEW.area, udate = now() WHERE id = NEW.object;
  END IF;

  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_document_before_update () IS
'Sets class and entity of a document from its type, and carries a new area over to the object.';

CREATE OR REPLACE TRIGGER t_document_before_update
  BEFORE UPDATE OF type, area ON db.document
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_document_before_update();
