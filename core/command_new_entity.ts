/**
 * `--new-entity NAME`: writes the folder of an entity into the configuration and wires it in.
 *
 * Only files with something of their own are written: the builder of the database makes views,
 * functions and routes from the declaration. `docs/entities.md` walks through an example.
 *
 * @module
 */
import { join } from "node:path";
import type { CommandOptions } from "./cli_options.ts";
import type { Config } from "./config.ts";
import { exists } from "./config_paths.ts";
import { UsageError } from "./errors.ts";
import { folderSource } from "./postgres/mod.ts";

/** A column as `--fields` gives it. */
export interface Field {
  readonly name: string;
  /** SQL type; undefined for a reference. */
  readonly type?: string;
  /** Entity that it refers to. */
  readonly ref?: string;
  readonly required?: true;
  readonly unique?: true;
  readonly index?: true;
}

/** What an entity is to be like. */
export interface NewEntity {
  readonly name: string;
  readonly kind: "document" | "reference";
  /** Class above it; undefined for the class of the kind. */
  readonly parent?: string;
  readonly fields: readonly Field[];
}

const NAME = /^[a-z][a-z0-9_]{0,40}$/;
const FLAGS = ["required", "unique", "index"] as const;
const WIRING =
  "-- The entities of this configuration, in the order in which they refer to each other.";
const WIRING_END =
  "-- Functions written by hand win over built ones; routes that waited for them are built.\n" +
  "SELECT DropOverridden();\nSELECT BuildDispatchers();";

/**
 * Writes the files of an entity.
 *
 * @returns What was done, for the user.
 * @throws {UsageError} If the name, the kind or a field cannot be used, or the entity is there.
 */
export async function newEntity(options: CommandOptions, config: Config): Promise<string> {
  const entity = checkEntity(options);
  const { name } = entity;
  const configuration = await configurationFolder(config);
  const base = join(config.sql, "configuration", configuration);
  const folder = join(base, "entity", name);
  if (await exists(folder)) {
    throw new UsageError(`Option --new-entity ${name}: there is a folder ${folder} already`);
  }
  const files = entityFiles(entity);
  await Deno.mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, file), text);
  }
  await wire(base, name);
  return `Wrote ${Object.keys(files).join(", ")} in ${folder}\n` +
    `apostol --update makes it: /api/v1/${name}/list answers then.`;
}

/** Reads the options of the command. */
function checkEntity(
  { newEntity: name = "", kind, parent, fields = "" }: CommandOptions,
): NewEntity {
  if (!NAME.test(name)) {
    throw new UsageError(
      `Option --new-entity must be lower case letters, digits and _, is "${name}"`,
    );
  }
  if (kind !== "document" && kind !== "reference") {
    throw new UsageError(
      kind === undefined
        ? "Option --new-entity wants --kind document or --kind reference"
        : `Option --kind must be document or reference, is "${kind}"`,
    );
  }
  if (parent !== undefined && !NAME.test(parent)) {
    throw new UsageError(`Option --parent must be the code of a class, is "${parent}"`);
  }
  return { name, kind, ...(parent === undefined ? {} : { parent }), fields: parseFields(fields) };
}

/**
 * Reads `--fields`: columns separated by commas, each `NAME TYPE`, or `NAME ref ENTITY`, with
 * `required`, `unique` or `index` behind it.
 *
 * @throws {UsageError} If a column cannot be understood.
 */
export function parseFields(text: string): Field[] {
  return text.split(/,(?![^(]*\))/).map((part) => part.trim()).filter((part) => part !== "")
    .map(parseField);
}

function parseField(text: string): Field {
  const words = text.split(/\s+(?![^(]*\))/);
  const flags: { [flag in typeof FLAGS[number]]?: true } = {};
  for (let last = words.at(-1); isFlag(last) && words.length > 2; last = words.at(-1)) {
    flags[last] = true;
    words.pop();
  }
  const [name = "", ...type] = words;
  if (!NAME.test(name) || type.length === 0) {
    throw new UsageError(
      `Option --fields: "${text}" is no column; it is NAME TYPE or NAME ref ENTITY, then ${
        FLAGS.join(", ")
      }`,
    );
  }
  const ref = type[0] === "ref" ? type[1] : undefined;
  if (type[0] === "ref" && (ref === undefined || !NAME.test(ref) || type.length > 2)) {
    throw new UsageError(`Option --fields: "${text}" must name one entity after ref`);
  }
  return ref === undefined ? { name, type: type.join(" "), ...flags } : { name, ref, ...flags };
}

function isFlag(word: string | undefined): word is typeof FLAGS[number] {
  return FLAGS.includes(word as typeof FLAGS[number]);
}

/** Returns the files of an entity by name. */
export function entityFiles(entity: NewEntity): Record<string, string> {
  const label = title(entity.name);
  return {
    "create.psql":
      `-- ${label}. Files by hand follow entity.sql, in this order and only those with something in
-- them: table.sql, view.sql, exception.sql, routine.sql, api.sql, rest.sql, event.sql, init.sql.
\\ir text.sql
\\ir entity.sql
`,
    "text.sql":
      `-- Names of ${label.toLowerCase()}: one call a locale; without one, readers see those of the default locale.
SELECT LoadTexts('en', $json$
{
  "entity": {"${entity.name}": "${label}"},
  "class": {"${entity.name}": "${label}"},
  "type": {"default.${entity.name}": ["Default", "The usual type."]}
}
$json$);
`,
    "entity.sql": `-- ${label}.
SELECT BuildEntity('${entity.name}', $declaration$ ${declaration(entity)} $declaration$);
`,
  };
}

function declaration({ name, kind, parent, fields }: NewEntity): string {
  const lines = [
    `"kind": "${kind}"`,
    ...(parent === undefined ? [] : [`"parent": "${parent}"`]),
    `"types": ["default"]`,
    `"default_type": "default"`,
    ...(kind === "document" ? [`"code": {"prefix": "${name}_", "unique": "scope"}`] : []),
    ...(fields.length === 0
      ? []
      : [`"columns": [\n${fields.map((field) => `    ${column(field)}`).join(",\n")}\n  ]`]),
  ];
  return `{\n  ${lines.join(",\n  ")}\n}`;
}

function column(field: Field): string {
  const pairs = Object.entries(field).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{${pairs.join(", ")}}`;
}

function title(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The folder that an update reads: the one named after the project, else `apostol`. */
async function configurationFolder(config: Config): Promise<string> {
  const names = await folderSource(config.sql).list("configuration");
  return names.includes(config.project.code) ? config.project.code : "apostol";
}

/** Puts the entity into the scripts that an update runs. */
async function wire(base: string, name: string): Promise<void> {
  const list = join(base, "entity", "create.psql");
  const line = `\\ir ${name}/create.psql`;
  const text = await exists(list) ? await Deno.readTextFile(list) : `${WIRING}\n\n${WIRING_END}\n`;
  const lines = text.split("\n");
  const last = lines.findLastIndex((one) => one.startsWith("\\ir "));
  const place = last >= 0 ? last + 1 : lines.indexOf("");
  lines.splice(place < 0 ? lines.length : place, 0, line);
  await Deno.writeTextFile(list, lines.join("\n"));

  const main = join(base, "create.psql");
  const script = await Deno.readTextFile(main);
  if (/^\\ir entity\/create\.psql$/m.test(script)) return;
  const included = "\\ir entity/create.psql\n";
  const end = script.search(/^SELECT RegisterViews\(\)/m);
  await Deno.writeTextFile(
    main,
    end < 0
      ? `${script.trimEnd()}\n${included}`
      : `${script.slice(0, end).trimEnd()}\n${included}\n${script.slice(end)}`,
  );
}
