-- Objects of any class.
SELECT BuildEntityLists('object'), BuildEntityRoutes('object');

-- DelegateAdd -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DelegateAdd (
  pRoute        text,
  pType         uuid,
  pValues       jsonb
) RETURNS       uuid
AS $$
DECLARE
  r             record;
  p             record;
  vArguments    text := '';
  uId           uuid;
BEGIN
  SELECT c.code, c.abstract INTO r
    FROM db.type t
   INNER JOIN db.class_tree c ON c.id = t.class
   WHERE t.id = pType;

  IF NOT FOUND THEN
    PERFORM ObjectNotFound('type', 'id', pType);
  ELSIF r.abstract THEN
    PERFORM AbstractError();
  END IF;

  SELECT f.oid, f.proargnames, f.proargtypes::oid[] AS types, f.pronargs, f.pronargs - f.pronargdefaults AS required INTO p
    FROM pg_proc f
   WHERE f.pronamespace = 'api'::regnamespace AND f.proname = 'add_' || r.code AND f.prorettype = 'uuid'::regtype
   ORDER BY f.pronargs DESC
   LIMIT 1;

  IF NOT FOUND THEN
    PERFORM OperationNotPossible();
  END IF;

  pValues := pValues || jsonb_build_object('ptype', pType);
  FOR i IN 1 .. p.pronargs
  LOOP
    IF COALESCE(pValues->>(p.proargnames[i]), '') <> '' OR i <= p.required THEN
      IF pValues->>(p.proargnames[i]) IS NULL AND p.proargnames[i] NOT IN ('pparent', 'pcode') THEN
        PERFORM JsonKeyNotFound(pRoute, substr(p.proargnames[i], 2));
      END IF;
      vArguments := vArguments || format(', %I => ($1->>%L)::%s', p.proargnames[i], p.proargnames[i],
                                         format_type(p.types[array_lower(p.types, 1) + i - 1], NULL));
    END IF;
  END LOOP;

  EXECUTE format('SELECT api.%I(%s)', 'add_' || r.code, substr(vArguments, 3)) INTO uId USING pValues;
  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION DelegateAdd (text, uuid, jsonb) IS
$$Adds an object by the function of its class, so that it has all its rows and passes action create.

pRoute   route, for the message
pType    type
pValues  values by the names of parameters: pparent, plabel, pname, pdescription, pcode
Returns  its id
Raises   ObjectNotFound for an unknown type; AbstractError; JsonKeyNotFound when the class needs
         more; OperationNotPossible when objects of the class cannot be added$$;

-- api.add_object --------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.add_object (
  pParent       uuid,
  pType         uuid,
  pLabel        text DEFAULT NULL,
  pData         text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN DelegateAdd('/object/set', pType, jsonb_build_object('pparent', pParent, 'plabel', pLabel, 'pname', pLabel, 'pdescription', pData));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.add_object (uuid, uuid, text, text) IS
$$Adds an object of the class of a type.

pParent  object that it belongs to
pType    type
pLabel   label, or name
pData    description
Returns  its id
Raises   as DelegateAdd()$$;

-- api.update_object -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.update_object (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pData         text DEFAULT NULL
) RETURNS       void
AS $$
BEGIN
  PERFORM EditObject(pId, pParent, pType, pLabel, pData, current_locale());
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.update_object (uuid, uuid, uuid, text, text) IS
$$Changes what every object has, its texts in the current locale only.

pId      object
pParent  new parent; null keeps, null_uuid() clears
pType    new type of the same entity; null keeps
pLabel   new label; null keeps, an empty string clears
pData    new text; null keeps, an empty string clears
Raises   ObjectNotFound, AccessDenied, IncorrectEntity$$;

-- api.set_object --------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object (
  pId           uuid,
  pParent       uuid DEFAULT NULL,
  pType         uuid DEFAULT NULL,
  pLabel        text DEFAULT NULL,
  pData         text DEFAULT NULL
) RETURNS       SETOF api.object
AS $$
BEGIN
  IF pId IS NULL THEN
    pId := api.add_object(pParent, pType, pLabel, pData);
  ELSE
    PERFORM api.update_object(pId, pParent, pType, pLabel, pData);
  END IF;

  RETURN QUERY SELECT * FROM api.get_object(pId);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object (uuid, uuid, uuid, text, text) IS
$$Adds an object when no id is given, else changes it.

pId      object
pParent  object that it belongs to
pType    type
pLabel   label
pData    text
Returns  the object
Raises   as api.add_object() and api.update_object()$$;

-- api.get_object --------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object (
  pId           uuid
) RETURNS       SETOF api.object
AS $$
BEGIN
  IF EXISTS (SELECT FROM db.object o
              WHERE o.id = pId AND o.scope = current_scope() AND ObjectMask(o.acl, o.owner) & B'100' = B'100') THEN
    PERFORM ReplyVersion(pId);
    RETURN QUERY SELECT * FROM rows_object(ARRAY[pId]);
  END IF;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object (uuid) IS
$$Returns an object of the current scope that the current user may read.

pId      object
Returns  the object; no row when there is none$$;

-- api.get_object_label --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_object_label (
  pObject       uuid
) RETURNS       text
AS $$
BEGIN
  IF NOT CheckObjectAccess(pObject, B'100') THEN
    PERFORM ObjectNotFound('object', 'id', pObject);
  END IF;
  RETURN GetObjectLabel(pObject);
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_object_label (uuid) IS
$$Gives the label of an object.

pObject  object
Raises   ObjectNotFound, also when the user may not read it$$;

-- api.set_object_label --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.set_object_label (
  pObject       uuid,
  pLabel        text,
  OUT id        uuid,
  OUT result    boolean,
  OUT message   text
) RETURNS       record
AS $$
BEGIN
  id := pObject;
  PERFORM SetObjectLabel(pObject, pLabel, NULL);
  result := GetObjectClass(pObject) IS NOT NULL;
  message := CASE WHEN result THEN SuccessMessage() ELSE ErrorText('ERR-400-030', 'object', 'id', pObject::text) END;
EXCEPTION
WHEN others THEN
  result := false;
  message := SQLERRM;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.set_object_label (uuid, text) IS
$$Changes the label of an object in every locale in which it has one; never raises.

pObject  object
pLabel   label
id       the object
result   it was changed
message  success, or what went wrong$$;

-- api.object_force_delete -----------------------------------------------------
CREATE OR REPLACE FUNCTION api.object_force_delete (
  pId           uuid
) RETURNS       void
AS $$
DECLARE
  r             record := LockObject(pId);
  uState        uuid;
BEGIN
  SELECT s.id INTO uState FROM db.state s WHERE s.class = r.class AND s.code = 'deleted';
  IF NOT FOUND THEN
    PERFORM StateByCodeNotFound(pId, 'deleted');
  END IF;

  PERFORM AddObjectState(pId, uState);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.object_force_delete (uuid) IS
$$Puts an object into state deleted, whatever its state has methods for; no event is run.

pId     object
Raises  ObjectNotFound, AccessDenied; StateByCodeNotFound when its class has no such state$$;

-- api.object_access -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.object_access (
  pId           uuid
) RETURNS       SETOF api.object_access
AS $$
BEGIN
  IF CheckObjectAccess(pId, B'100') THEN
    RETURN QUERY SELECT * FROM api.object_access WHERE object = pId;
  END IF;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.object_access (uuid) IS
$$Lists who has which rights in an object that the current user may read.

pId  object$$;

-- api.decode_object_access ----------------------------------------------------
CREATE OR REPLACE FUNCTION api.decode_object_access (
  pId           uuid,
  pUserId       uuid DEFAULT NULL,
  OUT s         boolean,
  OUT u         boolean,
  OUT d         boolean
) RETURNS       record
AS $$
DECLARE
  r             record := DecodeObjectAccess(pId, COALESCE(pUserId, current_userid()));
BEGIN
  s := r.s;
  u := r.u;
  d := r.d;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.decode_object_access (uuid, uuid) IS
$$Gives the rights of a user in an object as three flags.

pId      object
pUserId  user, by default the current one
s        select
u        update
d        delete$$;

-- api.chmodo ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.chmodo (
  pObject       uuid,
  pMask         integer,
  pUserId       uuid DEFAULT current_userid()
) RETURNS       void
AS $$
BEGIN
  PERFORM chmodo(pObject, pMask::bit(6), COALESCE(pUserId, current_userid()));
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.chmodo (uuid, integer, uuid) IS
$$Sets the rights of a user or group in an object.

pObject  object
pMask    six bits as a number: three denied, three allowed, each select update delete; 0 or null: no longer named
pUserId  user or group, by default the current user
Raises   AccessDenied unless the caller is an administrator; ObjectNotFound, UserNotFound$$;

-- histories -------------------------------------------------------------------
SELECT BuildListFunctions(v)
  FROM unnest('{object_state_history,object_method_history,object_group,object_link,object_file,object_data,object_coordinates}'::text[]) AS v;

DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT * FROM (VALUES ('object_state_history'), ('object_method_history'), ('object_group'), ('object_link')) AS t (view)
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION api.get_%1$s (
  pId           uuid
) RETURNS       SETOF api.%1$I
AS 'BEGIN RETURN QUERY SELECT * FROM api.%1$I WHERE id = pId; END;' LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp$fmt$, r.view);
    EXECUTE format('COMMENT ON FUNCTION api.get_%s (uuid) IS %L', r.view,
      format(E'Returns one row of api.%s; no row when there is none.\n\npId  identifier', r.view));
  END LOOP;
END;
$do$;
