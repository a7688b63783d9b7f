/**
 * Faults of a configuration as people read them: path, what it must be, what it is.
 *
 * @module
 */
import type { z } from "zod";
import { getPath, type Origins } from "./config_env.ts";
import { CONFIG_GROUPS, optionAt } from "./config_options.ts";
import { nearest } from "./nearest.ts";

/** Keys whose values are never shown. */
const SECRET_KEY = /password|secret|token|conninfo|^url$/i;

/** Turns what the check found into one line a fault. */
export function describeFaults(
  issues: readonly z.core.$ZodIssue[],
  tree: unknown,
  origins: Origins = new Map(),
): string[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownKey([...issue.path, key], tree))
      : [wrongValue(issue, tree, origins)]
  );
}

/** Shows a value in a message; secrets are not shown, long ones are cut. */
export function showValue(path: readonly PropertyKey[], value: unknown): string {
  if (value === undefined) return "missing";
  if (path.some((key) => SECRET_KEY.test(String(key)))) return "not (value hidden)";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function unknownKey(path: readonly PropertyKey[], tree: unknown): string {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  const keys = CONFIG_GROUPS.find((group) => group.path.join(".") === parent.join("."))?.keys ?? [];
  const near = nearest(key, keys);
  const hint = near === undefined ? `allowed: ${keys.join(", ")}` : `did you mean "${near}"?`;
  return `${path.join(".")}: unknown key, is ${showValue(path, getPath(tree, path))}; ${hint}`;
}

function wrongValue(issue: z.core.$ZodIssue, tree: unknown, origins: Origins): string {
  const name = issue.path.join(".") || "the file";
  const origin = origins.get(name);
  const value = showValue(issue.path, getPath(tree, issue.path));
  return `${name}${origin === undefined ? "" : ` (${origin})`}: ${rule(issue)}, is ${value}`;
}

/** Says what a value must be: the words of the check where it has its own, else the option's. */
function rule(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_format" && issue.format === "regex") return issue.message;
  if (issue.code === "invalid_format" && "prefix" in issue) {
    return `must begin with "${issue.prefix}"`;
  }
  const option = optionAt(issue.path);
  if (option !== undefined && option.path.length === issue.path.length) {
    return `must be ${option.allowed}`;
  }
  if (issue.code === "invalid_type") return `must be ${kind(issue.expected)}`;
  return option === undefined ? issue.message : `must be ${option.allowed}`;
}

function kind(expected: string): string {
  if (expected === "string") return "a text";
  if (expected === "array") return "a list";
  return expected === "object" || expected === "record" ? "an object" : expected;
}
