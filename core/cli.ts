/**
 * The command line: arguments become one command with its options, or a one-line error.
 *
 * @module
 */
import {
  type CommandName,
  type CommandOptions,
  COMMANDS,
  type CommandSpec,
  CONTRADICTIONS,
  OPTIONS,
  type OptionSpec,
  SIGNALS,
} from "./cli_options.ts";
import { UsageError } from "./errors.ts";
import { nearest } from "./nearest.ts";

export type { CommandName, CommandOptions } from "./cli_options.ts";

/** What the program was asked to do. */
export interface Command {
  readonly name: CommandName;
  /** For `help`: the command that is explained; undefined for all of them. */
  readonly topic?: CommandName;
  readonly options: CommandOptions;
}

type Spec = { command: CommandSpec } | { option: OptionSpec };

/** Every name on the command line, long and short. */
const NAMES = new Map<string, Spec>([
  ...COMMANDS.flatMap((command) => namesOf(command).map((name) => [name, { command }] as const)),
  ...OPTIONS.flatMap((option) => namesOf(option).map((name) => [name, { option }] as const)),
]);

/**
 * Reads the arguments of the program.
 *
 * @throws {UsageError} If an option is unknown, wants a value, or contradicts another.
 */
export function parseArguments(argv: readonly string[]): Command {
  const commands: CommandSpec[] = [];
  const options: CommandOptions = {};
  const given: OptionSpec[] = [];
  const words = argv.flatMap(splitWord);
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const spec = typeof word === "string" ? lookUp(word) : refuseValue(word.value);
    const { value: valueName } = "command" in spec ? spec.command : spec.option;
    const value = valueName === undefined ? undefined : takeValue(words[++index], word, valueName);
    if ("command" in spec) {
      if (!commands.includes(spec.command)) commands.push(spec.command);
      if (spec.command.name === "signal") options.signal = checkSignal(value!);
      if (spec.command.name === "process") options.process = value!;
      if (spec.command.name === "new-entity") options.newEntity = value!;
    } else {
      setOption(options, spec.option, value);
      given.push(spec.option);
    }
  }
  return settle(commands, given, options);
}

/** A value glued to its option by `=`, or by standing right behind a short one. */
interface Glued {
  readonly value: string;
}

/** Splits `--port=80` and `-w4` in two; leaves everything else whole. */
function splitWord(word: string): (string | Glued)[] {
  if (NAMES.has(word) || !word.startsWith("-")) return [word];
  const equals = word.indexOf("=");
  if (equals > 0) return [word.slice(0, equals), { value: word.slice(equals + 1) }];
  if (/^-[a-zA-Z]./.test(word) && takesValue(word.slice(0, 2))) {
    return [word.slice(0, 2), { value: word.slice(2) }];
  }
  return [word];
}

function takesValue(name: string): boolean {
  const spec = NAMES.get(name);
  if (spec === undefined) return false;
  return ("command" in spec ? spec.command.value : spec.option.value) !== undefined;
}

function lookUp(word: string): Spec {
  const spec = NAMES.get(word);
  if (spec !== undefined) return spec;
  if (!word.startsWith("-")) {
    throw new UsageError(`Unexpected argument "${word}"; options begin with "-", see --help`);
  }
  const near = nearest(word, NAMES.keys());
  const hint = near === undefined ? "see --help" : `did you mean ${near}?`;
  throw new UsageError(`Unknown option ${word}; ${hint}`);
}

function refuseValue(value: string): never {
  throw new UsageError(`Unexpected value "${value}"; that option takes none, see --help`);
}

function takeValue(next: string | Glued | undefined, word: string | Glued, name: string): string {
  const value = typeof next === "object" ? next.value : next;
  const missing = value === undefined || value === "" ||
    (typeof next === "string" && next.startsWith("-") && next !== "-" && NAMES.has(next));
  if (missing) throw new UsageError(`Option ${word} wants a value: ${word} ${name}`);
  return value;
}

function checkSignal(value: string): string {
  if (value in SIGNALS) return value;
  const words = Object.keys(SIGNALS);
  const near = nearest(value, words);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  throw new UsageError(`Option -s must be one of ${words.join(", ")}, is "${value}"${hint}`);
}

function setOption(options: CommandOptions, spec: OptionSpec, value: string | undefined): void {
  const parsed = spec.range === undefined ? value ?? true : parseNumber(spec, value!);
  const before = options[spec.key];
  if (before !== undefined && before !== parsed) {
    throw new UsageError(`Option ${spec.long} is given twice: ${before} and ${parsed}`);
  }
  Object.assign(options, { [spec.key]: parsed });
}

function parseNumber({ long, range }: OptionSpec, value: string): number {
  const [low, high] = range!;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
  if (number >= low && number <= high) return number;
  throw new UsageError(`Option ${long} must be a whole number ${low} to ${high}, is "${value}"`);
}

/** Decides which command is meant, and refuses what does not go together. */
function settle(
  commands: readonly CommandSpec[],
  given: readonly OptionSpec[],
  options: CommandOptions,
): Command {
  const helps = commands.some(({ name }) => name === "help");
  const others = commands.filter(({ name }) => name !== "help");
  if (others.length > 1) {
    const [first, second] = others;
    throw new UsageError(`Options ${first!.long} and ${second!.long} cannot be combined`);
  }
  const asked = others[0];
  if (helps) return { name: "help", ...(asked ? { topic: asked.name } : {}), options };
  const name = asked?.name ?? "serve";
  for (const option of given) refuseForeign(option, name, asked?.long);
  for (const pair of CONTRADICTIONS) {
    if (!pair.every((key) => options[key] !== undefined)) continue;
    const [first, second] = pair.map((key) => OPTIONS.find((option) => option.key === key)!.long);
    throw new UsageError(`Options ${first} and ${second} cannot be combined`);
  }
  return { name, options };
}

function refuseForeign(option: OptionSpec, name: CommandName, asked: string | undefined): void {
  if (option.commands === undefined || option.commands.includes(name)) return;
  const owners = option.commands
    .map((owner) => COMMANDS.find((command) => command.name === owner)?.long)
    .filter((long) => long !== undefined);
  const what = asked === undefined ? "needs a command" : `does not go with ${asked}`;
  throw new UsageError(`Option ${option.long} ${what}; it belongs to ${owners.join(", ")}`);
}

function namesOf(spec: { long?: string; short?: readonly string[] }): string[] {
  return [...(spec.long === undefined ? [] : [spec.long]), ...(spec.short ?? [])];
}
