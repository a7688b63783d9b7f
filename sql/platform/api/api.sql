-- api.log ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.log (
  pUserName     text DEFAULT NULL,
  pPath         text DEFAULT NULL,
  pDateFrom     timestamptz DEFAULT NULL,
  pDateTo       timestamptz DEFAULT NULL
) RETURNS       SETOF api.log
AS $$
  SELECT *
    FROM api.log
   WHERE (pUserName IS NULL OR username = pUserName)
     AND (pPath IS NULL OR path = pPath)
     AND (pDateFrom IS NULL OR datetime >= pDateFrom)
     AND (pDateTo IS NULL OR datetime < pDateTo)
   ORDER BY datetime DESC
   LIMIT 500;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.log (text, text, timestamptz, timestamptz) IS
$$Returns the newest rows of the request log, at most 500.

pUserName  user; null is any
pPath      path as the dispatcher got it; null is any
pDateFrom  first moment
pDateTo    moment after the last$$;

-- api.get_log -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION api.get_log (
  pId           bigint
) RETURNS       SETOF api.log
AS $$
  SELECT * FROM api.log WHERE id = pId;
$$ LANGUAGE sql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION api.get_log (bigint) IS 'Returns one row of the request log.';

-- api.list_log, api.count_log
SELECT BuildListFunctions('log');
