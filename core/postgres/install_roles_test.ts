import assert from "node:assert/strict";
import { scramVerifier } from "./install_roles.ts";

Deno.test("scramVerifier() makes the verifier of RFC 7677's example", async () => {
  // The password and salt of the RFC; keys as PostgreSQL 15 and 18 keep them for these.
  const salt = Uint8Array.fromBase64("W22ZaJ0SNY7soEsUEjb6gQ==");

  const verifier = await scramVerifier("pencil", salt);

  assert.equal(
    verifier,
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$" +
      "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
  );
});

Deno.test("scramVerifier() salts: two of one password differ", async () => {
  assert.notEqual(await scramVerifier("a"), await scramVerifier("a"));
});
