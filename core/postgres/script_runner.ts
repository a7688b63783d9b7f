/**
 * Sends the statements of scripts, and says where in which file one of them failed.
 *
 * A file's statements are sent ahead of their answers: a file costs one round trip, and still each
 * statement has its own answer, so that the one that failed is known.
 *
 * @module
 */
import type { Link } from "./_link.ts";
import { DatabaseError, InstallError } from "./errors.ts";
import { placeOf, type ScriptChunk, type ScriptStatement } from "./script_reader.ts";

const CONTEXT = 2; // lines shown before the faulty one
const LONGEST_LINE = 120; // characters shown of a line
const AFTERMATH = "25P02"; // "the transaction is aborted": what follows the first fault

/** A statement of a script that the server refused. */
export class ScriptError extends InstallError {
  /** Name of the class, for logs. */
  override name = "ScriptError";
  /** Path in the SQL source. */
  readonly file: string;
  /** Line of the fault, or of the statement when the server does not tell; from 1. */
  readonly line: number;
  /** Column of the fault, from 1. */
  readonly column: number;
  /** Code of the fault, five characters. */
  readonly sqlstate: string;

  /**
   * Makes the error of a script.
   *
   * @param statement The statement that was refused.
   * @param error What the server told.
   */
  constructor(statement: ScriptStatement, error: DatabaseError) {
    const offset = offsetOf(statement, error.position);
    const { line, column } = placeOf(statement.text, offset);
    const place = `${statement.file}:${line}:${column}`;
    const lines = [
      `${place}: ${error.serverMessage} (SQLSTATE ${error.sqlstate})`,
      ...excerpt(statement.text, line, column),
    ];
    for (const key of ["detail", "hint", "where"] as const) {
      const text = error.report[key];
      if (text !== undefined) lines.push(`${key}: ${text}`);
    }
    super("SCRIPT", lines.join("\n"), { cause: error });
    this.file = statement.file;
    this.line = line;
    this.column = column;
    this.sqlstate = error.sqlstate;
  }
}

/**
 * Runs scripts on a connection, inside the transaction that is open there.
 *
 * @param onChunk Called before the statements of a file are sent.
 * @throws {ScriptError} If the server refuses a statement.
 */
export async function runScript(
  link: Link,
  chunks: readonly ScriptChunk[],
  onChunk: (chunk: ScriptChunk, index: number) => void = () => {},
): Promise<void> {
  for (const [index, chunk] of chunks.entries()) {
    onChunk(chunk, index);
    const answers = await Promise.allSettled(
      chunk.statements.map((statement) => link.simple(statement.sql)),
    );
    for (const [at, answer] of answers.entries()) {
      if (answer.status === "fulfilled") continue;
      const error = answer.reason;
      if (!(error instanceof DatabaseError) || error.sqlstate === AFTERMATH) throw error;
      throw new ScriptError(chunk.statements[at]!, error);
    }
  }
}

/** Finds the offset in the file of a position in the statement that was sent. */
export function offsetOf(statement: ScriptStatement, position: number | null): number {
  if (position === null) return statement.offset;
  // The server counts characters, a string of ours counts UTF-16 units.
  let at = 0;
  for (let left = position - 1; left > 0 && at < statement.sql.length; left--) {
    at += statement.sql.codePointAt(at)! > 0xffff ? 2 : 1;
  }
  let from = 0;
  let offset = statement.offset;
  for (const { at: start, length, use } of statement.values) {
    if (at < start) break;
    if (at < start + length) return use.start;
    from = start + length;
    offset = use.end;
  }
  return offset + (at - from);
}

/** Shows the lines around a fault, with a caret under it. */
function excerpt(text: string, line: number, column: number): string[] {
  const lines = text.split("\n");
  const width = String(line).length;
  const shown: string[] = [];
  for (let number = Math.max(1, line - CONTEXT); number <= line; number++) {
    const content = (lines[number - 1] ?? "").slice(0, LONGEST_LINE);
    shown.push(`${String(number).padStart(width)} | ${content}`);
  }
  const before = [...(lines[line - 1] ?? "")].slice(0, column - 1).join("");
  if (before.length < LONGEST_LINE) {
    shown.push(`${" ".repeat(width)} | ${before.replaceAll(/[^\t]/g, " ")}^`);
  }
  return shown;
}
