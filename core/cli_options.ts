/**
 * Every command and option of the command line, declared once: `--help`, the parser and
 * `docs/commands.md` read this table.
 *
 * @module
 */

/** What the program can be asked to do. */
export type CommandName =
  | "serve"
  | "process"
  | "install"
  | "init"
  | "database"
  | "create"
  | "update"
  | "patch"
  | "api"
  | "new-entity"
  | "test"
  | "signal"
  | "secrets"
  | "version"
  | "help";

/** What the options of a command line say. */
export interface CommandOptions {
  /** Configuration file. */
  conf?: string;
  /** Folder that relative paths start from. */
  prefix?: string;
  /** Folder of the embedded database, secrets and state. */
  data?: string;
  /** Folder of the SQL sources. */
  sql?: string;
  /** Address to listen on. */
  listen?: string;
  /** Port to listen on. */
  port?: number;
  /** HTTP workers; 0 for one a processor. */
  workers?: number;
  /** First password of the administrator. */
  adminPassword?: string;
  /** Replace a database that already holds data; run breaking patches. */
  force?: boolean;
  /** Show which patches were applied. */
  status?: boolean;
  /** Say what would be done, do nothing. */
  dryRun?: boolean;
  /** Record patches as applied without running them. */
  baseline?: boolean;
  /** Name of the entity that is written. */
  newEntity?: string;
  /** Kind of the new entity: document or reference. */
  kind?: string;
  /** Class above the new entity. */
  parent?: string;
  /** Columns of the new entity. */
  fields?: string;
  /** What `-s` sends. */
  signal?: string;
  /** What `--process` runs. */
  process?: string;
}

/** A command: the option that asks for it, and what it does. */
export interface CommandSpec {
  readonly name: CommandName;
  /** Its option; undefined for the command that runs without one. */
  readonly long?: string;
  readonly short?: readonly string[];
  /** Name of its value. */
  readonly value?: string;
  readonly sentence: string;
  /** What is worth knowing beyond the sentence; a line each. */
  readonly details: readonly string[];
  /** Exit status by meaning; what every command has is added to these. */
  readonly exits: Readonly<Record<number, string>>;
}

/** An option: its names, its value, and the commands that it belongs to. */
export interface OptionSpec {
  readonly key: keyof CommandOptions;
  readonly long: string;
  readonly short?: readonly string[];
  /** Name of its value; undefined for a flag. */
  readonly value?: string;
  /** Bounds of a value that is a whole number. */
  readonly range?: readonly [number, number];
  /** Commands that take it; undefined for all of them. */
  readonly commands?: readonly CommandName[];
  readonly sentence: string;
}

/** The signals that `-s` sends, by word. USR1 reopens as well, and wakes the runtime's debugger. */
export const SIGNALS = {
  stop: "SIGTERM",
  quit: "SIGQUIT",
  reload: "SIGHUP",
  reopen: "SIGUSR2",
} as const satisfies Record<string, Deno.Signal>;

const FAILED = "it failed; standard error says why";
const DONE = { 0: "done", 1: FAILED };

/** All commands, in the order in which `--help` lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "serve",
    sentence: "Runs the server.",
    details: [
      "Starts the embedded PostgreSQL when no connection is configured, installs into it when it",
      "is empty, and answers requests until a signal stops it.",
    ],
    exits: { 0: "stopped by a signal", 1: "it could not start, or already runs" },
  },
  {
    name: "install",
    long: "--install",
    sentence: "Creates login roles, database, platform and configuration.",
    details: [
      "Is --database and --create in one. Needs a superuser. A database that already holds other",
      "data is refused unless --force is given, which drops it and creates it anew. Run on an",
      "installed database it changes nothing.",
    ],
    exits: { 0: "installed, or was installed already", 1: FAILED },
  },
  {
    name: "init",
    long: "--init",
    sentence: "Runs the seed data again.",
    details: ["What was changed since the installation stays; what is missing is added."],
    exits: DONE,
  },
  {
    name: "database",
    long: "--database",
    sentence: "Creates login roles and an empty database only.",
    details: [
      "Needs a superuser. A database that holds something is refused unless --force is given,",
      "which drops it.",
    ],
    exits: DONE,
  },
  {
    name: "create",
    long: "--create",
    sentence: "Creates platform and configuration in an empty database.",
    details: ["Needs a superuser, and what --database creates."],
    exits: DONE,
  },
  {
    name: "update",
    long: "--update",
    sentence: "Brings functions, views and seed data up to the sources.",
    details: ["Tables are left as they are: --patch changes those. Safe while the server runs."],
    exits: DONE,
  },
  {
    name: "patch",
    long: "--patch",
    sentence: "Applies patches that were not applied yet, then updates.",
    details: [
      "Each patch runs once, in order, in a transaction of its own; its checksum is recorded.",
    ],
    exits: DONE,
  },
  {
    name: "api",
    long: "--api",
    sentence: "Makes the schemas `api` and `rest` anew, and updates.",
    details: ["What is in no source any more is gone from them."],
    exits: DONE,
  },
  {
    name: "new-entity",
    long: "--new-entity",
    value: "NAME",
    sentence: "Writes the SQL files of a new entity into the configuration and wires them in.",
    details: [
      "Changes no database: --update makes the entity. Files that are there are never overwritten.",
    ],
    exits: { 0: "written", 1: FAILED },
  },
  {
    name: "test",
    long: "--test",
    short: ["-t"],
    sentence: "Tests the configuration and ends.",
    details: ["Lists every fault: path, value, and what is allowed. Writes nothing."],
    exits: { 0: "the configuration can be used" },
  },
  {
    name: "signal",
    long: "--signal",
    short: ["-s"],
    value: "stop|quit|reload|reopen",
    sentence: "Signals the running server, found by its pid file.",
    details: [
      "stop    stops at once",
      "quit    finishes requests in flight, then stops",
      "reload  reads the configuration again",
      "reopen  opens the log files again",
    ],
    exits: { 0: "sent", 1: "no server runs, or it is another user's" },
  },
  {
    name: "secrets",
    long: "--show-secrets",
    sentence: "Prints the generated secrets.",
    details: ["The administrator's first password and the secrets of the OAuth clients."],
    exits: { 0: "printed", 1: "nothing was generated yet" },
  },
  {
    name: "process",
    long: "--process",
    value: "NAME",
    sentence: "Runs one process that the server starts itself.",
    details: ["worker, helper, or a daemon such as cleaner."],
    exits: { 0: "stopped by a signal", 1: FAILED },
  },
  {
    name: "version",
    long: "--version",
    short: ["-v", "-V"],
    sentence: "Prints the version.",
    details: [],
    exits: { 0: "printed" },
  },
  {
    name: "help",
    long: "--help",
    short: ["-h"],
    sentence: "Prints this help; together with a command, the help of that command.",
    details: [],
    exits: { 0: "printed" },
  },
];

const SERVING = ["serve", "process", "test"] as const;
const DATABASE = ["install", "init", "create", "update", "patch", "api"] as const;

/** All options that are not commands. */
export const OPTIONS: readonly OptionSpec[] = [
  {
    key: "conf",
    long: "--conf",
    short: ["-c", "--config"],
    value: "FILE",
    sentence: "Configuration file; default `conf/default.json` under the prefix.",
  },
  {
    key: "prefix",
    long: "--prefix",
    short: ["-p"],
    value: "DIR",
    sentence: "Folder that relative paths start from; default the current one.",
  },
  {
    key: "data",
    long: "--data",
    value: "DIR",
    sentence: "Folder of the embedded database, secrets and state; default `data`.",
  },
  {
    key: "sql",
    long: "--sql",
    value: "DIR",
    commands: ["serve", "process", "test", "new-entity", ...DATABASE],
    sentence: "Folder of the SQL sources; default those of the program.",
  },
  {
    key: "listen",
    long: "--listen",
    value: "ADDR",
    commands: SERVING,
    sentence: "Address to listen on; default 127.0.0.1.",
  },
  {
    key: "port",
    long: "--port",
    value: "N",
    range: [1, 65_535],
    commands: SERVING,
    sentence: "Port to listen on; default 4977.",
  },
  {
    key: "workers",
    long: "--workers",
    short: ["-w"],
    value: "N",
    range: [0, 256],
    commands: SERVING,
    sentence: "HTTP workers; 0 for one a processor, default 1.",
  },
  {
    key: "adminPassword",
    long: "--admin-password",
    value: "TEXT",
    commands: ["serve", "install", "create"],
    sentence:
      "First password of the administrator, when installing. Others on this machine can see a " +
      "command line: APOSTOL_ADMIN_PASSWORD is safer.",
  },
  {
    key: "force",
    long: "--force",
    commands: ["install", "database", "patch"],
    sentence:
      "Drop a database that already exists, with all its data; with --patch: run breaking patches " +
      "although servers are connected.",
  },
  {
    key: "kind",
    long: "--kind",
    value: "document|reference",
    commands: ["new-entity"],
    sentence: "What the new entity is: a document belongs to an area, a reference has a code.",
  },
  {
    key: "parent",
    long: "--parent",
    value: "CLASS",
    commands: ["new-entity"],
    sentence: "Class above the new entity; default that of its kind.",
  },
  {
    key: "fields",
    long: "--fields",
    value: "LIST",
    commands: ["new-entity"],
    sentence: "Its columns, such as `price numeric(12,2) required, vendor ref vendor, note text`.",
  },
  {
    key: "status",
    long: "--status",
    commands: ["patch"],
    sentence: "Show which patches were applied and which were not; change nothing.",
  },
  {
    key: "dryRun",
    long: "--dry-run",
    commands: ["patch"],
    sentence: "List the patches that would run; change nothing.",
  },
  {
    key: "baseline",
    long: "--baseline",
    commands: ["patch"],
    sentence: "Record all patches as applied without running them.",
  },
];

/** Option sets that contradict each other. */
export const CONTRADICTIONS: readonly (readonly (keyof CommandOptions)[])[] = [
  ["status", "dryRun"],
  ["status", "baseline"],
  ["dryRun", "baseline"],
];
