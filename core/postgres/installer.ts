/**
 * Installs the platform and the configuration into a database that it makes.
 *
 * Roles and database are made by a superuser; everything else happens in one transaction, so that
 * a database is either whole or empty. When that transaction fails, what this run made is dropped
 * again; when the program is killed, an empty database is left, which the next run fills.
 *
 * @module
 */
import { Link } from "./_link.ts";
import type { ConnectionOptions } from "./connection.ts";
import { DatabaseError, InstallError } from "./errors.ts";
import {
  type InstallOptions,
  type InstallProgress,
  type InstallResult,
  SCHEMA_VERSION,
} from "./install_options.ts";
import { createRoles, dropRoles, whoAmI } from "./install_roles.ts";
import {
  beginInstall,
  checkServer,
  commitInstall,
  type Layer,
  readLayers,
  runLayers,
  takeLock,
  watchClient,
} from "./install_session.ts";
import { type InstallationState, installationState, stateOf } from "./install_state.ts";
import { recordPatches } from "./patch_log.ts";
import { quoteLiteral } from "./script_reader.ts";

const NO_DATABASE = "3D000";
const NAME = /^[a-z_][a-z0-9_$]{0,62}$/;

/** What one run has made, to be dropped again if it fails. */
interface Made {
  roles: string[];
  database: boolean;
}

/** How far an installation goes. */
type Goal = "database" | "schema";

/**
 * Installs everything: roles, database, platform, configuration.
 *
 * A database in which it is installed already is left as it is. Several may be started at once, on
 * one machine or many: one installs, the others wait for it.
 *
 * @throws {InstallError} If the database holds something else and `force` is not given, or a
 * script fails; the message says where and what to do.
 */
export async function install(options: InstallOptions): Promise<InstallResult> {
  return await run(options, "schema");
}

/** Makes the roles and an empty database. */
export async function createDatabase(options: InstallOptions): Promise<InstallResult> {
  return await run(options, "database");
}

/**
 * Fills a database that exists and is empty.
 *
 * @throws {InstallError} If there is none, or it is not empty.
 */
export async function createSchema(options: InstallOptions): Promise<InstallResult> {
  const started = performance.now();
  const { superuser, database } = options;
  const layers = await readLayers(options.source, options.configuration);
  await using maintenance = await openMaintenance(superuser);
  await takeLock(maintenance.link, options.onProgress);
  const state = await stateIn(maintenance.link, options);
  if (state === "none") {
    throw new InstallError(
      "INSTALL-NONE",
      `There is no database ${database}: --install makes it, or --database an empty one`,
    );
  }
  if (state !== "empty") throw notEmpty(database, state);
  const files = await fill(options, layers);
  return { changed: true, version: SCHEMA_VERSION, files, took: performance.now() - started };
}

async function run(options: InstallOptions, goal: Goal): Promise<InstallResult> {
  const started = performance.now();
  const { superuser, database, force = false, onProgress } = options;
  checkName(database);
  // Scripts that cannot be read are found out before anything is made.
  const layers = goal === "schema" ? await readLayers(options.source, options.configuration) : [];
  await using maintenance = await openMaintenance(superuser);
  const { link } = maintenance;
  await checkServer(link);
  await takeLock(link, onProgress);

  const state = await stateIn(link, options);
  const done = goal === "database" ? state === "empty" : typeof state === "object";
  if (done && !force) {
    const version = typeof state === "object" ? state.version : "";
    return { changed: false, version, files: 0, took: performance.now() - started };
  }
  if (state !== "none" && state !== "empty" && !force) throw notEmpty(database, state);

  const made: Made = { roles: [], database: false };
  try {
    tell(onProgress, "roles");
    made.roles = await createRoles(link, options.passwords);
    tell(onProgress, "database");
    if (state !== "none" && force) await link.simple(`DROP DATABASE ${database} WITH (FORCE)`);
    if (state === "none" || force) {
      await link.simple(
        `CREATE DATABASE ${database} OWNER kernel TEMPLATE template0 ENCODING 'UTF8'`,
      );
      made.database = true;
    }
    await configureDatabase(link, database);
    const files = goal === "schema" ? await fill(options, layers) : 0;
    const version = goal === "schema" ? SCHEMA_VERSION : "";
    return { changed: true, version, files, took: performance.now() - started };
  } catch (thrown) {
    await undo(link, database, made);
    throw thrown;
  }
}

/** Runs all scripts in one transaction. */
async function fill(options: InstallOptions, layers: readonly Layer[]): Promise<number> {
  const { database, source, configuration, settings, onProgress } = options;
  const link = await openOwner(options);
  try {
    const state = await stateOf(link);
    if (state !== "empty") throw notEmpty(database, state);
    await watchClient(link);
    await quiet(link);
    await beginInstall(link, settings);
    const files = await runLayers(link, layers, onProgress);
    tell(onProgress, "finish");
    await recordPatches(link, source, configuration);
    await commitInstall(link);
    return files;
  } finally {
    await link.close().catch(() => {}); // the fault that broke it is thrown already
  }
}

/** Connects to the database as somebody who may act as its owner. */
async function openOwner({ superuser, database, passwords }: InstallOptions): Promise<Link> {
  const settings = { application_name: "apostol install", jit: "off", statement_timeout: "0" };
  const link = await Link.open({ ...superuser, database }, { settings, pipeline: 1000 });
  if ((await whoAmI(link)).superuser) return link;
  await link.close();
  const kernel = { ...superuser, database, user: "kernel", password: passwords.kernel };
  return await Link.open(kernel, { settings, pipeline: 1000 });
}

/** Keeps the secrets among the settings out of the server's log; needs a real superuser. */
async function quiet(link: Link): Promise<void> {
  await link.simple(
    "SET log_statement = 'none'; SET log_min_error_statement = 'panic'; " +
      "SET log_min_duration_statement = -1",
  ).catch((thrown: unknown) => {
    if (!(thrown instanceof DatabaseError)) throw thrown;
  });
}

/** Settings of the database: what every session in it starts with. */
async function configureDatabase(link: Link, database: string): Promise<void> {
  await link.simple(
    `ALTER DATABASE ${database} OWNER TO kernel;
     ALTER DATABASE ${database} SET search_path = kernel, public;
     ALTER DATABASE ${database} SET timezone = 'UTC';
     ALTER DATABASE ${database} SET jit = off;
     ALTER ROLE daemon IN DATABASE ${database} SET plan_cache_mode = force_generic_plan;
     ALTER ROLE apibot IN DATABASE ${database} SET plan_cache_mode = force_generic_plan;
     REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
     GRANT CONNECT ON DATABASE ${database} TO administrator, daemon, apibot`,
  );
}

async function undo(link: Link, database: string, made: Made): Promise<void> {
  if (link.ended !== null) return;
  if (made.database) {
    await link.simple(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`).catch(() => {});
  }
  await dropRoles(link, made.roles);
}

/** Tells what is in the database, without the server logging a failure when there is none. */
async function stateIn(
  link: Link,
  { superuser, database }: InstallOptions,
): Promise<InstallationState> {
  const found = await link.values("SELECT FROM pg_database WHERE datname = $1", [database]);
  return found.length === 0 ? "none" : await installationState({ ...superuser, database });
}

/** Drops a database with everything in it; not an error when there is none. */
export async function dropDatabase(superuser: ConnectionOptions, database: string): Promise<void> {
  checkName(database);
  await using maintenance = await openMaintenance(superuser);
  await maintenance.link.simple(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
}

/** Opens the database from which others are made and dropped. */
async function openMaintenance(
  superuser: ConnectionOptions,
): Promise<AsyncDisposable & { link: Link }> {
  const settings = { application_name: "apostol install" };
  let link: Link;
  try {
    link = await Link.open({ ...superuser, database: "postgres" }, { settings });
  } catch (thrown) {
    if (!(thrown instanceof DatabaseError) || thrown.sqlstate !== NO_DATABASE) throw thrown;
    link = await Link.open({ ...superuser, database: "template1" }, { settings });
  }
  return { link, [Symbol.asyncDispose]: () => link.close() };
}

function notEmpty(database: string, state: InstallationState): InstallError {
  const [holds, way] = typeof state === "object"
    ? [`apostol (schema version ${state.version})`, "--update brings it up to date"]
    : ["data that apostol did not make", "give another name with project.code or DATABASE_URL"];
  return new InstallError(
    "INSTALL-NOT-EMPTY",
    `Database ${database} holds ${holds}: ${way}; --force drops it with everything in it`,
  );
}

function checkName(database: string): void {
  if (NAME.test(database) && !["postgres", "template0", "template1"].includes(database)) return;
  throw new InstallError(
    "INSTALL-NAME",
    `Cannot use ${quoteLiteral(database)} as the database: lower-case letters, digits and _, ` +
      "not one of the server's own",
  );
}

function tell(
  onProgress: ((progress: InstallProgress) => void) | undefined,
  phase: InstallProgress["phase"],
): void {
  onProgress?.({ phase, file: "", index: 0, total: 0 });
}
