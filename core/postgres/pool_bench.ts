/**
 * What a statement costs on its way through the pool: `deno bench -P=bench core/postgres`.
 *
 * @module
 */
import { testServer } from "./_test_server.ts";
import { openDatabase } from "./pool.ts";
import { splitScript } from "./script_splitter.ts";

const test = await testServer();
const db = openDatabase({ connection: test.connection, min: 10, max: 10 });
const CALLERS = 64;
const script = `SELECT 'a;b', $x$;$x$, :'name' -- comment;\n  FROM db.item; /* ; */\n`.repeat(200);

// Benches have no end of their own; an immediate shutdown takes a moment.
globalThis.addEventListener("unload", () => {
  Deno.kill(test.server.pid, "SIGQUIT");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  Deno.removeSync(test.data, { recursive: true });
});

Deno.bench("raw(): one prepared SELECT, alone", async () => {
  await db.raw("SELECT $1::int, 'abc'", [1]);
});

Deno.bench(`raw(): ${CALLERS} prepared SELECTs at once, pool of 10`, async () => {
  await Promise.all(Array.from({ length: CALLERS }, () => db.raw("SELECT $1::int, 'abc'", [1])));
});

Deno.bench("rows(): one prepared SELECT of 100 rows", async () => {
  await db.rows("SELECT n, n::text AS word, now() AS at FROM generate_series(1, $1) AS n", [100]);
});

Deno.bench("splitScript(): 200 statements", () => {
  splitScript(script);
});
