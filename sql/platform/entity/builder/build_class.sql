-- The rows of an entity in the workflow. All of these add what is missing and leave the rest: an
-- editor of the workflow may have changed it, and an update must not undo that.

-- AddEntityClass --------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddEntityClass (
  pParent       uuid,
  pEntity       uuid,
  pClass        text
) RETURNS       uuid
AS $$
DECLARE
  r             record;
  j             jsonb := EntityDeclaration(pClass);
  uClass        uuid := GetClass(pClass);
BEGIN
  IF uClass IS NULL THEN
    uClass := AddClass(pParent, pEntity, pClass, NULL, COALESCE((j->'abstract')::boolean, false));
  END IF;

  FOR r IN
    SELECT TypeCode(pClass, t) AS code
      FROM jsonb_array_elements_text(j->'types') WITH ORDINALITY AS e (t, n)
     ORDER BY n
  LOOP
    IF GetType(r.code, pClass) IS NULL THEN
      PERFORM AddType(uClass, r.code, NULL);
    END IF;
  END LOOP;

  FOR r IN SELECT * FROM jsonb_to_recordset(COALESCE(j->'acl', '[]')) AS a ("group" text, mask text, objects boolean)
  LOOP
    IF NOT EXISTS (SELECT FROM db.acu a INNER JOIN db."user" u ON u.id = a.userid
                    WHERE a.class = uClass AND u.username = r."group") THEN
      PERFORM chmodc(uClass, r.mask::bit(10), COALESCE(GetGroup(r."group"), GetUser(r."group")), false,
                     COALESCE(r.objects, false));
    END IF;
  END LOOP;

  RETURN uClass;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddEntityClass (uuid, uuid, text) IS
$$Makes the class of a declaration with its types and rights, or adds what it lacks.

pParent  class above
pEntity  entity
pClass   code of the class
Returns  class$$;

-- AddEntityEvents -------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddEntityEvents (
  pClass        uuid,
  pEntity       text
) RETURNS       void
AS $$
DECLARE
  r             record;
  j             jsonb := EntityDeclaration(pEntity);
BEGIN
  FOR r IN
    SELECT a.action, s.step, s.n
      FROM unnest(MachineActions(j)) WITH ORDINALITY AS a (action, n)
     CROSS JOIN LATERAL regexp_split_to_table(NULLIF(EventSteps(j, a.action), ''), ' ') WITH ORDINALITY AS s (step, n)
     WHERE NOT EXISTS (SELECT FROM db.event e WHERE e.class = pClass AND e.action = GetAction(a.action))
     ORDER BY a.n, s.n
  LOOP
    PERFORM AddEvent(pClass, GetEventType(CASE r.step WHEN 'P' THEN 'parent' ELSE 'event' END), GetAction(r.action), NULL,
                     CASE r.step WHEN 'H' THEN format('Event%s%s();', CamelName(pEntity), CamelName(r.action))
                                 WHEN 'S' THEN 'ChangeObjectState();' END,
                     r.n::integer);
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddEntityEvents (uuid, text) IS
$$Adds the events of a declaration for the actions that have none.

pClass   class
pEntity  declaration$$;

-- AddEntityMachine ------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddEntityMachine (
  pClass        uuid,
  pEntity       text
) RETURNS       void
AS $$
DECLARE
  r             record;
  j             jsonb := EntityDeclaration(pEntity)->'machine';
  uState        uuid;
  uMethod       uuid;
BEGIN
  IF (j IS NULL OR j ? 'base') AND NOT EXISTS (SELECT FROM db.state WHERE class = pClass) THEN
    PERFORM AddDefaultMethods(pClass);
  END IF;

  IF j IS NULL THEN
    RETURN;
  END IF;

  -- All states first: methods lead to later ones.
  FOR r IN SELECT s->>'code' AS code, COALESCE(s->>'type', s->>'code') AS type
             FROM jsonb_array_elements(j->'states') WITH ORDINALITY AS t (s, n) ORDER BY n
  LOOP
    IF NOT EXISTS (SELECT FROM db.state WHERE class = pClass AND code = r.code) THEN
      PERFORM AddState(pClass, GetStateType(r.type), r.code, NULL);
    END IF;
  END LOOP;

  PERFORM DefaultMethods(pClass);
  PERFORM DefaultTransition(pClass);

  FOR r IN
    SELECT s->>'code' AS state, (DeclaredMethod(m)).*
      FROM jsonb_array_elements(j->'states') WITH ORDINALITY AS t (s, n)
     CROSS JOIN LATERAL jsonb_array_elements_text(s->'methods') WITH ORDINALITY AS u (m, k)
     ORDER BY n, k
  LOOP
    uState := (SELECT id FROM db.state WHERE class = pClass AND code = r.state);
    CONTINUE WHEN EXISTS (SELECT FROM db.method WHERE class = pClass AND state = uState AND action = GetAction(r.action));
    uMethod := AddMethod(NULL, pClass, uState, GetAction(r.action), NULL, NULL, NULL, r.visible);
    IF r.target IS NOT NULL THEN
      PERFORM AddTransition(uState, uMethod, (SELECT id FROM db.state WHERE class = pClass AND code = r.target));
    END IF;
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddEntityMachine (uuid, text) IS
$$Adds the states, methods and transitions of a declaration that the class does not have.

pClass   class
pEntity  declaration$$;
