-- Lookups. A class inherits states and methods of the classes above it, the nearest one wins: by
-- distance in the tree (db.class_ancestor). What is called again and again is PL/pgSQL, whose plans
-- a connection keeps; one-line SQL functions are planned at each call.

-- GetEntity -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetEntity (
  pCode         text
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT id FROM db.entity WHERE code = pCode);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetEntity (text) IS
$$Finds an entity by its code.

pCode    code
Returns  entity; null when there is none$$;

-- GetEntityCode ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetEntityCode (
  pId           uuid
) RETURNS       text
AS $$
BEGIN
  RETURN COALESCE((SELECT code FROM db.entity WHERE id = pId),
                  (SELECT e.code FROM db.class_tree c INNER JOIN db.entity e ON e.id = c.entity WHERE c.id = pId));
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetEntityCode (uuid) IS
$$Gives the code of an entity.

pId      the entity, or one of its classes
Returns  code; null when there is neither$$;

-- GetClass --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetClass (
  pCode         text
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT id FROM db.class_tree WHERE code = pCode);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetClass (text) IS
$$Finds a class by its code.

pCode    code
Returns  class; null when there is none$$;

-- GetClassEntity --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetClassEntity (
  pClass        uuid
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT entity FROM db.class_tree WHERE id = pClass);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetClassEntity (uuid) IS
$$Gives the entity of a class.

pClass   class
Returns  entity$$;

-- GetType ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetType (
  pClass        uuid,
  pCode         text
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT id FROM db.type WHERE class = pClass AND code = pCode);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetType (uuid, text) IS
$$Finds a type of a class by its code.

pClass   class
pCode    code
Returns  type; null when there is none$$;

-- GetType ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetType (
  pCode         text,
  pClass        text DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT t.id
            FROM db.class_tree c
           INNER JOIN db.type t ON t.class = c.id
           WHERE c.code = COALESCE(pClass, substr(pCode, strpos(pCode, '.') + 1))
             AND t.code = pCode);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetType (text, text) IS
$$Finds a type by its code.

pCode    code of the type
pClass   code of its class; null: what follows the first dot of pCode
Returns  type; null when there is none$$;

-- GetTypeCodes ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetTypeCodes (
  pClass        uuid
) RETURNS       text[]
AS $$
  SELECT array_agg(code ORDER BY code) FROM db.type WHERE class = pClass;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetTypeCodes (uuid) IS
$$Lists the codes of the types of a class.

pClass   class
Returns  codes; null when it has no type$$;

-- CodeToType ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION CodeToType (
  pCode         text,
  pEntity       text
) RETURNS       uuid
AS $$
DECLARE
  uId           uuid;
BEGIN
  IF length(pCode) = 36 AND substr(pCode, 15, 1) = '4' THEN
    RETURN pCode::uuid;
  END IF;

  IF strpos(pCode, '.') = 0 THEN
    pCode := concat_ws('.', pCode, pEntity);
  END IF;

  -- The types of message.inbox and message.outbox end in the code of a class below the entity.
  uId := COALESCE(GetType(pCode),
                  (SELECT t.id
                     FROM db.entity e
                    INNER JOIN db.class_tree c ON c.entity = e.id
                    INNER JOIN db.type t ON t.class = c.id
                    WHERE e.code = pEntity AND t.code = pCode
                    ORDER BY c.level
                    LIMIT 1));

  IF uId IS NULL AND pCode IS NOT NULL THEN
    PERFORM IncorrectCode(pCode, COALESCE(
      (SELECT array_agg(t.code ORDER BY c.level, t.code)
         FROM db.entity e
        INNER JOIN db.class_tree c ON c.entity = e.id
        INNER JOIN db.type t ON t.class = c.id
        WHERE e.code = pEntity),
      GetTypeCodes(GetClass(pEntity)), '{}'::text[]));
  END IF;

  RETURN uId;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION CodeToType (text, text) IS
$$Turns what a client calls a type into the type.

pCode    id of a type; or its code, whose .ENTITY may be left out
pEntity  code of the entity or of the class
Returns  type; null when pCode is null
Raises   IncorrectCode with the codes there are, when none matches$$;

-- GetStateType ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetStateType (
  pCode         text
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT id FROM db.state_type WHERE code = pCode);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetStateType (text) IS
$$Finds a kind of state by its code: created, enabled, disabled or deleted.

pCode    code
Returns  kind of state; null when there is none$$;

-- GetState --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetState (
  pClass        uuid,
  pCode         text
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT s.id
            FROM db.class_ancestor a
           INNER JOIN db.state s ON s.class = a.ancestor
           WHERE a.class = pClass AND s.code = pCode
           ORDER BY a.distance
           LIMIT 1);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetState (uuid, text) IS
$$Finds a state of a class by its code, in the class and all classes above it.

pClass   class
pCode    code
Returns  state of the nearest class; null when there is none$$;

-- GetState --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetState (
  pClass        uuid,
  pType         uuid
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT s.id
            FROM db.class_ancestor a
           INNER JOIN db.state s ON s.class = a.ancestor
           WHERE a.class = pClass AND s.type = pType
           ORDER BY a.distance, s.sequence, s.code
           LIMIT 1);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetState (uuid, uuid) IS
$$Finds the first state of a kind, in the class and all classes above it.

pClass   class
pType    kind of state
Returns  first state of that kind of the nearest class; null when there is none$$;

-- GetStateTypeByState ---------------------------------------------------------
CREATE OR REPLACE FUNCTION GetStateTypeByState (
  pState        uuid
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT type FROM db.state WHERE id = pState);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetStateTypeByState (uuid) IS
$$Gives the kind of a state.

pState   state
Returns  kind of state$$;

-- GetStateTypeCodeByState -----------------------------------------------------
CREATE OR REPLACE FUNCTION GetStateTypeCodeByState (
  pState        uuid
) RETURNS       text
AS $$
BEGIN
  RETURN (SELECT t.code FROM db.state s INNER JOIN db.state_type t ON t.id = s.type WHERE s.id = pState);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetStateTypeCodeByState (uuid) IS
$$Gives the code of the kind of a state.

pState   state
Returns  created, enabled, disabled or deleted$$;

-- GetAction -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetAction (
  pCode         text
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT id FROM db.action WHERE code = pCode);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetAction (text) IS
$$Finds an action by its code.

pCode    code
Returns  action; null when there is none$$;

-- GetMethod -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetMethod (
  pClass        uuid,
  pAction       uuid,
  pState        uuid DEFAULT NULL
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT m.id
            FROM db.class_ancestor a
           INNER JOIN db.method m ON m.class = a.ancestor
           WHERE a.class = pClass
             AND a.concrete
             AND m.action = pAction
             AND (m.state = pState OR (pState IS NULL AND m.state IS NULL))
           ORDER BY a.distance, m.sequence, m.id
           LIMIT 1);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetMethod (uuid, uuid, uuid) IS
$$Finds the method that serves an action in a state, in the class and the classes above it.

Methods are not inherited from an abstract class, nor from beyond it.
pClass   class
pAction  action
pState   state; null finds a state-less method only
Returns  method of the nearest class; null when there is none$$;

-- GetObjectMethod -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectMethod (
  pObject       uuid,
  pAction       uuid
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT GetMethod(o.class, pAction, o.state) FROM db.object o WHERE o.id = pObject);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetObjectMethod (uuid, uuid) IS
$$Finds the method that serves an action on an object in the state in which it is.

pObject  object
pAction  action
Returns  method; null when there is none$$;

-- GetNewState -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetNewState (
  pMethod       uuid
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT newstate FROM db.transition WHERE method = pMethod);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetNewState (uuid) IS
$$Gives the state that a method leads to.

pMethod  method
Returns  state; null: the state stays$$;

-- IsVisibleMethod -------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsVisibleMethod (
  pId           uuid
) RETURNS       boolean
AS $$
  SELECT visible FROM db.method WHERE id = pId;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION IsVisibleMethod (uuid) IS
$$Tells whether a method is offered to people.

pId      method
Returns  true or false; null when there is no such method$$;

-- IsHiddenMethod --------------------------------------------------------------
CREATE OR REPLACE FUNCTION IsHiddenMethod (
  pId           uuid
) RETURNS       boolean
AS $$
  SELECT NOT visible FROM db.method WHERE id = pId;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION IsHiddenMethod (uuid) IS
$$Tells whether a method is for programs only.

pId      method
Returns  true or false; null when there is no such method$$;

-- GetEventType ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetEventType (
  pCode         text
) RETURNS       uuid
AS $$
  SELECT id FROM db.event_type WHERE code = pCode;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION GetEventType (text) IS
$$Finds a kind of event by its code: parent, event or plpgsql.

pCode    code
Returns  kind of event; null when there is none$$;

-- GetPriority -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetPriority (
  pCode         text
) RETURNS       uuid
AS $$
  SELECT id FROM db.priority WHERE code = pCode;
$$ LANGUAGE sql STABLE STRICT;

COMMENT ON FUNCTION GetPriority (text) IS
$$Finds a priority by its code.

pCode    code
Returns  priority; null when there is none$$;
