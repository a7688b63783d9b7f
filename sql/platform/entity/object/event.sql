-- Handlers of class object: every class comes to them by its parents.

-- EventObjectDrop -------------------------------------------------------------
CREATE OR REPLACE FUNCTION EventObjectDrop (
  pObject       uuid DEFAULT context_object()
) RETURNS       void
AS $$
DECLARE
  vLabel        text := GetObjectLabel(pObject);
  vClass        text := GetClassCode(GetObjectClass(pObject));
  vTable        text;
BEGIN
  -- Modules that come later keep their own rows about objects.
  FOREACH vTable IN ARRAY '{db.comment,db.notice,db.log}'::text[]
  LOOP
    IF to_regclass(vTable) IS NOT NULL THEN
      EXECUTE format('DELETE FROM %s WHERE object = $1', vTable) USING pObject;
    END IF;
  END LOOP;

  PERFORM set_config('object.drop', pObject::text, true);
  UPDATE db.object SET parent = NULL WHERE parent = pObject;
  PERFORM set_config('object.drop', '', true);

  -- Texts, links, groups, attachments, data, notifications go with the row; history and places by its trigger.
  DELETE FROM db.object WHERE id = pObject;

  PERFORM WriteToEventLog('W', 2005, 'workflow', 'drop', format('Object %s "%s" of class %s was destroyed.', pObject, vLabel, vClass));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EventObjectDrop (uuid) IS
$$Handler of action drop of class object: destroys the object with all that hangs on it.

Children stay and lose their parent; files stay and are no longer attached.
pObject  object, by default that of the context
Raises   AccessDenied$$;

SELECT BuildHandlers('Object');
