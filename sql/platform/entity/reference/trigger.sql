-- What db.reference and its texts keep right by themselves.

-- reference: type -------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_reference_before_update_type ()
RETURNS         trigger
AS $$
BEGIN
  SELECT t.class, c.entity INTO NEW.class, NEW.entity
    FROM db.type t
   INNER JOIN db.class_tree c ON c.id = t.class
   WHERE t.id = NEW.type;

  IF NEW.entity IS DISTINCT FROM OLD.entity THEN
    PERFORM IncorrectEntity();
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_reference_before_update_type () IS 'Sets class and entity of a reference from its type.';

CREATE OR REPLACE TRIGGER t_reference_before_update_type
  BEFORE UPDATE OF type ON db.reference
  FOR EACH ROW
  WHEN (NEW.type <> OLD.type)
  EXECUTE FUNCTION db.ft_reference_before_update_type();

-- reference_text: name --------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_reference_text_update_name ()
RETURNS         trigger
AS $$
BEGIN
  PERFORM EditObjectText(NEW.reference, COALESCE(NEW.name, ''), NULL, NEW.locale);
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_reference_text_update_name () IS 'Carries a new name of a reference over to the label of its object.';

CREATE OR REPLACE TRIGGER t_reference_text_update_name
  AFTER UPDATE OF name ON db.reference_text
  FOR EACH ROW
  WHEN (NEW.name IS DISTINCT FROM OLD.name)
  EXECUTE FUNCTION db.ft_reference_text_update_name();
