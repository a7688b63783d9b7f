/**
 * Brings an installed database up to date: patches, then everything that may be run again.
 *
 * Safe while servers work: every command is one transaction, waits for a lock a moment only, and
 * when a server holds one longer lets everything go and tries again.
 *
 * @module
 */
import { Link } from "./_link.ts";
import { DatabaseError, InstallError } from "./errors.ts";
import { type InstallResult, SCHEMA_VERSION, type UpdateOptions } from "./install_options.ts";
import {
  beginInstall,
  checkServer,
  commitInstall,
  INSTALL_ONLY,
  type Layer,
  readLayers,
  runLayers,
  takeLock,
  watchClient,
} from "./install_session.ts";
import { type InstallationState, stateOf } from "./install_state.ts";
import {
  type AppliedPatch,
  appliedPatches,
  createPatchLog,
  type Patch,
  readPatches,
  recordPatch,
  recordPatches,
} from "./patch_log.ts";
import { runScript, ScriptError } from "./script_runner.ts";

const LOCK_TIMEOUT = 2000; // milliseconds for which others may have to queue behind us
const PATIENCE = 60_000; // milliseconds
const PAUSE = 500; // milliseconds between attempts
/** Lock timeout, deadlock. */
const RETRIED = new Set(["55P03", "40P01"]);

/** A patch and what is known of it. */
export interface PatchStatus {
  /** Such as `platform/1.2/P00000001`. */
  readonly name: string;
  /** What its first line says. */
  readonly title: string;
  /** True when servers must be stopped for it. */
  readonly breaking: boolean;
  /** `changed`: it was run, and its text is another now; `missing`: it was run and is gone. */
  readonly state: "pending" | "applied" | "baseline" | "changed" | "missing";
  /** When it was run or recorded; null while it is pending. */
  readonly appliedAt: Date | null;
}

/** How patches are run. */
export interface PatchOptions extends UpdateOptions {
  /** Record the patches that are pending without running them. @default false */
  readonly baseline?: boolean;
  /** Run breaking patches although servers are connected. @default false */
  readonly force?: boolean;
}

/** Makes views, routines and seeds again, all but what only an installation makes. */
export async function update(options: UpdateOptions): Promise<InstallResult> {
  const skip = (name: string) => INSTALL_ONLY.test(name);
  const layers = await readLayers(options.source, options.configuration, skip);
  return await withDatabase(options, (link) => change(link, options, layers));
}

/** Makes the schemas `api` and `rest` anew, and then updates: what is in no script is gone. */
export async function updateApi(options: UpdateOptions): Promise<InstallResult> {
  const skip = (name: string) => INSTALL_ONLY.test(name);
  const layers = await readLayers(options.source, options.configuration, skip);
  return await withDatabase(options, (link) =>
    change(link, options, layers, async () => {
      await link.simple(
        "DROP SCHEMA IF EXISTS api, rest CASCADE; CREATE SCHEMA api; CREATE SCHEMA rest",
      );
    }));
}

/** Runs the seeds again: the files whose names begin with `init`. */
export async function initialise(options: UpdateOptions): Promise<InstallResult> {
  const skip = (name: string) => !name.startsWith("init") && !name.endsWith(".psql");
  const layers = await readLayers(options.source, options.configuration, skip);
  return await withDatabase(options, (link) => change(link, options, layers));
}

/**
 * Runs the patches that are pending, each in a transaction of its own, then updates.
 *
 * @throws {InstallError} If a patch that was run has changed, or a pending one needs the servers
 * to be stopped.
 */
export async function patch(options: PatchOptions): Promise<InstallResult & { patches: string[] }> {
  const started = performance.now();
  const names = await withDatabase(options, (link) => runPatches(link, options));
  const took = () => performance.now() - started;
  if (options.baseline === true) {
    return {
      changed: names.length > 0,
      version: SCHEMA_VERSION,
      files: 0,
      took: took(),
      patches: names,
    };
  }
  const updated = await update(options);
  return { ...updated, took: took(), patches: names };
}

/** Tells of every patch whether it was run. */
export async function patchStatus(options: UpdateOptions): Promise<PatchStatus[]> {
  const patches = await readPatches(options.source, options.configuration);
  const applied = await withDatabase(options, appliedPatches, false);
  const known = new Set(patches.map(({ name }) => name));
  const gone = [...applied.values()].filter(({ name }) => !known.has(name));
  return [
    ...gone.map(({ name, appliedAt }) => ({
      name,
      title: "",
      breaking: false,
      state: "missing" as const,
      appliedAt,
    })),
    ...patches.map(({ name, title, breaking, checksum }) => {
      const found = applied.get(name);
      const state = statusOf(found, checksum);
      return { name, title, breaking, state, appliedAt: found?.appliedAt ?? null };
    }),
  ];
}

function statusOf(found: AppliedPatch | undefined, checksum: string): PatchStatus["state"] {
  if (found === undefined) return "pending";
  if (found.checksum !== checksum) return "changed";
  return found.baseline ? "baseline" : "applied";
}

async function runPatches(link: Link, options: PatchOptions): Promise<string[]> {
  const { source, configuration, baseline = false, force = false, onProgress } = options;
  const patches = await readPatches(source, configuration);
  const applied = await appliedPatches(link);
  const changed = patches.find(({ name, checksum }) =>
    (applied.get(name)?.checksum ?? checksum) !== checksum
  );
  if (changed !== undefined) {
    throw new InstallError(
      "PATCH-CHANGED",
      `${changed.file} was changed after it had been run: put its old text back, ` +
        "and make the change in a new patch",
    );
  }
  const pending = patches.filter(({ name }) => !applied.has(name));
  if (baseline) {
    await beginInstall(link, {});
    await recordPatches(link, source, configuration);
    await commitInstall(link);
    return pending.map(({ name }) => name);
  }
  if (!force) await checkServers(link, pending);
  for (const [at, one] of pending.entries()) {
    onProgress?.({ phase: "patch", file: one.file, index: at + 1, total: pending.length });
    await applyPatch(link, one, options);
  }
  return pending.map(({ name }) => name);
}

async function applyPatch(link: Link, one: Patch, options: PatchOptions): Promise<void> {
  await withRetries(link, options.patience, async () => {
    const started = performance.now();
    await beginInstall(link, await keptSettings(link), LOCK_TIMEOUT);
    await createPatchLog(link);
    await runScript(link, one.chunks);
    await recordPatch(link, one, performance.now() - started);
    await commitInstall(link);
  });
}

/** Refuses a breaking patch while servers are connected. */
async function checkServers(link: Link, pending: readonly Patch[]): Promise<void> {
  const breaking = pending.find((one) => one.breaking);
  if (breaking === undefined) return;
  const [row] = await link.values(
    `SELECT count(*)::int FROM pg_stat_activity
      WHERE datname = current_database() AND usename IN ('daemon', 'apibot')`,
    [],
  );
  if (row?.[0] === 0) return;
  throw new InstallError(
    "PATCH-BREAKING",
    `${breaking.file} cannot be run while servers are connected (${row?.[0]} connections): ` +
      "stop them first, or give --force",
  );
}

/** Runs layers in one transaction, as often as it takes to get the locks. */
async function change(
  link: Link,
  options: UpdateOptions,
  layers: readonly Layer[],
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<InstallResult> {
  const started = performance.now();
  const files = await withRetries(link, options.patience, async () => {
    await beginInstall(link, await keptSettings(link), LOCK_TIMEOUT);
    await before();
    const count = await runLayers(link, layers, options.onProgress);
    await createPatchLog(link);
    await commitInstall(link);
    return count;
  });
  return { changed: true, version: SCHEMA_VERSION, files, took: performance.now() - started };
}

/** The settings that the installation was given; those of this run might be another project's. */
async function keptSettings(link: Link): Promise<Record<string, string>> {
  const rows = await link.values(
    "SELECT name, value FROM db.setting WHERE name ~ '^(project|company)[.]' AND value IS NOT NULL",
    [],
  );
  return Object.fromEntries(rows as [string, string][]);
}

async function withRetries<T>(
  link: Link,
  patience = PATIENCE,
  work: () => Promise<T>,
): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (link.ended !== null) throw thrown;
      await link.simple("ROLLBACK");
      const state = thrown instanceof DatabaseError || thrown instanceof ScriptError
        ? thrown.sqlstate
        : "";
      if (!RETRIED.has(state) || performance.now() > end) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, PAUSE * (0.5 + Math.random())));
    }
  }
}

/** Opens the installed database; when `alone`, with all other installations kept out. */
async function withDatabase<T>(
  options: UpdateOptions,
  work: (link: Link) => Promise<T>,
  alone = true,
): Promise<T> {
  const link = await Link.open(options.connection, {
    settings: { application_name: "apostol update", jit: "off", statement_timeout: "0" },
    pipeline: 1000,
  });
  try {
    await checkServer(link);
    await watchClient(link);
    if (alone) await takeLock(link, options.onProgress);
    checkInstalled(await stateOf(link), options.connection.database);
    return await work(link);
  } finally {
    await link.close().catch(() => {}); // the fault that broke it is thrown already
  }
}

function checkInstalled(state: InstallationState, database: string): void {
  if (typeof state === "object") return;
  throw new InstallError(
    "NOT-INSTALLED",
    `Database ${database} does not hold apostol: install it first with --install`,
  );
}
