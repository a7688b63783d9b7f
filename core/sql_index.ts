/**
 * The generated half of each SQL module's `INDEX.md`: its files in load order, tables, views,
 * functions with the first line of their comment, and routes. Read from the module's own files, so
 * that no database is needed to see whether an index is old.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where the generated half of an index begins. */
const BEGIN = "<!-- generated: do not edit below -->";

interface Named {
  name: string;
  comment: string;
}

/** The folders below `root` that hold a module: a `create.psql` and SQL files beside it. */
export function sqlModules(root: string): string[] {
  const found: string[] = [];
  const walk = (folder: string) => {
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = entries.map(({ name }) => name);
    const hasSql = names.some((name) => name.endsWith(".sql"));
    if (names.includes("create.psql") && hasSql) found.push(folder);
    for (const entry of entries) if (entry.isDirectory()) walk(join(folder, entry.name));
  };
  walk(root);
  return found.sort();
}

/** Makes the whole new text of a module's index from the old one: the hand-written part stays. */
export function renderSqlIndex(folder: string, before: string): string {
  const head = before === "" ? defaultHead(folder) : before.split(BEGIN)[0] ?? "";
  const files = loadOrder(folder);
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8"));
  const all = texts.join("\n");
  const sections = [
    ["Files in load order", files.map((file, n) => `\`${file}\`${described(texts[n] ?? "")}`)],
    ["Tables", entries(tables(all))],
    ["Views", entries(views(all))],
    ["Functions", entries(functions(all))],
    ["Routes", routes(all).map((path) => `\`${path}\``)],
  ] as const;
  const body = sections.filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `## ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`);
  return `${head.trimEnd()}\n\n${BEGIN}\n\n${body.join("\n\n")}\n`;
}

/** What `create.psql` includes, those of included lists too; then what only parents include. */
function loadOrder(folder: string): string[] {
  const lists = readdirSync(folder).filter((name) => name.endsWith(".psql")).sort((a, b) =>
    Number(b === "create.psql") - Number(a === "create.psql") || a.localeCompare(b)
  );
  const order = lists.flatMap((list) =>
    [...readFileSync(join(folder, list), "utf8").matchAll(/^\\ir\s+(\S+\.sql)\s*$/gm)]
      .map((match) => match[1] ?? "")
      .filter((file) => dirname(file) === "." || dirname(file) === "text")
  );
  return [...new Set(order)];
}

function defaultHead(folder: string): string {
  const list = readFileSync(join(folder, "create.psql"), "utf8");
  const first = /^-- (.+)$/m.exec(list)?.[1] ?? "";
  return `# Module ${basename(folder)}\n\n${first}\n`;
}

/** The comment in a file's first line. */
function described(text: string): string {
  const first = /^-- (.+?)\.?$/m.exec(text.split("\n")[0] ?? "")?.[1];
  return first === undefined || first.endsWith("---") ? "" : `: ${first}`;
}

function entries(found: Named[]): string[] {
  return found.map(({ name, comment }) => `\`${name}\`${comment ? `: ${comment}` : ""}`);
}

function tables(sql: string): Named[] {
  return unique([...sql.matchAll(/^CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?([\w."]+)/gm)]
    .map(([, name = ""]) => ({ name, comment: commentOn(sql, "TABLE", name) })));
}

function views(sql: string): Named[] {
  return unique([...sql.matchAll(/^CREATE (?:OR REPLACE )?VIEW ([\w."]+)/gm)]
    .map(([, name = ""]) => ({ name, comment: commentOn(sql, "VIEW", name) })));
}

function functions(sql: string): Named[] {
  return unique([...sql.matchAll(/^CREATE (?:OR REPLACE )?FUNCTION ([\w."]+)\s*\(/gm)]
    .map(([, name = ""]) => ({ name, comment: commentOn(sql, "FUNCTION", name) })));
}

/** The first line of the first COMMENT ON an object. */
function commentOn(sql: string, kind: string, name: string): string {
  const pattern = new RegExp(
    `^COMMENT ON ${kind} ${
      name.replaceAll(".", "\\.")
    }(?:\\s*\\([^;]*?\\))?\\s+IS\\s+(?:\\$\\$|')([^\\n]+)`,
    "m",
  );
  return (pattern.exec(sql)?.[1] ?? "").replace(/(?:\$\$|');?$/, "").replaceAll("''", "'").trim();
}

function routes(sql: string): string[] {
  return [...new Set([...sql.matchAll(/"path":\s*"(\/[^"]*)"/g)].map(([, path = ""]) => path))];
}

function unique(found: Named[]): Named[] {
  const byName = new Map(found.map((entry) => [entry.name, entry]));
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
}
