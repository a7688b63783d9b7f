-- What messages keep right by themselves, and who is told of a new one.

-- db.message: before update ---------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_message_before_update ()
RETURNS         trigger
AS $$
BEGIN
  NEW.code := OLD.code;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_message_before_update () IS
'Keeps the code of a message: other systems know the message by it.';

CREATE OR REPLACE TRIGGER t_message_before_update
  BEFORE UPDATE OF code ON db.message
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_message_before_update();

-- db.message: after insert ----------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_message_after_insert ()
RETURNS         trigger
AS $$
BEGIN
  -- A payload of NOTIFY is below 8000 bytes: whoever needs the whole text reads the message.
  PERFORM pg_notify('message', json_build_object(
            'id', NEW.id, 'class', c.code, 'type', t.code, 'agent', r.code, 'code', left(NEW.code, 200),
            'profile', left(NEW.profile, 200), 'address', left(NEW.address, 200), 'subject', left(NEW.subject, 200))::text)
     FROM db.object o
    INNER JOIN db.class_tree c ON c.id = o.class
    INNER JOIN db.reference r ON r.id = NEW.agent
    INNER JOIN db.type t ON t.id = r.type
    WHERE o.id = NEW.id;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_message_after_insert () IS
'Tells channel message of a new message, long texts cut to 200 characters.';

CREATE OR REPLACE TRIGGER t_message_after_insert
  AFTER INSERT ON db.message
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_message_after_insert();
