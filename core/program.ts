/**
 * What the program is made of, handed to the commands: `core` itself knows no module and no daemon.
 *
 * @module
 */
import type { Config } from "./config.ts";
import type { Daemon } from "./daemon.ts";
import type { ModuleFactory } from "./module.ts";

/** The parts that `main.ts` puts together. */
export interface Program {
  /** Modules that answer requests, in the order in which they are asked. */
  readonly moduleFactories: readonly ModuleFactory[];
  /** Daemons, each in a process of its own. */
  readonly daemons: readonly Daemon[];
  /** Daemons that share the helper process. */
  readonly helpers: readonly Daemon[];
}

/** Returns the daemons that are to run: enabled ones, when there is a database to work in. */
export function enabledDaemons(daemons: readonly Daemon[], config: Config): Daemon[] {
  return config.postgres.connect
    ? daemons.filter((daemon) => config.module[daemon.config].enable)
    : [];
}

/** Names of the modules and daemons that a configuration enables and this program does not have. */
export function missingParts(program: Program, config: Config): string[] {
  const present = new Set<string>([
    "heartbeat",
    ...program.moduleFactories.map(({ name }) => name),
    ...[...program.daemons, ...program.helpers].map((daemon) => daemon.config),
  ]);
  return Object.entries(config.module)
    .filter(([name, { enable }]) => enable && !present.has(name))
    .map(([name]) => name);
}

/**
 * Tells whether a process writes after it has started: to log files, to copies of stored files, or
 * to the socket of its database, which the runtime counts as writing.
 */
export function needsWriting({ log, module }: Config, database: { host: string } | null): boolean {
  const files = [log.file, log.access, log.stream, log.postgres];
  return files.some((path) => path !== "") || module.FileServer.enable || module.PGFile.enable ||
    database?.host.startsWith("/") === true;
}
