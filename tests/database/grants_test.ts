/** The token endpoint's database function: every grant, and what each refuses. */
import assert from "node:assert/strict";
import { ADMIN_PASSWORD, SERVICE_SECRET, testDatabase, WEB_SECRET } from "../support/mod.ts";

const HASH40 = /^[0-9a-f]{40}$/;
const admin = { grant_type: "password", username: "admin", password: ADMIN_PASSWORD };

Deno.test("daemon.token() opens a session for a right password", async () => {
  await using db = await testDatabase();

  const reply = await db.token(admin);

  assert.match(reply.session, HASH40);
  assert.equal(reply.token_type, "Bearer");
  assert.equal(reply.expires_in, 3600);
  assert.equal(reply.refresh_token, undefined);
  const claims = JSON.parse(atob(reply.access_token.split(".")[1].replace(/-/g, "+")));
  assert.deepEqual(Object.keys(claims).sort(), ["aud", "exp", "iat", "iss", "sub"]);
  assert.equal(claims.sub, reply.session);
  assert.equal(claims.aud, "web-example.com");
  assert.equal(claims.exp - claims.iat, 3600);
});

const REFUSED: [string, Record<string, unknown>, string, number, string][] = [
  ["a wrong password", { ...admin, password: "wrong" }, WEB_SECRET, 401, "access_denied"],
  ["an unknown user", { ...admin, username: "nobody-here" }, WEB_SECRET, 401, "access_denied"],
  ["an empty password", { ...admin, password: "" }, WEB_SECRET, 401, "access_denied"],
  ["a wrong client secret", admin, "wrong", 401, "unauthorized_client"],
  ["an unknown grant", { grant_type: "nosuch" }, WEB_SECRET, 400, "unsupported_grant_type"],
  ["a missing grant", {}, WEB_SECRET, 400, "unsupported_grant_type"],
  ["a missing refresh token", { grant_type: "refresh_token" }, WEB_SECRET, 400, "invalid_request"],
  [
    "an unknown refresh token",
    { grant_type: "refresh_token", refresh_token: "x" },
    WEB_SECRET,
    400,
    "invalid_grant",
  ],
  [
    "an unknown code",
    { grant_type: "authorization_code", code: "x", redirect_uri: "https://example.com/" },
    WEB_SECRET,
    400,
    "invalid_grant",
  ],
  [
    "a code without its redirect_uri",
    { grant_type: "authorization_code", code: "x" },
    WEB_SECRET,
    400,
    "invalid_request",
  ],
  [
    "an unknown ticket",
    { grant_type: "ticket", ticket: "00000000-0000-4000-8000-0000000000ff", code: "1" },
    WEB_SECRET,
    401,
    "access_denied",
  ],
];

for (const [what, payload, secret, code, error] of REFUSED) {
  Deno.test(`daemon.token() refuses ${what} with ${code} ${error}`, async () => {
    await using db = await testDatabase();

    const reply = await db.token(payload, secret);

    assert.equal(reply.error?.code, code, JSON.stringify(reply));
    assert.equal(reply.error.error, error);
    assert.equal(reply.access_token, undefined);
    assert.equal(await db.value("SELECT count(*)::int FROM db.session"), 0);
  });
}

Deno.test("daemon.token() refuses an unknown client", async () => {
  await using db = await testDatabase();

  const reply = await db.value(
    "SELECT daemon.token('nobody', 'x', $1::text::jsonb, 'test', '127.0.0.1')",
    [JSON.stringify(admin)],
  );

  assert.equal(reply.error.code, 401);
  assert.equal(reply.error.error, "invalid_client");
});

Deno.test("daemon.token() gives a client a session of its own for a day", async () => {
  await using db = await testDatabase();

  const reply = await db.value(
    `SELECT daemon.token('service-example.com', $1, '{"grant_type": "client_credentials"}',
                         'test', '127.0.0.1')`,
    [SERVICE_SECRET],
  );

  assert.equal(reply.expires_in, 86_400);
  assert.equal(typeof reply.refresh_token, "string");
  const who = await db.call(reply.access_token, "/current/username");
  assert.equal(who.body.username, "service-example.com");
});

Deno.test("a refresh token is used once and gives a new pair", async () => {
  await using db = await testDatabase();
  const first = await db.token({ ...admin, access_type: "offline" });
  const refresh = { grant_type: "refresh_token", refresh_token: first.refresh_token };

  const second = await db.token(refresh);
  const again = await db.token(refresh);

  assert.equal(second.session, first.session);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(again.error.error, "invalid_grant");
  const now = await db.call(second.access_token, "/current/userid");
  assert.equal(now.status, 200);
});

Deno.test("a refresh token of one client is not spent by another", async () => {
  await using db = await testDatabase();
  const first = await db.token({ ...admin, access_type: "offline" });
  const payload = { grant_type: "refresh_token", refresh_token: first.refresh_token };

  const foreign = await db.value(
    "SELECT daemon.token('service-example.com', $1, $2::text::jsonb, 'test', '127.0.0.1')",
    [SERVICE_SECRET, JSON.stringify(payload)],
  );
  const own = await db.token(payload);

  assert.equal(foreign.error.error, "invalid_grant");
  assert.match(own.session, HASH40);
});

Deno.test("a code is exchanged once, for the redirect_uri that it was made for", async () => {
  await using db = await testDatabase();
  const redirect_uri = "https://example.com/oauth2/code";
  const { code, access_token } = await db.token({ ...admin, response_type: "code", redirect_uri });
  const exchange = { grant_type: "authorization_code", code, redirect_uri };

  const elsewhere = await db.token({ ...exchange, redirect_uri: "https://evil.example/" });
  const first = await db.token(exchange);
  const again = await db.token(exchange);

  assert.equal(access_token, undefined);
  assert.equal(elsewhere.error.error, "invalid_grant");
  assert.match(first.session, HASH40);
  assert.equal(again.error.error, "invalid_grant");
});

Deno.test("200 parallel uses of one refresh token let one through", async () => {
  await using db = await testDatabase();
  const first = await db.token({ ...admin, access_type: "offline" });
  const refresh = { grant_type: "refresh_token", refresh_token: first.refresh_token };

  const replies = await Promise.all(Array.from({ length: 200 }, () => db.token(refresh)));

  assert.equal(replies.filter((reply) => reply.session).length, 1);
  assert.equal(replies.filter((reply) => reply.error?.error === "invalid_grant").length, 199);
});

Deno.test("an exchanged token replaces the one it was made from", async () => {
  await using db = await testDatabase();
  const token = await db.signIn();

  const reply = await db.token({
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: token,
    subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
  });

  assert.equal((await db.call(reply.access_token, "/current/userid")).status, 200);
});

Deno.test("five wrong passwords lock, a right one does not open, open sessions go on", async () => {
  await using db = await testDatabase();
  const token = await db.signIn();
  const wrong = { ...admin, password: "wrong" };

  for (let attempt = 0; attempt < 5; attempt++) await db.token(wrong);
  const locked = await db.token(admin);

  assert.equal(locked.error?.code, 401);
  assert.equal(locked.error.error, "access_denied");
  assert.equal((await db.call(token, "/current/userid")).status, 200);
});

Deno.test("wrong passwords from elsewhere do not lock a user out", async () => {
  await using db = await testDatabase();
  const wrong = JSON.stringify({ ...admin, password: "wrong" });
  await db.signIn();

  for (let attempt = 0; attempt < 6; attempt++) {
    await db.value(
      "SELECT daemon.token('web-example.com', $1, $2::text::jsonb, 'test', '203.0.113.7')",
      [WEB_SECRET, wrong],
    );
  }

  assert.equal(typeof await db.signIn(), "string");
});
