-- Functions that configurations call; the dispatchers use them, too.
SELECT BuildListFunctions(v)
  FROM unnest(ARRAY['entity', 'type', 'class', 'state', 'action', 'method', 'transition', 'event',
                    'priority', 'class_access', 'method_access']) AS v;

SELECT BuildWorkflowGet(v)
  FROM unnest(ARRAY['entity', 'type', 'class', 'state_type', 'state', 'action', 'method', 'transition',
                    'event_type', 'event', 'priority']) AS v;

SELECT BuildWorkflowSet(t.kind, string_to_array(t.arguments, ', '),
                        string_to_array(replace(t.arguments, ',', ' DEFAULT NULL,') || ' DEFAULT NULL', ', '))
  FROM (VALUES
    ('state',      'pClass uuid, pType uuid, pCode text, pLabel text, pSequence integer'),
    ('method',     'pParent uuid, pClass uuid, pState uuid, pAction uuid, pCode text, pLabel text, pSequence integer, pVisible boolean'),
    ('transition', 'pState uuid, pMethod uuid, pNewState uuid'),
    ('event',      'pClass uuid, pType uuid, pAction uuid, pLabel text, pText text, pSequence integer, pEnabled boolean')
  ) AS t (kind, arguments);

SELECT BuildWorkflowSet('type',
  ARRAY['pClass uuid', 'pCode text', 'pName text', 'pDescription text DEFAULT NULL'],
  ARRAY['pClass uuid DEFAULT NULL', 'pCode text DEFAULT NULL', 'pName text DEFAULT NULL',
        'pDescription text DEFAULT NULL']);

SELECT BuildWorkflowSet('class', a.a, a.a)
  FROM (VALUES (ARRAY['pParent uuid', 'pEntity uuid', 'pCode text', 'pLabel text',
                      'pAbstract boolean DEFAULT true'])) AS a (a);

-- api.class -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.class (
  pParent       uuid
) RETURNS       SETOF api.class
AS $$
BEGIN
  RETURN QUERY
    SELECT c.*
      FROM api.class c
     WHERE pParent IS NULL
        OR EXISTS (SELECT FROM db.class_ancestor a
                    WHERE a.class = c.id AND a.ancestor = pParent AND a.distance > 0)
     ORDER BY c.sortlist;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.class (uuid) IS
$$Lists the classes below a class, each after its parent.

pParent  class; null lists all$$;

-- api.copy_class --------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.copy_class (
  pSource       uuid,
  pDestination  uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM CopyClass(pSource, pDestination);
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.copy_class (uuid, uuid) IS
$$Copies the workflow of a class into another one.

pSource       class
pDestination  class
Raises        ObjectNotFound when one of them does not exist$$;

-- api.clone_class -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.clone_class (
  pParent       uuid,
  pEntity       uuid,
  pCode         text,
  pLabel        text,
  pAbstract     boolean DEFAULT false
) RETURNS       SETOF api.class
AS $$
DECLARE
  uId           uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM db.class_tree WHERE id = pParent) THEN
    PERFORM ObjectNotFound('class', 'id', pParent);
  END IF;

  uId := CloneClass(pParent, pEntity, pCode, pLabel, COALESCE(pAbstract, false));
  RETURN QUERY SELECT * FROM api.class WHERE id = uId;
END;
$$ LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.clone_class (uuid, uuid, text, text, boolean) IS
$$Adds a class below another one, with that one's workflow.

pParent    class that is cloned and inherited from
pEntity    entity
pCode      code
pLabel     label in the current locale
pAbstract  no object can be of this very class
Returns    the class
Raises     ObjectNotFound without the parent, RecordExists when the code is taken$$;

-- api.type --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.type (
  pEntity       uuid
) RETURNS       SETOF api.type
AS $$
BEGIN
  RETURN QUERY
    SELECT * FROM api.type WHERE entity = pEntity ORDER BY classcode, name;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.type (uuid) IS
$$Lists the types of all classes of an entity.

pEntity  entity$$;

-- api.get_type_id -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_type_id (
  pCode         text
) RETURNS       uuid
AS $$
BEGIN
  RETURN GetType(pCode);
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_type_id (text) IS
$$Finds a type by its code NAME.CLASS; null when there is none.

pCode  code$$;

-- api.state -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.state (
  pClass        uuid
) RETURNS       SETOF api.state
AS $$
BEGIN
  RETURN QUERY
    SELECT s.*
      FROM api.state s
     WHERE s.id IN (SELECT DISTINCT ON (i.code) i.id
                      FROM db.class_ancestor a
                     INNER JOIN db.state i ON i.class = a.ancestor
                     WHERE a.class = pClass
                     ORDER BY i.code, a.distance)
     ORDER BY s.sequence, s.type;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.state (uuid) IS
$$Lists the states of a class and those that it inherits: of states with one code the nearest.

pClass   class
Returns  the states by their sequence, whatever their kind$$;

-- api.state_by_type -----------------------------------------------------------
CREATE OR REPLACE FUNCTION api.state_by_type (
  pType         uuid
) RETURNS       SETOF api.state
AS $$
BEGIN
  RETURN QUERY
    SELECT s.*
      FROM db.type t
     INNER JOIN api.state s ON s.class = t.class
     WHERE t.id = pType
     ORDER BY s.type, s.sequence;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.state_by_type (uuid) IS
$$Lists the states of the class that a type belongs to.

pType    type
Returns  the states by kind and sequence$$;

-- api.get_methods -------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_methods (
  pClass        uuid,
  pState        uuid,
  pAction       uuid DEFAULT NULL
) RETURNS       SETOF api.method
AS $$
BEGIN
  RETURN QUERY
    SELECT *
      FROM api.method
     WHERE class = pClass
       AND (pState IS NULL OR state = pState)
       AND (pAction IS NULL OR action = pAction)
     ORDER BY sequence, code;
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_methods (uuid, uuid, uuid) IS
$$Lists the methods of a class in which the current user has rights.

pClass   class
pState   only those of the state; null: of any state and the state-less ones
pAction  only those of the action; null: of any
Returns  the methods by their sequence$$;

-- api.method ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.method (
  pClass        uuid,
  pState        uuid DEFAULT NULL
) RETURNS       SETOF api.method
AS $$
BEGIN
  RETURN QUERY
    SELECT * FROM api.get_methods(pClass, pState);
END;
$$ LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.method (uuid, uuid) IS
$$Lists the methods of a class in which the current user has rights.

pClass   class
pState   only those of the state; null: of any state and the state-less ones
Returns  the methods by their sequence$$;

-- api.get_methods_json --------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_methods_json (
  pClass        uuid,
  pState        uuid
) RETURNS       json
AS $$
  SELECT json_agg(m) FROM api.get_methods(pClass, pState) m;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_methods_json (uuid, uuid) IS
$$Lists the methods of a class in which the current user has rights, as one JSON array.

pClass   class
pState   only those of the state; null: of any state and the state-less ones
Returns  the array; null when there is none$$;

-- api.get_methods_jsonb -------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_methods_jsonb (
  pClass        uuid,
  pState        uuid
) RETURNS       jsonb
AS $$
  SELECT jsonb_agg(m) FROM api.get_methods(pClass, pState) m;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_methods_jsonb (uuid, uuid) IS
$$Lists the methods of a class in which the current user has rights, as one binary JSON array.

pClass   class
pState   only those of the state; null: of any state and the state-less ones
Returns  the array; null when there is none$$;
