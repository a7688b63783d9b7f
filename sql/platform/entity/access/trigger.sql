-- db.class_acl follows the rights in classes.

CREATE OR REPLACE FUNCTION db.ft_acu_class_acl ()
RETURNS         trigger
AS $$
BEGIN
  PERFORM RefreshClassAcl(c.class) FROM (SELECT DISTINCT class FROM changed) c;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_acu_class_acl () IS
'Works out the set of rights of new objects for the classes whose rights were changed.';

CREATE OR REPLACE TRIGGER t_acu_class_acl_insert
  AFTER INSERT ON db.acu
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT
  EXECUTE FUNCTION db.ft_acu_class_acl();

CREATE OR REPLACE TRIGGER t_acu_class_acl_update
  AFTER UPDATE ON db.acu
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT
  EXECUTE FUNCTION db.ft_acu_class_acl();

CREATE OR REPLACE TRIGGER t_acu_class_acl_delete
  AFTER DELETE ON db.acu
  REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT
  EXECUTE FUNCTION db.ft_acu_class_acl();
