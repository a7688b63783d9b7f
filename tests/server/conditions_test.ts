/** ETag, If-Match and Idempotency-Key over real HTTP. */
import assert from "node:assert/strict";
import { accessToken, startServer, testDatabase } from "../support/mod.ts";

Deno.test("conditions protect changes from races and repetitions", async (test) => {
  await using db = await testDatabase();
  await using server = await startServer({
    database: db.name,
    config: { module: { Cleaner: { enable: false } } },
  });
  const token = await accessToken(server.url);
  const send = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return {
      status: response.status,
      etag: response.headers.get("etag"),
      body: await response.json(),
    };
  };
  const made = await send("/vendor/set", { code: "etag.vendor", name: "First" });
  const { id } = made.body;

  await test.step("a reply with one object carries its version", async () => {
    const read = await send("/vendor/get", { id });
    assert.match(made.etag ?? "", /^"\d+"$/);
    assert.equal(read.etag, made.etag);
    const list = await send("/vendor/list", {});
    assert.equal(list.etag, null);
  });
  await test.step("a stale version is 412 and changes nothing", async () => {
    const changed = await send("/vendor/set", { id, name: "Second" }, { "if-match": made.etag! });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    assert.notEqual(changed.etag, made.etag);
    const stale = await send("/vendor/set", { id, name: "Third" }, { "if-match": made.etag! });
    assert.equal(stale.status, 412);
    assert.equal(stale.body.error.error, "ERR-412-001");
    assert.equal((await send("/vendor/get", { id })).body.name, "Second");
  });
  await test.step("an action obeys it too", async () => {
    const stale = await send("/vendor/enable", { id }, { "if-match": made.etag! });
    assert.equal(stale.status, 412);
    const { etag } = await send("/vendor/get", { id });
    const done = await send("/vendor/enable", { id }, { "if-match": etag! });
    assert.equal(done.status, 200, JSON.stringify(done.body));
  });
  await test.step("of 20 parallel writers with one version, one succeeds", async () => {
    const { etag } = await send("/vendor/get", { id });
    const replies = await Promise.all(
      Array.from(
        { length: 20 },
        (_, n) => send("/vendor/set", { id, name: `Writer ${n}` }, { "if-match": etag! }),
      ),
    );
    const statuses = replies.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, ...Array.from({ length: 19 }, () => 412)]);
  });
  await test.step("a repeated key gets the same reply and makes nothing new", async () => {
    const order = { code: "once.vendor", name: "Once" };
    const headers = { "idempotency-key": "order-1" };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => send("/vendor/set", order, headers)),
    );
    for (const reply of replies) assert.deepEqual(reply, replies[0]);
    assert.equal(replies[0]?.status, 200);
    assert.equal(
      await db.value("SELECT count(*)::int FROM db.reference WHERE code = 'once.vendor'"),
      1,
    );
    const versions = await db.value(
      "SELECT o.version::text FROM db.object o JOIN db.reference r ON r.id = o.id WHERE r.code = 'once.vendor'",
    );
    assert.equal(replies[0]?.etag, `"${versions}"`);
  });
  await test.step("a key that stood for another request is 422", async () => {
    const other = await send("/vendor/set", { code: "two.vendor", name: "Two" }, {
      "idempotency-key": "order-1",
    });
    assert.equal(other.status, 422);
    assert.equal(other.body.error.error, "ERR-422-001");
  });
  await test.step("the keys of one user mean nothing to another", async () => {
    const demo = await accessToken(server.url, "demo", "demo");
    const response = await fetch(`${server.url}/api/v1/whoami`, {
      method: "POST",
      headers: { authorization: `Bearer ${demo}`, "idempotency-key": "order-1" },
      body: "{}",
    });
    await response.body?.cancel();
    assert.equal(response.status, 200);
  });
  await test.step("a malformed condition is refused", async () => {
    const wrong = await send("/vendor/get", { id }, { "if-match": "7" });
    assert.equal(wrong.status, 400);
  });
});
