/** Tokens that come back: reuse, replay, revocation, and what a client may know of a token. */
import assert from "node:assert/strict";
import {
  ADMIN_PASSWORD,
  SERVICE_SECRET,
  type TestDatabase,
  testDatabase,
  WEB_SECRET,
} from "../support/mod.ts";

const admin = {
  grant_type: "password",
  username: "admin",
  password: ADMIN_PASSWORD,
  access_type: "offline",
};
const refresh = (refresh_token: string) => ({ grant_type: "refresh_token", refresh_token });
const sessions = "SELECT count(*)::int FROM db.session";
const audited = "SELECT count(*)::int FROM db.log WHERE code = 6013 AND event = $1";
/** Lets the grace of tokens that were spent run out. */
const age = "UPDATE db.token SET used = used - interval '11 sec' WHERE used IS NOT NULL";

async function ask(
  db: TestDatabase,
  door: "revoke" | "introspect",
  token: string,
  service = false,
) {
  const [client, secret] = service
    ? ["service-example.com", SERVICE_SECRET]
    : ["web-example.com", WEB_SECRET];
  // deno-lint-ignore no-explicit-any -- each test knows its answer
  return await db.value<any>(`SELECT daemon.${door}($1, $2, $3)`, [client, secret, token]);
}

Deno.test("a refresh token that comes back within the grace is refused, its child goes on", async () => {
  await using db = await testDatabase();
  const first = await db.token(admin);
  const second = await db.token(refresh(first.refresh_token));

  const again = await db.token(refresh(first.refresh_token));
  const third = await db.token(refresh(second.refresh_token));

  assert.equal(again.error?.error, "invalid_grant");
  assert.equal(typeof third.access_token, "string");
  assert.equal(await db.value(audited, ["reuse"]), 0);
});

Deno.test("after the grace it closes the session, with a row in the event log", async () => {
  await using db = await testDatabase();
  const first = await db.token(admin);
  const second = await db.token(refresh(first.refresh_token));
  await db.rows(age);

  const again = await db.token(refresh(first.refresh_token));

  assert.equal(again.error?.error, "invalid_grant");
  assert.equal(await db.value(sessions), 0);
  assert.equal(await db.value("SELECT count(*)::int FROM db.token"), 0);
  assert.equal(await db.value(audited, ["reuse"]), 1);
  assert.notEqual((await db.call(second.access_token, "/current/userid")).status, 200);
});

Deno.test("a grandparent closes the session at once, at the endpoint and by cookies", async () => {
  for (const byCookies of [false, true]) {
    await using db = await testDatabase();
    const first = await db.token(admin);
    const second = await db.token(refresh(first.refresh_token));
    await db.token(refresh(second.refresh_token));

    const again = byCookies
      ? await db.value("SELECT daemon.refresh_token($1, $2)", [
        first.access_token,
        first.refresh_token,
      ])
      : await db.token(refresh(first.refresh_token));

    assert.equal(again.error?.error, "invalid_grant");
    assert.equal(await db.value(sessions), 0);
    assert.equal(await db.value(audited, ["reuse"]), 1);
  }
});

Deno.test("another client's reuse closes nothing", async () => {
  await using db = await testDatabase();
  const first = await db.token(admin);
  await db.token(refresh(first.refresh_token));
  await db.rows(age);

  const reply = await db.value(
    "SELECT daemon.token('service-example.com', $1, $2::text::jsonb, 'test', '127.0.0.1')",
    [SERVICE_SECRET, JSON.stringify(refresh(first.refresh_token))],
  );

  assert.equal(reply.error?.error, "invalid_grant");
  assert.equal(await db.value(sessions), 1);
});

Deno.test("50 uses at once by cookies give one family and the same child", async () => {
  await using db = await testDatabase();
  const first = await db.token(admin);
  await db.rows("UPDATE db.token SET validtodate = now() WHERE type = 'A'");

  const replies = await Promise.all(
    Array.from(
      { length: 50 },
      () =>
        db.value("SELECT daemon.refresh_token($1, $2)", [first.access_token, first.refresh_token]),
    ),
  );

  assert.equal(new Set(replies.map((reply) => reply.refresh_token)).size, 1);
  assert.equal(await db.value(sessions), 1);
  await db.rows(age);
  const late = await db.value("SELECT daemon.refresh_token($1, $2)", [
    first.access_token,
    first.refresh_token,
  ]);
  assert.equal(late.error?.code, 401);
  assert.equal(await db.value(sessions), 0);
});

Deno.test("a code with a challenge, redeemed twice at once, 50 times: nobody keeps a token", async () => {
  await using db = await testDatabase();
  const redirect_uri = "https://example.com/oauth2/code";
  for (let round = 0; round < 50; round++) {
    const { code } = await db.token({
      ...admin,
      response_type: "code",
      redirect_uri,
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    });
    const code_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const redeem = { grant_type: "authorization_code", code, redirect_uri, code_verifier };

    const replies = await Promise.all([db.token(redeem), db.token(redeem)]);

    assert.equal(replies.filter((reply) => reply.access_token).length, 1);
    assert.equal(replies.filter((reply) => reply.error?.error === "invalid_grant").length, 1);
  }
  assert.equal(await db.value(sessions), 0);
  assert.equal(await db.value(audited, ["replay"]), 50);
});

Deno.test("revoking an access token ends it alone, a refresh token the session", async () => {
  await using db = await testDatabase();
  const { access_token, refresh_token } = await db.token(admin);

  const foreign = await ask(db, "revoke", access_token, true);
  const access = await ask(db, "revoke", access_token);
  const refused = await db.call(access_token, "/current/userid");
  const left = await db.value(sessions);
  const rest = await ask(db, "revoke", refresh_token);
  const unknown = await ask(db, "revoke", "nosuch");

  assert.equal(foreign.error?.error, "invalid_grant");
  assert.deepEqual(access, {});
  assert.equal(refused.status, 403);
  assert.equal(left, 1);
  assert.deepEqual(rest, {});
  assert.deepEqual(unknown, {});
  assert.equal(await db.value(sessions), 0);
});

Deno.test("a client may know of its own tokens, a service of all", async () => {
  await using db = await testDatabase();
  const { access_token, refresh_token } = await db.token(admin);
  const service = await db.value(
    `SELECT daemon.token('service-example.com', $1, '{"grant_type": "client_credentials"}')`,
    [SERVICE_SECRET],
  );

  const own = await ask(db, "introspect", access_token);
  const long = await ask(db, "introspect", refresh_token);
  const foreign = await ask(db, "introspect", service.access_token);
  const byService = await ask(db, "introspect", access_token, true);
  const unknown = await ask(db, "introspect", "nosuch");
  const wrong = await db.value("SELECT daemon.introspect('web-example.com', 'wrong', $1)", [
    access_token,
  ]);
  await db.rows(`UPDATE db."user" SET status = status | B'0100' WHERE username = 'admin'`);
  const locked = await ask(db, "introspect", access_token);

  assert.equal(own.active, true);
  assert.equal(own.username, "admin");
  assert.equal(own.client_id, "web-example.com");
  assert.equal(own.exp - own.iat, 3600);
  assert.equal(long.active, true);
  assert.equal(long.exp, undefined);
  assert.equal(byService.active, true);
  for (const reply of [foreign, unknown, locked]) assert.deepEqual(reply, { active: false });
  assert.equal(wrong.error?.error, "invalid_client");
});

Deno.test("introspection writes nothing", async () => {
  await using db = await testDatabase();
  const { access_token } = await db.token(admin);
  await db.sql.begin("read only", async (sql) => {
    const statement = "SELECT daemon.introspect('web-example.com', $1, $2) AS reply";
    const [row] = await sql.unsafe(statement, [WEB_SECRET, access_token]);
    assert.equal(row?.reply.active, true);
  });
});
