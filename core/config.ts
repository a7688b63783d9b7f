/**
 * The configuration: a file, the environment and the command line become one typed value.
 *
 * Command line beats environment beats file beats default. Every fault is reported at once.
 *
 * @module
 */
import { resolve } from "node:path";
import {
  applyEnvironment,
  coerceTexts,
  getPath,
  setPath,
  type Tree,
  unknownVariables,
} from "./config_env.ts";
import { expandVariables } from "./config_expand.ts";
import { describeFaults } from "./config_faults.ts";
import { parseJson } from "./config_json.ts";
import { loadApplications, loadSites, type OAuthApplication, type Site } from "./config_oauth2.ts";
import { CONFIG_OPTIONS } from "./config_options.ts";
import { configFolder, exists, resolvePaths } from "./config_paths.ts";
import { type ConfigOptions, configSchema } from "./config_schema.ts";
import { ConfigError, toError } from "./errors.ts";
import { loadSecrets, type Secrets } from "./secrets.ts";

export type { OAuthApplication, Site } from "./config_oauth2.ts";
export type { Secrets } from "./secrets.ts";
export { type ConfigOptions, configSchema } from "./config_schema.ts";

/** Everything that the program knows when it starts. Paths are absolute. */
export interface Config extends ConfigOptions {
  /** Generated once and kept in `secrets.json` of the data folder. */
  readonly secrets: Secrets;
  /** Applications of all providers, the project's own (`default`) first. */
  readonly oauth2: OAuthApplication[];
  /** Virtual hosts; the one named `default` serves every other host. */
  readonly sites: Site[];
  /** The file that was read; null when there was none. */
  readonly file: string | null;
  /** What is suspicious and no fault; logged at start. */
  readonly warnings: readonly string[];
}

/** What the command line says, and where the rest comes from. */
export interface LoadOptions {
  /** Configuration file; relative to the prefix. @default "conf/default.json" */
  file?: string;
  /** Folder that relative paths start from. @default the current folder */
  prefix?: string;
  data?: string;
  sql?: string;
  listen?: string;
  port?: number;
  workers?: number;
  adminPassword?: string;
  /** Environment variables by name. */
  env: Readonly<Record<string, string>>;
  /** Generate and write missing secrets; without, missing ones are made up. @default true */
  persist?: boolean;
}

/**
 * Loads and checks the configuration.
 *
 * @throws {ConfigError} If it cannot be used; the message lists every fault.
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  const { env, persist = true } = options;
  const cwd = Deno.cwd();
  const { file, tree } = await readFile(options, cwd);
  coerceTexts(tree);
  const origins = applyEnvironment(tree, env);
  applyCommandLine(tree, options, cwd);

  const parsed = configSchema.safeParse(tree);
  if (!parsed.success) throw new ConfigError(describeFaults(parsed.error.issues, tree, origins));
  const settled = await resolvePaths(settle(parsed.data, env), cwd);
  const faults = await crossCheck(settled);

  const secrets = await loadSecrets(settled, persist && settled.postgres.connect);
  const variables = { ...env, ...effectiveVariables(settled, secrets) };
  const oauth2 = await loadApplications(await configFolder(file, "oauth2"), variables);
  const sites = await loadSites(await configFolder(file, "sites"), variables);
  faults.push(...oauth2.faults, ...sites.faults);
  if (faults.length > 0) throw new ConfigError(faults);
  const warnings = unknownVariables(env);
  return { ...settled, secrets, oauth2: oauth2.items, sites: sites.items, file, warnings };
}

/** Finds and reads the file; one that was named must exist, the default one need not. */
async function readFile(
  { file, prefix, env }: LoadOptions,
  cwd: string,
): Promise<{ file: string | null; tree: Tree }> {
  const base = resolve(cwd, prefix ?? (env.APOSTOL_PREFIX || "."));
  const path = resolve(base, file ?? "conf/default.json");
  if (file === undefined && !(await exists(path))) return { file: null, tree: {} };
  try {
    const value = parseJson(await Deno.readTextFile(path));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { file: path, tree: expandVariables(value as Tree, env) };
    }
    throw new TypeError("it must hold an object");
  } catch (thrown) {
    throw new ConfigError([`${path}: cannot be used: ${toError(thrown).message}`], {
      cause: thrown,
    });
  }
}

/** Paths of the command line start from the current folder, not from the prefix. */
function applyCommandLine(tree: Tree, options: LoadOptions, cwd: string): void {
  const absolute = (path?: string) => path === undefined ? undefined : resolve(cwd, path);
  const values: [string[], unknown][] = [
    [["prefix"], options.prefix],
    [["data"], absolute(options.data)],
    [["sql"], absolute(options.sql)],
    [["server", "listen"], options.listen],
    [["server", "port"], options.port],
    [["server", "workers"], options.workers],
    [["admin", "password"], options.adminPassword],
  ];
  for (const [path, value] of values) {
    if (value !== undefined) setPath(tree, path, value);
  }
  const workers = getPath(tree, ["workers"]);
  if (workers !== undefined && getPath(tree, ["server", "workers"]) === undefined) {
    setPath(tree, ["server", "workers"], workers);
  }
}

/** Fills in what depends on something else. */
function settle(options: ConfigOptions, env: Readonly<Record<string, string>>): ConfigOptions {
  const { node, project, server } = options;
  return {
    ...options,
    node: node || env.NODE_NAME || Deno.hostname(),
    project: { ...project, host: project.host || `https://${project.domain}` },
    server: { ...server, workers: server.workers || navigator.hardwareConcurrency },
  };
}

/** Finds the faults that no single option shows. */
async function crossCheck({ postgres, server, sql, prefix }: ConfigOptions): Promise<string[]> {
  const faults: string[] = [];
  const { min, max } = postgres.pool;
  if (max < min) {
    faults.push(`postgres.pool.max: must be at least "postgres.pool.min" (${min}), is ${max}`);
  }
  if (!(await exists(prefix))) faults.push(`prefix: must be a folder, is ${prefix}`);
  if (postgres.connect && !(await exists(sql))) faults.push(`sql: must be a folder, is ${sql}`);
  for (const key of ["cert", "key"] as const) {
    const path = server.tls?.[key];
    if (path !== undefined && !(await exists(path))) {
      faults.push(`server.tls.${key}: must be a file, is ${path}`);
    }
  }
  return faults;
}

/** The effective options under their environment names, for the files of `oauth2` and `sites`. */
function effectiveVariables(options: ConfigOptions, secrets: Secrets): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const { path, env } of CONFIG_OPTIONS) {
    const value = getPath(options, path);
    if (["string", "number", "boolean"].includes(typeof value)) variables[env] = String(value);
  }
  for (const [name, value] of Object.entries(secrets.clients)) {
    variables[`APOSTOL_SECRET_${name.toUpperCase()}`] = value;
  }
  return variables;
}
