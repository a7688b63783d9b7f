import assert from "node:assert/strict";
import fc from "fast-check";
import { arrayLiteral, encodeParameter, parseArray } from "./_parameters.ts";

Deno.test("encodeParameter() writes every kind of value as text", () => {
  assert.equal(encodeParameter(undefined), null);
  assert.equal(encodeParameter(1.5), "1.5");
  assert.equal(encodeParameter(2n ** 60n), "1152921504606846976");
  assert.equal(encodeParameter(true), "true");
  assert.equal(encodeParameter(new Date(0)), "1970-01-01T00:00:00.000Z");
  assert.equal(encodeParameter(new Uint8Array([0, 255])), "\\x00ff");
  assert.equal(String(encodeParameter([1, null, "a b"])), '{"1",NULL,"a b"}');
  assert.equal(String(encodeParameter({ a: 1 })), '{"a":1}');
  assert.throws(() => encodeParameter(() => 1), /a function has no SQL value/);
});

Deno.test("parseArray() reads what arrayLiteral() wrote", () => {
  const element = fc.oneof(
    fc.string(),
    fc.constant(null),
    fc.constantFrom("NULL", "{}", '"', "\\"),
  );
  fc.assert(fc.property(fc.array(element), (values) => {
    assert.deepEqual(parseArray(arrayLiteral(values), (text) => text), values);
  }));
});

Deno.test("parseArray() reads dimensions, bounds and bare elements", () => {
  assert.deepEqual(parseArray("{{1,2},{3,NULL}}", Number), [[1, 2], [3, null]]);
  assert.deepEqual(parseArray("[2:3]={1,2}", Number), [1, 2]);
  assert.deepEqual(parseArray("{}", Number), []);
});
