import assert from "node:assert/strict";
import { replaceBetweenMarkers } from "./config_docs.ts";
import { staleFiles } from "./config_schema_task.ts";

Deno.test("staleFiles() finds none: conf/schema.json and docs are current", async () => {
  const stale = await staleFiles();

  assert.deepEqual(stale.map(({ path }) => path), [], "run `deno task schema`");
});

Deno.test("replaceBetweenMarkers() refuses a document without markers", () => {
  const before = "a\n<!-- begin x -->\nold\n<!-- end x -->\nb";

  assert.equal(
    replaceBetweenMarkers(before, "x", "new"),
    "a\n<!-- begin x -->\n\nnew\n\n<!-- end x -->\nb",
  );
  assert.throws(() => replaceBetweenMarkers("a", "x", "new"), SyntaxError);
});
