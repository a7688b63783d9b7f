/**
 * What all commands on the schema share: one at a time, one transaction, the settings in it.
 *
 * @module
 */
import type { Link } from "./_link.ts";
import { DatabaseError, InstallError } from "./errors.ts";
import {
  type InstallPhase,
  type InstallProgress,
  SCHEMA_VERSION,
  type UpdateOptions,
} from "./install_options.ts";
import { readScript, type ScriptChunk } from "./script_reader.ts";
import { runScript } from "./script_runner.ts";
import type { SqlSource } from "./sql_source.ts";

/** Key of the advisory lock that lets one installation at a time work ("apostol" as a number). */
const LOCK_KEY = 27_426_696_721_624_940n;
const LOCK_TIMEOUT = 600_000; // milliseconds
const LOCK_NOT_AVAILABLE = "55P03";
const OLDEST_SERVER = 15;

/** Files of which an update keeps out: what they make is there already. */
export const INSTALL_ONLY = /^(schema|type|table)/;

/** A layer's files and the phase that runs them. */
export interface Layer {
  readonly phase: InstallPhase;
  readonly chunks: readonly ScriptChunk[];
}

/** Reads the layers of a source, lower one first. */
export async function readLayers(
  source: SqlSource,
  configuration = "apostol",
  skip: (name: string) => boolean = () => false,
): Promise<Layer[]> {
  const layers: Layer[] = [];
  for (
    const [phase, path] of [
      ["platform", "platform/create.psql"],
      ["configuration", `configuration/${configuration}/create.psql`],
    ] as const
  ) {
    layers.push({ phase, chunks: await readScript(source, path, { skip }) });
  }
  return layers;
}

/** Makes the server notice within a second that this program was killed, and let its locks go. */
export async function watchClient(link: Link): Promise<void> {
  await link.simple("SET client_connection_check_interval = 1000").catch((thrown: unknown) => {
    // Not every system can tell; the server then notices at the end of the statement.
    if (!(thrown instanceof DatabaseError)) throw thrown;
  });
}

/**
 * Runs layers in the transaction that is open on a connection.
 *
 * @returns How many files there were.
 */
export async function runLayers(
  link: Link,
  layers: readonly Layer[],
  onProgress: (progress: InstallProgress) => void = () => {},
): Promise<number> {
  const total = layers.reduce((sum, { chunks }) => sum + chunks.length, 0);
  let before = 0;
  for (const { phase, chunks } of layers) {
    await runScript(link, chunks, ({ file }, at) => {
      onProgress({ phase, file, index: before + at + 1, total });
    });
    before += chunks.length;
  }
  return total;
}

/** Waits until no other installation works on the same server (or database), then keeps them out. */
export async function takeLock(
  link: Link,
  onProgress: UpdateOptions["onProgress"] = () => {},
): Promise<void> {
  const [row] = await link.values("SELECT pg_try_advisory_lock($1)", [LOCK_KEY]);
  if (row?.[0] === true) return;
  onProgress({ phase: "wait", file: "", index: 0, total: 0 });
  try {
    await link.simple(`SET lock_timeout = ${LOCK_TIMEOUT}`);
    await link.values("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    await link.simple("RESET lock_timeout");
  } catch (thrown) {
    if (!(thrown instanceof DatabaseError) || thrown.sqlstate !== LOCK_NOT_AVAILABLE) throw thrown;
    throw new InstallError("INSTALL-LOCK", "Another installation has been running for too long");
  }
}

/** Begins the transaction that everything happens in, as the owner. */
export async function beginInstall(
  link: Link,
  settings: Readonly<Record<string, string>>,
  lockTimeout = 0,
): Promise<void> {
  await link.simple(
    `BEGIN;
     SET LOCAL ROLE kernel;
     SET LOCAL lock_timeout = ${Math.round(lockTimeout)};
     SET LOCAL client_min_messages = 'warning'`,
  );
  const all = { ...settings, "schema.version": SCHEMA_VERSION, "apostol.install": "on" };
  await link.values(
    "SELECT count(set_config(name, value, true)) FROM unnest($1::text[], $2::text[]) AS t (name, value)",
    [Object.keys(all), Object.values(all)],
  );
}

/** Ends the transaction; a script that ended it before is found out. */
export async function commitInstall(link: Link): Promise<void> {
  const tag = await link.simple("COMMIT");
  if (tag !== "COMMIT") {
    throw new InstallError("INSTALL", `The transaction ended with ${tag}: nothing was kept`);
  }
}

/** @throws {InstallError} If the server is older than what is supported. */
export async function checkServer(link: Link): Promise<void> {
  const [row] = await link.values("SELECT current_setting('server_version')", []);
  const version = String(row?.[0]);
  if (parseInt(version) < OLDEST_SERVER) {
    throw new InstallError(
      "INSTALL-VERSION",
      `PostgreSQL ${OLDEST_SERVER} or newer is needed, this is ${version}`,
    );
  }
}
