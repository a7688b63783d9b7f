/**
 * How this program starts itself again for one of its processes.
 *
 * @module
 */
import { environmentName } from "./config_options.ts";
import { bundled } from "./config_paths.ts";
import type { Config } from "./config.ts";
import type { ChildCommand } from "./supervisor.ts";

/** Tells a process that a supervisor started it: it then ends when its standard input does. */
export const SUPERVISED = "APOSTOL_SUPERVISED";

/**
 * Returns the command line of a process, with the settings in force here: address and port stay
 * the same even when the file was changed since.
 *
 * @param name What `--process` is to run.
 * @param permissions Named set of `deno.json`, used when the program runs from its sources.
 * @param database Where the embedded server is; a child may not look for it among the processes.
 */
export function childCommand(
  config: Config,
  name: string,
  permissions: "worker" | "daemon",
  database: { readonly host: string; readonly port: number } | null = null,
): ChildCommand {
  const { listen, port, workers } = config.server;
  const settings = [
    ["--process", name],
    ...(config.file === null ? [] : [["--conf", config.file]]),
    ["--prefix", config.prefix],
    ["--data", config.data],
    ["--sql", config.sql],
    ["--listen", listen],
    ["--port", String(port)],
    ["--workers", String(workers)],
  ].flat();
  const runtime = Deno.build.standalone ? [] : [
    "run",
    "--quiet",
    "--no-prompt",
    "--config",
    bundled("deno.json"),
    `--permission-set=${permissions}`,
    Deno.mainModule,
  ];
  return {
    program: Deno.execPath(),
    args: [...runtime, ...settings],
    env: {
      [SUPERVISED]: "1",
      ...(database === null ? {} : {
        [environmentName(["postgres", "worker", "host"])]: database.host,
        [environmentName(["postgres", "worker", "port"])]: String(database.port),
      }),
    },
  };
}
