import assert from "node:assert/strict";
import { Metrics } from "./metrics.ts";
import { metricText } from "./metrics_text.ts";

Deno.test("Metrics.request() counts by module and status and sums durations", async () => {
  const metrics = new Metrics();

  metrics.request("AppServer", 200, 3);
  metrics.request("AppServer", 200, 30);
  metrics.request("AppServer", 401);
  const text = await metrics.text();

  assert.match(text, /apostol_http_requests_total\{module="AppServer",status="200"\} 2/);
  assert.match(text, /apostol_http_requests_total\{module="AppServer",status="401"\} 1/);
  assert.match(text, /_bucket\{le="0.005",module="AppServer"\} 1/);
  assert.match(text, /_bucket\{le="\+Inf",module="AppServer"\} 2/);
  assert.match(text, /_sum\{module="AppServer"\} 0\.033/);
});

Deno.test("Metrics.watch() reads a gauge when somebody asks and may be set again", async () => {
  const metrics = new Metrics();
  let open = 1;
  metrics.watch({ name: "pool", help: "Connections.", read: () => ({ open }) });
  metrics.watch({ name: "pool", help: "Connections.", read: () => ({ open, idle: 0 }) });
  open = 7;

  const text = await metrics.text();

  assert.match(text, /pool\{state="open"\} 7/);
  assert.match(text, /pool\{state="idle"\} 0/);
});

Deno.test("metricText() escapes what would break a line", async () => {
  const text = await metricText({
    name: "a",
    help: "one\\two\nthree",
    type: "gauge",
    samples: () => [
      { labels: { x: 'say "\\"\n' }, value: Infinity },
      { suffix: "_sum", labels: {}, value: 1.5 },
    ],
  });

  assert.equal(
    text,
    '# HELP a one\\\\two\\nthree\n# TYPE a gauge\na{x="say \\"\\\\\\"\\n"} +Inf\na_sum 1.5\n\n',
  );
});
