/**
 * The database server that the configuration means: the embedded one, or somebody else's.
 *
 * @module
 */
import type { Config } from "./config.ts";
import { AppError } from "./errors.ts";
import { getLogger } from "./log.ts";
import {
  connectionFor,
  DatabaseError,
  DatabaseUnavailableError,
  describeConnection,
  EmbeddedPostgres,
  type InstallationState,
  installationState,
  SCHEMA_VERSION,
  usesEmbedded,
} from "./postgres/mod.ts";

const log = getLogger(["apostol", "postgres"]);

/** Starts the embedded server when the configuration means it; null when it means another. */
export async function startEmbedded(config: Config): Promise<EmbeddedPostgres | null> {
  if (!usesEmbedded(config)) return null;
  const { data, secrets, postgres, process } = config;
  return await EmbeddedPostgres.start({
    data,
    port: postgres.embedded.port,
    password: secrets.superuser,
    ...(process.user === "" ? {} : { user: process.user }),
    log: log.getChild("embedded"),
  });
}

/** Runs work while the database server runs; an embedded one that does not run is started for it. */
export async function withDatabaseServer<T>(config: Config, work: () => Promise<T>): Promise<T> {
  if (!config.postgres.connect) {
    throw new AppError("CONFIG", 'Setting "postgres.connect" must be true for this, is false');
  }
  const running = !usesEmbedded(config) ||
    await EmbeddedPostgres.find(config.data, config.secrets.superuser) !== null;
  if (running) return await work();
  await using _embedded = await startEmbedded(config);
  return await work();
}

/**
 * Finds out whether the server can work with what is in the database.
 *
 * @returns False when it is empty and ours to install.
 * @throws {AppError} `NOT-INSTALLED`, `FOREIGN` or `SCHEMA` if it can not.
 */
export async function isInstalled(config: Config): Promise<boolean> {
  const embedded = usesEmbedded(config);
  const connection = await connectionFor(config, embedded ? "superuser" : "worker");
  let state: InstallationState;
  try {
    state = await installationState(connection);
  } catch (thrown) {
    return judgeFailure(thrown, describeConnection(connection));
  }
  const where = describeConnection(connection);
  if (typeof state === "object") return checkVersion(state.version, where);
  if (state === "foreign") {
    throw new AppError("FOREIGN", `Database ${where} holds data that apostol did not make`);
  }
  if (embedded) return false;
  throw new AppError("NOT-INSTALLED", `Database ${where} is not installed: run apostol --install`);
}

/** A server that is away comes back; one that does not know us was never installed. */
function judgeFailure(thrown: unknown, where: string): true {
  if (thrown instanceof DatabaseUnavailableError) {
    log.warn("The database does not answer, requests fail until it does: {reason}", {
      reason: typeof thrown.detail === "string" ? thrown.detail : thrown.message,
    });
    return true;
  }
  if (!(thrown instanceof DatabaseError) || !/^(28|42501)/.test(thrown.sqlstate)) throw thrown;
  throw new AppError(
    "NOT-INSTALLED",
    `Database ${where} refuses: ${thrown.serverMessage}. Is it installed (apostol --install), ` +
      "and is secrets.json of the data folder the one that belongs to it?",
    { cause: thrown },
  );
}

function checkVersion(version: string, where: string): true {
  if (version === SCHEMA_VERSION) return true;
  if (Number(version) > Number(SCHEMA_VERSION)) {
    throw new AppError(
      "SCHEMA",
      `Database ${where} has schema version ${version}, this program knows ${SCHEMA_VERSION}: ` +
        "use a newer program",
    );
  }
  log.warn("The database has schema version {version}, the program {known}: run --patch", {
    version,
    known: SCHEMA_VERSION,
  });
  return true;
}
