/** What the HTTP boundary makes of requests: payloads, replies, CORS, and hostile input. */
import assert from "node:assert/strict";
import { accessToken, post, startServer, testDatabase, type TestServer } from "../support/mod.ts";

const LIST = "/admin/user/list";

async function withServer(
  run: (server: TestServer, token: string) => Promise<void>,
): Promise<void> {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });
  await run(server, await accessToken(server.url));
}

Deno.test("requests and replies have the shapes of the wire", async (test) => {
  await withServer(async ({ url }, token) => {
    const authorization = `Bearer ${token}`;
    const send = (path: string, init: RequestInit = {}) =>
      fetch(`${url}/api/v1${path}`, { ...init, headers: { authorization, ...init.headers } });

    await test.step("ping and time need no database and no session", async () => {
      const ping = await fetch(`${url}/api/v1/ping`);
      assert.deepEqual(await ping.json(), { error: { code: 200, message: "OK" } });
      assert.equal(ping.headers.get("content-type"), "application/json");
      const { serverTime } = await (await fetch(`${url}/api/v1/time`)).json();
      assert.ok(Math.abs(serverTime - Date.now()) < 5000);
      const posted = await fetch(`${url}/api/v1/ping`, { method: "POST" });
      assert.equal(posted.status, 200);
      await posted.body?.cancel();
    });
    await test.step("a list is an array whatever its length", async () => {
      const none = await post(url, token, LIST, { filter: { username: "nobody-here" } });
      const one = await post(url, token, LIST, { filter: { username: "demo" } });
      assert.deepEqual(await none.json(), []);
      assert.equal((await one.json()).length, 1);
    });
    await test.step("one row is an object, none is an empty one", async () => {
      const own = await post(url, token, "/user/get", {});
      assert.equal((await own.json()).username, "admin");
      const none = await post(url, token, "/admin/user/get", {
        id: "00000000-0000-4000-8000-0000000000ff",
      });
      assert.deepEqual(await none.json(), {});
    });
    await test.step("result_object and result_format shape the reply", async () => {
      const wrapped = await post(url, token, "/user/get?result_object=true", {});
      assert.equal((await wrapped.json()).result[0].username, "admin");
      const array = await send("/current/username?result_format=array");
      assert.deepEqual(await array.json(), [{ username: "admin" }]);
      const nothing = await send("/current/session?result_format=null", {
        headers: { authorization: "" },
      });
      assert.equal(await nothing.json(), null);
      const wrong = await send("/user/get?result_object=yes");
      assert.equal(wrong.status, 400);
      await wrong.body?.cancel();
      const format = await send("/user/get?result_format=xml");
      assert.equal(format.status, 400);
      await format.body?.cancel();
    });
    await test.step("forms and multipart forms are objects of strings", async () => {
      const form = await send("/admin/user/get", {
        method: "POST",
        body: new URLSearchParams({ id: "00000000-0000-4000-a001-000000000001" }),
      });
      assert.equal((await form.json()).username, "admin");
      const parts = new FormData();
      parts.set("id", "00000000-0000-4000-a001-000000000001");
      const multipart = await send("/admin/user/get", { method: "POST", body: parts });
      assert.equal((await multipart.json()).username, "admin");
    });
    await test.step("HEAD is GET without a body, OPTIONS tells the methods", async () => {
      const head = await send("/current/username", { method: "HEAD" });
      assert.equal(head.status, 200);
      assert.equal(await head.text(), "");
      const options = await send("/whoami", { method: "OPTIONS" });
      assert.equal(options.status, 204);
      assert.match(options.headers.get("allow") ?? "", /GET, POST/);
      const trace = await send("/whoami", { method: "PROPFIND" });
      assert.equal(trace.status, 405);
      await trace.body?.cancel();
    });
    await test.step("unknown routes and methods are refused", async () => {
      for (
        const [path, method, code] of [
          ["/nosuch", "POST", "ERR-400-091"],
          ["/whoami", "PUT", "ERR-400-092"],
          ["/whoami", "PATCH", "ERR-400-092"],
        ] as const
      ) {
        const response = await send(path, { method });
        assert.equal(response.status, 400, path);
        assert.equal((await response.json()).error.error, code);
      }
    });
    await test.step("a batch answers element by element", async () => {
      const response = await post(url, token, "/run", [
        { key: "a", path: "/api/v1/current/username" },
        { key: "b", path: "/api/v1/nosuch" },
      ]);
      const [a, b] = await response.json();
      assert.deepEqual(a.payload, [{ username: "admin" }]);
      assert.equal(b.payload[0].error.error, "ERR-400-091");
    });
    await test.step("only listed origins are told that they may", async () => {
      const own = await send("/current/username", { headers: { origin: "https://example.com" } });
      assert.equal(own.headers.get("access-control-allow-origin"), "https://example.com");
      assert.equal(own.headers.get("access-control-allow-credentials"), "true");
      assert.match(own.headers.get("vary") ?? "", /Origin/);
      await own.body?.cancel();
      for (
        const origin of ["https://evil.example", "https://example.com.evil.example", "null", "*"]
      ) {
        const foreign = await send("/current/username", { headers: { origin } });
        assert.equal(foreign.headers.get("access-control-allow-origin"), null, origin);
        await foreign.body?.cancel();
      }
      const preflight = await fetch(`${url}/api/v1/whoami`, {
        method: "OPTIONS",
        headers: {
          origin: "https://example.com",
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization, x-auth-context",
        },
      });
      assert.equal(preflight.status, 204);
      assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /X-Auth-Context/i);
    });
  });
});

const DEEP = "[".repeat(100_000) + "]".repeat(100_000);
const JSON_TYPE = { "content-type": "application/json" };
const HOSTILE: [string, string, RequestInit][] = [
  ["broken JSON", LIST, { method: "POST", headers: JSON_TYPE, body: '{"a":' }],
  ["JSON of 100,000 levels", LIST, { method: "POST", headers: JSON_TYPE, body: DEEP }],
  ["a JSON string", LIST, { method: "POST", headers: JSON_TYPE, body: '"x"' }],
  ["a JSON number", LIST, { method: "POST", headers: JSON_TYPE, body: "1e400" }],
  ["an array of numbers", LIST, { method: "POST", headers: JSON_TYPE, body: "[1,2]" }],
  ["a NUL in JSON", LIST, {
    method: "POST",
    headers: JSON_TYPE,
    body: '{"filter":{"username":"\\u0000"}}',
  }],
  ["a lone surrogate", LIST, {
    method: "POST",
    headers: JSON_TYPE,
    body: '{"filter":{"username":"\\ud800"}}',
  }],
  ["bytes that are not UTF-8", LIST, {
    method: "POST",
    headers: JSON_TYPE,
    body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  }],
  ["a form of bytes that are not UTF-8", "/admin/user/get", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "id=%ff%fe%00",
  }],
  ["a malformed uuid", "/admin/user/get", {
    method: "POST",
    headers: JSON_TYPE,
    body: '{"id":"x"}',
  }],
  ["a number for a text", "/admin/user/get", {
    method: "POST",
    headers: JSON_TYPE,
    body: '{"id":{"a":[]}}',
  }],
  ["SQL in every field of a search", LIST, {
    method: "POST",
    headers: JSON_TYPE,
    body: JSON.stringify({
      fields: ["id); DROP TABLE db.user; --"],
      search: [{
        condition: "OR 1=1",
        field: "id' OR ''='",
        compare: "EQL'",
        value: "' OR 1=1 --",
        lstr: "(SELECT 1)",
        rstr: ") UNION SELECT * FROM db.user",
      }],
      orderby: ["(SELECT pg_sleep(5))"],
      groupby: ["1; DROP TABLE db.user"],
    }),
  }],
  ["a path of dots", "/../../../etc/passwd", {}],
  ["an encoded path of dots", "/..%2f..%2f..%2fetc%2fpasswd", {}],
  ["an encoded NUL in the path", "/whoami%00", { method: "POST" }],
  ["a path of 8,000 characters", `/${"a".repeat(8000)}`, { method: "POST" }],
  ["a path with a quote", "/whoami'--", { method: "POST" }],
  ["a broken percent sign", "/whoami%", { method: "POST" }],
  ["a strange content type", LIST, {
    method: "POST",
    headers: { "content-type": "application/json; charset=\u00a0x" },
    body: "{}",
  }],
  ["a multipart form without an end", LIST, {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    body: '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1',
  }],
  ["a multipart form without a boundary", LIST, {
    method: "POST",
    headers: { "content-type": "multipart/form-data" },
    body: "x",
  }],
  ["a forwarded address that is none", "/whoami", {
    method: "POST",
    headers: { "x-forwarded-for": "'; DROP TABLE db.user; --", "x-real-ip": "999.1.1.1" },
  }],
  ["a user agent of SQL", "/whoami", {
    method: "POST",
    headers: { "user-agent": "'); DROP TABLE db.session; --" },
  }],
  ["a 64-fold page", LIST, {
    method: "POST",
    headers: JSON_TYPE,
    body: '{"reclimit": 99999999999999999999, "recoffset": -1}',
  }],
  ["a very long value", LIST, {
    method: "POST",
    headers: JSON_TYPE,
    body: JSON.stringify({ filter: { username: "x".repeat(1_000_000) } }),
  }],
];

const LEAKS = /postgres:\/\/|\/core\/|\.ts:\d|PL\/pgSQL|SELECT .* FROM|db\.user|stack|\$2[aby]\$/i;

Deno.test("hostile requests get a clear refusal: no 500, no leak, no harm", async (test) => {
  await withServer(async (server, token) => {
    const { url } = server;
    for (const [what, path, init] of HOSTILE) {
      await test.step(what, async () => {
        const headers = { authorization: `Bearer ${token}`, ...init.headers };
        const response = await fetch(`${url}/api/v1${path}`, { ...init, headers });
        const text = await response.text();
        assert.ok(response.status < 500, `${response.status} ${text.slice(0, 300)}`);
        assert.doesNotMatch(text.slice(0, 2000), LEAKS);
      });
    }
    await test.step("a body over the limit is cut off", async () => {
      const big = new Uint8Array(33 * 2 ** 20).fill(32);
      const response = await fetch(`${url}/api/v1${LIST}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, ...JSON_TYPE },
        body: big,
      });
      assert.equal(response.status, 413);
      await response.body?.cancel();
    });
    await test.step("header injection stays in its value", async () => {
      const answer = await raw(
        server.port,
        `GET /oauth2/authorize?client_id=web-example.com&redirect_uri=x%0d%0aSet-Cookie:%20a=b&response_type=code HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      );
      assert.doesNotMatch(answer, /^set-cookie: a=b/im);
    });
    await test.step("two lengths are refused", async () => {
      const answer = await raw(
        server.port,
        "POST /api/v1/whoami HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\nconnection: close\r\n\r\nab",
      );
      assert.doesNotMatch(answer, /^HTTP\/1\.1 (200|5\d\d)/);
    });
    await test.step("it still serves", async () => {
      const response = await post(url, token, "/whoami", { fields: ["userid"] });
      assert.equal(response.status, 200);
      await response.body?.cancel();
    });
  });
});

/** Sends bytes as they are and reads the answer until the server closes, at most 5 seconds. */
async function raw(port: number, text: string): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  let answer = "";
  const timer = setTimeout(() => connection.closeWrite().catch(() => {}), 5000);
  try {
    await connection.write(new TextEncoder().encode(text));
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(65_536);
    for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) {
      answer += decoder.decode(buffer.subarray(0, n), { stream: true });
      if (/\r\n\r\n/.test(answer) && /content-length: 0/i.test(answer)) break;
    }
  } catch {
    // Reset by the server: what was read is the answer.
  } finally {
    clearTimeout(timer);
    connection.close();
  }
  return answer;
}
