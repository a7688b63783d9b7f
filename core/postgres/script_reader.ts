/**
 * Reads scripts in the dialect of psql: `\ir`, `\i`, `\set`, `\echo`, `\connect` (a phase marker
 * that does nothing here), `:var`, `:'var'`, `:"var"`. The result is one flat list of statements,
 * each of which knows the file and line that it came from.
 *
 * @module
 */
import { dirname, join, normalize } from "node:path/posix";
import { InstallError } from "./errors.ts";
import {
  type ScriptPart,
  ScriptSyntaxError,
  splitScript,
  type VariableUse,
} from "./script_splitter.ts";
import type { SqlSource } from "./sql_source.ts";

/** A variable's value within a statement. */
export interface FilledValue {
  /** Offset in the statement as it is sent. */
  readonly at: number;
  readonly length: number;
  /** Where the variable stands in the file. */
  readonly use: VariableUse;
}

/** A statement ready to be sent. */
export interface ScriptStatement {
  /** Path in the SQL source, such as `platform/admin/view.sql`. */
  readonly file: string;
  /** Text of the file, for showing where a fault is. */
  readonly text: string;
  /** Offset in `text` of the statement's first character. */
  readonly offset: number;
  /** What is sent: the statement with its variables filled in. */
  readonly sql: string;
  /** Where the filled-in values stand in `sql`, to find an error's place in `text`. */
  readonly values: readonly FilledValue[];
}

/** A file's statements. A file that includes another is cut there: it appears again after it. */
export interface ScriptChunk {
  readonly file: string;
  readonly statements: ScriptStatement[];
  /** Texts of `\echo` before the statements. */
  readonly echoes: string[];
}

/** How a script is read. */
export interface ReadOptions {
  /** Values of `:name`; a script's `\set` adds to a copy. @default {} */
  readonly variables?: Readonly<Record<string, string>>;
  /** Tells which files are left out, by their base name. @default none */
  readonly skip?: (name: string) => boolean;
}

const DEEPEST = 32; // a file that includes itself ends here
const TRANSACTION =
  /^(begin|start\s+transaction|commit|end|abort|rollback(?!\s+(work\s+|transaction\s+)?to\b)|prepare\s+transaction)\b/i;

/**
 * Reads a script and all that it includes.
 *
 * @throws {InstallError} If a file is missing or cannot be understood; the message has file and
 * line.
 */
export async function readScript(
  source: SqlSource,
  path: string,
  options: ReadOptions = {},
): Promise<ScriptChunk[]> {
  const reader = new ScriptReader(source, options);
  await reader.read(normalize(path), 0);
  return reader.chunks.filter(isNotEmpty);
}

class ScriptReader {
  readonly chunks: ScriptChunk[] = [];
  readonly #source: SqlSource;
  readonly #variables: Map<string, string>;
  readonly #skip: (name: string) => boolean;

  constructor(source: SqlSource, { variables = {}, skip = () => false }: ReadOptions) {
    this.#source = source;
    this.#variables = new Map(Object.entries(variables));
    this.#skip = skip;
  }

  async read(file: string, depth: number): Promise<void> {
    const text = await this.#source.read(file);
    const parts = this.#split(file, text);
    let chunk = this.#open(file);
    for (const part of parts) {
      if (part.kind === "statement") {
        chunk.statements.push(this.#statement(file, text, part));
      } else if (part.kind === "command") {
        const { name, words } = this.#parseCommand(file, text, part);
        if (name === "ir" || name === "i") {
          await this.#include(file, text, part, words, name === "ir", depth);
          chunk = this.#open(file);
        } else this.#run(chunk, name, words);
      }
    }
  }

  #open(file: string): ScriptChunk {
    const chunk = { file, statements: [], echoes: [] };
    this.chunks.push(chunk);
    return chunk;
  }

  #split(file: string, text: string): ScriptPart[] {
    try {
      return splitScript(text);
    } catch (thrown) {
      if (!(thrown instanceof ScriptSyntaxError)) throw thrown;
      throw fault(file, text, thrown.offset, thrown.message);
    }
  }

  async #include(
    file: string,
    text: string,
    part: ScriptPart,
    words: string[],
    relative: boolean,
    depth: number,
  ): Promise<void> {
    const [name] = words;
    if (name === undefined || words.length > 1) {
      throw fault(file, text, part.body, "Cannot include file: one name is needed");
    }
    const path = normalize(relative ? join(dirname(file), name) : name);
    if (this.#skip(path.slice(path.lastIndexOf("/") + 1))) return;
    if (depth >= DEEPEST) {
      throw fault(file, text, part.body, `Cannot include ${path}: files include one another`);
    }
    if (path.startsWith("../") || path.startsWith("/") || !await this.#source.has(path)) {
      throw fault(file, text, part.body, `Cannot include ${path}: there is no such file`);
    }
    await this.read(path, depth + 1);
  }

  #run(chunk: ScriptChunk, name: string, words: string[]): void {
    if (name === "set" && words[0] !== undefined) {
      this.#variables.set(words[0], words.slice(1).join(""));
    } else if (name === "echo") {
      chunk.echoes.push(words.join(" "));
    }
  }

  #parseCommand(file: string, text: string, part: ScriptPart): { name: string; words: string[] } {
    const line = text.slice(part.body + 1, part.end).trimEnd();
    const name = /^[a-z_]*/i.exec(line)![0];
    if (name === "connect" || name === "c") return { name: "connect", words: [] };
    if (!["ir", "i", "set", "echo"].includes(name)) {
      throw fault(file, text, part.body, `Cannot run command: \\${name} is not known here`);
    }
    const words: string[] = [];
    const pattern = /\s+|'((?:[^'\\]|''|\\.)*)'|"([^"]*)"|(:'\w+'|:"\w+"|:\w+)|([^\s'":]+|:)/gy;
    pattern.lastIndex = name.length;
    let fresh = true;
    while (pattern.lastIndex < line.length) {
      const match = pattern.exec(line);
      if (match === null) throw fault(file, text, part.body, "Cannot run command: a quote is open");
      const [whole, quoted, doubled, variable, plain] = match;
      if (/^\s+$/.test(whole)) {
        fresh = true;
        continue;
      }
      const value = quoted !== undefined
        ? unescape(quoted)
        : variable !== undefined
        ? this.#variables.get(variable.replaceAll(/[:'"]/g, "")) ?? variable
        : doubled ?? plain ?? "";
      if (fresh) words.push(value);
      else words[words.length - 1] += value;
      fresh = false;
    }
    return { name, words };
  }

  /** Fills the variables in and notes where they stand. */
  #statement(file: string, text: string, part: ScriptPart): ScriptStatement {
    const head = text.slice(part.body, part.body + 60);
    const control = TRANSACTION.exec(head);
    if (control !== null) {
      throw fault(
        file,
        text,
        part.body,
        `Cannot run ${
          control[1]!.toUpperCase()
        }: the installer keeps everything in one transaction`,
      );
    }
    let sql = "";
    let from = part.body;
    const values: FilledValue[] = [];
    for (const use of part.variables) {
      const value = this.#valueOf(file, text, use);
      if (value === null) continue;
      sql += text.slice(from, use.start);
      values.push({ at: sql.length, length: value.length, use });
      sql += value;
      from = use.end;
    }
    sql += text.slice(from, part.end);
    return { file, text, offset: part.body, sql, values };
  }

  #valueOf(file: string, text: string, use: VariableUse): string | null {
    const value = this.#variables.get(use.name);
    if (value === undefined) {
      if (use.style === "plain") return null; // an array slice, [1:n], looks the same
      throw fault(file, text, use.start, `Cannot fill in variable: ${use.name} is not set`);
    }
    if (use.style === "literal") return quoteLiteral(value);
    if (use.style === "identifier") return `"${value.replaceAll('"', '""')}"`;
    return value;
  }
}

/** Writes a text as an SQL string. */
export function quoteLiteral(value: string): string {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes("\\") ? ` E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}

/** Finds line and column (from 1) of an offset. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: [...before.slice(before.lastIndexOf("\n") + 1)].length + 1 };
}

function fault(file: string, text: string, offset: number, message: string): InstallError {
  const { line, column } = placeOf(text, offset);
  return new InstallError("SCRIPT", `${file}:${line}:${column}: ${message}`);
}

function unescape(text: string): string {
  const letters: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
  return text.replaceAll("''", "'").replaceAll(
    /\\(.)/gs,
    (_, char: string) => letters[char] ?? char,
  );
}

function isNotEmpty({ statements, echoes }: ScriptChunk): boolean {
  return statements.length > 0 || echoes.length > 0;
}
