/**
 * Logging: one place that decides where messages go, and what must never be in them.
 *
 * Categories begin with `apostol`; what follows names the part of the program. The file of
 * requests is the category `apostol.access`, database messages are `apostol.postgres`.
 *
 * @module
 */
import {
  configure,
  dispose,
  type LoggerConfig,
  type LogLevel,
  type LogRecord,
  type Sink,
} from "@logtape/logtape";
import type { Config } from "./config.ts";
import { LogFile } from "./log_file.ts";
import { jsonFormatter, plainFormatter, textFormatter } from "./log_format.ts";

export type { Logger } from "@logtape/logtape";
export { getLogger } from "@logtape/logtape";

/** The process that logs. */
export interface LogOptions {
  /** Name of the process, on every line. @default "master" */
  process?: string;
  /** This process rotates the files. @default true for the master */
  rotates?: boolean;
  /** Where lines go that go to no file. @default standard error */
  write?: (text: string) => void;
  /** Write text instead of JSON lines. @default whether standard error is a terminal */
  terminal?: boolean;
}

/** Levels of the configuration, and what they are called here: some are one level. */
const LEVELS: Record<Config["log"]["level"], LogLevel> = {
  emerg: "fatal",
  alert: "fatal",
  crit: "fatal",
  error: "error",
  warn: "warning",
  warning: "warning",
  notice: "info",
  info: "info",
  debug: "debug",
};

/** Characters that are collected before a busy file is written to. */
const BUFFER = 8192;

let files: LogFile[] = [];

/** Sends the program's log where the configuration wants it. May be called again at a reload. */
export async function configureLogging(
  { log }: Pick<Config, "log">,
  options: LogOptions = {},
): Promise<void> {
  const { process = "master", write = writeToStandardError } = options;
  const { rotates = process === "master", terminal = Deno.stderr.isTerminal() } = options;
  await closeFiles();

  const open = (path: string, formatter: (record: LogRecord) => string, buffer = 0): Sink => {
    const { max_size: maxSize, keep_rotated: keep, compress } = log;
    const file = new LogFile(path, { formatter, maxSize, keep, compress, rotates, buffer });
    files.push(file);
    return (record) => file.write(record);
  };
  const colors = terminal && !Deno.noColor;
  const format = terminal ? textFormatter(process, colors) : jsonFormatter(process);
  const sinks: Record<string, Sink> = {
    console: (record) => write(format(record)),
    ...(log.file && { file: open(log.file, jsonFormatter(process)) }),
    ...(log.access && { access: open(log.access, plainFormatter, BUFFER) }),
    ...(log.postgres && { postgres: open(log.postgres, jsonFormatter(process), BUFFER) }),
    ...(log.stream && { stream: open(log.stream, jsonFormatter(process), BUFFER) }),
  };
  const main = log.file ? ["file", ...(terminal ? ["console"] : [])] : ["console"];
  await configure({ reset: true, sinks, loggers: loggersOf(log, main) });
}

/** Opens the log files anew: somebody moved them away. */
export function reopenLogs(): void {
  for (const file of files) file.reopen();
}

/** Writes what is buffered and closes the files. */
export async function closeLogging(): Promise<void> {
  await dispose();
  await closeFiles();
}

/** Tells whether lines with every request are wanted; composing them costs. */
export function wantsAccessLog({ log }: Pick<Config, "log">): boolean {
  return log.access !== "";
}

async function closeFiles(): Promise<void> {
  const open = files;
  files = [];
  for (const file of open) await file[Symbol.asyncDispose]();
}

/** Which category goes where, from which level on. A category's sinks replace its parent's. */
function loggersOf(log: Config["log"], main: string[]): LoggerConfig<string, string>[] {
  const loggers = new Map<string, { sinks: string[]; lowestLevel: LogLevel }>();
  loggers.set("", { sinks: main, lowestLevel: LEVELS[log.level] });
  loggers.set("access", { sinks: log.access ? ["access"] : [], lowestLevel: "info" });
  for (const name of ["postgres", "stream"] as const) {
    if (log[name]) loggers.set(name, { sinks: [name], lowestLevel: LEVELS[log.level] });
  }
  for (const [key, level] of Object.entries(log.levels)) {
    const name = key.replace(/^apostol(\.|$)/, "");
    const { sinks } = loggers.get(name) ?? loggers.get(name.split(".")[0]!) ?? { sinks: main };
    loggers.set(name, { sinks, lowestLevel: LEVELS[level] });
  }
  return [
    { category: ["logtape", "meta"], lowestLevel: "warning", sinks: main },
    ...[...loggers].map(([name, logger]) => ({
      category: ["apostol", ...name.split(".").filter((word) => word !== "")],
      parentSinks: "override" as const,
      ...logger,
    })),
  ];
}

function writeToStandardError(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    let written = 0;
    while (written < bytes.length) written += Deno.stderr.writeSync(bytes.subarray(written));
  } catch {
    // Nobody reads standard error any more: there is no place left to tell it.
  }
}
