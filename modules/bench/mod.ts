/**
 * `/bench/db`: one trivial prepared SELECT through the server's own pool.
 *
 * The yardstick of the benches: what a call costs on this machine before it does anything. It
 * exists only in a process that was started with `APOSTOL_BENCH=1`.
 *
 * @module
 */
import type { ModuleFactory } from "../../core/module.ts";

const SELECT = "SELECT 1";

/** As long as the answer of `/api/v1/ping`. */
const BODY = '{"error":{"code":200,"message":"OK"}}';

/** Returns the module when the process was started for benching, else nothing. */
export function benchModules(): ModuleFactory[] {
  return Deno.env.get("APOSTOL_BENCH") === "1" ? [bench] : [];
}

const bench: ModuleFactory = {
  name: "AppServer",
  needs: ["database"],
  create({ db }) {
    if (db === undefined) throw new TypeError("Cannot build bench: a database is needed");
    return {
      name: "bench",
      matches: (pathname) => pathname === "/bench/db",
      async handle() {
        const rows = await db.raw(SELECT, []);
        const status = rows.length === 1 ? 200 : 500;
        return new Response(BODY, { status, headers: { "content-type": "application/json" } });
      },
    };
  },
};
