import assert from "node:assert/strict";
import { readConditions } from "./conditions.ts";

Deno.test("readConditions() is undefined for a request without conditions", () => {
  assert.equal(readConditions(new Headers({ accept: "*/*" })), undefined);
});

for (const tag of ['"7"', 'W/"7"', "*"]) {
  Deno.test(`readConditions() takes the entity tag ${tag}`, () => {
    const headers = new Headers({ "if-match": tag, "idempotency-key": "order 17" });

    assert.deepEqual(readConditions(headers), { ifMatch: tag, idempotencyKey: "order 17" });
  });
}

for (
  const [name, value] of [
    ["if-match", "7"],
    ["if-match", '"7", "8"'],
    ["idempotency-key", "x".repeat(256)],
    ["idempotency-key", "\u00e9"],
  ] as const
) {
  Deno.test(`readConditions() refuses ${name} ${value.slice(0, 12)}`, () => {
    assert.throws(() => readConditions(new Headers({ [name]: value })), { status: 400 });
  });
}
