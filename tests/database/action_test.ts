/** Executing an action: what it changes, in which order, who may, and what a failure leaves. */
import assert from "node:assert/strict";
import { createUser, Door, type TestDatabase, testDatabase } from "../support/mod.ts";

/** A vendor of the administrator's in state created. */
async function vendor(db: TestDatabase, token: string): Promise<string> {
  const { status, body } = await db.call(token, "/vendor/set", { name: "Acme" });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.statecode, "created");
  return body.id;
}

/** Lets handlers write down that they ran, in which state of the object and in which context. */
async function trace(db: TestDatabase, name: string, body = ""): Promise<void> {
  await db.rows(
    "CREATE TABLE IF NOT EXISTS db.trace (id int GENERATED ALWAYS AS IDENTITY, text text)",
  );
  await db.rows("ALTER TABLE db.trace OWNER TO kernel");
  await db.rows(
    `CREATE OR REPLACE FUNCTION kernel.${name} (pObject uuid DEFAULT context_object())
     RETURNS void LANGUAGE plpgsql AS $$
     BEGIN
       INSERT INTO db.trace (text)
       SELECT concat_ws(' ', '${name}', GetObjectStateCode(pObject), GetActionCode(context_action()));
       ${body}
     END; $$`,
  );
}

async function traced(db: TestDatabase): Promise<string[]> {
  const rows = await db.rows<{ text: string }>("SELECT text FROM db.trace ORDER BY id");
  return rows.map(({ text }) => text);
}

/** A number for the rows of every table but the logs. */
async function fingerprint(db: TestDatabase): Promise<Record<string, string | null>> {
  const tables = await db.rows<{ name: string }>(
    "SELECT relname AS name FROM pg_stat_user_tables WHERE schemaname = 'db' AND relname NOT IN ('log', 'api_log')",
  );
  const all: Record<string, string | null> = {};
  for (const { name } of tables) {
    all[name] = await db.value(
      `SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM db.${name} t`,
    );
  }
  return all;
}

Deno.test("an action moves the state, writes history and notification, and tells who listens", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const id = await vendor(db, admin);
  const [before] = await db.rows("SELECT state, version FROM db.object WHERE id = $1", [id]);
  const heard: string[] = [];
  const listener = await db.sql.listen("notify", (payload) => heard.push(payload));

  const { status, body } = await door.call(admin, "/vendor/enable", { id });

  assert.equal(status, 200, JSON.stringify(body));
  const [object] = await db.rows(
    `SELECT o.state, s.code, t.code AS type, o.version, o.udate > o.pdate AS later
       FROM db.object o JOIN db.state s ON s.id = o.state JOIN db.state_type t ON t.id = o.state_type
      WHERE o.id = $1`,
    [id],
  );
  assert.deepEqual(
    { code: object?.code, type: object?.type, later: object?.later },
    { code: "enabled", type: "enabled", later: true },
  );
  assert.ok(Number(object?.version) > Number(before?.version));
  assert.equal(body.object, id);
  assert.equal(body.action.code, "enable");
  assert.deepEqual(
    [body.newstate.id, body.newstate.code, body.newstate.typecode, body.newstate.sequence],
    [object?.state, "enabled", "enabled", 1],
  );
  const keys = "code id label sequence type typecode typedescription typename";
  assert.equal(Object.keys(body.newstate).sort().join(" "), keys);

  const history = await db.rows(
    `SELECT s.code, h.validtodate = kernel.MAXDATE() AS open
       FROM db.object_state h JOIN db.state s ON s.id = h.state
      WHERE h.object = $1 ORDER BY h.validfromdate`,
    [id],
  );
  assert.deepEqual(history, [{ code: "created", open: false }, { code: "enabled", open: true }]);

  const [row] = await db.rows(
    `SELECT n.id, n.method, n.state_old, n.state_new, u.username
       FROM db.notification n JOIN db.action a ON a.id = n.action JOIN db."user" u ON u.id = n.userid
      WHERE n.object = $1 AND a.code = 'enable'`,
    [id],
  );
  assert.deepEqual(
    [row?.method, row?.state_old, row?.state_new, row?.username],
    [body.method, before?.state, object?.state, "admin"],
  );
  while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await listener.unlisten();
  assert.deepEqual(heard.map((text) => JSON.parse(text).id), [row?.id]);
});

Deno.test("handlers run from the top of the tree down, for delete from the bottom up", async () => {
  await using db = await testDatabase();
  const admin = await db.signIn();
  const id = await vendor(db, admin);
  for (const level of ["Object", "Reference", "Vendor"]) {
    for (const action of ["Enable", "Delete"]) await trace(db, `Event${level}${action}`);
  }

  await db.call(admin, "/vendor/enable", { id });
  await db.call(admin, "/vendor/delete", { id });

  assert.deepEqual(await traced(db), [
    "EventObjectEnable created enable",
    "EventReferenceEnable enabled enable",
    "EventVendorEnable enabled enable",
    "EventVendorDelete enabled delete",
    "EventReferenceDelete enabled delete",
    "EventObjectDelete enabled delete",
  ]);
});

Deno.test("a handler may execute another action: its context and result come back", async () => {
  await using db = await testDatabase();
  const admin = await db.signIn();
  const id = await vendor(db, admin);
  await trace(
    db,
    "EventVendorEnable",
    `PERFORM AddMethodStack('{"note": "outer"}');
     PERFORM DoAction(pObject, 'disable', '{"inner": true}');
     INSERT INTO db.trace (text)
     SELECT concat_ws(' ', 'back', GetActionCode(context_action()), context_object() = pObject,
                      GetClassCode(context_class()), context_params());`,
  );
  await trace(
    db,
    "EventVendorDisable",
    "INSERT INTO db.trace (text) SELECT context_params()::text;",
  );

  const { body } = await db.call(admin, "/vendor/enable", { id, params: { outer: 1 } });

  assert.deepEqual(await traced(db), [
    "EventVendorEnable enabled enable",
    "EventVendorDisable disabled disable",
    '{"inner": true}',
    'back enable t vendor {"outer": 1}',
  ]);
  assert.equal(body.action.code, "enable");
  assert.equal(body.note, "outer");
  assert.equal(await state(db, id), "disabled");
  const actions = await db.rows(
    `SELECT a.code FROM db.notification n JOIN db.action a ON a.id = n.action
      WHERE n.object = $1 AND a.code <> 'create' ORDER BY a.code`,
    [id],
  );
  assert.deepEqual(actions, [{ code: "disable" }, { code: "enable" }]);
});

Deno.test("an action that fails leaves no trace but the error log", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const id = await vendor(db, admin);
  await trace(db, "EventVendorEnable", "RAISE EXCEPTION 'ERR-400-000: Not today.';");
  const before = await fingerprint(db);
  const errors = await db.value("SELECT count(*)::int FROM db.log WHERE type = 'E'");
  const heard: string[] = [];
  const listener = await db.sql.listen("notify", (payload) => heard.push(payload));

  const { status, body } = await door.call(admin, "/vendor/enable", { id });

  assert.equal(status, 400);
  assert.equal(body.error.message, "Not today.");
  assert.deepEqual(await fingerprint(db), before);
  assert.equal(await db.value("SELECT count(*)::int FROM db.log WHERE type = 'E'"), errors + 1);
  assert.deepEqual(
    await db.rows("SELECT text FROM db.log WHERE object = $1 AND event = 'enable'", [id]),
    [],
    "the handlers before the failure wrote to the log",
  );
  await db.value("SELECT pg_notify('notify', 'end')");
  while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await listener.unlisten();
  assert.deepEqual(heard, ["end"]);
});

Deno.test("api.execute_object_action_try() undoes a failure and returns it", async () => {
  await using db = await testDatabase();
  const admin = await db.signIn();
  const id = await vendor(db, admin);
  await trace(db, "EventVendorEnable", "RAISE EXCEPTION 'ERR-400-000: Not today.';");
  const before = await fingerprint(db);

  const reply = await db.sql.begin(async (tx) => {
    await tx.unsafe("SELECT kernel.ActAs('admin')");
    const [row] = await tx.unsafe("SELECT api.execute_object_action_try($1, 'enable') AS r", [id]);
    return row?.r;
  });

  assert.deepEqual(reply, { error: { code: 400, message: "Not today." } });
  assert.deepEqual(await fingerprint(db), before);
});

Deno.test("of 20 executions of one action at once one wins, the others are told", async () => {
  await using db = await testDatabase();
  const admin = await db.signIn();
  const id = await vendor(db, admin);
  const doors = await Promise.all(Array.from({ length: 20 }, () => Door.open(db)));

  const outcomes = await Promise.all(
    doors.map((door) => door.outcome(admin, "/vendor/enable", { id })),
  );

  for (const door of doors) await door[Symbol.asyncDispose]();
  assert.deepEqual(outcomes.sort(), ["200", ...Array(19).fill("ERR-400-032")]);
  assert.equal(await state(db, id), "enabled");
  assert.equal(
    await db.value("SELECT count(*)::int FROM db.object_state WHERE object = $1", [id]),
    2,
  );
  assert.equal(
    await db.value(
      `SELECT count(*)::int FROM db.notification n JOIN db.action a ON a.id = n.action
        WHERE n.object = $1 AND a.code = 'enable'`,
      [id],
    ),
    1,
  );
});

Deno.test("opposite actions at once end in a state that one after the other gives", async () => {
  await using db = await testDatabase();
  const admin = await db.signIn();
  const id = await vendor(db, admin);
  await db.call(admin, "/vendor/enable", { id });
  const doors = await Promise.all(Array.from({ length: 8 }, () => Door.open(db)));

  const outcomes = await Promise.all(doors.map(async (door, n) => {
    const done: string[] = [];
    for (let i = 0; i < 10; i++) {
      const action = (i + n) % 2 === 0 ? "disable" : "enable";
      const outcome = await door.outcome(admin, `/vendor/${action}`, { id });
      if (outcome === "200") done.push(action);
      else assert.equal(outcome, "ERR-400-032");
    }
    return done;
  }));

  for (const door of doors) await door[Symbol.asyncDispose]();
  const done = outcomes.flat();
  const disabled = done.filter((action) => action === "disable").length;
  const enabled = done.length - disabled;
  assert.ok(disabled === enabled || disabled === enabled + 1, `${disabled} and ${enabled}`);
  assert.equal(await state(db, id), disabled === enabled ? "enabled" : "disabled");
  assert.equal(
    await db.value("SELECT count(*)::int FROM db.object_state WHERE object = $1", [id]),
    done.length + 2,
  );
});

Deno.test("what cannot be executed is refused with its code", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const member = await createUser(db, admin, "member");
  const guest = await createUser(db, admin, "guest1", ["guest"]);
  const id = await vendor(db, admin);
  const nothing = "00000000-0000-4000-8000-00000000dead";
  const foreign = await db.value(
    "SELECT id FROM db.method WHERE class = kernel.GetClass('job') AND code = 'null:create'",
  );
  const elsewhere = await db.value(
    "SELECT id FROM db.method WHERE class = kernel.GetClass('vendor') AND code = 'deleted:restore'",
  );

  const outcome = (token: string, path: string, payload: unknown) =>
    door.outcome(token, path, payload);

  assert.equal(await outcome(admin, "/vendor/disable", { id: nothing }), "ERR-400-030");
  assert.equal(await outcome(admin, "/vendor/restore", { id }), "ERR-400-032");
  assert.equal(await outcome(admin, "/vendor/nosuchaction", { id }), "ERR-400-091");
  assert.equal(await outcome(admin, "/vendor/enable", { id, colour: 1 }), "ERR-400-061");
  assert.equal(await outcome(admin, "/vendor/enable", {}), "ERR-400-049");
  assert.equal(
    await outcome(admin, "/object/method/execute", { id, method: foreign }),
    "ERR-400-033",
  );
  assert.equal(
    await outcome(admin, "/object/method/execute", { id, method: elsewhere }),
    "ERR-400-033",
  );
  // Group user may execute methods, but change only what it may update; group guest may do neither.
  assert.equal(await outcome(member.token, "/vendor/enable", { id }), "ERR-400-001");
  assert.equal(await outcome(guest.token, "/vendor/enable", { id }), "ERR-400-003");
  assert.equal(await door.outcome(null, "/vendor/enable", { id }), "ERR-401-001");
  assert.equal(await state(db, id), "created");
});

Deno.test("an object that is dropped is gone with all that hung on it", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const before = await fingerprint(db);
  const id = await vendor(db, admin);
  const child = await vendor(db, admin);
  await db.rows("UPDATE db.object SET parent = $1 WHERE id = $2", [id, child]);
  const hang: [string, unknown][] = [
    ["/object/data/set", { id, data: [{ type: "text", code: "note", data: "x" }] }],
    ["/object/geolocation/set", { id, coordinates: [{ latitude: 1, longitude: 2 }] }],
    ["/object/link/set", { object: child, linked: id, key: "other" }],
  ];
  for (const [path, payload] of hang) assert.equal(await door.outcome(admin, path, payload), "200");

  for (const action of ["delete", "drop"]) {
    assert.equal(await door.outcome(admin, `/vendor/${action}`, { id }), "200", action);
  }

  assert.equal(await db.value("SELECT parent FROM db.object WHERE id = $1", [child]), null);
  for (const action of ["delete", "drop"]) {
    await door.outcome(admin, `/vendor/${action}`, { id: child });
  }
  assert.deepEqual(await fingerprint(db), before);
});

async function state(db: TestDatabase, id: string): Promise<string | null> {
  return await db.value(
    "SELECT s.code FROM db.object o JOIN db.state s ON s.id = o.state WHERE o.id = $1",
    [id],
  );
}
