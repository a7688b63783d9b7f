import assert from "node:assert/strict";
import { readSummary } from "./summary.ts";

Deno.test("readSummary() reads the last line of a run, with steps and ignored tests", () => {
  const text = "a ... ok (1ms)\n\nFAILED | 12 passed (3 steps) | 2 failed | 1 ignored (6ms)\n";

  assert.deepEqual(readSummary(text), { passed: 12, failed: 2, ignored: 1 });
});

Deno.test("readSummary() answers undefined for a run that broke off", () => {
  assert.equal(readSummary("error: Uncaught SyntaxError"), undefined);
});
