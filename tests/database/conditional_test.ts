/** Calls that depend on the version of an object, and calls that may be repeated. */
import assert from "node:assert/strict";
import { createUser, Door, type TestDatabase, testDatabase } from "../support/mod.ts";

/** What a conditional call comes to. */
interface Result {
  status: number;
  etag: string | null;
  // deno-lint-ignore no-explicit-any -- replies have the shape that the test expects
  body: any;
}

/** Calls a route with the headers If-Match and Idempotency-Key. */
async function conditional(
  door: Door,
  token: string,
  path: string,
  payload: unknown,
  headers: { match?: string; key?: string } = {},
): Promise<Result> {
  return await door.sql.begin(async (tx) => {
    const [row] = await tx.unsafe(
      `SELECT status, body FROM daemon.call_conditional(
         'bearer', $1, NULL, 'POST', $2, $3::text::jsonb, 'test', '127.0.0.1', $4, $5)`,
      [
        token,
        `/api/v1${path}`,
        JSON.stringify(payload),
        headers.match ?? null,
        headers.key ?? null,
      ],
    );
    const [setting] = await tx.unsafe("SELECT current_setting('reply.etag', true) AS etag");
    return { status: row?.status, etag: setting?.etag || null, body: JSON.parse(row?.body) };
  });
}

async function doors(db: TestDatabase, count: number): Promise<Door[]> {
  return await Promise.all(Array.from({ length: count }, () => Door.open(db)));
}

async function closed(opened: Door[]): Promise<void> {
  for (const door of opened) await door[Symbol.asyncDispose]();
}

Deno.test("every change of an object makes a new version, reading makes none", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const made = await conditional(door, admin, "/vendor/set", { name: "Acme" });
  const id = made.body.id;

  const etags = [made.etag];
  for (
    const [path, payload] of [
      ["/vendor/get", { id }],
      ["/vendor/set", { id, description: "x" }],
      ["/vendor/get", { id }],
      ["/vendor/enable", { id }],
      ["/vendor/get", { id }],
    ] as const
  ) {
    const { status, etag } = await conditional(door, admin, path, payload);
    assert.equal(status, 200);
    etags.push(etag);
  }

  assert.ok(etags.every((etag) => etag !== null), String(etags));
  assert.deepEqual(etags.map((etag) => etags.indexOf(etag)), [0, 0, 2, 2, 4, 4]);
});

Deno.test("a change that expects another version is refused and changes nothing", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const { body: { id }, etag } = await conditional(door, admin, "/vendor/set", { name: "Acme" });
  const set = (match: string) =>
    conditional(door, admin, "/vendor/set", { id, description: match }, { match });
  const edited = await set(`"${etag}"`);

  const stale = await set(`"${etag}"`);
  const action = await conditional(door, admin, "/vendor/enable", { id }, { match: `"${etag}"` });
  const [object] = await db.rows(
    `SELECT o.version::text AS version, s.code AS state, t.description
       FROM db.object o JOIN db.state s ON s.id = o.state
       JOIN db.reference_text t ON t.reference = o.id
      WHERE o.id = $1`,
    [id],
  );

  assert.equal(edited.status, 200, JSON.stringify(edited.body));
  assert.deepEqual([stale.status, stale.body.error.error], [412, "ERR-412-001"]);
  assert.deepEqual([action.status, action.body.error.error], [412, "ERR-412-001"]);
  assert.deepEqual(object, { version: edited.etag, state: "created", description: `"${etag}"` });
  assert.equal((await set("*")).status, 200);
});

Deno.test("of 20 writers who expect the same version one writes", async () => {
  await using db = await testDatabase();
  const admin = await db.signIn();
  const writers = await doors(db, 20);
  const [first] = writers;
  assert.ok(first);
  const { body: { id }, etag } = await conditional(first, admin, "/vendor/set", { name: "Acme" });

  const results = await Promise.all(
    writers.map((door, n) =>
      conditional(door, admin, "/vendor/set", { id, description: `${n}` }, { match: `"${etag}"` })
    ),
  );

  await closed(writers);
  const statuses = results.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, ...Array(19).fill(412)]);
  const winner = results.findIndex(({ status }) => status === 200);
  assert.equal(
    await db.value("SELECT description FROM db.reference_text WHERE reference = $1", [id]),
    `${winner}`,
  );
});

Deno.test("a call with a key is made once, however often it is repeated", async () => {
  await using db = await testDatabase();
  const admin = await db.signIn();
  const user = await createUser(db, admin, "plain");
  const callers = await doors(db, 8);
  const [door] = callers;
  assert.ok(door);
  const make = (from: Door, token: string, name: string) =>
    conditional(from, token, "/vendor/set", { name }, { key: "order-66" });
  const vendors = (name: string) =>
    db.value("SELECT count(*)::int FROM db.reference_text WHERE name = $1", [name]);

  const together = await Promise.all(callers.map((from) => make(from, admin, "Once")));
  const again = await make(door, admin, "Once");
  const other = await make(door, admin, "Twice");
  const foreign = await make(door, user.token, "Mine");

  await closed(callers);
  const ids = new Set([...together, again].map(({ body }) => body.id));
  assert.deepEqual(together.map(({ status }) => status), Array(8).fill(200));
  assert.equal(ids.size, 1);
  assert.equal(again.etag, together[0]?.etag);
  assert.equal(await vendors("Once"), 1);
  assert.deepEqual([other.status, other.body.error.error], [422, "ERR-422-001"]);
  assert.equal(await vendors("Twice"), 0);
  assert.equal(foreign.status, 200, "a key is its user's own");
  assert.equal(await vendors("Mine"), 1);
});

Deno.test("a refusal is an answer, too; after a fault the call may be made again", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const { body: { id } } = await conditional(door, admin, "/vendor/set", { name: "Acme" });
  const run = (action: string, key: string) =>
    conditional(door, admin, `/vendor/${action}`, { id }, { key });
  const handler = (body: string) =>
    db.rows(
      `CREATE OR REPLACE FUNCTION kernel.EventVendorEnable (pObject uuid DEFAULT context_object())
       RETURNS void LANGUAGE plpgsql AS $$ BEGIN ${body} END; $$`,
    );

  const refused = await run("restore", "one");
  await handler("PERFORM 1 / 0;");
  const fault = await run("enable", "two");
  await handler("PERFORM 1;");
  const done = await run("enable", "two");
  await run("delete", "three");

  assert.equal(refused.body.error.error, "ERR-400-032");
  assert.deepEqual((await run("restore", "one")).body, refused.body);
  assert.equal(fault.status, 500);
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.deepEqual((await run("enable", "two")).body, done.body);
});
