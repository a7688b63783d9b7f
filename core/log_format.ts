/**
 * How a log record is written: as text for people, as a JSON line for programs.
 *
 * @module
 */
import {
  getAnsiColorFormatter,
  getJsonLinesFormatter,
  getTextFormatter,
  type LogRecord,
  type TextFormatter,
} from "@logtape/logtape";
import { redactRecord, redactText } from "./log_redact.ts";

/** Members of every line; a fact of the same name gets an underscore behind it. */
const RESERVED = new Set(["@timestamp", "level", "message", "logger", "process", "pid"]);

/** Returns a formatter of JSON lines that name the process. */
export function jsonFormatter(process: string): TextFormatter {
  const format = getJsonLinesFormatter({ categorySeparator: ".", properties: "flatten" });
  return (record) => {
    const clean = redactRecord(record);
    const facts = Object.entries(clean.properties)
      .map(([key, value]) => [RESERVED.has(key) ? `${key}_` : key, value]);
    const properties = { process, pid: Deno.pid, ...Object.fromEntries(facts) };
    // Rendered here: the library would put quotes around every text.
    const message = [clean.message.map(showPart).join("")];
    return redactText(format({ ...clean, message, properties }));
  };
}

/**
 * Returns a formatter of lines that people read. What the message does not show of a record's
 * facts follows it; the stack of an error stands below.
 */
export function textFormatter(process: string, colors: boolean): TextFormatter {
  const options = { timestamp: "time" as const, category: "." };
  const format = colors ? getAnsiColorFormatter(options) : getTextFormatter(options);
  return (record) => {
    const clean = redactRecord(record);
    const name = process === "master" ? "" : `${process}: `;
    const message = [name, ...clean.message, factsOf(clean), ""];
    // An odd number of parts: texts and values take turns.
    return redactText(format({ ...clean, message: [message.map(showPart).join("")] }));
  };
}

/** Writes the message and nothing else: the access log. */
export function plainFormatter(record: LogRecord): string {
  const text = redactRecord(record).message.map(showPart).join("");
  return `${redactText(text.replace(/[\r\n]+/g, " "))}\n`;
}

function showPart(part: unknown): string {
  return typeof part === "string" ? part : Deno.inspect(part, { breakLength: Infinity, depth: 3 });
}

function factsOf({ rawMessage, properties }: LogRecord): string {
  const template = typeof rawMessage === "string" ? rawMessage : rawMessage.raw.join("");
  const hidden = Object.entries(properties).filter(([key]) => !template.includes(`{${key}`));
  const facts = hidden.filter(([, value]) => !isError(value));
  const text = facts.map(([key, value]) => ` ${key}=${showPart(value)}`).join("");
  const errors = hidden.filter(([, value]) => isError(value)).map(([, value]) => value);
  return [text, ...errors.map((error) => `\n${(error as { stack: string }).stack}`)].join("");
}

function isError(value: unknown): boolean {
  return typeof value === "object" && value !== null && "stack" in value;
}
