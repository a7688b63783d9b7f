/**
 * Where things are: paths of the configuration made absolute, with what the program brings along
 * standing in for a folder that is missing.
 *
 * @module
 */
import { dirname, join, resolve } from "node:path";
import type { ConfigOptions } from "./config_schema.ts";

/** Folder of the program: its sources, or the files inside its executable. */
const PROGRAM = dirname(import.meta.dirname!);

/** Returns the path of a file that the program brings along. */
export function bundled(...names: string[]): string {
  return join(PROGRAM, ...names);
}

/** Makes every path absolute, starting from the prefix. */
export async function resolvePaths(options: ConfigOptions, cwd: string): Promise<ConfigOptions> {
  const prefix = resolve(cwd, options.prefix);
  const from = (path: string) => path === "" ? "" : resolve(prefix, path);
  const data = resolve(prefix, options.data);
  const { log, server, module } = options;
  return {
    ...options,
    prefix,
    data,
    sql: options.sql === "" ? bundled("sql") : from(options.sql),
    directories: options.directories.map(from),
    log: {
      ...log,
      file: from(log.file),
      access: from(log.access),
      stream: from(log.stream),
      postgres: from(log.postgres),
    },
    daemon: { ...options.daemon, pid: from(options.daemon.pid) || join(data, "apostol.pid") },
    server: {
      ...server,
      root: await orBundled(from(server.root), server.root === "www", "www"),
      tls: server.tls && { cert: from(server.tls.cert), key: from(server.tls.key) },
    },
    module: {
      ...module,
      FileServer: { ...module.FileServer, path: from(module.FileServer.path) },
      PGFile: { ...module.PGFile, path: from(module.PGFile.path) },
    },
  };
}

/**
 * Returns the folder of OAuth providers or sites that belongs to a configuration file: beside the
 * file, else the program's.
 */
export async function configFolder(file: string | null, name: string): Promise<string> {
  const beside = file === null ? null : join(dirname(file), name);
  return beside !== null && await exists(beside) ? beside : bundled("conf", name);
}

/** Tells whether something is at a path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound || thrown instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw thrown;
  }
}

async function orBundled(path: string, isDefault: boolean, name: string): Promise<string> {
  return isDefault && !(await exists(path)) ? bundled(name) : path;
}
