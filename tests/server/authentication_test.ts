/** Every way in which a request says who sends it, over real HTTP. */
import assert from "node:assert/strict";
import { SignJWT } from "jose";
import {
  accessToken,
  ADMIN_PASSWORD,
  post,
  startServer,
  type TestDatabase,
  testDatabase,
  type TestServer,
  WEB_SECRET,
} from "../support/mod.ts";

const WHO = "/api/v1/current/username";

/** One server for a group of steps: starting one takes longer than all of them. */
async function withServer(
  run: (server: TestServer, db: TestDatabase) => Promise<void>,
): Promise<void> {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });
  await run(server, db);
}

async function grant(url: string, fields: Record<string, string>): Promise<Response> {
  return await fetch(`${url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      client_id: "web-example.com",
      client_secret: WEB_SECRET,
      grant_type: "password",
      username: "admin",
      password: ADMIN_PASSWORD,
      ...fields,
    }),
  });
}

/** Signs claims with the secret of the client `web-example.com`. */
async function signed(claims: Record<string, unknown>, secret = WEB_SECRET): Promise<string> {
  return await new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(secret));
}

function cookies(response: Response): Map<string, string> {
  const pairs = response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  return new Map(
    pairs.map((pair) => [pair.split("=")[0] ?? "", pair.slice(pair.indexOf("=") + 1)]),
  );
}

Deno.test("a request says who sends it", async (test) => {
  await withServer(async (server, db) => {
    const { url } = server;
    const reply = await (await grant(url, { access_type: "offline" })).json();
    const token: string = reply.access_token;
    const get = async (headers: Record<string, string>) => {
      const response = await fetch(url + WHO, { headers });
      return { status: response.status, body: await response.json() };
    };

    await test.step("Bearer", async () => {
      assert.deepEqual(await get({ authorization: `Bearer ${token}` }), {
        status: 200,
        body: { username: "admin" },
      });
      assert.equal((await get({ authorization: `bEaReR ${token}` })).status, 200);
    });
    await test.step("Basic", async () => {
      const good = btoa(`admin:${ADMIN_PASSWORD}`);
      assert.equal((await get({ authorization: `Basic ${good}` })).body.username, "admin");
      assert.equal((await get({ authorization: `Basic ${btoa("admin:no")}` })).status, 401);
      assert.equal((await get({ authorization: "Basic %%%" })).body.username, null);
    });
    await test.step("Session and Secret", async () => {
      const { session, secret } = reply;
      assert.equal((await get({ session, secret })).body.username, "admin");
      assert.equal((await get({ session, secret: "wrong" })).status, 401);
      assert.equal((await get({ session: "0".repeat(40), secret })).status, 400);
      assert.equal((await get({ session, secret })).status, 200, "a wrong secret closed it");
    });
    await test.step("cookie", async () => {
      assert.equal((await get({ cookie: `__Secure-AT=${token}` })).body.username, "admin");
      assert.equal((await get({ cookie: "__Secure-AT=a.b.c" })).status, 401);
    });
    await test.step("X-Auth-Context chooses the cookie pair", async () => {
      const service = { cookie: `__Secure-SAT=${token}`, "x-auth-context": "service" };
      assert.equal((await get(service)).body.username, "admin");
      assert.equal((await get({ cookie: `__Secure-SAT=${token}` })).body.username, null);
    });
    await test.step("nothing, and schemes nobody knows", async () => {
      assert.equal((await get({})).body.username, null);
      assert.equal((await get({ authorization: "Digest x" })).body.username, null);
      const who = await fetch(`${url}/api/v1/whoami`, { method: "POST" });
      assert.equal(who.status, 401);
      assert.equal((await who.json()).error.error, "ERR-401-001");
    });

    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: "accounts.example.com",
      aud: "web-example.com",
      sub: reply.session,
      iat: seconds,
      exp: seconds + 3600,
    };
    const none = `${btoa('{"alg":"none","typ":"JWT"}')}.${btoa(JSON.stringify(claims))}.`
      .replaceAll("=", "");
    const tokens: [string, string, number][] = [
      ["an expired token", await signed({ ...claims, exp: seconds - 1 }), 403],
      ["a token from the future", await signed({ ...claims, iat: seconds + 600 }), 401],
      ["a token that is not valid yet", await signed({ ...claims, nbf: seconds + 600 }), 401],
      ["a foreign audience", await signed({ ...claims, aud: "web-other.example" }), 401],
      ["an audience that is a list", await signed({ ...claims, aud: ["web-example.com"] }), 401],
      ["a foreign issuer", await signed({ ...claims, iss: "accounts.evil.example" }), 401],
      ["a foreign secret", await signed(claims, "another secret"), 401],
      ["an unsigned token", none, 401],
      ["a token nobody issued", await signed({ ...claims, iat: seconds - 5 }), 403],
      ["a token without its last part", token.split(".").slice(0, 2).join("."), 401],
      ["text", "broken", 401],
    ];
    for (const [what, value, status] of tokens) {
      await test.step(`${what} is refused with ${status}`, async () => {
        const { status: found, body } = await get({ authorization: `Bearer ${value}` });
        assert.equal(found, status, JSON.stringify(body));
        assert.equal(body.error.code, status);
      });
    }

    await test.step("1,000 mutated tokens are refused without asking the database", async () => {
      const asked = await queries(db);
      for (let n = 0; n < 1000; n++) {
        const at = Math.floor(Math.random() * token.length);
        const other = String.fromCharCode(33 + Math.floor(Math.random() * 90));
        if (token[at] === other || token[at] === ".") continue;
        const mutated = token.slice(0, at) + other + token.slice(at + 1);
        if (sameBytes(mutated, token)) continue;
        const { status } = await get({ authorization: `Bearer ${encodeURI(mutated)}` });
        assert.ok(status === 401 || status === 403, `${mutated} -> ${status}`);
      }
      assert.ok(await queries(db) - asked < 50);
    });

    await test.step("a signed-out token is refused with 403 and cookies are cleared", async () => {
      const out = await post(url, token, "/sign/out", {});
      assert.equal(out.status, 200);
      const cleared = cookies(out);
      for (const name of ["__Secure-AT", "__Secure-RT", "__Secure-SAT", "__Secure-SRT", "SID"]) {
        assert.equal(cleared.get(name), "", name);
      }
      await out.body?.cancel();
      assert.equal((await get({ authorization: `Bearer ${token}` })).status, 403);
    });
  });
});

Deno.test("the token endpoint sets cookies that scripts cannot read", async () => {
  await withServer(async ({ url }) => {
    const response = await grant(url, { access_type: "offline" });
    await response.body?.cancel();

    const lines = response.headers.getSetCookie();
    for (const name of ["__Secure-AT", "__Secure-RT", "SID"]) {
      const line = lines.find((text) => text.startsWith(`${name}=`)) ?? "";
      assert.match(line, /HttpOnly/i, name);
      assert.match(line, /Secure/, name);
      assert.match(line, /Path=\//, name);
      assert.match(line, /Max-Age=5184000/, name);
    }
    assert.match(response.headers.get("cache-control") ?? "", /no-store/);
  });
});

Deno.test("a wrong password and an unknown user get the same answer", async () => {
  await withServer(async ({ url }) => {
    const wrong = await grant(url, { password: "wrong" });
    const unknown = await grant(url, { username: "nobody-here" });

    assert.equal(wrong.status, 401);
    assert.match(wrong.headers.get("www-authenticate") ?? "", /^Bearer error="access_denied"/);
    assert.deepEqual(await wrong.json(), await unknown.json());
  });
});

Deno.test("an expired cookie is renewed once, for parallel requests too", async () => {
  await withServer(async ({ url }, db) => {
    const reply = await (await grant(url, { access_type: "offline" })).json();
    const seconds = Math.floor(Date.now() / 1000);
    const expired = await signed({
      iss: "accounts.example.com",
      aud: "web-example.com",
      sub: reply.session,
      iat: seconds - 3700,
      exp: seconds - 100,
    });
    // The database knows an expired token by its hash only.
    await db.rows(
      `UPDATE db.token SET hash = GetTokenHash($1, GetSecretKey()),
              validfromdate = now() - interval '2 hours', validtodate = now() - interval '1 hour'
        WHERE type = 'A'`,
      [expired],
    );
    const cookie = `__Secure-AT=${expired}; __Secure-RT=${encodeURIComponent(reply.refresh_token)}`;

    const responses = await Promise.all(
      Array.from({ length: 5 }, () => fetch(url + WHO, { headers: { cookie } })),
    );

    for (const response of responses) {
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), { username: "admin" });
    }
    const fresh = responses.map(cookies).find((set) => set.has("__Secure-AT"));
    assert.ok(fresh, "no reply set the new cookies");
  });
});

Deno.test("a cookie's POST from a foreign origin is refused", async () => {
  await withServer(async ({ url }) => {
    const token = await accessToken(url);
    const send = (origin: string) =>
      fetch(url + WHO, {
        method: "POST",
        headers: { cookie: `__Secure-AT=${token}`, origin },
      });

    const foreign = await send("https://evil.example");
    const own = await send("https://example.com");

    assert.equal(foreign.status, 403);
    assert.equal(own.status, 200);
    await Promise.all([foreign.body?.cancel(), own.body?.cancel()]);
  });
});

/** Statements that the database ran so far. */
async function queries(db: TestDatabase): Promise<number> {
  await db.value("SELECT pg_stat_clear_snapshot()");
  return await db.value<number>(
    `SELECT (xact_commit + xact_rollback)::int FROM pg_stat_database
      WHERE datname = current_database()`,
  ) ?? 0;
}

/** Two spellings of base64url may stand for the same signature. */
function sameBytes(left: string, right: string): boolean {
  const last = (text: string) => {
    try {
      return atob((text.split(".")[2] ?? "").replaceAll("-", "+").replaceAll("_", "/"));
    } catch {
      return null;
    }
  };
  const head = (text: string) => text.split(".").slice(0, 2).join(".");
  return head(left) === head(right) && last(left) !== null && last(left) === last(right);
}
