/**
 * `deno task schema`: writes `conf/schema.json`, the generated parts of `docs/configuration.md` and
 * `docs/commands.md`, and the index of every SQL module. With `--check` it writes nothing and ends with 1 when one of them is old.
 *
 * @module
 */
import {
  commandSections,
  configurationTables,
  replaceBetweenMarkers,
  schemaText,
} from "./config_docs.ts";
import { renderSqlIndex, sqlModules } from "./sql_index.ts";
import { bundled } from "./config_paths.ts";

/** A generated file: its path, and its whole new text made from the old one. */
export interface GeneratedFile {
  readonly path: string;
  render(before: string): string;
}

/** Everything that this task writes. */
export const GENERATED: readonly GeneratedFile[] = [
  { path: bundled("conf", "schema.json"), render: schemaText },
  {
    path: bundled("docs", "configuration.md"),
    render: (before) => replaceBetweenMarkers(before, "options", configurationTables()),
  },
  {
    path: bundled("docs", "commands.md"),
    render: (before) => replaceBetweenMarkers(before, "commands", commandSections()),
  },
  ...sqlModules(bundled("sql")).map((folder) => ({
    path: `${folder}/INDEX.md`,
    render: (before: string) => renderSqlIndex(folder, before),
  })),
];

/** Returns the files whose text is not what it would be generated as now. */
export async function staleFiles(): Promise<{ path: string; text: string }[]> {
  const stale: { path: string; text: string }[] = [];
  for (const { path, render } of GENERATED) {
    const before = await Deno.readTextFile(path).catch((thrown) => {
      if (thrown instanceof Deno.errors.NotFound) return "";
      throw thrown;
    });
    const text = await formatted(path, render(before));
    if (text !== before) stale.push({ path, text });
  }
  return stale;
}

/** Formats a text as `deno task check` wants it, so that the two never disagree. */
async function formatted(path: string, text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext", path.endsWith(".md") ? "md" : "json", "-"],
    cwd: bundled(),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const [{ code, stdout }] = await Promise.all([
    child.output(),
    new Blob([text]).stream().pipeTo(child.stdin),
  ]);
  if (code !== 0) throw new SyntaxError(`Cannot format ${path}`);
  return new TextDecoder().decode(stdout);
}

if (import.meta.main) {
  const stale = await staleFiles();
  const check = Deno.args.includes("--check");
  for (const { path, text } of stale) {
    if (!check) await Deno.writeTextFile(path, text);
    console.log(`${check ? "Old" : "Written"}: ${path}`);
  }
  Deno.exit(check && stale.length > 0 ? 1 : 0);
}
