/**
 * apostol: an HTTP server and background daemons in front of PostgreSQL.
 *
 * @module
 */
import { runCommand } from "./core/command.ts";
import { moduleFactories } from "./modules/mod.ts";
import { daemons, helpers } from "./processes/mod.ts";

if (import.meta.main) {
  Deno.exit(await runCommand(Deno.args, { moduleFactories, daemons, helpers }));
}
