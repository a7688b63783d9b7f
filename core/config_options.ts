/**
 * The options as a list, read from the schema: what names, types and documentation are made from.
 *
 * @module
 */
import type { z } from "zod";
import { configSchema } from "./config_schema.ts";

/** What kind of value an option takes. */
export type OptionType = "text" | "integer" | "boolean" | "list" | "object" | "mode";

/** One option of the configuration. */
export interface ConfigOption {
  /** Keys from the top of the file down to the option. */
  readonly path: readonly string[];
  readonly type: OptionType;
  /** What a value must be, to be read behind "must be". */
  readonly allowed: string;
  /** The default; undefined when the option may be absent. */
  readonly fallback: unknown;
  /** Environment variable that overrides it. */
  readonly env: string;
  readonly description: string;
}

/** A group of options: its path and sentence. */
export interface ConfigGroup {
  readonly path: readonly string[];
  readonly keys: readonly string[];
  readonly description: string;
}

/** The parts of a zod definition that are read here. */
interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  defaultValue?: unknown;
  entries?: Record<string, string>;
  options?: z.ZodType[];
}

const found = walk(configSchema, [], undefined);

/** Every option, in the order of the schema. */
export const CONFIG_OPTIONS: readonly ConfigOption[] = found.options;

/** Every group of options, the whole file first. */
export const CONFIG_GROUPS: readonly ConfigGroup[] = found.groups;

/** Returns the option at a path, or the one that the path leads into. */
export function optionAt(path: readonly PropertyKey[]): ConfigOption | undefined {
  return CONFIG_OPTIONS.find((option) => option.path.every((key, index) => key === path[index]));
}

/** Turns a path into the name of its environment variable. */
export function environmentName(path: readonly string[]): string {
  const words = path.map((key) =>
    key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
  );
  return ["APOSTOL", ...words].join("_").toUpperCase();
}

function walk(
  schema: z.ZodType,
  path: string[],
  fallback: unknown,
): { options: ConfigOption[]; groups: ConfigGroup[] } {
  const { inner, fallback: own } = unwrap(schema);
  const shape = definitionOf(inner).shape;
  const description = schema.description ?? inner.description ?? "";
  if (shape === undefined) {
    const { type, allowed } = typeOf(inner);
    const env = environmentName(path);
    const option = { path, type, allowed, fallback: own ?? fallback, env, description };
    return { options: [option], groups: [] };
  }
  const keys = Object.keys(shape).filter((key) => key !== "$schema");
  const children = keys.map((key) => walk(shape[key]!, [...path, key], undefined));
  return {
    options: children.flatMap(({ options }) => options),
    groups: [{ path, keys, description }, ...children.flatMap(({ groups }) => groups)],
  };
}

/** Takes defaults and optionality off a schema. */
function unwrap(schema: z.ZodType): { inner: z.ZodType; fallback: unknown } {
  let inner = schema;
  let fallback: unknown;
  while (["default", "prefault", "optional"].includes(definitionOf(inner).type)) {
    const { type, innerType, defaultValue } = definitionOf(inner);
    if (type === "default") fallback = defaultValue;
    inner = innerType!;
  }
  return { inner, fallback };
}

function typeOf(schema: z.ZodType): { type: OptionType; allowed: string } {
  const { type, entries, options } = definitionOf(schema);
  switch (type) {
    case "number": {
      const { minValue, maxValue } = schema as z.ZodNumber;
      return { type: "integer", allowed: `a whole number ${minValue} to ${maxValue}` };
    }
    case "boolean":
      return { type: "boolean", allowed: "true or false" };
    case "enum":
      return { type: "text", allowed: `one of ${Object.values(entries!).join(", ")}` };
    case "array":
      return { type: "list", allowed: "a list of texts" };
    case "record":
      return { type: "object", allowed: "an object" };
    case "union": {
      const words = options!.map((option) => typeOf(option).allowed);
      return { type: "mode", allowed: words.join(", or ") };
    }
    default:
      return { type: "text", allowed: "a text" };
  }
}

function definitionOf(schema: z.ZodType): Definition {
  return schema.def as unknown as Definition;
}
