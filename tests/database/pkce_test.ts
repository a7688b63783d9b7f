/** Proof key for code exchange: what the token endpoint's database function lets through. */
import assert from "node:assert/strict";
import { ADMIN_PASSWORD, testDatabase } from "../support/mod.ts";

const redirect_uri = "https://example.com/oauth2/code";
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/** That of RFC 7636, appendix B. */
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const proof = { code_challenge: CHALLENGE, code_challenge_method: "S256" };
const ask = {
  grant_type: "password",
  username: "admin",
  password: ADMIN_PASSWORD,
  response_type: "code",
  redirect_uri,
};

Deno.test("a code with a challenge takes its verifier, and is not spent by a wrong one", async () => {
  await using db = await testDatabase();
  const { code } = await db.token({ ...ask, ...proof });
  const redeem = { grant_type: "authorization_code", code, redirect_uri };

  const missing = await db.token(redeem);
  const wrong = await db.token({ ...redeem, code_verifier: VERIFIER.replace("d", "e") });
  const challenge = await db.token({ ...redeem, code_verifier: CHALLENGE });
  const right = await db.token({ ...redeem, code_verifier: VERIFIER });

  for (const reply of [missing, wrong, challenge]) {
    assert.equal(reply.error?.error, "invalid_grant");
  }
  assert.equal(typeof right.access_token, "string");
});

Deno.test("a verifier for a code without a challenge is refused: downgrade", async () => {
  await using db = await testDatabase();
  const { code } = await db.token(ask);

  const reply = await db.token({
    grant_type: "authorization_code",
    code,
    redirect_uri,
    code_verifier: VERIFIER,
  });

  assert.equal(reply.error?.error, "invalid_grant");
});

Deno.test("a client without a secret redeems no code without a challenge", async () => {
  await using db = await testDatabase();
  const plain = await db.token(ask);
  const proven = await db.token({ ...ask, ...proof });
  const redeem = { grant_type: "authorization_code", redirect_uri, client_auth: "none" };

  const refused = await db.token({ ...redeem, code: plain.code });
  const granted = await db.token({ ...redeem, code: proven.code, code_verifier: VERIFIER });

  assert.equal(refused.error?.error, "invalid_grant");
  assert.equal(typeof granted.access_token, "string");
});

const BAD: [string, Record<string, string>][] = [
  ["plain", { code_challenge: VERIFIER, code_challenge_method: "plain" }],
  ["no method, which means plain", { code_challenge: CHALLENGE }],
  ["a method alone", { code_challenge_method: "S256" }],
  ["a short challenge", { code_challenge: "abc", code_challenge_method: "S256" }],
];

for (const [what, parameters] of BAD) {
  Deno.test(`a challenge is refused: ${what}`, async () => {
    await using db = await testDatabase();

    const reply = await db.token({ ...ask, ...parameters });

    assert.equal(reply.error?.error, "invalid_request");
    assert.equal(await db.value("SELECT count(*)::int FROM db.session"), 0);
  });
}
