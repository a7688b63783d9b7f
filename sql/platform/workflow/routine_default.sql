-- The machine that most classes have, and its parts.
--
--   created --enable--> enabled --disable--> disabled --delete--> deleted --drop--> (destroyed)
--
-- created and disabled can be enabled, everything can be deleted, deleted goes back to created by
-- restore. The ten state-less methods serve create, open, edit, save and update in any state.

-- DefaultMachine --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DefaultMachine ()
RETURNS TABLE (
  state         text,
  action        text,
  newstate      text,
  place         integer
)
AS $$
  VALUES
    -- state     action     leads to    place
    (NULL::text, 'create',  'created',   1),
    (NULL,       'open',    NULL,        2),
    (NULL,       'edit',    NULL,        3),
    (NULL,       'save',    NULL,        4),
    (NULL,       'update',  NULL,        5),
    (NULL,       'enable',  'enabled',   6),
    (NULL,       'disable', 'disabled',  7),
    (NULL,       'delete',  'deleted',   8),
    (NULL,       'restore', 'created',   9),
    (NULL,       'drop',    NULL,       10),
    ('created',  'enable',  'enabled',   1),
    ('created',  'disable', 'disabled',  2),
    ('created',  'delete',  'deleted',   3),
    ('enabled',  'disable', 'disabled',  1),
    ('enabled',  'delete',  'deleted',   2),
    ('disabled', 'enable',  'enabled',   1),
    ('disabled', 'delete',  'deleted',   2),
    ('deleted',  'restore', 'created',   1),
    ('deleted',  'drop',    NULL,        2);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DefaultMachine () IS
$$The methods of the default machine.

Returns  state (null: state-less), action, state afterwards (null: it stays, or the object is gone),
         place among the methods of the state$$;

-- DefaultNames ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION DefaultNames ()
RETURNS TABLE (
  place         integer,
  kind          text,
  code          text
)
AS $$
  VALUES
    (1, 'state',  'created'),
    (2, 'state',  'enabled'),
    (3, 'state',  'disabled'),
    (4, 'state',  'deleted'),
    (5, 'method', 'enable'),
    (6, 'method', 'disable'),
    (7, 'method', 'delete'),
    (8, 'method', 'restore'),
    (9, 'method', 'drop');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION DefaultNames () IS
$$What the nine labels of AddDefaultMethods() and UpdateDefaultMethods() are for.

Returns  place in the array, state or method, code of the state or of the method's action$$;

-- DefaultMethods --------------------------------------------------------------
CREATE OR REPLACE FUNCTION DefaultMethods (
  pClass        uuid
) RETURNS       void
AS $$
  SELECT FillMethodTexts(NewMethod(NULL, pClass, NULL, GetAction(d.action), NULL, d.place))
    FROM DefaultMachine() d
   WHERE d.state IS NULL
     AND NOT EXISTS (SELECT FROM db.method m WHERE m.class = pClass AND m.code = 'null:' || d.action)
   ORDER BY d.place;
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION DefaultMethods (uuid) IS
$$Adds the ten state-less methods to a class, those that it does not have.

pClass  class$$;

-- DefaultTransition -----------------------------------------------------------
CREATE OR REPLACE FUNCTION DefaultTransition (
  pClass        uuid
) RETURNS       void
AS $$
  INSERT INTO db.transition (state, method, newstate)
  SELECT NULL, m.id, s.id
    FROM DefaultMachine() d
   INNER JOIN db.method m ON m.class = pClass AND m.code = 'null:' || d.action
   CROSS JOIN GetState(pClass, d.newstate) AS s (id)
   WHERE d.state IS NULL
     AND s.id IS NOT NULL
   ORDER BY d.place
      ON CONFLICT (method) DO NOTHING;
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION DefaultTransition (uuid) IS
$$Adds the transitions of the state-less methods of a class.

A state that the class lacks is that of the nearest class above which has it.
pClass  class$$;

-- AddDefaultMethods -----------------------------------------------------------
CREATE OR REPLACE FUNCTION AddDefaultMethods (
  pClass        uuid,
  pNamesEN      text[] DEFAULT NULL,
  pNamesRU      text[] DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  r             record;
  uState        uuid;
  uMethod       uuid;
BEGIN
  FOR r IN SELECT code FROM DefaultNames() WHERE kind = 'state' ORDER BY place
  LOOP
    PERFORM AddState(pClass, GetStateType(r.code), r.code, NULL);
  END LOOP;

  PERFORM DefaultMethods(pClass);
  PERFORM DefaultTransition(pClass);

  FOR r IN SELECT * FROM DefaultMachine() WHERE state IS NOT NULL
  LOOP
    uState := GetState(pClass, r.state);
    uMethod := NewMethod(NULL, pClass, uState, GetAction(r.action), NULL, r.place);
    PERFORM FillMethodTexts(uMethod, NULL, true);
    IF r.newstate IS NOT NULL THEN
      PERFORM AddTransition(uState, uMethod, GetState(pClass, r.newstate));
    END IF;
  END LOOP;

  PERFORM UpdateDefaultMethods(pClass, GetLocale('en'), COALESCE(pNamesEN, '{}'));
  PERFORM UpdateDefaultMethods(pClass, GetLocale('ru'), COALESCE(pNamesRU, '{}'));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddDefaultMethods (uuid, text[], text[]) IS
$$Gives a class the default machine: four states, ten state-less methods, nine others, their transitions.

Labels that are not given are those of the data files, see LoadTexts(): CLASS.CODE, else CODE.
pClass    class that has no state yet
pNamesEN  English labels in the order of DefaultNames(); fewer will do
pNamesRU  Russian labels$$;

-- UpdateDefaultMethods --------------------------------------------------------
CREATE OR REPLACE FUNCTION UpdateDefaultMethods (
  pClass        uuid,
  pLocale       uuid,
  pNames        text[] DEFAULT NULL
) RETURNS       void
AS $$
DECLARE
  r             record;
BEGIN
  FOR r IN
    WITH named AS (
      SELECT d.kind, s.id, d.code, d.place
        FROM DefaultNames() d
       INNER JOIN db.state s ON s.class = pClass AND s.code = d.code
       WHERE d.kind = 'state'
       UNION ALL
      SELECT d.kind, m.id, d.code, d.place
        FROM DefaultNames() d
       INNER JOIN db.method m ON m.class = pClass AND m.state IS NOT NULL AND m.action = GetAction(d.code)
       WHERE d.kind = 'method'
    )
    SELECT n.kind, n.id,
           CASE WHEN pNames IS NULL THEN COALESCE(own.name, common.name) ELSE pNames[n.place] END AS name
      FROM named n
      LEFT JOIN db.workflow_text own
        ON own.kind = n.kind AND own.key = GetClassCode(pClass) || '.' || n.code AND own.locale = pLocale
      LEFT JOIN db.workflow_text common
        ON common.kind = n.kind AND common.key = n.code AND common.locale = pLocale
  LOOP
    PERFORM StoreText(r.kind, r.id, r.name, NULL, pLocale);
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION UpdateDefaultMethods (uuid, uuid, text[]) IS
$$Changes the labels of the default states and methods of a class in one locale.

pClass   class
pLocale  locale
pNames   labels in the order of DefaultNames(); an absent one is left as it is; null: all from the data files$$;
