-- When a job runs next.

-- db.job: first run -----------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_job_daterun ()
RETURNS         trigger
AS $$
BEGIN
  -- The first run follows the scheduler, whatever moment is given: see EditJob() for another one.
  NEW.daterun := now() + COALESCE((SELECT s.period FROM db.scheduler s WHERE s.id = NEW.scheduler), '0');
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_job_daterun () IS 'Sets the first run of a new job: one period from now.';

CREATE OR REPLACE TRIGGER t_job_daterun
  BEFORE INSERT ON db.job
  FOR EACH ROW
  EXECUTE FUNCTION db.ft_job_daterun();

-- NextRun ---------------------------------------------------------------------
CREATE OR REPLACE FUNCTION NextRun (
  pJob          uuid
) RETURNS       timestamptz
AS $$
  -- A job that is late runs at once, but what was missed is not made up for.
  SELECT GREATEST(LEAST(j.daterun, now()) + COALESCE(s.period, '0'), now())
    FROM db.job j
   INNER JOIN db.scheduler s ON s.id = j.scheduler
   WHERE j.id = pJob;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION NextRun (uuid) IS
$$Works out when a job runs next after a run that has ended.

pJob     job
Returns  one period after the planned run, or now when that has passed$$;

-- EventJobDone ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EventJobDone (
  pObject       uuid DEFAULT context_object()
) RETURNS       void
AS $$
BEGIN
  UPDATE db.job SET daterun = NextRun(pObject) WHERE id = pObject;
  PERFORM LogEntityEvent('workflow.job', 'done', pObject);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EventJobDone (uuid) IS
$$Handler of action done of class job: plans the next run.

pObject  job, by default that of the context$$;

-- EventJobFail ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION EventJobFail (
  pObject       uuid DEFAULT context_object()
) RETURNS       void
AS $$
DECLARE
  vError        text := context_params()->>'error';
BEGIN
  -- A failed job waits for its period: without this it would fail again at every look at the queue.
  UPDATE db.job j
     SET daterun = now() + COALESCE((SELECT s.period FROM db.scheduler s WHERE s.id = j.scheduler), '1 minute')
   WHERE j.id = pObject;

  IF vError IS NOT NULL THEN
    PERFORM SetObjectLabel(pObject, vError);
  END IF;
  PERFORM LogEntityEvent('workflow.job', 'fail', pObject);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION EventJobFail (uuid) IS
$$Handler of action fail of class job: plans the next try one period from now.

Parameter "error" of the action becomes the label of the job.
pObject  job, by default that of the context$$;
