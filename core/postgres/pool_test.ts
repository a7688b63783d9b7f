import assert from "node:assert/strict";
import { ask, execute, TestProxy, type TestServer, testServer, until } from "./_test_server.ts";
import type { Database, DatabaseEvent, DatabaseOptions } from "./database.ts";
import { DatabaseError, DatabaseUnavailableError, PoolTimeoutError } from "./errors.ts";
import { openDatabase } from "./pool.ts";

let test: TestServer;
Deno.test.beforeAll(async () => {
  test = await testServer();
});
Deno.test.afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

/** A pool that is closed at the end of its test. */
function open(options: Partial<DatabaseOptions> = {}): Database & AsyncDisposable {
  const db = openDatabase({ connection: test.connection, min: 1, ...options });
  return Object.assign(db, { [Symbol.asyncDispose]: () => db.close() });
}

const text = (bytes: Uint8Array | null | undefined) =>
  bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : bytes;

Deno.test("openDatabase() refuses numbers that make no sense", () => {
  const connection = test.connection;
  assert.throws(() => openDatabase({ connection, max: 0 }), /"max" must be 1 or more, is 0/);
  assert.throws(() => openDatabase({ connection, min: 3, max: 2 }), /"min" must be 2 or less/);
  assert.throws(() => openDatabase({ connection, acquireTimeout: 0 }), RangeError);
});

Deno.test("rows(), row(), value() and column() return what the statement selects", async () => {
  await using db = open();
  const numbers = "SELECT n, n::text AS word FROM generate_series(1, $1) AS n";

  assert.deepEqual(await db.rows(numbers, [2]), [{ n: 1, word: "1" }, { n: 2, word: "2" }]);
  assert.deepEqual(await db.row(numbers, [2]), { n: 1, word: "1" });
  assert.equal(await db.row(numbers, [0]), null);
  assert.deepEqual(await db.column(numbers, [3]), [1, 2, 3]);
  assert.equal(await db.value("SELECT count(*) FROM pg_class WHERE false"), 0);
  assert.equal(await db.value("SELECT NULL"), null);
});

Deno.test("values of every kind come back as they were bound", async () => {
  await using db = open();
  const at = new Date("2030-01-02T03:04:05.678Z");

  const row = await db.row(
    `SELECT $1::jsonb AS object, $2::json AS list, $3::jsonb AS text, $4::text[] AS texts,
            $5::int[] AS numbers, $6::bytea AS bytes, $7::timestamptz AS at, $8::timestamp AS day,
            $9::boolean AS yes, $10::bigint AS big, $11::bigint AS small, $12::date AS date,
            $13::numeric AS exact, $14::uuid[] AS ids, $15::text AS nothing`,
    [
      { a: [1, "é🎉"] },
      [1, { b: null }],
      '{"c": "text is JSON already"}',
      ['a,"b"', null, "\\", ""],
      [1, null, 3],
      new Uint8Array([0, 39, 92, 255]),
      at,
      at,
      true,
      2n ** 60n,
      7,
      "2030-01-02",
      "1.10",
      ["00000000-0000-4000-8000-000000000000"],
      undefined,
    ],
  );

  assert.deepEqual(row, {
    object: { a: [1, "é🎉"] },
    list: [1, { b: null }],
    text: { c: "text is JSON already" },
    texts: ['a,"b"', null, "\\", ""],
    numbers: [1, null, 3],
    bytes: new Uint8Array([0, 39, 92, 255]),
    at,
    day: at,
    yes: true,
    big: String(2n ** 60n),
    small: 7,
    date: "2030-01-02",
    exact: "1.10",
    ids: ["00000000-0000-4000-8000-000000000000"],
    nothing: null,
  });
});

Deno.test("raw() returns the bytes that the server sent, unparsed", async () => {
  await using db = open();

  const rows = await db.raw(
    `SELECT $1::int, $2::text, NULL, '{"a" : 1}'::json, $3::boolean, ''`,
    [42, "é🎉", false],
  );

  assert.equal(rows.length, 1);
  assert(rows[0]![0] instanceof Uint8Array);
  assert.deepEqual(rows[0]!.map(text), ["42", "é🎉", null, '{"a" : 1}', "f", ""]);
});

Deno.test("raw() returns bytes that later answers do not overwrite", async () => {
  await using db = open({ max: 1 });
  const kept: (Uint8Array | null)[][] = [];

  for (const size of [1, 100, 5000, 70_000, 300_000]) {
    for (let n = 0; n < 20; n++) {
      const [row] = await db.raw("SELECT repeat(chr(65 + $1::int), $2::int)", [n, size]);
      kept.push(row!);
    }
  }

  for (const [at, [bytes]] of kept.entries()) {
    const letter = 65 + at % 20;
    assert(bytes!.every((byte) => byte === letter), `answer ${at} was overwritten`);
  }
});

Deno.test("statements are prepared once for each connection, with generic plans", async () => {
  await using db = open({ max: 1 });
  const sql = "SELECT relname FROM pg_class WHERE oid = $1::oid";

  for (let n = 0; n < 5; n++) await db.raw(sql, [n]);

  const rows = await db.rows(
    "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = $1",
    [sql],
  );
  assert.deepEqual(rows, [{ generic_plans: 5, custom_plans: 0 }]);
});

Deno.test("sessions have the settings of the platform", async () => {
  await using db = open({ name: "apostol test", statementTimeout: 1234 });

  const settings = await db.row(
    `SELECT current_setting('plan_cache_mode') AS plans, current_setting('jit') AS jit,
            current_setting('statement_timeout') AS timeout,
            current_setting('application_name') AS name`,
  );

  assert.deepEqual(settings, {
    plans: "force_generic_plan",
    jit: "off",
    timeout: "1234ms",
    name: "apostol test",
  });
});

Deno.test("new connections run the warm-up before anyone waits for them", async () => {
  const events: DatabaseEvent[] = [];
  const warmUp = [{ sql: "SELECT $1::int + 1", params: [1] }, { sql: "SELECT nonsense" }];
  await using db = open({ max: 1, warmUp, onEvent: (event) => events.push(event) });

  const known = await db.column("SELECT statement FROM pg_prepared_statements");

  assert(known.includes("SELECT $1::int + 1"));
  const kinds = events.map(({ kind }) => kind);
  assert.deepEqual(kinds, ["warm_up.failed", "connection.opened"]);
});

Deno.test("100 callers of a busy pool of 1 get a timeout, and none hangs", async () => {
  await using db = open({ max: 1, acquireTimeout: 300 });
  const busy = db.value("SELECT pg_sleep(0.8)");
  await until(() => db.stats.open === 1 && db.stats.idle === 0);

  const started = performance.now();
  const answers = await Promise.allSettled(
    Array.from({ length: 100 }, () => db.value("SELECT 1")),
  );
  const took = performance.now() - started;

  for (const answer of answers) {
    assert.equal(answer.status, "rejected");
    assert(answer.reason instanceof PoolTimeoutError);
    assert.equal(answer.reason.status, 504);
  }
  assert(took >= 290 && took < 700, `took ${took} ms`);
  await busy;
  assert.equal(await db.value("SELECT 1"), 1);
  assert.deepEqual(db.stats, { open: 1, idle: 1, waiting: 0 });
});

Deno.test("callers are served in the order in which they came, by at most max connections", async () => {
  for (const max of [1, 3]) {
    await using db = open({ max });
    const served: number[] = [];

    await Promise.all(Array.from({ length: 200 }, async (_, n) => {
      await db.value("SELECT $1::int", [n]);
      served.push(n);
    }));

    assert(db.stats.open <= max);
    assert.equal(served.length, 200);
    if (max === 1) assert.deepEqual(served, served.toSorted((a, b) => a - b));
  }
});

Deno.test("a statement that runs too long is refused with 504, and the connection lives", async () => {
  await using db = open({ max: 1, statementTimeout: 100 });
  const pid = await db.value("SELECT pg_backend_pid()");

  await assert.rejects(db.value("SELECT pg_sleep(5)"), (error: unknown) => {
    assert(error instanceof DatabaseError);
    assert.deepEqual([error.sqlstate, error.status], ["57014", 504]);
    return true;
  });

  assert.equal(await db.value("SELECT pg_backend_pid()"), pid);
});

Deno.test("errors tell clients nothing of the database but what functions raise on purpose", async () => {
  await using db = open();

  await assert.rejects(db.value("SELECT secret_column FROM pg_class"), (error: unknown) => {
    assert(error instanceof DatabaseError);
    assert.equal(error.sqlstate, "42703");
    assert.equal(error.position, 8);
    assert(!error.message.includes("secret_column"), error.message);
    assert.match(error.serverMessage, /secret_column/);
    return true;
  });
  await assert.rejects(
    db.value("SELECT * FROM pg_class WHERE $1::boolean AND raise()", [true]),
    DatabaseError,
  );
  await execute(
    test.connection,
    `CREATE OR REPLACE FUNCTION raise() RETURNS int LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'ERR-400-001: Told.' USING DETAIL = 'not told'; END $$`,
  );
  await assert.rejects(db.value("SELECT raise()"), (error: unknown) => {
    assert(error instanceof DatabaseError);
    assert.equal(error.message, "ERR-400-001: Told.");
    assert.equal(error.report.detail, "not told");
    return true;
  });
});

Deno.test("a statement under way when its connection breaks fails and is not sent again", async () => {
  await using db = open({ max: 1 });
  await execute(test.connection, "CREATE SEQUENCE once");

  await assert.rejects(
    db.value("SELECT nextval('once'), pg_terminate_backend(pg_backend_pid())"),
    (error: unknown) => {
      assert(error instanceof DatabaseUnavailableError);
      assert.equal(error.status, 503);
      return true;
    },
  );

  assert.equal(await db.value("SELECT last_value FROM once"), 1);
});

Deno.test("idle connections that the server ends are replaced before anyone gets one", async () => {
  const pids: number[] = [];
  await using db = open({
    min: 2,
    max: 2,
    name: "apostol victim",
    onEvent: (event) => event.kind === "connection.opened" && pids.push(event.pid),
  });

  for (let round = 1; round <= 3; round++) {
    await until(() => pids.length === 2 * round && db.stats.idle === 2);
    const [ended] = [pids.slice(-2)];
    await execute(
      test.connection,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'apostol victim'`,
    );
    await until(() => pids.length === 2 * (round + 1) && db.stats.idle === 2);
    assert(!ended!.includes(await db.value("SELECT pg_backend_pid()") as number));
  }
});

Deno.test("callers wait for a server that restarts", async () => {
  await using db = open({ min: 2, max: 4, acquireTimeout: 8000 });
  assert.equal(await db.ready(), true);

  Deno.kill(test.server.pid, "SIGKILL");
  await until(() => db.stats.open === 0);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => db.value("SELECT $1::int", [n])),
  );

  assert.deepEqual(answers, Array.from({ length: 20 }, (_, n) => n));
  assert.equal(await db.ready(), true);
});

Deno.test("a server out of reach is told as 503 in time, later at once", async () => {
  const events: DatabaseEvent[] = [];
  await using db = open({
    connection: { ...test.connection, host: "/nonexistent" },
    acquireTimeout: 200,
    onEvent: (event) => events.push(event),
  });

  const started = performance.now();
  await assert.rejects(db.value("SELECT 1"), DatabaseUnavailableError);
  const waited = performance.now() - started;
  assert(waited >= 190 && waited < 600, `waited ${waited} ms`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const again = performance.now();
  await assert.rejects(db.value("SELECT 1"), DatabaseUnavailableError);
  assert(performance.now() - again < 50);
  assert.equal(await db.ready(), false);
  assert(events.every(({ kind }) => kind === "connection.failed"));
});

Deno.test("a wrong password and a full server are told as not available", async () => {
  await execute(test.connection, "CREATE ROLE narrow LOGIN PASSWORD 'p' CONNECTION LIMIT 0");
  const narrow = { ...test.connection, user: "narrow", password: "p" };
  for (const connection of [{ ...narrow, password: "wrong" }, narrow]) {
    await using db = open({ connection, acquireTimeout: 100 });

    await assert.rejects(db.value("SELECT 1"), (error: unknown) => {
      assert(error instanceof DatabaseUnavailableError);
      assert(error.cause instanceof Error);
      return true;
    });
  }
});

Deno.test("a peer that falls silent is found, busy or idle, and replaced when it is back", async () => {
  await using proxy = new TestProxy(test.connection);
  await using db = open({
    connection: { ...proxy.connection(test.connection), connectTimeout: 200 },
    min: 2,
    max: 2,
    acquireTimeout: 300,
    watch: { tick: 50, silence: 300, answer: 200 },
  });
  await until(() => db.stats.idle === 2);

  const started = performance.now();
  const busy = db.value("SELECT pg_sleep(0.1)");
  proxy.silent = true;
  await assert.rejects(busy, DatabaseUnavailableError);
  await until(() => db.stats.open === 0);
  assert(performance.now() - started < 2500);
  assert.equal(await db.ready(), false);

  proxy.silent = false;
  await until(() => db.ready());
  assert.equal(await db.value("SELECT 1"), 1);
});

Deno.test("a pooler that refuses the settings of a session is used without them", async () => {
  await using proxy = new TestProxy(test.connection);
  proxy.refusesSettings = true;
  await using db = open({ connection: proxy.connection(test.connection), name: "apostol pooled" });

  assert.equal(await db.value("SELECT current_setting('application_name')"), "apostol pooled");
  assert.equal(await db.value("SELECT current_setting('statement_timeout')"), "0");
});

Deno.test("a slow statement is not taken for a silent peer", async () => {
  await using proxy = new TestProxy(test.connection);
  await using db = open({
    connection: proxy.connection(test.connection),
    watch: { tick: 20, silence: 100, answer: 1000 },
  });

  assert.equal(await db.value("SELECT 5 FROM pg_sleep(0.8)"), 5);
});

Deno.test("close() ends every connection and refuses callers", async () => {
  const db = openDatabase({ connection: test.connection, min: 3, max: 3, name: "apostol closing" });
  await until(() => db.stats.idle === 3);
  const slow = db.value("SELECT 6 FROM pg_sleep(0.2)");

  await db.close();

  assert.equal(await slow, 6);
  await assert.rejects(db.value("SELECT 1"), DatabaseUnavailableError);
  const left = "SELECT count(*)::int FROM pg_stat_activity WHERE application_name LIKE '%closing'";
  await until(async () => await ask(test.connection, left) === 0);
});
