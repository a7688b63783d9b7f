-- States of objects and their history.

-- AddObjectState --------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddObjectState (
  pObject       uuid,
  pState        uuid,
  pDateFrom     timestamptz DEFAULT oper_date()
) RETURNS       uuid
AS $$
DECLARE
  r             record;
  uId           uuid;
BEGIN
  IF pDateFrom > MAXDATE() THEN
    PERFORM DateValidityPeriod();
  END IF;

  -- The object first: it is what two writers must meet at.
  UPDATE db.object SET state = pState WHERE id = pObject;
  IF NOT FOUND THEN
    PERFORM ObjectNotFound('object', 'id', pObject);
  END IF;

  SELECT s.id, s.validfromdate, s.validtodate INTO r
    FROM db.object_state s
   WHERE s.object = pObject
     AND s.validtodate > pDateFrom
     AND s.validfromdate <= pDateFrom;

  IF r.validfromdate = pDateFrom THEN
    UPDATE db.object_state SET state = pState WHERE id = r.id;
    RETURN r.id;
  END IF;

  IF r.id IS NOT NULL THEN
    UPDATE db.object_state SET validtodate = pDateFrom WHERE id = r.id;
  END IF;

  INSERT INTO db.object_state (object, state, validfromdate, validtodate)
  VALUES (pObject, pState, pDateFrom, COALESCE(r.validtodate,
          -- Before the first row: up to where that begins.
          (SELECT min(s.validfromdate) FROM db.object_state s WHERE s.object = pObject AND s.validfromdate > pDateFrom),
          MAXDATE()))
  RETURNING id INTO uId;

  RETURN uId;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION AddObjectState (uuid, uuid, timestamptz) IS
$$Puts an object into a state and writes it to the history.

The object is in the state at once, even when the date lies in the past. Of several states with one
date the last one stays.
pObject    object
pState     state
pDateFrom  since when, by default the operation date
Returns    row of the history
Raises     ObjectNotFound, AccessDenied, DateValidityPeriod$$;

-- GetObjectState --------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetObjectState (
  pObject       uuid,
  pDate         timestamptz
) RETURNS       uuid
AS $$
BEGIN
  RETURN (SELECT s.state
            FROM db.object_state s
           WHERE s.object = pObject AND s.validtodate > pDate AND s.validfromdate <= pDate);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION GetObjectState (uuid, timestamptz) IS
$$Gives the state that an object was in at a moment.

pObject  object
pDate    moment
Returns  state; null when it had none$$;

-- ChangeObjectState -----------------------------------------------------------
CREATE OR REPLACE FUNCTION ChangeObjectState (
  pObject       uuid DEFAULT context_object(),
  pMethod       uuid DEFAULT context_method()
) RETURNS       void
AS $$
DECLARE
  uState        uuid := GetNewState(pMethod);
BEGIN
  IF uState IS NULL THEN
    RETURN;
  END IF;

  PERFORM AddObjectState(pObject, uState);
  PERFORM AddMethodStack(jsonb_build_object(
            'object', pObject,
            'method', pMethod,
            'action', jsonb_build_object('id', a.id, 'code', a.code),
            'newstate', jsonb_build_object(
              'id', s.id, 'type', s.type, 'typecode', t.code, 'typename', COALESCE(tl.label, t.code),
              'typedescription', tl.description, 'code', s.code, 'label', COALESCE(sl.label, s.code),
              'sequence', s.sequence)), pObject, pMethod)
     FROM db.method m
    INNER JOIN db.action a ON a.id = m.action
    INNER JOIN db.state s ON s.id = uState
    INNER JOIN db.state_type t ON t.id = s.type
     LEFT JOIN db.workflow_label tl ON tl.id = t.id AND tl.locale = current_locale()
     LEFT JOIN db.workflow_label sl ON sl.id = s.id AND sl.locale = current_locale()
    WHERE m.id = pMethod;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ChangeObjectState (uuid, uuid) IS
$$Puts an object into the state that a method leads to, and tells the client; an event of most actions.

A method without a transition keeps the state.
pObject  object, by default that of the context
pMethod  method, by default that of the context
Raises   AccessDenied$$;

-- IsCreated, IsEnabled, IsDisabled, IsDeleted, IsActive -----------------------
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('IsCreated',  '{created}',         'created'),
      ('IsEnabled',  '{enabled}',         'enabled'),
      ('IsDisabled', '{disabled}',        'disabled'),
      ('IsDeleted',  '{deleted}',         'deleted'),
      ('IsActive',   '{created,enabled}', 'created or enabled')
    ) AS t (name, codes, what)
  LOOP
    EXECUTE format('CREATE OR REPLACE FUNCTION kernel.%s (pObject uuid) RETURNS boolean AS %L LANGUAGE plpgsql STABLE',
      r.name, format('BEGIN RETURN GetObjectStateTypeCode(pObject) = ANY (%L::text[]); END;', r.codes));
    EXECUTE format('COMMENT ON FUNCTION kernel.%s (uuid) IS %L', r.name,
      format(E'Tells whether the state of an object is one of the kind %s; null without a state.\n\npObject  object', r.what));
  END LOOP;
END;
$do$;
