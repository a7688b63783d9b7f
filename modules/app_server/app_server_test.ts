import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { Metrics } from "../../core/http/mod.ts";
import { testConfig, testServer } from "../../core/http/testing.ts";
import { openDatabase } from "../../core/postgres/mod.ts";
import { appServer } from "./mod.ts";

const ORIGIN = "https://example.com";
const SECRET = "test secret of web";

/**
 * The module on a free port, with a database that is not there: whatever asks it ends in 503, so
 * every other answer was given without it.
 */
async function serve() {
  const config = await testConfig({ APOSTOL_SECRET_WEB: SECRET });
  const connection = { host: "127.0.0.1", port: 1, database: "x", user: "x", password: "" };
  const db = openDatabase({ connection, min: 0, max: 1, acquireTimeout: 200 });
  const limited = { ...config, server: { ...config.server, body_limit: 1000 } };
  const module = appServer.create({ config: limited, db, metrics: new Metrics() });
  const server = await testServer([module], limited);
  return {
    base: server.base,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await db.close();
    },
  };
}

function token(seconds: number, changes: { secret?: string; aud?: string } = {}): Promise<string> {
  const { secret = SECRET, aud = "web-example.com" } = changes;
  return new SignJWT({ aud, sub: "0".repeat(40), exp: Math.floor(Date.now() / 1000) + seconds })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(new TextEncoder().encode(secret));
}

/** Request, and what must come back. */
interface Scenario {
  name: string;
  path?: string;
  method?: string;
  headers?: Record<string, string> | (() => Promise<Record<string, string>>);
  body?: string;
  status: number;
  /** Text of the answer. */
  text?: RegExp;
  /** Headers of the answer; null for one that must be absent. */
  reply?: Record<string, RegExp | null>;
}

const bearer = (seconds: number, changes = {}) => async () => ({
  authorization: `Bearer ${await token(seconds, changes)}`,
});
const cookie = (seconds: number, more: Record<string, string> = {}) => async () => ({
  cookie: `__Secure-AT=${await token(seconds)}`,
  ...more,
});
const PING = /^\{"error":\{"code":200,"message":"OK"\}\}$/;

const SCENARIOS: Scenario[] = [
  { name: "answers ping", path: "/api/v1/ping", status: 200, text: PING },
  { name: "answers ping by POST", path: "/api/v1/ping", method: "POST", status: 200, text: PING },
  { name: "answers time", path: "/api/v1/time", status: 200, text: /^\{"serverTime": \d{13}\}$/ },
  { name: "answers HEAD of ping", path: "/api/v1/ping", method: "HEAD", status: 200, text: /^$/ },
  {
    name: "opens ping to a listed origin",
    path: "/api/v1/ping",
    headers: { origin: ORIGIN },
    status: 200,
    reply: {
      "access-control-allow-origin": /^https:\/\/example\.com$/,
      "access-control-allow-credentials": /^true$/,
      "vary": /^Origin$/,
    },
  },
  {
    name: "opens nothing to another origin",
    path: "/api/v1/ping",
    headers: { origin: "https://evil.test" },
    status: 200,
    reply: { "access-control-allow-origin": null },
  },
  {
    name: "answers a preflight",
    method: "OPTIONS",
    headers: { origin: ORIGIN },
    status: 204,
    reply: {
      "allow": /GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS/,
      "access-control-allow-headers": /X-Auth-Context/,
    },
  },
  {
    name: "refuses another method, in words that scripts may read",
    method: "PROPFIND",
    headers: { origin: ORIGIN },
    status: 405,
    reply: { allow: /PATCH/, "access-control-allow-origin": /example/ },
  },
  { name: "refuses an expired token", headers: bearer(-5), status: 403, text: /"code":403/ },
  { name: "refuses a forged token", headers: bearer(60, { secret: "x" }), status: 401 },
  { name: "refuses a foreign audience", headers: bearer(60, { aud: "x" }), status: 401 },
  {
    name: "refuses garbage as a token",
    headers: { authorization: "bearer x" },
    status: 401,
    text: /^\{"error":\{"code":401,"message":"The token is not valid"\}\}$/,
  },
  { name: "refuses an empty token", headers: { authorization: "Bearer" }, status: 401 },
  { name: "refuses an expired cookie without a refresh token", headers: cookie(-5), status: 401 },
  {
    name: "refuses a cookie that a foreign site sent along",
    headers: cookie(60, { origin: "https://evil.test" }),
    status: 403,
  },
  {
    name: "clears five cookies at sign-out even when it fails",
    path: "/api/v1/sign/out",
    headers: cookie(-5),
    status: 401,
    reply: { "set-cookie": /__Secure-AT=;.*__Secure-SRT=;.*SID=;/ },
  },
  { name: "refuses an unknown shape", path: "/api/v1/x?result_object=yes", status: 400 },
  {
    name: "refuses a body that is too large",
    headers: { "content-type": "application/json" },
    body: JSON.stringify("x".repeat(2000)),
    status: 413,
  },
  {
    name: "refuses a file",
    body: "--B--\r\n",
    headers: {
      "content-type": "multipart/form-data; boundary=C",
    },
    status: 400,
  },
  {
    name: "says that the database is away",
    status: 503,
    text: /"code":503/,
    reply: {
      "retry-after": /^1$/,
    },
  },
  {
    name: "says so to a cookie of its own site",
    headers: cookie(60, { origin: ORIGIN }),
    status: 503,
  },
  { name: "asks the database about Basic", headers: { authorization: "Basic YTpi" }, status: 503 },
  {
    name: "takes an unknown scheme for nobody",
    headers: { authorization: "Digest x" },
    status: 503,
  },
  {
    name: "asks the database about a session",
    headers: { session: "a", secret: "b" },
    status: 503,
  },
];

for (const scenario of SCENARIOS) {
  Deno.test(`AppServer ${scenario.name}`, async () => {
    await using server = await serve();
    const { path = "/api/v1/whoami", headers, body, text, reply = {} } = scenario;
    const method = scenario.method ??
      (path.endsWith("ping") || path.endsWith("time") ? "GET" : "POST");

    const response = await fetch(server.base + path, {
      method,
      headers: typeof headers === "function" ? await headers() : headers ?? {},
      ...(body !== undefined && { body }),
    });
    const answer = await response.text();

    assert.equal(response.status, scenario.status, answer);
    if (text !== undefined) assert.match(answer, text);
    for (const [name, pattern] of Object.entries(reply)) {
      const value = response.headers.get(name);
      if (pattern === null) assert.equal(value, null);
      else assert.match(value ?? "", pattern);
    }
  });
}

Deno.test("AppServer keeps invalid UTF-8 from the database", async () => {
  await using server = await serve();

  const response = await fetch(`${server.base}/api/v1/whoami`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
  });

  assert.equal(response.status, 400);
  assert.match(await response.text(), /not valid UTF-8/);
});
