import assert from "node:assert/strict";
import { MAX_PAYLOAD, redactPayload } from "./redact.ts";

function redacted(payload: unknown, path = "/api/v1/client/set"): unknown {
  return redactPayload(path, JSON.stringify(payload));
}

Deno.test("redactPayload() removes secrets at every depth", () => {
  const kept = redacted([{ id: 1, password: "p" }, { a: { b: [{ Refresh_Token: "r", c: 2 }] } }]);

  assert.deepEqual(kept, [{ id: 1 }, { a: { b: [{ c: 2 }] } }]);
});

Deno.test("redactPayload() keeps the code of an object and removes a one-time code", () => {
  assert.deepEqual(redacted({ code: "x.client" }), { code: "x.client" });
  assert.deepEqual(redacted({ code: "123456" }, "/api/v1/user/registration/check"), {});
});

Deno.test("redactPayload() judges a nested call of /run by its own path", () => {
  const calls = [{ path: "/api/v1/verification/confirm", payload: { code: "1", id: 2 } }];

  assert.deepEqual(redacted(calls, "/api/v1/run"), [
    { path: "/api/v1/verification/confirm", payload: { id: 2 } },
  ]);
});

Deno.test("redactPayload() removes the value of a condition over a secret", () => {
  const search = { search: [{ field: "secret", compare: "EQL", value: "s" }] };

  assert.deepEqual(redacted(search), { search: [{ field: "secret", compare: "EQL" }] });
});

Deno.test("redactPayload() keeps nothing of what is too large, too deep or no JSON", () => {
  const large = JSON.stringify({ text: "x".repeat(MAX_PAYLOAD) });

  assert.deepEqual(redactPayload("/", large), { truncated: large.length });
  assert.equal(redactPayload("/", "[".repeat(9000)), null);
  assert.equal(redactPayload("/", '{"password":"x'), null);
  assert.equal(redactPayload("/", null), null);
});

Deno.test("redactPayload() replaces lone surrogates, which jsonb refuses", () => {
  assert.deepEqual(redactPayload("/", '{"a":"\\ud800"}'), { a: "\ufffd" });
});
