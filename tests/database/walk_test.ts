/**
 * Random walks: thousands of actions on objects of every class of the platform. What each step must
 * do is worked out from the tables of methods and transitions, not from the resolved workflow.
 */
import assert from "node:assert/strict";
import { testDatabase } from "../support/mod.ts";

/** Steps of one walk; `APOSTOL_TEST_LONG=1` takes long ones. */
const STEPS = Deno.env.get("APOSTOL_TEST_LONG") === "1" ? 10_000 : 2_000;

/** How an object of each class is made. */
const MAKE: Record<string, string> = {
  agent: "api.set_agent(NULL, pname => 'Walk', pvendor => GetVendor('system.vendor'))",
  form: "api.set_form(NULL, pname => 'Walk', ptype => GetType('none.form'))",
  inbox: message("inbox"),
  job: `api.set_job(NULL, pscheduler => GetScheduler('EACH_01_HOUR'),
                    pprogram => GetProgram('CHECK_SESSION'), plabel => 'Walk')`,
  outbox: message("outbox"),
  program: "api.set_program(NULL, pname => 'Walk', pbody => 'SELECT 1')",
  scheduler: "api.set_scheduler(NULL, pname => 'Walk', pperiod => '1 hour'::interval)",
  vendor: "api.set_vendor(NULL, pname => 'Walk')",
  version: "api.set_version(NULL, pname => 'Walk')",
};

/**
 * One step a transaction. Every fifth step tries an action that the state may not have; the walk
 * raises at the first step that does not do what the tables say.
 */
const WALK = `
CREATE PROCEDURE kernel.walk (pClass text, pMake text, pSteps integer, pSeed float)
AS $$
DECLARE
  uObject   uuid;
  vState    text;    -- where the object must be
  vPath     text[];  -- the states it was in, stays left out
  vAction   text;
  vTarget   text;
  bKnown    boolean;
  nDone     integer; -- methods that ran
  nFailed   integer := 0;
  vError    text;
  o         record;
BEGIN
  PERFORM setseed(pSeed);
  DROP TABLE IF EXISTS known;
  CREATE TEMP TABLE known ON COMMIT PRESERVE ROWS AS
  SELECT s.code AS state, a.code AS action, n.code AS target, m.id IS NOT NULL AS known
    FROM db.state s
   CROSS JOIN db.action a
    LEFT JOIN db.method m ON m.class = s.class AND m.state = s.id AND m.action = a.id
    LEFT JOIN db.transition t ON t.method = m.id
    LEFT JOIN db.state n ON n.id = t.newstate
   WHERE s.class = GetClass(pClass);
  COMMIT;

  FOR i IN 1..pSteps LOOP
    PERFORM ActAs('admin');

    IF uObject IS NULL THEN
      EXECUTE 'SELECT x.id FROM ' || pMake || ' x' INTO uObject;
      SELECT GetStateCode(state) INTO vState FROM db.object WHERE id = uObject;
      vPath := ARRAY[vState];
      SELECT count(*) INTO nDone FROM db.notification WHERE object = uObject;
      COMMIT;
      PERFORM ActAs('admin');
    END IF;

    SELECT k.action, k.target, k.known INTO vAction, vTarget, bKnown
      FROM known k
     WHERE k.state = vState AND (i % 5 = 0 OR k.known) AND (k.action <> 'drop' OR i % 4 = 1)
     ORDER BY random() LIMIT 1;

    vError := NULL;
    BEGIN
      PERFORM ExecuteObjectAction(uObject, GetAction(vAction));
    EXCEPTION WHEN others THEN
      vError := SQLERRM;
    END;

    IF bKnown AND vError IS NOT NULL THEN
      RAISE 'step %: % in % failed: %', i, vAction, vState, vError;
    ELSIF NOT bKnown AND vError IS NULL OR vError NOT LIKE 'ERR-400-032: %' THEN
      RAISE 'step %: % is not in % but: %', i, vAction, vState, COALESCE(vError, 'done');
    END IF;

    SELECT GetStateCode(state) AS state, GetStateTypeCode(state_type) AS kind, GetStateTypeCode(state) AS wanted
      INTO o FROM db.object WHERE id = uObject;
    IF vAction = 'drop' AND bKnown THEN
      IF FOUND OR EXISTS (SELECT FROM db.object_state WHERE object = uObject)
         OR EXISTS (SELECT FROM db.notification WHERE object = uObject) THEN
        RAISE 'step %: not all of the object is gone', i;
      END IF;
      uObject := NULL;
      COMMIT;
      CONTINUE;
    END IF;

    IF bKnown THEN
      nDone := nDone + 1;
      IF vTarget <> vState THEN
        vState := vTarget;
        vPath := vPath || vTarget;
      END IF;
    ELSE
      nFailed := nFailed + 1;
    END IF;
    IF o.state <> vState OR o.kind <> o.wanted THEN
      RAISE 'step %: % led to % (%), not to %', i, vAction, o.state, o.kind, vState;
    END IF;

    -- The history is the path: one row a change, each ends where the next begins.
    IF i % 50 = 0 OR i = pSteps THEN
      IF ARRAY(SELECT GetStateCode(state) FROM db.object_state WHERE object = uObject ORDER BY validfromdate) <> vPath THEN
        RAISE 'step %: the history is not the path %', i, vPath;
      END IF;
      IF EXISTS (SELECT FROM (SELECT validtodate, lead(validfromdate, 1, MAXDATE()) OVER (ORDER BY validfromdate) AS next
                                FROM db.object_state WHERE object = uObject) h WHERE validtodate <> next) THEN
        RAISE 'step %: the history has a gap', i;
      END IF;
      IF (SELECT count(*) FROM db.notification WHERE object = uObject) <> nDone THEN
        RAISE 'step %: not one notification for each of % methods', i, nDone;
      END IF;
    END IF;
    COMMIT;
  END LOOP;

  IF nFailed < pSteps / 20 THEN
    RAISE 'only % of % steps tried what cannot be', nFailed, pSteps;
  END IF;
END;
$$ LANGUAGE plpgsql`;

Deno.test(`${STEPS} random actions on objects of each class go where the tables say`, async () => {
  await using db = await testDatabase();
  await db.rows(WALK);
  const seed = Math.random();

  const faults = await Promise.all(
    Object.entries(MAKE).map(async ([name, make]) => {
      const call = `CALL kernel.walk('${name}', ${quote(make)}, ${STEPS}, ${seed})`;
      return await db.rows(call).then(() => [], (error: Error) => [`${name}: ${error.message}`]);
    }),
  );

  assert.deepEqual(faults.flat(), [], `seed ${seed}`);
});

function message(name: string): string {
  return `(SELECT api.add_${name}(NULL, GetAgent('system.agent'), NULL, 'walk', 'walk', 'Walk', 'x') AS id)`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
