/**
 * From the configuration to connections, pools and installations.
 *
 * @module
 */
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import {
  type ConnectionOptions,
  parseConninfo,
  type PartialConnection,
  readSslMode,
} from "./connection.ts";
import type { DatabaseOptions } from "./database.ts";
import { EmbeddedPostgres } from "./embedded.ts";
import type { InstallOptions, UpdateOptions } from "./install_options.ts";
import { sqlSource } from "./sql_source.ts";

/** Whose connection is wanted. */
export type ConnectionRole = "worker" | "helper" | "kernel" | "superuser";

const LOGIN: Record<ConnectionRole, "daemon" | "apibot" | "kernel" | "postgres"> = {
  worker: "daemon",
  helper: "apibot",
  kernel: "kernel",
  superuser: "postgres",
};

/** Tells whether the program is to run a PostgreSQL of its own. */
export function usesEmbedded({ postgres }: Pick<Config, "postgres">): boolean {
  const { connect, url, worker, helper, kernel, superuser } = postgres;
  const configured = [url, worker, helper, kernel, superuser].some((one) => one !== undefined);
  return connect && !configured;
}

/**
 * Returns where a role finds the database: as `postgres.<role>` says, else on the server of
 * `postgres.url` (`DATABASE_URL`), else on the embedded server, which must be running.
 *
 * `postgres.helper`, `kernel` and `superuser` that are left out take the server from `worker`.
 * User and password that are not given are the role's own, which the installation made.
 *
 * @throws {AppError} If a connection string cannot be read, or the embedded server does not run.
 */
export async function connectionFor(
  config: Config,
  role: ConnectionRole,
): Promise<ConnectionOptions> {
  const base = usesEmbedded(config) ? await embedded(config) : configured(config, role);
  const user = base.user ?? LOGIN[role];
  return {
    host: base.host ?? "127.0.0.1",
    port: base.port ?? 5432,
    database: base.database ?? config.project.code,
    user,
    password: base.password ?? passwordOf(config, user),
    ...(base.sslmode === undefined ? {} : { sslmode: base.sslmode }),
    ...(base.sslrootcert === undefined ? {} : { sslrootcert: base.sslrootcert }),
    connectTimeout: base.connectTimeout ?? (config.postgres.timeout * 1000 || 3_600_000),
  };
}

/** Where the embedded server is, without who signs in. */
async function embedded(config: Config): Promise<PartialConnection> {
  const found = await EmbeddedPostgres.find(config.data, config.secrets.superuser);
  if (found === null) {
    throw new AppError(
      "EMBEDDED-STOPPED",
      `The embedded PostgreSQL in ${config.data} does not run: start the server first`,
      { status: 503 },
    );
  }
  return { host: found.host, port: found.port };
}

function configured({ postgres }: Config, role: ConnectionRole): PartialConnection {
  const url = postgres.url === undefined ? {} : parseConninfo(postgres.url);
  const server = role === "worker" ? {} : withoutLogin(read(postgres.worker));
  // The login of the address is the superuser's: other roles use it only under their own name.
  const mine = role === "superuser" || url.user === LOGIN[role] ? url : withoutLogin(url);
  return { ...mine, ...server, ...read(postgres[role]) };
}

function withoutLogin({ user: _user, password: _password, ...rest }: PartialConnection) {
  return rest;
}

function read(options: Config["postgres"]["worker"]): PartialConnection {
  if (options === undefined) return {};
  const { conninfo, host, port, dbname, user, password, sslmode } = options;
  if (conninfo !== undefined) return parseConninfo(conninfo);
  const values: PartialConnection = {};
  if (host !== undefined) values.host = host;
  if (port !== undefined) values.port = port;
  if (dbname !== undefined) values.database = dbname;
  if (user !== undefined) values.user = user;
  if (password !== undefined) values.password = password;
  if (sslmode !== undefined) values.sslmode = readSslMode(sslmode);
  return values;
}

function passwordOf({ secrets }: Config, user: string): string {
  const { roles, superuser } = secrets;
  if (user === "postgres") return superuser;
  return Object.hasOwn(roles, user) ? roles[user as keyof typeof roles] : "";
}

/** Options of a process's pool. */
export async function databaseOptions(
  config: Config,
  role: ConnectionRole,
): Promise<DatabaseOptions> {
  const { pool, acquire_timeout, statement_timeout } = config.postgres;
  return {
    connection: await connectionFor(config, role),
    name: `apostol ${role}`,
    min: pool.min,
    max: pool.max,
    acquireTimeout: acquire_timeout,
    statementTimeout: statement_timeout,
  };
}

/** Options of `--install`, `--database` and `--create`. */
export async function installOptions(config: Config): Promise<InstallOptions> {
  const { project, secrets } = config;
  const superuser = await connectionFor(config, "superuser");
  const source = sqlSource(config.sql);
  return {
    superuser,
    database: superuser.database,
    source,
    configuration: await configurationName(config),
    settings: {
      "password.admin": secrets.admin_password,
      "current.key": secrets.server_key,
      "project.code": project.code,
      "project.name": project.name,
      "project.domain": project.domain,
      "project.host": project.host === "" ? `https://${project.domain}` : project.host,
      "project.locale": project.locale,
      "project.currency": project.currency,
      "project.scope_alias": project.scope_alias,
      "company.code": project.company.code,
      "company.name": project.company.name,
      "secret.web": secrets.clients.web,
      "secret.service": secrets.clients.service,
      "secret.android": secrets.clients.android,
      "secret.ios": secrets.clients.ios,
    },
    passwords: secrets.roles,
  };
}

/** Options of `--update`, `--patch`, `--api` and `--init`. */
export async function updateOptions(config: Config): Promise<UpdateOptions> {
  return {
    connection: await connectionFor(config, "kernel"),
    source: sqlSource(config.sql),
    configuration: await configurationName(config),
  };
}

/** The folder under `configuration/` that is named after the project, else `apostol`. */
async function configurationName(config: Config): Promise<string> {
  const names = await sqlSource(config.sql).list("configuration");
  return names.includes(config.project.code) ? config.project.code : "apostol";
}
