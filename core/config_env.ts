/**
 * What the environment and loosely typed files say, brought into the shape of the schema.
 *
 * @module
 */
import { CONFIG_OPTIONS, type ConfigOption } from "./config_options.ts";
import { nearest } from "./nearest.ts";

/** A JSON object that is being put together. */
export type Tree = Record<string, unknown>;

/** Variables of the program that are no options: of its bench, its tests, and its supervisor. */
const FOREIGN = /^APOSTOL_(BENCH|TEST|SUPERVISED)(_|$)/;

/** libpq's variables for every role, as they name members of a connection. */
const PG_VARIABLES: readonly (readonly [string, string])[] = [
  ["PGHOST", "host"],
  ["PGHOSTADDR", "host"],
  ["PGPORT", "port"],
  ["PGDATABASE", "dbname"],
  ["PGUSER", "user"],
  ["PGPASSWORD", "password"],
  ["PGSSLMODE", "sslmode"],
];

/** Variables for single roles; they win over those for every role. */
const PG_ROLE_VARIABLES: readonly (readonly [string, string, string])[] = [
  ["PGHOSTAPI", "helper", "host"],
  ["PGPORTAPI", "helper", "port"],
  ["PGUSERAPI", "helper", "user"],
  ["PGPASSWORDAPI", "helper", "password"],
  ["PGUSERKERNEL", "kernel", "user"],
  ["PGPASSWORDKERNEL", "kernel", "password"],
];

/** Which variable an option's value came from, by dotted path. */
export type Origins = Map<string, string>;

/**
 * Lays the environment over a configuration file. Empty variables count as unset.
 *
 * @param tree What the file holds; changed in place.
 * @returns Where each overridden value came from.
 */
export function applyEnvironment(tree: Tree, env: Readonly<Record<string, string>>): Origins {
  const origins: Origins = new Map();
  const put = (path: readonly string[], value: unknown, variable: string) => {
    if (setPath(tree, path, value)) origins.set(path.join("."), variable);
  };
  applyPostgresVariables(tree, env, put);
  for (const option of CONFIG_OPTIONS) {
    const value = env[option.env];
    if (value) put(option.path, fromText(option, value), option.env);
  }
  return origins;
}

/** Names variables that look like ours and are not; a misspelt one is otherwise never noticed. */
export function unknownVariables(env: Readonly<Record<string, string>>): string[] {
  const known = CONFIG_OPTIONS.map((option) => option.env);
  return Object.keys(env)
    .filter((name) => name.startsWith("APOSTOL_") && env[name] !== "")
    .filter((name) => !known.includes(name) && !FOREIGN.test(name))
    .map((name) => {
      const near = nearest(name, known);
      return `Unknown environment variable ${name}${near ? `; did you mean ${near}?` : ""}`;
    });
}

/** Turns texts into numbers and booleans where the schema wants those; changes the tree. */
export function coerceTexts(tree: Tree): void {
  for (const option of CONFIG_OPTIONS) {
    const value = getPath(tree, option.path);
    if (typeof value === "string" && ["integer", "boolean", "mode"].includes(option.type)) {
      setPath(tree, option.path, fromText(option, value));
    }
  }
}

/** Returns what stands at a path; undefined when the way there is broken. */
export function getPath(tree: unknown, path: readonly PropertyKey[]): unknown {
  let value = tree;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Puts a value at a path, making objects on the way; false when something else stands there. */
export function setPath(tree: Tree, path: readonly string[], value: unknown): boolean {
  let target = tree;
  for (const key of path.slice(0, -1)) {
    const next = target[key] ??= {};
    if (typeof next !== "object" || next === null || Array.isArray(next)) return false;
    target = next as Tree;
  }
  target[path.at(-1)!] = value;
  return true;
}

/**
 * `DATABASE_URL` and libpq's variables. Connection strings are used as they are; a host makes
 * the program use that server, the rest only changes connections that are configured.
 */
function applyPostgresVariables(
  tree: Tree,
  env: Readonly<Record<string, string>>,
  put: (path: readonly string[], value: unknown, variable: string) => void,
): void {
  if (env.DATABASE_URL) put(["postgres", "url"], env.DATABASE_URL, "DATABASE_URL");
  const host = env.PGHOST || env.PGHOSTADDR;
  if (host && getPath(tree, ["postgres", "worker"]) === undefined && !env.DATABASE_URL) {
    setPath(tree, ["postgres", "worker"], {});
  }
  const roles = ["worker", "helper", "kernel"].filter((role) => isOpen(tree, role));
  for (const [variable, member] of PG_VARIABLES) {
    const value = env[variable];
    if (!value) continue;
    for (const role of roles) put(["postgres", role, member], numeric(member, value), variable);
  }
  for (const [variable, role, member] of PG_ROLE_VARIABLES) {
    const value = env[variable];
    if (!value || !isOpen(tree, "worker")) continue;
    if (getPath(tree, ["postgres", role]) === undefined) {
      setPath(tree, ["postgres", role], structuredClone(getPath(tree, ["postgres", "worker"])));
    }
    if (isOpen(tree, role)) put(["postgres", role, member], numeric(member, value), variable);
  }
}

/** Tells whether a role's connection is given by members, not as one string. */
function isOpen(tree: Tree, role: string): boolean {
  const connection = getPath(tree, ["postgres", role]);
  return typeof connection === "object" && connection !== null && !("conninfo" in connection);
}

function numeric(member: string, value: string): unknown {
  return member === "port" && /^\d+$/.test(value) ? Number(value) : value;
}

/** Reads a text as the option's type; what does not fit stays a text, for the check to report. */
function fromText(option: ConfigOption, text: string): unknown {
  switch (option.type) {
    case "integer":
      return /^-?\d+$/.test(text.trim()) ? Number(text) : text;
    case "boolean":
    case "mode":
      if (/^(true|yes|on|1)$/i.test(text)) return true;
      return /^(false|no|off|0)$/i.test(text) ? false : text;
    case "list":
      return text.split(",").map((item) => item.trim()).filter((item) => item !== "");
    case "object":
      try {
        return JSON.parse(text);
      } catch {
        return text; // the check reports it with its path
      }
    default:
      return text;
  }
}
