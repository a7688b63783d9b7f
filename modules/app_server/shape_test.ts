import assert from "node:assert/strict";
import { readShape, shapeRows } from "./shape.ts";
import { readSpecial } from "./special.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array) => new TextDecoder().decode(value);

/** Path, query, rows, and the text that a client gets. */
const SHAPES: [path: string, query: string, rows: string[], expected: string][] = [
  ["/user/get", "", [], "{}"],
  ["/user/get", "", ['{"a": 1}'], '{"a": 1}'],
  ["/user/get", "", ["1", "2"], "[1,2]"],
  ["/user/get", "", ["null"], "{}"],
  ["/user/get", "", [""], "{}"],
  ["/user/get", "result_format=array", [], "[]"],
  ["/user/get", "result_format=array", ["null"], "[null]"],
  ["/user/get", "result_format=null", [], "null"],
  ["/user/get", "result_format=null", ["1"], "1"],
  ["/user/get", "result_format=object", ["1", "2"], "[1,2]"],
  ["/user/get", "result_object=true", [], '{"result":[]}'],
  ["/user/get", "result_object=true", ["1"], '{"result":[1]}'],
  ["/user/get", "result_object=true", ["1", "2"], '{"result":[1,2]}'],
  ["/user/get", "result_object=false&other=x", ["1"], "1"],
  ["/user/list", "", [], "[]"],
  ["/user/list", "", ["1"], "[1]"],
  ["/user/list", "result_format=object", ["1"], "1"],
  ["/user/list", "result_format=null", [], "null"],
  ["/user/list", "result_object=true", ["1"], '{"result":[1]}'],
];

for (const [path, query, rows, expected] of SHAPES) {
  Deno.test(`shapeRows() makes ${expected} of ${rows.length} rows of ${path}?${query}`, () => {
    const shaped = shapeRows(readShape(path, query), rows.length, bytes(rows.join(",")));

    assert.equal(text(shaped), expected);
  });
}

Deno.test("readShape() refuses values that mean nothing", () => {
  for (const query of ["result_object=1", "result_object=", "result_format=list"]) {
    assert.throws(() => readShape("/user/get", query), { status: 400 }, query);
  }
});

Deno.test("readSpecial() decodes a raw reply", () => {
  const row = '{"#raw" : {"#status": 201, "#content_type": "text/plain", "#data": "aGVs\\nbG8="}}';

  const special = readSpecial(bytes(row));

  assert.ok(special !== null && "raw" in special);
  const { status, contentType, body } = special.raw;
  assert.deepEqual([status, contentType, text(body)], [201, "text/plain", "hello"]);
});

Deno.test("readSpecial() lets a raw reply add no header line", () => {
  const row = JSON.stringify({ "#raw": { "#status": 99, "#content_type": "a\r\nX: y" } });

  const special = readSpecial(bytes(row));

  assert.ok(special !== null && "raw" in special);
  assert.equal(special.raw.status, 200);
  assert.equal(special.raw.contentType, "application/octet-stream");
});

Deno.test("readSpecial() takes an object with an error code for an error", () => {
  const status = (row: string) => {
    const special = readSpecial(bytes(row));
    return special !== null && "errorStatus" in special ? special.errorStatus : null;
  };

  assert.equal(status('{"error": {"code": 40100, "message": "x"}}'), 401);
  assert.equal(status('{ "error": {"code": 409}}'), 400);
  for (
    const row of [
      '{"error":{"code":200,"message":"OK"}}',
      '{"error": null}',
      '{"error": "text"}',
      '{"error": {"code": 0}}',
      '{"errors": {"code": 400}}',
      '{"id": 1, "error": {"code": 400}}',
      "[1]",
      "1",
      "",
    ]
  ) {
    assert.equal(status(row), null, row);
  }
});
