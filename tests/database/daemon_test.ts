/** Each function of schema daemon, called as the server and configurations call it. */
import assert from "node:assert/strict";
import { ADMIN_PASSWORD, type TestDatabase, testDatabase } from "../support/mod.ts";

const PATH = "/api/v1/current/username";

async function session(db: TestDatabase): Promise<{ code: string; secret: string; token: string }> {
  const reply = await db.token({
    grant_type: "password",
    username: "admin",
    password: ADMIN_PASSWORD,
    access_type: "offline",
  });
  return { code: reply.session, secret: reply.secret, token: reply.access_token };
}

// deno-lint-ignore no-explicit-any -- JSON of any shape
async function json(db: TestDatabase, statement: string, params: unknown[] = []): Promise<any[]> {
  return (await db.rows<{ r: unknown }>(`SELECT r FROM ${statement} AS r`, params)).map(({ r }) =>
    r
  );
}

/** Signs as a WebSocket client does: HMAC-SHA256 of path, nonce and body under the secret. */
async function signature(secret: string, message: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret), algorithm, false, ["sign"]);
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(message)));
  return [...signed].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const nonce = () => Date.now() * 1000;

Deno.test("daemon.fetch() runs a route for a token and refuses an unknown one", async () => {
  await using db = await testDatabase();
  const { token } = await session(db);

  const [row] = await json(db, "daemon.fetch($1, 'POST', $2)", [token, PATH]);
  const [refused] = await json(db, "daemon.fetch($1, 'POST', $2)", [token.slice(0, -2), PATH]);

  assert.deepEqual(row, { username: "admin" });
  assert.ok([400, 401, 403].includes(refused.error.code), JSON.stringify(refused));
});

Deno.test("daemon.session_fetch() compares the secret and keeps the session when it is wrong", async () => {
  await using db = await testDatabase();
  const { code, secret } = await session(db);
  const call = "daemon.session_fetch($1, $2, 'POST', $3)";

  const [right] = await json(db, call, [code, secret, PATH]);
  const [wrong] = await json(db, call, [code, "wrong", PATH]);
  const [unknown] = await json(db, call, ["0".repeat(40), secret, PATH]);
  const [still] = await json(db, call, [code, secret, PATH]);

  assert.deepEqual(right, { username: "admin" });
  assert.equal(wrong.error.code, 401);
  assert.equal(unknown.error.code, 400);
  assert.deepEqual(still, right);
});

Deno.test("daemon.authorized_fetch() runs a route for a name and a password", async () => {
  await using db = await testDatabase();
  const call = "daemon.authorized_fetch($1, $2, 'POST', $3)";

  const [right] = await json(db, call, ["admin", ADMIN_PASSWORD, PATH]);
  const [wrong] = await json(db, call, ["admin", "wrong", PATH]);

  assert.deepEqual(right, { username: "admin" });
  assert.equal(wrong.error.code, 401);
  assert.equal(await db.value("SELECT count(*)::int FROM db.session"), 0);
});

Deno.test("daemon.unauthorized_fetch() runs public routes without a user", async () => {
  await using db = await testDatabase();

  const [row] = await json(db, "daemon.unauthorized_fetch('GET', $1)", [PATH]);
  const [who] = await json(db, "daemon.unauthorized_fetch('POST', '/api/v1/whoami', '{}')");

  assert.deepEqual(row, { username: null });
  assert.equal(who.error.code, 401);
  assert.equal(who.error.error, "ERR-401-001");
});

Deno.test("daemon.unauthorized_fetch() refuses paths of the blacklist", async () => {
  await using db = await testDatabase();
  const list = await db.value<string>(
    `SELECT RegGetValueString('CURRENT_CONFIG', 'CONFIG\\CurrentProject\\API\\Route', 'Blacklist')`,
  );
  const path = (list ?? "").split(",")[0]?.trim();

  const [row] = await json(db, "daemon.unauthorized_fetch('GET', $1)", [path]);

  assert.equal(row.error.code, 401);
});

Deno.test("daemon.signed_fetch() takes a right signature once the clock agrees", async () => {
  await using db = await testDatabase();
  const { code, secret } = await session(db);
  const call = "daemon.signed_fetch('POST', $1, $2::text::json, $3, $4::float8, $5)";
  const now = nonce();
  const body = '{"fields": ["username"]}';
  const path = "/api/v1/user/get";

  const good = await signature(secret, `${path}${now}${body}`);
  const [right] = await json(db, call, [path, body, code, now, good]);
  const [changed] = await json(db, call, [path, '{"fields": ["id"]}', code, now, good]);
  const [missing] = await json(db, call, [path, body, code, now, null]);

  assert.deepEqual(right, { username: "admin" });
  assert.equal(changed.error.code, 401);
  assert.equal(missing.error.code, 401);
});

for (const [what, shift] of [["20 s ahead", 20_000_000], ["61 s behind", -61_000_000]] as const) {
  Deno.test(`daemon.signed_fetch() refuses a nonce ${what}`, async () => {
    await using db = await testDatabase();
    const { code, secret } = await session(db);
    const at = nonce() + shift;
    const signed = await signature(secret, `${PATH}${at}null`);

    const [row] = await json(
      db,
      "daemon.signed_fetch('POST', $1, NULL, $2, $3::float8, $4)",
      [PATH, code, at, signed],
    );

    assert.equal(row.error.code, 400);
  });
}

Deno.test("daemon.validation() returns the claims of a valid token", async () => {
  await using db = await testDatabase();
  const { code, token } = await session(db);

  const claims = await db.value("SELECT daemon.validation($1)", [token]);
  const broken = await db.value("SELECT daemon.validation('a.b.c')");

  assert.equal(claims.sub, code);
  assert.ok(broken.error.code >= 400);
});

Deno.test("daemon.identifier() says what a value identifies a user by", async () => {
  await using db = await testDatabase();
  const { token } = await session(db);

  const found = await db.value("SELECT daemon.identifier($1, 'demo')", [token]);
  const none = await db.value("SELECT daemon.identifier($1, 'nobody-here')", [token]);

  assert.equal(found.username, "demo");
  assert.deepEqual(found.identifiers, ["username"]);
  assert.deepEqual(none, { id: null, username: null, identifiers: null });
});

Deno.test("daemon.authorize() gives a session's access token", async () => {
  await using db = await testDatabase();
  const { code } = await session(db);

  const reply = await db.value("SELECT daemon.authorize($1, 'test', '127.0.0.1')", [code]);
  const [row] = await json(db, "daemon.fetch($1, 'POST', $2)", [reply.access_token, PATH]);

  assert.equal(reply.session, code);
  assert.deepEqual(row, { username: "admin" });
});

Deno.test("daemon.refresh_token() repeats a valid pair and renews an expired one", async () => {
  await using db = await testDatabase();
  const first = await db.token({
    grant_type: "password",
    username: "admin",
    password: ADMIN_PASSWORD,
    access_type: "offline",
  });
  const call = "SELECT daemon.refresh_token($1, $2)";
  const pair = [first.access_token, first.refresh_token];

  const same = await db.value(call, pair);
  await db.rows(
    "UPDATE db.token SET validtodate = now() - interval '1 second' WHERE type = 'A'",
  );
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const renewed = await db.value(call, pair);

  assert.equal(same.access_token, first.access_token);
  assert.notEqual(renewed.access_token, first.access_token);
  assert.equal(renewed.session, first.session);
  const [row] = await json(db, "daemon.fetch($1, 'POST', $2)", [renewed.access_token, PATH]);
  assert.deepEqual(row, { username: "admin" });
});

Deno.test("daemon.session_open() and session_close() begin and end the use of a session", async () => {
  await using db = await testDatabase();
  const { code, token } = await session(db);

  const [opened] = await json(db, "daemon.session_open($1)", [token]);
  const [closed] = await json(db, "daemon.session_close($1)", [token]);
  const [refused] = await json(db, "daemon.fetch($1, 'POST', $2)", [token, PATH]);

  assert.equal(opened.sub, code);
  assert.equal(closed.sub, code);
  assert.equal(refused.error.code, 403);
});

Deno.test("daemon.publisher_list() names the publishers, init_listen() listens to them", async () => {
  await using db = await testDatabase();

  const codes = await json(db, "daemon.publisher_list()");
  const rows = await json(db, "daemon.init_listen()");

  assert.ok(codes.includes("notify"), JSON.stringify(codes));
  assert.deepEqual(rows, []);
});

Deno.test("daemon.observer() answers nothing to a session that listens to nothing", async () => {
  await using db = await testDatabase();
  const { code } = await session(db);

  const rows = await json(db, "daemon.observer('notify', $1, 'main', '{}')", [code]);

  assert.deepEqual(rows, []);
});

Deno.test("daemon.login() takes a client's own assertion and refuses foreign ones", async () => {
  await using db = await testDatabase();

  const [broken] = await json(db, "daemon.login('a.b.c', 'test', '127.0.0.1')");

  assert.ok(broken.error.code >= 400);
});

Deno.test("daemon.ready() tells the version of the schema", async () => {
  await using db = await testDatabase();

  const state = await db.value("SELECT daemon.ready()");

  assert.equal(typeof state.version, "string");
});

Deno.test("daemon.clean() removes what is past its time and nothing else", async () => {
  await using db = await testDatabase();
  const { token } = await session(db);
  const refused = await db.token({ grant_type: "password", username: "demo", password: "demo" });
  await db.rows("UPDATE db.token SET validtodate = now() - interval '2 days' WHERE type = 'C'");

  const counts = await db.value("SELECT daemon.clean(1000)");

  assert.equal(typeof counts, "object");
  assert.equal((await db.call(token, "/current/userid")).status, 200);
  assert.equal(typeof refused.session, "string");
  assert.equal(
    await db.value(
      "SELECT count(*)::int FROM db.token WHERE type = 'C' AND validtodate < now() - interval '1 day'",
    ),
    0,
  );
});

Deno.test("context does not leak from one call to the next of a connection", async () => {
  await using db = await testDatabase();
  const { token } = await session(db);
  await db.sql.reserve().then(async (connection) => {
    try {
      const call = (auth: string, credential: string | null) =>
        connection.unsafe(
          "SELECT body FROM daemon.call($1, $2, NULL, 'GET', $3, NULL, 'test', '127.0.0.1')",
          [auth, credential, PATH],
        );

      const [signedIn] = await call("bearer", token);
      const [anonymous] = await call("none", null);
      const [broken] = await call("bearer", "x.y.z");
      const [left] = await connection.unsafe("SELECT current_setting('current.user', true) AS v");

      assert.match(signedIn?.body, /admin/);
      assert.doesNotMatch(anonymous?.body, /admin/);
      assert.match(broken?.body, /"error"/);
      assert.ok(!left?.v, `current.user is still ${left?.v}`);
    } finally {
      connection.release();
    }
  });
});
