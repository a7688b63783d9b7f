-- What db.object keeps right by itself, whoever writes to it.

-- IsTrustedLogin --------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsTrustedLogin ()
RETURNS         boolean
AS $$
  SELECT session_user IN ('kernel', 'postgres') OR IsKernel();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IsTrustedLogin () IS
'Tells whether the connection belongs to the owner of the database: it may change any object.';

-- CheckIfMatch ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckIfMatch (
  pVersion      bigint
) RETURNS       void
AS $$
DECLARE
  vWanted       text := current_setting('request.if_match', true);
BEGIN
  IF vWanted IS NULL OR vWanted = '' THEN
    RETURN;
  END IF;

  -- It holds for the first object that a request changes: the one that it is about.
  PERFORM set_config('request.if_match', '', true);
  IF btrim(vWanted, 'W/" ') IS DISTINCT FROM pVersion::text AND (vWanted <> '*' OR pVersion IS NULL) THEN
    PERFORM RaiseError('ERR-412-001');
  END IF;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckIfMatch (bigint) IS
$$Passes when the request wants the version that an object has, or does not say which it wants.

pVersion  version of the object; null: it does not exist yet
Raises    ERR-412-001 when the setting request.if_match names another version$$;

-- before update ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_object_before_update ()
RETURNS         trigger
AS $$
DECLARE
  r             record;
BEGIN
  -- When an object is dropped its children lose their parent, whoever owns them.
  IF NOT IsTrustedLogin()
  AND ObjectMask(OLD.acl, OLD.owner) & B'010' <> B'010'
  AND (NEW.parent IS NULL AND OLD.parent::text = current_setting('object.drop', true)) IS NOT TRUE THEN
    PERFORM AccessDenied();
  END IF;

  PERFORM CheckIfMatch(OLD.version);

  IF NEW.type <> OLD.type THEN
    SELECT t.class, c.entity, c.abstract INTO r
      FROM db.type t
     INNER JOIN db.class_tree c ON c.id = t.class
     WHERE t.id = NEW.type;

    IF r.entity IS DISTINCT FROM OLD.entity THEN
      PERFORM IncorrectEntity();
    ELSIF r.abstract THEN
      PERFORM AbstractError();
    END IF;
    NEW.class := r.class;
    NEW.entity := r.entity;
  END IF;

  IF NEW.class <> OLD.class AND OLD.state IS NOT NULL THEN
    NEW.state := GetState(NEW.class, OLD.state_type);
    UPDATE db.object_state
       SET state = NEW.state
     WHERE object = OLD.id AND state = OLD.state AND NEW.state <> OLD.state;
  END IF;

  IF NEW.state IS DISTINCT FROM OLD.state THEN
    NEW.state_type := GetStateTypeByState(NEW.state);
  END IF;

  IF NEW.scope <> OLD.scope AND NEW.scope <> current_scope() THEN
    NEW.scope := OLD.scope;
  END IF;

  IF NEW.owner <> OLD.owner THEN
    NEW.acl := OwnerAcl(RestoreClassEntry(OLD.acl, OLD.class, OLD.owner), NEW.owner);
  END IF;

  NEW.parent := CheckNull(NEW.parent);
  NEW.oper := COALESCE(current_userid(), OLD.oper);
  NEW.ldate := oper_date();
  NEW.udate := now();
  NEW.version := OLD.version + 1;

  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_object_before_update () IS
$$Lets an object be changed by who may, and sets what follows from the change: class, entity and
state from the type, kind of state, rights of a new owner, who changed it when, the version.$$;

-- Rights are for administrators and do not make a new version.
CREATE OR REPLACE TRIGGER t_object_before_update
  BEFORE UPDATE OF parent, scope, entity, class, type, state_type, state, owner, pdate, udate ON db.object
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_object_before_update();

-- before delete ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_object_before_delete ()
RETURNS         trigger
AS $$
BEGIN
  IF current_userid() IS NOT NULL OR NOT IsKernel() THEN
    IF ObjectMask(OLD.acl, OLD.owner) & B'001' <> B'001' THEN
      PERFORM AccessDenied();
    END IF;
  END IF;

  DELETE FROM db.object_coordinates WHERE object = OLD.id;
  DELETE FROM db.object_state WHERE object = OLD.id;

  RETURN OLD;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_object_before_delete () IS
'Lets an object be destroyed by who may, and takes its history and its places along.';

CREATE OR REPLACE TRIGGER t_object_before_delete
  BEFORE DELETE ON db.object
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_object_before_delete();

-- object_state: deleted -------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_object_state_delete ()
RETURNS         trigger
AS $$
BEGIN
  IF OLD.validtodate = MAXDATE() THEN
    UPDATE db.object SET state = NULL WHERE id = OLD.object AND state = OLD.state;
  END IF;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_object_state_delete () IS
'Takes the state from an object whose open row of the history is deleted.';

CREATE OR REPLACE TRIGGER t_object_state_change
  AFTER DELETE ON db.object_state
  FOR EACH ROW
  WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION db.ft_object_state_delete();
