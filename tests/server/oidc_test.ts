/**
 * OpenID Connect as other people's clients see it, and as attackers try it. The issuer is the
 * project's host; requests to it are led to the server under test.
 */
import assert from "node:assert/strict";
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import * as oauth from "oauth4webapi";
import * as client from "openid-client";
import {
  ADMIN_PASSWORD,
  post,
  SERVICE_SECRET,
  startServer,
  testDatabase,
  type TestServer,
  WEB_SECRET,
} from "../support/mod.ts";

const ISSUER = "https://example.com";
const CLIENT = "web-example.com";
const REDIRECT = `${ISSUER}/oauth2/code`;
const SCOPE = "openid profile email offline_access";

/** Fetches addresses of the issuer from the server under test. */
const led = (server: TestServer) => (url: string, init?: unknown) =>
  fetch(url.replace(ISSUER, server.url), init as RequestInit);

/** Posts a form; an answer that is JSON is parsed. */
async function form(
  server: TestServer,
  path: string,
  parameters: Record<string, string>,
  headers: HeadersInit = {},
) {
  const body = new URLSearchParams(parameters);
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    body,
    headers,
    redirect: "manual",
  });
  const text = await response.text();
  // deno-lint-ignore no-explicit-any -- each test knows its answer
  let reply: any = null;
  if (text.startsWith("{")) reply = JSON.parse(text);
  return { status: response.status, headers: response.headers, reply };
}

const shown = { client_id: CLIENT, client_secret: WEB_SECRET };

/** Signs in as the sign-in page does: with what the authorization endpoint has handed to it. */
async function signIn(server: TestServer, address: URL): Promise<URL> {
  const asked = await fetch(`${server.url}${address.pathname}${address.search}`, {
    redirect: "manual",
  });
  await asked.body?.cancel();
  assert.equal(asked.status, 302);
  const page = new URL(asked.headers.get("location")!, ISSUER);
  assert.equal(page.pathname, "/oauth/identifier/");
  const { reply } = await form(server, "/oauth2/token", {
    ...Object.fromEntries(page.searchParams),
    ...shown,
    grant_type: "password",
    username: "admin",
    password: ADMIN_PASSWORD,
  });
  assert.equal(typeof reply.code, "string", JSON.stringify(reply));
  const target = new URL(page.searchParams.get("redirect_uri")!);
  target.searchParams.set("code", reply.code);
  const state = page.searchParams.get("state");
  if (state !== null) target.searchParams.set("state", state);
  return target;
}

/** Tokens of a whole sign-in, without a library. */
async function tokens(server: TestServer) {
  const { reply } = await form(server, "/oauth2/token", {
    ...shown,
    grant_type: "password",
    username: "admin",
    password: ADMIN_PASSWORD,
    scope: SCOPE,
  });
  return reply;
}

async function logout(server: TestServer, parameters: Record<string, string>) {
  const response = await fetch(`${server.url}/oauth2/logout?${new URLSearchParams(parameters)}`, {
    redirect: "manual",
  });
  await response.body?.cancel();
  return { status: response.status, location: response.headers.get("location") ?? "" };
}

Deno.test("openid-client goes all the way: discovery to end of session", async () => {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });
  const fetched = led(server) as client.CustomFetch;
  const config = await client.discovery(
    new URL(ISSUER),
    CLIENT,
    undefined,
    client.ClientSecretBasic(WEB_SECRET),
    { [client.customFetch]: fetched },
  );
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT,
    scope: SCOPE,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });

  const first = await client.authorizationCodeGrant(config, await signIn(server, address), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  const claims = first.claims()!;
  const second = await client.refreshTokenGrant(config, first.refresh_token!);
  const who = await client.fetchUserInfo(config, second.access_token, claims.sub);
  const before = await client.tokenIntrospection(config, second.access_token);
  await client.tokenRevocation(config, second.access_token);
  const after = await client.tokenIntrospection(config, second.access_token);
  const end = client.buildEndSessionUrl(config, {
    id_token_hint: second.id_token!,
    post_logout_redirect_uri: `${ISSUER}/`,
    state: "bye",
  });
  const out = await logout(server, Object.fromEntries(end.searchParams));

  assert.equal(claims.nonce, nonce);
  assert.equal(typeof claims.auth_time, "number");
  assert.equal(typeof claims.at_hash, "string");
  assert.equal(second.claims()!.nonce, undefined);
  assert.equal(who.preferred_username, "admin");
  assert.equal(before.active, true);
  assert.equal(before.sub, claims.sub);
  assert.equal(after.active, false);
  assert.deepEqual(out, { status: 302, location: `${ISSUER}/?state=bye` });
  assert.equal(await db.value("SELECT count(*)::int FROM db.session"), 0);
});

Deno.test("oauth4webapi goes the same way, strictly, with the secret in the form", async () => {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });
  const options = { [oauth.customFetch]: led(server) };
  const issuer = new URL(ISSUER);
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { ...options, algorithm: "oauth2" }),
  );
  const me: oauth.Client = { client_id: CLIENT };
  const proof = oauth.ClientSecretPost(WEB_SECRET);
  const verifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const address = new URL(as.authorization_endpoint!);
  address.search = `${new URLSearchParams({
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    response_type: "code",
    scope: SCOPE,
    state: "s",
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  })}`;
  const callback = oauth.validateAuthResponse(as, me, await signIn(server, address), "s");

  const answer = await oauth.authorizationCodeGrantRequest(
    as,
    me,
    proof,
    callback,
    REDIRECT,
    verifier,
    options,
  );
  const first = await oauth.processAuthorizationCodeResponse(as, me, answer, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, answer, options);
  const { sub } = oauth.getValidatedIdTokenClaims(first)!;
  const second = await oauth.processRefreshTokenResponse(
    as,
    me,
    await oauth.refreshTokenGrantRequest(as, me, proof, first.refresh_token!, options),
  );
  const who = await oauth.processUserInfoResponse(
    as,
    me,
    sub,
    await oauth.userInfoRequest(as, me, second.access_token, options),
  );
  const known = await oauth.processIntrospectionResponse(
    as,
    me,
    await oauth.introspectionRequest(as, me, proof, second.access_token, options),
  );
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(as, me, proof, second.refresh_token!, options),
  );

  assert.equal(who.sub, sub);
  assert.equal(known.active, true);
  assert.equal(await db.value("SELECT count(*)::int FROM db.session"), 0);
});

Deno.test("userinfo takes a token by header or form, and needs the scope openid", async () => {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });
  const { access_token } = await tokens(server);
  const { reply: plain } = await form(server, "/oauth2/token", {
    ...shown,
    grant_type: "password",
    username: "admin",
    password: ADMIN_PASSWORD,
  });

  const byForm = await form(server, "/oauth2/userinfo", { access_token });
  const none = await form(server, "/oauth2/userinfo", {});
  const wrong = await form(server, "/oauth2/userinfo", { access_token: "wrong" });
  const other = await form(server, "/oauth2/userinfo", { access_token: plain.access_token });

  assert.equal(byForm.reply.preferred_username, "admin");
  assert.equal(none.status, 401);
  assert.equal(none.headers.get("www-authenticate"), "Bearer");
  assert.equal(wrong.headers.get("www-authenticate"), 'Bearer error="invalid_token"');
  assert.equal(other.status, 403);
  assert.equal(plain.id_token, undefined);
});

Deno.test("keys rotate: the old one stays published, the new one signs after a while", async () => {
  await using db = await testDatabase();
  const kids = async (server: TestServer) => {
    const { keys } = await (await fetch(`${server.url}/.well-known/jwks.json`)).json();
    for (const key of keys) assert.equal(key.d, undefined);
    return keys.map(({ kid }: JWK) => kid) as string[];
  };
  const kid = (token: string) => JSON.parse(atob(token.split(".")[0]!)).kid as string;
  let old: string[], hint: string;
  {
    await using server = await startServer({ database: db.name });
    old = await kids(server);
    hint = (await tokens(server)).id_token;
  }
  await db.rows("UPDATE db.signing_key SET created = now() - interval '91 days'");
  await using server = await startServer({ database: db.name });

  const both = await kids(server);
  const still = kid((await tokens(server)).id_token);
  const out = await logout(server, { id_token_hint: hint });

  assert.equal(old.length, 3);
  assert.equal(both.length, 6);
  for (const one of old) assert.ok(both.includes(one));
  assert.ok(old.includes(still));
  assert.equal(out.status, 200);
});

Deno.test("forged identity tokens and foreign pages sign nobody out", async () => {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });
  const { id_token, access_token } = await tokens(server);
  const [head, body, tail] = id_token.split(".");
  const { keys } = await (await fetch(`${server.url}/.well-known/jwks.json`)).json();
  const rsa = keys.find(({ alg }: JWK) => alg === "RS256") as JWK;
  const claims = JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/")));
  const base64 = (value: unknown) =>
    btoa(JSON.stringify(value)).replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_");
  const mine = await generateKeyPair("RS256", { extractable: true });
  const secret = new TextEncoder().encode(JSON.stringify(rsa));
  const sign = (alg: string, key: CryptoKey | Uint8Array, header = {}, changes = {}) =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg, kid: rsa.kid!, ...header })
      .sign(key);
  const pem = new TextEncoder().encode(
    String(await crypto.subtle.exportKey("spki", await importJWK(rsa, "RS256") as CryptoKey)),
  );
  const forged = {
    none: `${base64({ alg: "none", kid: rsa.kid })}.${body}.`,
    "the public key as a secret": await sign("HS256", secret),
    "its bytes as a secret": await sign("HS256", pem),
    "the client's secret": await sign("HS256", new TextEncoder().encode(WEB_SECRET)),
    "a key of its own": await sign("RS256", mine.privateKey),
    "a key in its header": await sign("RS256", mine.privateKey, {
      jwk: await exportJWK(mine.publicKey),
    }),
    "an injected kid": await sign("RS256", mine.privateKey, { kid: "' OR true --" }),
    "a kid that is a path": await sign("HS256", new Uint8Array(32), { kid: "../../dev/null" }),
    "another algorithm": `${base64({ alg: "ES256", kid: rsa.kid })}.${body}.${tail}`,
    "another subject": `${head}.${base64({ ...claims, sub: crypto.randomUUID() })}.${tail}`,
    "an access token": access_token,
    nothing: "",
  };

  for (const [what, id_token_hint] of Object.entries(forged)) {
    const { status, location } = await logout(server, { id_token_hint });
    assert.equal(status, 302, what);
    assert.match(location, /^\/oauth\/error\/\?code=400&error=invalid_request/, what);
  }
  for (const target of [`${ISSUER}`, `${ISSUER}/x`, "https://evil.test/", `${ISSUER}/?a`]) {
    const { location } = await logout(server, {
      id_token_hint: id_token,
      post_logout_redirect_uri: target,
    });
    assert.match(location, /^\/oauth\/error\//, target);
  }
  const foreign = await logout(server, {
    id_token_hint: id_token,
    client_id: "service-example.com",
  });
  assert.match(foreign.location, /^\/oauth\/error\//);
  assert.equal((await post(server.url, access_token, "/current/userid")).status, 200);
  assert.equal((await post(server.url, id_token, "/current/userid")).status, 401);
});

Deno.test("codes and tokens of one client are of no use to another", async () => {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });
  const verifier = oauth.generateRandomCodeVerifier();
  const { reply: { code } } = await form(server, "/oauth2/token", {
    ...shown,
    grant_type: "password",
    username: "admin",
    password: ADMIN_PASSWORD,
    response_type: "code",
    redirect_uri: REDIRECT,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const redeem = {
    grant_type: "authorization_code",
    code,
    redirect_uri: REDIRECT,
    code_verifier: verifier,
  };
  const service = { client_id: "service-example.com", client_secret: SERVICE_SECRET };
  const variations = ["/", "?a=1", "#a", "/../code", "%2F"].map((end) => REDIRECT + end);
  variations.push(
    REDIRECT.toUpperCase(),
    REDIRECT.replace("https", "http"),
    REDIRECT.replace(".com", ".com:443"),
    REDIRECT.replace("//", "//evil@"),
    REDIRECT.replace("example", "ехample"),
  );

  const stolen = await form(server, "/oauth2/token", { ...redeem, ...service });
  for (const redirect_uri of variations) {
    const { status, reply } = await form(server, "/oauth2/token", {
      ...redeem,
      ...shown,
      redirect_uri,
    });
    assert.equal(status, 400, redirect_uri);
    assert.equal(reply.error, "invalid_grant", redirect_uri);
  }
  const pair = await Promise.all(
    [1, 2].map(() => form(server, "/oauth2/token", { ...redeem, ...shown })),
  );
  const refused = await form(server, "/oauth2/introspect", {
    ...shown,
    client_secret: "x",
    token: "y",
  }, {});

  assert.equal(stolen.reply.error, "invalid_grant");
  assert.deepEqual(pair.map(({ status }) => status).sort(), [200, 400]);
  const won = pair.find(({ status }) => status === 200)!.reply.access_token;
  assert.notEqual((await post(server.url, won, "/current/userid")).status, 200);
  assert.equal(refused.status, 401);
  assert.equal(refused.reply.error, "invalid_client");
});
