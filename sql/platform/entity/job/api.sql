-- The queue, as background processes read it.

-- api.job ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.job (
  pStateType    uuid,
  pDateFrom     timestamptz DEFAULT now(),
  OUT id        uuid,
  OUT typecode  text,
  OUT statecode text,
  OUT created   timestamptz,
  OUT daterun   timestamptz,
  OUT body      text
) RETURNS       SETOF record
AS $$
  SELECT j.id, t.code, s.code, o.pdate, j.daterun, p.body
    FROM db.job j
   INNER JOIN db.object o ON o.id = j.id
   INNER JOIN db.type t ON t.id = o.type
   INNER JOIN db.state s ON s.id = o.state
   INNER JOIN db.program p ON p.id = j.program
   WHERE j.scope = current_scope()
     AND o.state_type = pStateType
     AND j.daterun <= pDateFrom
   ORDER BY j.daterun, j.id;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.job (uuid, timestamptz) IS
$$Lists the jobs of the current scope whose time has come, with the SQL text that they run.

pStateType  kind of their state
pDateFrom   planned for this moment or before
Returns     also jobs that run, or were canceled, aborted or failed: all are of kind enabled$$;

CREATE OR REPLACE FUNCTION api.job (
  pStateType    text DEFAULT 'enabled',
  pDateFrom     double precision DEFAULT NULL,
  OUT id        uuid,
  OUT typecode  text,
  OUT statecode text,
  OUT created   timestamptz,
  OUT daterun   timestamptz,
  OUT body      text
) RETURNS       SETOF record
AS $$
  SELECT * FROM api.job(GetStateType(pStateType), COALESCE(to_timestamp(pDateFrom), now()));
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.job (text, double precision) IS
$$Lists the jobs of the current scope whose time has come, with the SQL text that they run.

pStateType  code of the kind of their state
pDateFrom   planned for this moment or before, in seconds since 1970; null: now$$;
