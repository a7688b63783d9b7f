-- What the tables of the workflow keep right by themselves. Marking the resolved workflow as stale
-- is in trigger_resolved.sql.

-- class_tree: level -----------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_class_tree_before ()
RETURNS         trigger
AS $$
BEGIN
  NEW.level := COALESCE((SELECT max(a.distance) + 1 FROM db.class_ancestor a WHERE a.class = NEW.parent), 0);
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_class_tree_before () IS 'Sets the level of a class: one more than that of its parent.';

CREATE OR REPLACE TRIGGER t_class_tree_before
  BEFORE INSERT OR UPDATE OF parent, level ON db.class_tree
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_class_tree_before();

-- class_tree: ancestors -------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_class_tree_ancestor ()
RETURNS         trigger
AS $$
BEGIN
  PERFORM RebuildClassAncestors(NEW.id);
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_class_tree_ancestor () IS 'Works out the ancestors of a class and of all classes below it.';

-- Triggers fire in the order of their names: the rights below need no ancestors, the lookups do.
CREATE OR REPLACE TRIGGER t_class_tree_ancestor_insert
  AFTER INSERT ON db.class_tree
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_class_tree_ancestor();

CREATE OR REPLACE TRIGGER t_class_tree_ancestor_update
  AFTER UPDATE OF parent, abstract ON db.class_tree
  FOR EACH ROW
  WHEN (NEW.parent IS DISTINCT FROM OLD.parent OR NEW.abstract <> OLD.abstract)
  EXECUTE FUNCTION db.ft_class_tree_ancestor();

-- class_tree: rights ----------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_class_tree_insert ()
RETURNS         trigger
AS $$
BEGIN
  IF NEW.parent IS NULL THEN
    INSERT INTO db.acu (class, userid, deny, allow) VALUES
      (NEW.id, '00000000-0000-4000-a000-000000000001', B'00000', B'11111'),  -- group administrator
      (NEW.id, '00000000-0000-4000-a002-000000000001', B'00000', B'01110');  -- user apibot
    RETURN NULL;
  END IF;

  INSERT INTO db.acu (class, userid, deny, allow)
  SELECT NEW.id, userid, deny, allow
    FROM db.acu
   WHERE class = NEW.parent;

  INSERT INTO db.acu (class, userid, deny, allow)
  SELECT NEW.id, g.userid, B'00000', g.allow
    FROM (VALUES
      ('document',  '00000000-0000-4000-a000-000000000002'::uuid, B'11000'),  -- group user
      ('reference', '00000000-0000-4000-a000-000000000002'::uuid, B'10100'),  -- group user
      ('message',   '00000000-0000-4000-a002-000000000002'::uuid, B'01110'),  -- user mailbot
      ('agent',     '00000000-0000-4000-a002-000000000002'::uuid, B'01100')   -- user mailbot
    ) AS g (code, userid, allow)
   WHERE g.code = NEW.code
      ON CONFLICT (class, userid) DO UPDATE SET deny = excluded.deny, allow = excluded.allow;

  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_class_tree_insert () IS
'Gives a new class its rights: those of its parent, and what the four classes named here add.';

CREATE OR REPLACE TRIGGER t_class_tree_insert
  AFTER INSERT ON db.class_tree
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_class_tree_insert();

CREATE OR REPLACE FUNCTION db.ft_class_tree_before_delete ()
RETURNS         trigger
AS $$
BEGIN
  DELETE FROM db.acu WHERE class = OLD.id;
  RETURN OLD;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_class_tree_before_delete () IS 'Removes the rights in a class that is deleted.';

CREATE OR REPLACE TRIGGER t_class_tree_before_delete
  BEFORE DELETE ON db.class_tree
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_class_tree_before_delete();

-- acu, amu: mask --------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_access_mask ()
RETURNS         trigger
AS $$
BEGIN
  NEW.mask := NEW.allow & ~NEW.deny;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_access_mask () IS 'Sets the mask of a row of rights: allowed and not denied.';

CREATE OR REPLACE TRIGGER t_acu_before
  BEFORE INSERT OR UPDATE ON db.acu
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_access_mask();

CREATE OR REPLACE TRIGGER t_amu_before
  BEFORE INSERT OR UPDATE ON db.amu
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_access_mask();

-- method ----------------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_method_before_insert ()
RETURNS         trigger
AS $$
BEGIN
  IF NULLIF(NEW.code, '') IS NULL THEN
    NEW.code := MethodCode(NEW.state, NEW.action);
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_method_before_insert () IS 'Gives a method without a code its code: STATE:ACTION.';

CREATE OR REPLACE TRIGGER t_method_before_insert
  BEFORE INSERT ON db.method
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_method_before_insert();

CREATE OR REPLACE FUNCTION db.ft_method_after_insert ()
RETURNS         trigger
AS $$
BEGIN
  INSERT INTO db.amu (method, userid, deny, allow)
  SELECT NEW.id, userid, B'000', CASE WHEN NEW.visible THEN B'111' ELSE B'101' END
    FROM db.acu
   WHERE class = NEW.class;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_method_after_insert () IS
'Lets everybody who has a row of rights in the class execute a new method.';

CREATE OR REPLACE TRIGGER t_method_after_insert
  AFTER INSERT ON db.method
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_method_after_insert();

CREATE OR REPLACE FUNCTION db.ft_method_before_delete ()
RETURNS         trigger
AS $$
BEGIN
  DELETE FROM db.transition WHERE method = OLD.id;
  DELETE FROM db.amu WHERE method = OLD.id;
  RETURN OLD;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_method_before_delete () IS 'Removes the transition of a method and the rights in it.';

CREATE OR REPLACE TRIGGER t_method_before_delete
  BEFORE DELETE ON db.method
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_method_before_delete();
