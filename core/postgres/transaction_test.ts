import assert from "node:assert/strict";
import { execute, type TestServer, testServer } from "./_test_server.ts";
import type { Database } from "./database.ts";
import { DatabaseError, DatabaseUnavailableError } from "./errors.ts";
import { openDatabase } from "./pool.ts";

let test: TestServer;
let db: Database;
Deno.test.beforeAll(async () => {
  test = await testServer();
  await execute(test.connection, "CREATE TABLE mark (name text PRIMARY KEY)");
});
Deno.test.beforeEach(async () => {
  await execute(test.connection, "TRUNCATE mark");
  db = openDatabase({ connection: test.connection, min: 1, max: 2 });
});
Deno.test.afterEach(async () => {
  await db.close();
});
Deno.test.afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const put = (on: Database, name: string) => on.value("INSERT INTO mark VALUES ($1)", [name]);
const marks = () => db.column("SELECT name FROM mark ORDER BY name");

Deno.test("begin() commits and returns what its function returns", async () => {
  const result = await db.begin(async (tx) => {
    await put(tx, "a");
    assert.deepEqual(await marks(), []);
    return 7;
  });

  assert.equal(result, 7);
  assert.deepEqual(await marks(), ["a"]);
});

Deno.test("begin() rolls back and throws on what its function throws", async () => {
  const fault = new Error("enough");

  await assert.rejects(
    db.begin(async (tx) => {
      await put(tx, "a");
      throw fault;
    }),
    fault,
  );

  assert.deepEqual(await marks(), []);
  assert.deepEqual(db.stats, { open: 1, idle: 1, waiting: 0 });
});

Deno.test("begin() inside a transaction makes a savepoint", async () => {
  await db.begin(async (tx) => {
    await put(tx, "a");
    await tx.begin((inner) => put(inner, "b"));
    await assert.rejects(
      tx.begin(async (inner) => {
        await put(inner, "c");
        await put(inner, "a");
      }),
      DatabaseError,
    );
    await put(tx, "d");
  });

  assert.deepEqual(await marks(), ["a", "b", "d"]);
});

Deno.test("begin() does not report a commit when a failed statement was swallowed", async () => {
  const call = db.begin(async (tx) => {
    await put(tx, "a");
    await tx.value("SELECT 1 / 0").catch(() => {});
  });

  await assert.rejects(call, (error: unknown) => {
    assert(error instanceof DatabaseError);
    assert.equal(error.sqlstate, "25P02");
    return true;
  });
  assert.deepEqual(await marks(), []);
});

Deno.test("begin() fails when the connection breaks, and nothing is kept", async () => {
  const call = db.begin(async (tx) => {
    await put(tx, "a");
    await tx.value("SELECT pg_terminate_backend(pg_backend_pid())");
  });

  await assert.rejects(call, DatabaseUnavailableError);
  assert.deepEqual(await marks(), []);
});

Deno.test("a transaction cannot be used when it is over", async () => {
  let kept: Database | undefined;
  await db.begin((tx) => {
    kept = tx;
    return Promise.resolve();
  });

  await assert.rejects(put(kept!, "a"), /the transaction is over/);
  await assert.rejects(kept!.listen("a"), TypeError);
  await assert.rejects(kept!.close(), TypeError);
});

Deno.test("settings that are local to a transaction do not reach the connection's next user", async () => {
  const single = openDatabase({ connection: test.connection, min: 1, max: 1 });
  try {
    await single.begin((tx) => tx.value("SELECT set_config('current.user', 'somebody', true)"));

    const left = await single.value("SELECT NULLIF(current_setting('current.user', true), '')");

    assert.equal(left, null);
  } finally {
    await single.close();
  }
});
