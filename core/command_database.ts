/**
 * The commands that look after the database: `--install`, `--database`, `--create`, `--init`,
 * `--update`, `--api`, `--patch`.
 *
 * @module
 */
import type { CommandName, CommandOptions } from "./cli.ts";
import type { Config } from "./config.ts";
import { withDatabaseServer } from "./database_server.ts";
import {
  createDatabase,
  createSchema,
  initialise,
  install,
  installOptions,
  type InstallResult,
  patch,
  type PatchStatus,
  patchStatus,
  update,
  updateApi,
  updateOptions,
} from "./postgres/mod.ts";
import { Progress } from "./progress.ts";
import { recordSecrets } from "./secrets.ts";

type Work = (config: Config, options: CommandOptions, progress: Progress) => Promise<string>;

/** What each command does; the returned text is printed when it is done. */
const WORK: Partial<Record<CommandName, Work>> = {
  install: async (config, { force = false }, { show }) => {
    const base = await installOptions(config);
    const result = await install({ ...base, force, onProgress: show });
    if (result.changed) await recordSecrets(config.data, config.secrets);
    return result.changed
      ? `Installed database ${base.database}, ${figures(result)}\n` +
        "apostol --show-secrets prints how to sign in."
      : `Database ${base.database} is installed already (schema version ${result.version})`;
  },
  database: async (config, { force = false }, { show }) => {
    const base = await installOptions(config);
    const { changed } = await createDatabase({ ...base, force, onProgress: show });
    await recordSecrets(config.data, config.secrets);
    return changed
      ? `Created database ${base.database}, empty`
      : `Database ${base.database} exists already, and is empty`;
  },
  create: async (config, _options, { show }) => {
    const base = await installOptions(config);
    const result = await createSchema({ ...base, onProgress: show });
    await recordSecrets(config.data, config.secrets);
    return `Filled database ${base.database}, ${figures(result)}`;
  },
  init: async (config, _options, { show }) =>
    `Seed data is there, ${
      figures(await initialise({ ...await updateOptions(config), onProgress: show }))
    }`,
  update: async (config, _options, { show }) =>
    `Updated, ${figures(await update({ ...await updateOptions(config), onProgress: show }))}`,
  api: async (config, _options, { show }) =>
    `Made the API anew, ${
      figures(await updateApi({ ...await updateOptions(config), onProgress: show }))
    }`,
  patch: async (config, { status, dryRun, baseline = false, force = false }, { show }) => {
    const base = await updateOptions(config);
    if (status === true || dryRun === true) {
      const patches = await patchStatus(base);
      return statusTable(dryRun === true ? patches.filter(isPending) : patches);
    }
    const result = await patch({ ...base, baseline, force, onProgress: show });
    const done = baseline ? "Recorded as applied" : "Applied";
    const names = result.patches.length > 0 ? result.patches.join(", ") : "no patch";
    return `${done}: ${names}${baseline ? "" : `; updated, ${figures(result)}`}`;
  },
};

/** Runs one of the commands and returns the exit status. */
export async function databaseCommand(
  name: CommandName,
  options: CommandOptions,
  config: Config,
): Promise<number> {
  const work = WORK[name];
  if (work === undefined) throw new RangeError(`Cannot run "${name}": it is no database command`);
  const text = await withDatabaseServer(config, async () => {
    using progress = new Progress();
    return await work(config, options, progress);
  });
  console.log(text);
  return 0;
}

function figures({ version, files, took }: InstallResult): string {
  return `schema version ${version}: ${files} files in ${(took / 1000).toFixed(1)} s`;
}

function isPending({ state }: PatchStatus): boolean {
  return state === "pending";
}

function statusTable(patches: readonly PatchStatus[]): string {
  if (patches.length === 0) return "No patch";
  return patches.map(({ name, state, title, breaking, appliedAt }) => {
    const when = appliedAt === null ? "" : `  ${appliedAt.toISOString().slice(0, 19)}Z`;
    return `${state.padEnd(8)}  ${name}${when}${breaking ? "  breaking" : ""}  ${title}`.trimEnd();
  }).join("\n");
}
