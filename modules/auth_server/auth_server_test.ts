import assert from "node:assert/strict";
import { Metrics } from "../../core/http/mod.ts";
import { testConfig, testServer } from "../../core/http/testing.ts";
import { openDatabase } from "../../core/postgres/mod.ts";
import { authServer } from "./mod.ts";

const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const REDIRECT = "https://example.com/oauth2/code";

/**
 * The module on a free port, with a database that is not there: whatever asks it ends in 503, so
 * every other answer was given without it.
 */
async function serve() {
  const config = await testConfig({ APOSTOL_SECRET_WEB: "s" });
  Object.assign(config.oauth2.find(({ name }) => name === "android")!, {
    public: true,
    client_secret: "kept by the server",
    redirect_uris: [REDIRECT],
  });
  const connection = { host: "127.0.0.1", port: 1, database: "x", user: "x", password: "" };
  const db = openDatabase({ connection, min: 0, max: 1, acquireTimeout: 200 });
  const server = await testServer(
    [authServer.create({ config, db, metrics: new Metrics() })],
    config,
  );
  return {
    base: server.base,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await db.close();
    },
  };
}

/** Request, and what must come back. */
interface Scenario {
  name: string;
  method?: string;
  path: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: unknown;
  status: number;
  /** Value of `error` in a JSON answer. */
  error?: string;
  /** Address that the browser is sent to. */
  location?: RegExp;
}

const authorize = (changes: Record<string, string>, name = "authorize") =>
  `/oauth2/${name}?${new URLSearchParams({
    client_id: "web-example.com",
    redirect_uri: REDIRECT,
    response_type: "code",
    ...changes,
  })}`;
const refusal = (status: number, error: string) =>
  new RegExp(`^/oauth/error/\\?code=${status}&error=${error}&error_description=`);
const UNAVAILABLE = { status: 503, error: "temporarily_unavailable" };

const SCENARIOS: Scenario[] = [
  {
    name: "sends a good request to the sign-in page",
    path: authorize({
      access_type: "offline",
      scope: "openid,profile",
      state: "a b&c",
      prompt: "none",
    }),
    status: 302,
    location:
      /^\/oauth\/identifier\/\?client_id=web-example\.com&response_type=code&redirect_uri=https%3A%2F%2Fexample\.com%2Foauth2%2Fcode&access_type=offline&scope=openid%2Cprofile&prompt=none&state=a%20b%26c$/,
  },
  {
    name: "passes what belongs to the code on",
    path: authorize({ code_challenge: CHALLENGE, code_challenge_method: "S256", nonce: "n" }),
    status: 302,
    location: new RegExp(`&code_challenge=${CHALLENGE}&code_challenge_method=S256&nonce=n$`),
  },
  {
    name: "knows the short name and the page of secrets",
    path: authorize({ prompt: "secret" }, "auth"),
    status: 302,
    location: /^\/oauth\/secret\/\?client_id=/,
  },
  ...([
    ["without redirect_uri", { redirect_uri: "" }, 400, "invalid_request"],
    ["of an unknown client", { client_id: "x" }, 401, "invalid_client"],
    ["without client", { client_id: "" }, 401, "invalid_client"],
    ["to a foreign page", { redirect_uri: "https://evil.test/" }, 400, "invalid_request"],
    ["to a page with a slash more", { redirect_uri: `${REDIRECT}/` }, 400, "invalid_request"],
    ["to a page in capitals", { redirect_uri: REDIRECT.toUpperCase() }, 400, "invalid_request"],
    ["to a page with a query", { redirect_uri: `${REDIRECT}?a` }, 400, "invalid_request"],
    ["of another response", { response_type: "code id" }, 400, "unsupported_response_type"],
    ["of another access", { access_type: "x" }, 400, "invalid_request"],
    [
      "of offline access with a token alone",
      { response_type: "token", access_type: "offline" },
      400,
      "invalid_request",
    ],
    ["of an unknown scope", { scope: "openid x" }, 400, "invalid_scope"],
    ["with an unknown prompt", { prompt: "x" }, 400, "unsupported_prompt_type"],
    ["with a method and no challenge", { code_challenge_method: "S256" }, 400, "invalid_request"],
    [
      "with a plain challenge",
      { code_challenge: CHALLENGE, code_challenge_method: "plain" },
      400,
      "invalid_request",
    ],
    ["with a challenge of no method", { code_challenge: CHALLENGE }, 400, "invalid_request"],
  ] as const).map(([name, changes, status, error]) => ({
    name: `refuses a request ${name}`,
    path: authorize(changes),
    status: 302,
    location: refusal(status, error),
  })),
  {
    name: "wants a challenge of a client without a secret",
    path: authorize({ client_id: "android-example.com" }),
    status: 302,
    location: refusal(400, "invalid_request"),
  },
  ...([
    ["redeem a code", { grant_type: "authorization_code", code: "x" }, UNAVAILABLE],
    ["refresh", { grant_type: "refresh_token", refresh_token: "x" }, UNAVAILABLE],
    ["sign in", { grant_type: "password" }, { status: 400, error: "invalid_request" }],
    ["be itself", { grant_type: "client_credentials" }, { status: 400, error: "invalid_request" }],
  ] as const).map(([what, form, expected]) => ({
    name: `lets a client without a secret ${what}: ${expected.status === 503 ? "yes" : "no"}`,
    method: "POST",
    path: "/oauth2/token",
    form: { client_id: "android-example.com", ...form },
    ...expected,
  })),
  {
    name: "lets a client without a secret revoke",
    method: "POST",
    path: "/oauth2/revoke",
    form: { client_id: "android-example.com", token: "x" },
    ...UNAVAILABLE,
  },
  {
    name: "lets no client without a secret introspect",
    method: "POST",
    path: "/oauth2/introspect",
    form: { client_id: "android-example.com", token: "x" },
    status: 401,
    error: "invalid_client",
  },
  {
    name: "passes a provider's error on, encoded",
    path: "/oauth2/code?error=access_denied&error_description=%0d%0aX:+y%26",
    status: 302,
    location: /error=access_denied&error_description=%0D%0AX%3A%20y%26$/,
  },
  {
    name: "misses the code",
    path: "/oauth2/code",
    status: 302,
    location: refusal(400, "invalid_request"),
  },
  {
    name: "knows no other provider",
    path: "/oauth2/code/nobody?code=x",
    status: 302,
    location: refusal(400, "invalid_request"),
  },
  {
    name: "exchanges no code for a host that is not registered",
    path: "/oauth2/code?code=x",
    headers: { "x-forwarded-proto": "https", host: "evil.test" },
    status: 302,
    location: refusal(400, "invalid_request"),
  },
  {
    name: "sends a callback on",
    path: "/oauth2/callback",
    status: 302,
    location: /^\/oauth\/callback\/$/,
  },
  { name: "has no other page", path: "/oauth2/nothing", status: 404 },
  { name: "has no page named like a method", path: "/oauth2/constructor", status: 404 },
  {
    name: "has no other endpoint",
    method: "POST",
    path: "/oauth2/nothing",
    status: 404,
    error: "invalid_request",
  },
  { name: "takes no other method", method: "PUT", path: "/oauth2/token", status: 405 },
  { name: "answers a preflight", method: "OPTIONS", path: "/oauth2/token", status: 204 },
  ...([
    ["no client", { grant_type: "client_credentials" }, "invalid_request"],
    ["no secret", { grant_type: "password", client_id: "x" }, "invalid_request"],
    ["no origin", { grant_type: "password", client_id: "web-example.com" }, "invalid_request"],
  ] as const).map(([name, form, error]) => ({
    name: `gives no token to ${name}`,
    method: "POST",
    path: "/oauth2/token",
    form,
    status: 400,
    error,
  })),
  {
    name: "gives no token to a foreign origin",
    method: "POST",
    path: "/oauth2/token",
    headers: { origin: "https://evil.test" },
    form: { grant_type: "password", client_id: "web-example.com" },
    status: 400,
    error: "invalid_request",
  },
  {
    name: "gives no token for a foreign page",
    method: "POST",
    path: "/oauth2/token",
    headers: { origin: "https://example.com" },
    form: {
      grant_type: "password",
      client_id: "web-example.com",
      redirect_uri: "https://evil.test/",
    },
    status: 400,
    error: "invalid_request",
  },
  {
    name: "lends the secret to a page of a listed origin",
    method: "POST",
    path: "/oauth2/token",
    headers: { origin: "https://example.com" },
    form: { grant_type: "password", client_id: "web-example.com", redirect_uri: REDIRECT },
    ...UNAVAILABLE,
  },
  {
    name: "assumes the web client of a page on this machine",
    method: "POST",
    path: "/oauth2/token",
    headers: { origin: "https://example.com" },
    form: { grant_type: "password" },
    ...UNAVAILABLE,
  },
  {
    name: "takes a client by Basic",
    method: "POST",
    path: "/oauth2/token",
    headers: { authorization: `Basic ${btoa("web-example.com:s")}` },
    form: { grant_type: "password" },
    ...UNAVAILABLE,
  },
  {
    name: "takes a client by nothing but Basic",
    method: "POST",
    path: "/oauth2/token",
    headers: { authorization: "Bearer x" },
    form: { grant_type: "password", client_id: "a", client_secret: "b" },
    status: 400,
    error: "invalid_request",
  },
  {
    name: "wants strings",
    method: "POST",
    path: "/oauth2/token",
    json: { grant_type: ["password"] },
    status: 400,
    error: "invalid_request",
  },
  {
    name: "wants strings for the client too",
    method: "POST",
    path: "/oauth2/token",
    json: { grant_type: "password", client_id: 1, client_secret: {} },
    status: 400,
    error: "invalid_request",
  },
  {
    name: "takes JSON that is none for nothing",
    method: "POST",
    path: "/oauth2/token",
    headers: { "content-type": "application/json" },
    form: { grant_type: "password" },
    status: 400,
    error: "invalid_request",
  },
  {
    name: "lets an assertion prove its client",
    method: "POST",
    path: "/oauth2/token",
    form: { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: "x" },
    ...UNAVAILABLE,
  },
  { name: "identifies nothing", path: "/oauth2/identifier", status: 400, error: "invalid_request" },
  {
    name: "identifies for nobody",
    path: "/oauth2/identifier?value=a",
    status: 401,
    error: "unauthorized",
  },
  {
    name: "identifies for no broken token",
    path: "/oauth2/identifier?value=a",
    headers: { authorization: "Bearer x" },
    status: 400,
    error: "invalid_request",
  },
  {
    name: "identifies for no Basic",
    path: "/oauth2/identifier?value=a",
    headers: { authorization: "Basic x" },
    status: 401,
    error: "unauthorized",
  },
  {
    name: "identifies for a session",
    path: "/oauth2/identifier?value=a",
    headers: { session: "a", secret: "b" },
    ...UNAVAILABLE,
  },
];

for (const { name, method = "GET", path, headers = {}, form, json, ...expected } of SCENARIOS) {
  Deno.test(`AuthServer ${name}`, async () => {
    await using server = await serve();
    const body = form === undefined ? json && JSON.stringify(json) : new URLSearchParams(form);

    const response = await fetch(server.base + path, {
      method,
      headers: json === undefined ? headers : { "content-type": "application/json", ...headers },
      redirect: "manual",
      ...(body !== undefined && { body: body as BodyInit }),
    });
    const text = await response.text();

    assert.equal(response.status, expected.status, text);
    if (expected.error !== undefined) {
      const answer = JSON.parse(text);
      assert.equal(answer.error, expected.error);
      assert.equal(typeof answer.error_description, "string");
      assert.equal(response.headers.get("cache-control"), "no-store");
    }
    if (expected.location !== undefined) {
      assert.match(response.headers.get("location") ?? "", expected.location);
    }
    if (response.status === 401) {
      assert.match(
        response.headers.get("www-authenticate") ?? "",
        expected.error === "invalid_client"
          ? /^Basic realm="oauth2"$/
          : /^Bearer error="access_denied"/,
      );
    }
  });
}
