/**
 * What is generated from the schema: `conf/schema.json` and the tables of `docs/`.
 *
 * @module
 */
import { z } from "zod";
import { COMMANDS, OPTIONS } from "./cli_options.ts";
import { exitsOf, optionsOf, synopsis } from "./cli_help.ts";
import { CONFIG_GROUPS, CONFIG_OPTIONS, type ConfigOption } from "./config_options.ts";
import { configSchema } from "./config_schema.ts";

const TYPE_WORDS = {
  text: "text",
  integer: "integer",
  boolean: "boolean",
  list: "list",
  object: "object",
  mode: "boolean or text",
};

/** Returns the text of `conf/schema.json`. */
export function schemaText(): string {
  const schema = z.toJSONSchema(configSchema, { io: "input" });
  return `${JSON.stringify({ title: "apostol", ...schema }, null, 2)}\n`;
}

/** Returns the tables of `docs/configuration.md`: a section for each group of options. */
export function configurationTables(): string {
  const sections = CONFIG_GROUPS.map(({ path, description }) => {
    const own = CONFIG_OPTIONS.filter((option) => isMember(option, path));
    if (own.length === 0) return "";
    const title = path.length === 0 ? "Top level" : `\`${path.join(".")}\``;
    const rows = own.map((option) => [
      `\`${option.path.slice(path.length).join(".")}\``,
      describeType(option),
      describeDefault(option.fallback),
      `\`${option.env}\``,
      option.description,
    ]);
    const header = ["Key", "Type", "Default", "Environment", "What it is"];
    return `### ${title}\n\n${description}\n\n${table(header, rows)}`;
  });
  return sections.filter((section) => section !== "").join("\n\n");
}

/** Returns the sections of `docs/commands.md`: one for each command, then all options. */
export function commandSections(): string {
  const sections = COMMANDS.map((command) => {
    const title = command.long === undefined ? "apostol" : `apostol ${synopsis(command)}`;
    const options = optionsOf(command.name).map(({ long }) => `\`${long}\``);
    const exits = exitsOf(command).map(([status, meaning]) => [status, meaning]);
    return [
      `### \`${title.replaceAll("|", "\\|")}\``,
      [command.sentence, ...detailLines(command.details)].join("\n\n"),
      `Options: ${options.join(", ")}.`,
      table(["Exit status", "Meaning"], exits),
    ].join("\n\n");
  });
  const rows = OPTIONS.map((option) => [`\`${synopsis(option)}\``, option.sentence]);
  return [...sections, `### Options\n\n${table(["Option", "What it does"], rows)}`].join("\n\n");
}

/**
 * Puts a generated text between the two markers of a document.
 *
 * @throws {SyntaxError} If the document lacks one of them.
 */
export function replaceBetweenMarkers(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new SyntaxError(`Cannot find ${begin} and ${end}`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`;
}

/** Details that line up words are a list; others are running text. */
function detailLines(details: readonly string[]): string[] {
  if (details.length === 0) return [];
  const pairs = details.map((line) => /^(\S+) {2,}(.+)$/.exec(line));
  if (pairs.every((pair) => pair !== null)) {
    return [pairs.map(([, word, meaning]) => `- \`${word}\`: ${meaning}`).join("\n")];
  }
  return [details.join(" ")];
}

/** An option belongs to the nearest group; a group without a schema of its own is its parent's. */
function isMember(option: ConfigOption, group: readonly string[]): boolean {
  const parent = option.path.slice(0, -1).join(".");
  return parent === group.join(".");
}

function describeType(option: ConfigOption): string {
  if (option.type === "integer") return option.allowed.replace("a whole number", "integer");
  if (option.allowed.startsWith("one of")) return option.allowed;
  return option.type === "mode" ? option.allowed : TYPE_WORDS[option.type];
}

function describeDefault(value: unknown): string {
  if (value === undefined) return "none";
  if (value === "") return "empty";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/** A Markdown table, its columns padded as `deno fmt` pads them. */
function table(header: string[], rows: string[][]): string {
  const all = [header, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(all[0]!), rule, ...all.slice(1).map(line)].join("\n");
}
