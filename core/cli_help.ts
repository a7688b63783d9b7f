/**
 * What `--help` prints, and the same tables for `docs/commands.md`.
 *
 * @module
 */
import {
  type CommandName,
  COMMANDS,
  type CommandSpec,
  OPTIONS,
  type OptionSpec,
} from "./cli_options.ts";

const WIDTH = 30;

/** Exit statuses that every command may end with. */
export const COMMON_EXITS: Readonly<Record<number, string>> = {
  0: "done",
  1: "it failed; standard error says why",
  2: "the command line or the configuration cannot be used",
};

/** Returns the help of one command, or of all of them. */
export function helpText(topic?: CommandName): string {
  return topic === undefined ? overview() : commandHelp(COMMANDS.find((c) => c.name === topic)!);
}

/** Returns the exit statuses of a command with their meaning. */
export function exitsOf(command: CommandSpec): [string, string][] {
  return Object.entries({ ...COMMON_EXITS, ...command.exits });
}

/** Returns the options that a command takes. */
export function optionsOf(name: CommandName): OptionSpec[] {
  return OPTIONS.filter(({ commands }) => commands === undefined || commands.includes(name));
}

/** Returns the names of an option and its value, as one writes them. */
export function synopsis(spec: CommandSpec | OptionSpec): string {
  const names = [...(spec.short ?? []).filter((name) => name.length === 2), spec.long ?? ""];
  const value = spec.value === undefined ? "" : ` ${spec.value}`;
  return `${names.filter((name) => name !== "").join(", ")}${value}`;
}

function overview(): string {
  return [
    "Usage: apostol [COMMAND] [OPTION...]",
    "",
    "Without a command the server runs.",
    "",
    "Commands",
    ...COMMANDS.filter(({ long }) => long !== undefined).map(line),
    "",
    "Options",
    ...OPTIONS.map(line),
    "",
    "Exit status",
    ...Object.entries(COMMON_EXITS).map(([status, meaning]) => `  ${status}  ${meaning}`),
    "",
    "More about a command: apostol COMMAND --help",
  ].join("\n");
}

function commandHelp(command: CommandSpec): string {
  const options = optionsOf(command.name);
  return [
    `Usage: ${["apostol", synopsis(command), "[OPTION...]"].filter((w) => w !== "").join(" ")}`,
    "",
    command.sentence,
    ...(command.details.length > 0 ? ["", ...command.details] : []),
    "",
    "Options",
    ...options.map(line),
    "",
    "Exit status",
    ...exitsOf(command).map(([status, meaning]) => `  ${status}  ${meaning}`),
  ].join("\n");
}

/** One line of a list; a name too long for the column gets a line of its own. */
function line(spec: CommandSpec | OptionSpec): string {
  const name = `  ${synopsis(spec)}`;
  if (name.length < WIDTH - 1) return name.padEnd(WIDTH) + spec.sentence;
  return `${name}\n${" ".repeat(WIDTH)}${spec.sentence}`;
}
