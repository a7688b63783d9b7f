import assert from "node:assert/strict";
import { ask, execute, TestProxy, type TestServer, testServer, until } from "./_test_server.ts";
import { type Notice, Subscription } from "./listen_hub.ts";
import { openDatabase } from "./pool.ts";

let test: TestServer;
Deno.test.beforeAll(async () => {
  test = await testServer();
});
Deno.test.afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const notify = (channel: string, payload: string) =>
  execute(test.connection, `SELECT pg_notify('${channel}', '${payload}')`);
const notice = (channel: string, payload: string): Notice => ({ kind: "notice", channel, payload });

const WAIT = { timeout: 5000 };

Deno.test("listen() delivers every subscriber the notices of its channel, in order", async () => {
  const db = openDatabase({ connection: test.connection, min: 0, name: "apostol one" });
  try {
    await using first = await db.listen("News Flash");
    await using second = await db.listen("News Flash");
    await using other = await db.listen("other");

    await execute(test.connection, `NOTIFY "News Flash", 'a'; NOTIFY "News Flash", 'b'`);

    for (const subscription of [first, second]) {
      assert.deepEqual(await subscription.next(WAIT), notice("News Flash", "a"));
      assert.deepEqual(await subscription.next(WAIT), notice("News Flash", "b"));
    }
    assert.equal(await other.next({ timeout: 50 }), null);
    const count =
      "SELECT count(*)::int FROM pg_stat_activity WHERE application_name LIKE '%one li%'";
    assert.equal(await ask(test.connection, count), 1);
  } finally {
    await db.close();
  }
});

Deno.test("listen() comes back after its connection was ended, and says that notices are missed", async () => {
  const events: string[] = [];
  const db = openDatabase({
    connection: test.connection,
    min: 0,
    name: "apostol lost",
    onEvent: ({ kind }) => events.push(kind),
  });
  try {
    await using subscription = await db.listen("news");

    await execute(
      test.connection,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%lost li%'",
    );

    assert.deepEqual(await subscription.next(WAIT), { kind: "missed", channel: "news" });
    await notify("news", "again");
    assert.deepEqual(await subscription.next(WAIT), notice("news", "again"));
    assert.deepEqual(events, ["listen.lost", "listen.restored"]);
  } finally {
    await db.close();
  }
});

Deno.test("listen() finds a peer that fell silent", async () => {
  await using proxy = new TestProxy(test.connection);
  const db = openDatabase({
    connection: { ...proxy.connection(test.connection), connectTimeout: 200 },
    min: 0,
    watch: { silence: 100, answer: 100 },
  });
  try {
    await using subscription = await db.listen("news");

    proxy.silent = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
    proxy.silent = false;

    assert.deepEqual(await subscription.next(WAIT), { kind: "missed", channel: "news" });
  } finally {
    await db.close();
  }
});

Deno.test("listen() subscribes although the server is away, and hears when it is back", async () => {
  await using proxy = new TestProxy(test.connection);
  proxy.silent = true;
  const connection = { ...proxy.connection(test.connection), connectTimeout: 100 };
  const db = openDatabase({ connection, min: 0 });
  try {
    await using subscription = await db.listen("news");

    proxy.silent = false;

    assert.deepEqual(await subscription.next(WAIT), { kind: "missed", channel: "news" });
  } finally {
    await db.close();
  }
});

Deno.test("next() ends with its time, its signal or its subscription", async () => {
  const db = openDatabase({ connection: test.connection, min: 0 });
  const subscription = await db.listen("news");
  const controller = new AbortController();

  assert.equal(await subscription.next({ timeout: 20 }), null);
  const aborted = subscription.next({ signal: controller.signal });
  controller.abort();
  assert.equal(await aborted, null);
  assert.equal(await subscription.next({ signal: controller.signal }), null);
  const closed = subscription.next();
  await db.close();
  assert.equal(await closed, null);
  await assert.rejects(db.listen("news"), /not available/);
});

Deno.test("the last subscriber that leaves a channel unlistens", async () => {
  const db = openDatabase({ connection: test.connection, min: 0, name: "apostol leave" });
  try {
    const first = await db.listen("news");
    const second = await db.listen("news");

    await first.close();
    await notify("news", "a");
    assert.deepEqual(await second.next(WAIT), notice("news", "a"));
    await second.close();

    const query = "SELECT query FROM pg_stat_activity WHERE application_name LIKE '%leave li%'";
    await until(async () => await ask(test.connection, query) === 'UNLISTEN "news"');
  } finally {
    await db.close();
  }
});

Deno.test("a subscriber that does not keep up is told to look instead", async () => {
  const subscription = new Subscription("news", () => {});

  for (let n = 0; n < 2500; n++) subscription.push(notice("news", String(n)));

  assert.deepEqual(await subscription.next(), { kind: "missed", channel: "news" });
  assert.equal((await subscription.next())?.kind, "notice");
});

Deno.test("a subscription can be iterated until it is closed", async () => {
  const subscription = new Subscription("news", () => {});
  const seen: string[] = [];
  subscription.push(notice("news", "a"));
  subscription.push(notice("news", "b"));

  for await (const { kind } of subscription) {
    seen.push(kind);
    if (seen.length === 2) await subscription.close();
  }

  assert.deepEqual(seen, ["notice", "notice"]);
});
