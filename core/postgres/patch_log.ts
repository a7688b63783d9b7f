/**
 * Patches: numbered scripts that change the tables of an installed database, each run once.
 *
 * A patch is `patch/<version>/P########*.sql` of the platform (in the root of the SQL source) or
 * of a configuration (in its folder). Its first line says whether servers of the version before
 * may go on working while it runs: `-- Compatible` or `-- Breaking`, and what it does. What was
 * run is kept in `db.patch_log` with a checksum: a patch that was run never changes.
 *
 * @module
 */
import type { Link } from "./_link.ts";
import { InstallError } from "./errors.ts";
import { readScript, type ScriptChunk } from "./script_reader.ts";
import type { SqlSource } from "./sql_source.ts";

/** A patch as the SQL source has it. */
export interface Patch {
  /** Such as `platform/1.2/P00000001`; the key in `db.patch_log`. */
  readonly name: string;
  readonly file: string;
  /** SHA-256 of its text and of what it includes, in hexadecimal. */
  readonly checksum: string;
  /** What the first line says after the mark. */
  readonly title: string;
  /** True when servers that run must be stopped for it. */
  readonly breaking: boolean;
  readonly chunks: readonly ScriptChunk[];
}

/** A patch that was run or taken for run. */
export interface AppliedPatch {
  readonly name: string;
  readonly checksum: string;
  readonly appliedAt: Date;
  /** True when it was recorded without being run. */
  readonly baseline: boolean;
}

const MARK = /^--\s*(Compatible|Breaking)\b[.:]?\s*(.*)/i;
const FILE = /^(P\d{8}).*\.sql$/;

const CREATE_LOG = `
CREATE TABLE IF NOT EXISTS db.patch_log (
    name        text PRIMARY KEY,
    checksum    text NOT NULL,
    applied_at  timestamptz NOT NULL DEFAULT now(),
    runtime     interval,
    baseline    boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE db.patch_log IS 'Patches of the schema that were run, each once.';
COMMENT ON COLUMN db.patch_log.name IS 'Layer, version and number of the patch.';
COMMENT ON COLUMN db.patch_log.checksum IS 'SHA-256 of its text: a patch that was run never changes.';
COMMENT ON COLUMN db.patch_log.applied_at IS 'When it was run.';
COMMENT ON COLUMN db.patch_log.runtime IS 'How long it ran; null when it was not run.';
COMMENT ON COLUMN db.patch_log.baseline IS 'It was recorded without being run: its effect was there.'`;

/** Reads all patches, in the order in which they are run. */
export async function readPatches(
  source: SqlSource,
  configuration = "apostol",
): Promise<Patch[]> {
  const layers = [["platform", "patch"], [
    `configuration/${configuration}`,
    `configuration/${configuration}/patch`,
  ]] as const;
  const patches: Patch[] = [];
  for (const [layer, folder] of layers) {
    for (const version of (await source.list(folder)).sort(compareVersions)) {
      for (const name of await source.list(`${folder}/${version}`)) {
        const match = FILE.exec(name);
        if (match === null) continue;
        const file = `${folder}/${version}/${name}`;
        patches.push(await readPatch(source, `${layer}/${version}/${match[1]}`, file));
      }
    }
  }
  checkNames(patches);
  return patches;
}

async function readPatch(source: SqlSource, name: string, file: string): Promise<Patch> {
  const text = await source.read(file);
  const mark = MARK.exec(text.split("\n", 1)[0]!);
  if (mark === null) {
    throw new InstallError(
      "PATCH",
      `${file}:1: The first line must be "-- Compatible: …" or "-- Breaking: …": ` +
        "may servers go on working while it runs?",
    );
  }
  const chunks = await readScript(source, file);
  const texts = [text, ...new Set(chunks.map(({ statements }) => statements[0]?.text ?? ""))];
  return {
    name,
    file,
    checksum: await checksumOf(texts.join("\n")),
    title: mark[2]!.trim(),
    breaking: mark[1]!.toLowerCase() === "breaking",
    chunks,
  };
}

async function checksumOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text.replaceAll("\r\n", "\n"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** Orders versions by their numbers: `v1.9` before `v1.10`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.match(/\d+/g)?.map(Number) ?? []);
  for (let at = 0; at < Math.max(left!.length, right!.length); at++) {
    const difference = (left![at] ?? -1) - (right![at] ?? -1);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function checkNames(patches: readonly Patch[]): void {
  const files = new Map<string, string>();
  for (const { name, file } of patches) {
    const other = files.get(name);
    if (other !== undefined) {
      throw new InstallError("PATCH", `Two patches have one number: ${other} and ${file}`);
    }
    files.set(name, file);
  }
}

/** Makes the table of the patches if it is not there. */
export async function createPatchLog(link: Link): Promise<void> {
  await link.simple(CREATE_LOG);
}

/** Reads what was run; empty when there is no table yet. */
export async function appliedPatches(link: Link): Promise<Map<string, AppliedPatch>> {
  const [known] = await link.values("SELECT to_regclass('db.patch_log') IS NOT NULL", []);
  if (known?.[0] !== true) return new Map();
  const rows = await link.rows(
    `SELECT name, checksum, applied_at AS "appliedAt", baseline FROM db.patch_log ORDER BY name`,
    [],
  ) as AppliedPatch[];
  return new Map(rows.map((row) => [row.name, row]));
}

/** Notes a patch; `runtime` in milliseconds, null when it was not run. */
export async function recordPatch(link: Link, patch: Patch, runtime: number | null): Promise<void> {
  await link.values(
    `INSERT INTO db.patch_log (name, checksum, runtime, baseline)
     VALUES ($1, $2, $3 * interval '1 ms', $4)`,
    [patch.name, patch.checksum, runtime, runtime === null],
  );
}

/** Notes every patch of the source as not to be run: a fresh installation has their effect. */
export async function recordPatches(
  link: Link,
  source: SqlSource,
  configuration?: string,
): Promise<number> {
  await createPatchLog(link);
  const applied = await appliedPatches(link);
  const patches = await readPatches(source, configuration);
  const missing = patches.filter(({ name }) => !applied.has(name));
  for (const patch of missing) await recordPatch(link, patch, null);
  return missing.length;
}
