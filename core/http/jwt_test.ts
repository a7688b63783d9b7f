import assert from "node:assert/strict";
import { SignJWT, UnsecuredJWT } from "jose";
import type { OAuthApplication } from "../config.ts";
import { applicationSchema } from "../config_oauth2.ts";
import { type TokenCheck, TokenVerifier } from "./jwt.ts";

const SECRET = "secret of the web client";
const NOW = Math.floor(Date.now() / 1000);

function application(changes: Partial<OAuthApplication> = {}): OAuthApplication {
  const given = applicationSchema.parse({
    client_id: "web-example.com",
    client_secret: SECRET,
    issuers: ["accounts.example.com"],
  });
  return { ...given, provider: "default", name: "web", ...changes };
}

interface TokenParts {
  alg?: string;
  secret?: string;
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
}

async function sign({ alg = "HS256", secret = SECRET, claims, header }: TokenParts = {}) {
  const all = {
    iss: "accounts.example.com",
    aud: "web-example.com",
    sub: "session",
    iat: NOW,
    exp: NOW + 60,
    ...claims,
  };
  return await new SignJWT(all).setProtectedHeader({ typ: "JWT", ...header, alg })
    .sign(new TextEncoder().encode(secret));
}

/** What makes a token differ from a good one, and the verdict. */
const TOKENS: [name: string, parts: TokenParts, state: TokenCheck["state"]][] = [
  ["HS256", {}, "valid"],
  ["HS384", { alg: "HS384" }, "valid"],
  ["HS512", { alg: "HS512" }, "valid"],
  ["without exp", { claims: { exp: undefined } }, "valid"],
  ["without iss", { claims: { iss: undefined } }, "valid"],
  ["expired", { claims: { exp: NOW - 1 } }, "expired"],
  ["expired and forged", { secret: "other", claims: { exp: NOW - 1 } }, "invalid"],
  ["signed with another secret", { secret: "other" }, "invalid"],
  ["of another issuer", { claims: { iss: "evil.test" } }, "invalid"],
  ["of an unknown audience", { claims: { aud: "nobody" } }, "invalid"],
  ["with several audiences", { claims: { aud: ["web-example.com"] } }, "invalid"],
  ["without audience", { claims: { aud: undefined } }, "invalid"],
  ["not valid yet", { claims: { nbf: NOW + 60 } }, "invalid"],
  ["from the future", { claims: { iat: NOW + 60 } }, "invalid"],
  ["with a critical extension", { header: { crit: ["x"], x: 1 } }, "invalid"],
];

for (const [name, parts, state] of TOKENS) {
  Deno.test(`TokenVerifier.check() finds a token ${name} ${state}`, async () => {
    const verifier = new TokenVerifier([application()]);
    // The library itself refuses to sign an unknown critical extension.
    const token = await sign(parts).catch(() => "e30.e30.e30");

    assert.equal((await verifier.check(token)).state, state);
  });
}

Deno.test("TokenVerifier.check() refuses unsigned tokens and garbage", async () => {
  const verifier = new TokenVerifier([application()]);
  const unsigned = new UnsecuredJWT({ aud: "web-example.com", exp: NOW + 60 }).encode();
  const good = await sign();
  const [, body, signature] = good.split(".");
  const header = (alg: string) =>
    new TextEncoder().encode(JSON.stringify({ alg })).toBase64({ alphabet: "base64url" })
      .replaceAll("=", "");

  for (
    const token of [
      "",
      "broken",
      "a.b.c",
      "..",
      unsigned,
      `${header("none")}.${body}.`,
      `${header("None")}.${body}.${signature}`,
      `${header("RS256")}.${body}.${signature}`,
      `${good}x`,
      good.slice(0, -2),
      "x".repeat(100_000),
    ]
  ) {
    assert.equal((await verifier.check(token)).state, "invalid", token.slice(0, 40));
  }
});

Deno.test("TokenVerifier.check() refuses every one of 1000 changed tokens", async () => {
  const verifier = new TokenVerifier([application()]);
  const token = await sign();
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

  for (let round = 0; round < 1000; round++) {
    // The last letter holds bits that mean nothing: a change there is no change.
    const at = round % (token.length - 1);
    const letter = letters[(letters.indexOf(token[at]!) + 1 + round % 60) % letters.length]!;
    const changed = token.slice(0, at) + letter + token.slice(at + 1);
    if (changed !== token) {
      assert.equal((await verifier.check(changed)).state, "invalid", changed);
    }
  }
});

Deno.test("TokenVerifier.check() refuses a client without a secret", async () => {
  const verifier = new TokenVerifier([application({ client_secret: "" })]);

  assert.equal((await verifier.check(await sign())).state, "invalid");
});

Deno.test("TokenVerifier.check() remembers a token until it expires", async () => {
  const verifier = new TokenVerifier([application()]);
  const token = await sign({ claims: { exp: Math.floor(Date.now() / 1000) + 1 } });

  const first = await verifier.check(token);
  const second = verifier.check(token);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const third = verifier.check(token);

  assert.ok(!(second instanceof Promise), "a remembered token was verified again");
  assert.ok(!(third instanceof Promise));
  assert.deepEqual([first.state, second.state, third.state], ["valid", "valid", "expired"]);
});

Deno.test("TokenVerifier.check() remembers a bounded number of tokens", async () => {
  const verifier = new TokenVerifier([application()], { cacheSize: 10 });

  for (let index = 0; index < 50; index++) {
    await verifier.check(await sign({ claims: { sub: String(index) } }));
  }

  assert.ok(verifier.remembered <= 10, `${verifier.remembered} tokens are remembered`);
});
