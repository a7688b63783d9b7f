/**
 * Cuts the text of an SQL script into statements and psql commands.
 *
 * It knows of SQL only what hides a semicolon, a backslash or a colon: comments (nested), strings
 * (plain and `E''`), quoted identifiers, dollar quotes, parentheses, and `BEGIN ATOMIC … END`
 * bodies. The parts are contiguous: put together again they are the text.
 *
 * @module
 */

/** Where a psql variable stands in the text: `:name`, `:'name'` or `:"name"`. */
export interface VariableUse {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** How the value is written: as it is, as a string, as an identifier. */
  readonly style: "plain" | "literal" | "identifier";
}

/** A piece of a script. */
export interface ScriptPart {
  /** `blank` is what is left at the end: white space and comments. */
  readonly kind: "statement" | "command" | "blank";
  /** Offset of the first character, which may be white space or of a comment. */
  readonly start: number;
  /** Offset after the last character; that of a statement is its semicolon. */
  readonly end: number;
  /** Offset of the first character that is neither white space nor of a comment. */
  readonly body: number;
  readonly variables: readonly VariableUse[];
}

/** A text that cannot be cut: something in it is never closed. */
export class ScriptSyntaxError extends SyntaxError {
  /** Offset of the fault in the text. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const IDENTIFIER_START = /[A-Za-z_\u0080-\uffff]/;
const IDENTIFIER_PART = /[A-Za-z0-9_$\u0080-\uffff]/;
const IDENTIFIER = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const VARIABLE = /:(?:'([A-Za-z0-9_]+)'|"([A-Za-z0-9_]+)"|([A-Za-z0-9_]+))/y;
const ROUTINE = /^create (or replace )?(function|procedure)$/;

/**
 * Cuts a script.
 *
 * @throws {ScriptSyntaxError} If a comment, string, identifier or dollar quote is never closed, or
 * a command stands inside a statement.
 */
export function splitScript(text: string): ScriptPart[] {
  return new Splitter(text).split();
}

class Splitter {
  readonly #text: string;
  #at = 0;
  #start = 0;
  #body = -1;
  #parentheses = 0;
  #blocks = 0;
  #words: string[] = [];
  #variables: VariableUse[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  split(): ScriptPart[] {
    const parts: ScriptPart[] = [];
    const text = this.#text;
    while (this.#at < text.length) {
      const char = text[this.#at]!;
      if (/\s/.test(char)) this.#at++;
      else if (text.startsWith("--", this.#at)) this.#skipLine();
      else if (text.startsWith("/*", this.#at)) this.#skipComment();
      else if (char === "\\") parts.push(this.#command());
      else if (char === ";" && this.#parentheses <= 0 && this.#blocks === 0) {
        if (this.#body < 0) this.#body = this.#at;
        this.#at++;
        parts.push(this.#part("statement"));
      } else this.#token(char);
    }
    if (this.#start < text.length) {
      parts.push(this.#part(this.#body < 0 ? "blank" : "statement"));
    }
    return parts;
  }

  /** Passes one token of a statement. */
  #token(char: string): void {
    if (this.#body < 0) this.#body = this.#at;
    if (char === "'") this.#skipString(false);
    else if (char === '"') this.#skipQuoted('"', "identifier");
    else if (char === "$") this.#dollar();
    else if (char === ":") this.#colon();
    else if (IDENTIFIER_START.test(char)) this.#word();
    else {
      if (char === "(") this.#parentheses++;
      else if (char === ")") this.#parentheses--;
      // A number takes its letters along: the `e` of 1e'…' begins no string.
      if (/[0-9]/.test(char)) {
        while (IDENTIFIER_PART.test(this.#text[this.#at + 1] ?? "")) this.#at++;
      }
      this.#at++;
    }
  }

  #word(): void {
    IDENTIFIER.lastIndex = this.#at;
    const word = IDENTIFIER.exec(this.#text)![0];
    this.#at += word.length;
    if (this.#text[this.#at] === "'" && /^e$/i.test(word)) this.#skipString(true);
    else this.#follow(word.toLowerCase());
  }

  /** Follows `CREATE FUNCTION … BEGIN ATOMIC …; END`, whose semicolons end no statement. */
  #follow(word: string): void {
    if (this.#parentheses > 0) return;
    if (this.#words.length < 4) this.#words.push(word);
    const heads = [this.#words.slice(0, 2), this.#words.slice(0, 4)];
    if (!heads.some((head) => ROUTINE.test(head.join(" ")))) return;
    if (word === "begin" && this.#blocks === 0) {
      if (/^\s+atomic\b/i.test(this.#text.slice(this.#at, this.#at + 100))) this.#blocks = 1;
    } else if (this.#blocks > 0) {
      if (word === "case" || word === "begin") this.#blocks++;
      else if (word === "end") this.#blocks--;
    }
  }

  #dollar(): void {
    DOLLAR_TAG.lastIndex = this.#at;
    const tag = DOLLAR_TAG.exec(this.#text)?.[0];
    if (tag === undefined) {
      this.#at++; // a parameter, $1
      return;
    }
    const end = this.#text.indexOf(tag, this.#at + tag.length);
    if (end < 0) throw this.#unclosed(`dollar quote ${tag}`);
    this.#at = end + tag.length;
  }

  #colon(): void {
    const next = this.#text[this.#at + 1];
    if (next === ":" || next === "=") {
      this.#at += 2; // a cast, an assignment
      return;
    }
    VARIABLE.lastIndex = this.#at;
    const match = VARIABLE.exec(this.#text);
    if (match === null) {
      this.#at++;
      return;
    }
    const [whole, literal, identifier, plain] = match;
    this.#variables.push({
      start: this.#at,
      end: this.#at + whole.length,
      name: (literal ?? identifier ?? plain)!,
      style: literal !== undefined ? "literal" : plain !== undefined ? "plain" : "identifier",
    });
    this.#at += whole.length;
  }

  #skipString(escapes: boolean): void {
    const text = this.#text;
    const start = this.#at;
    for (let at = start + 1; at < text.length; at++) {
      if (escapes && text[at] === "\\") at++;
      else if (text[at] === "'") {
        if (text[at + 1] !== "'") {
          this.#at = at + 1;
          return;
        }
        at++;
      }
    }
    throw this.#unclosed("string");
  }

  #skipQuoted(quote: string, what: string): void {
    const end = this.#text.indexOf(quote, this.#at + 1);
    if (end < 0) throw this.#unclosed(what);
    this.#at = end + 1; // a doubled quote is two identifiers side by side: the end is the same
  }

  #skipLine(): void {
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  #skipComment(): void {
    const marks = /\/\*|\*\//g;
    marks.lastIndex = this.#at + 2;
    for (let depth = 1; depth > 0;) {
      const mark = marks.exec(this.#text);
      if (mark === null) throw this.#unclosed("comment");
      depth += mark[0] === "/*" ? 1 : -1;
    }
    this.#at = marks.lastIndex;
  }

  #command(): ScriptPart {
    if (this.#body >= 0) {
      throw new ScriptSyntaxError(
        "Cannot run command: it stands inside a statement, a semicolon is missing before it",
        this.#at,
      );
    }
    this.#body = this.#at;
    this.#skipLine();
    if (this.#at < this.#text.length) this.#at++;
    return this.#part("command");
  }

  #part(kind: ScriptPart["kind"]): ScriptPart {
    const part = {
      kind,
      start: this.#start,
      end: this.#at,
      body: this.#body < 0 ? this.#at : this.#body,
      variables: this.#variables,
    };
    this.#start = this.#at;
    this.#body = -1;
    this.#parentheses = this.#blocks = 0;
    this.#words = [];
    this.#variables = [];
    return part;
  }

  #unclosed(what: string): ScriptSyntaxError {
    return new ScriptSyntaxError(`Cannot read script: the ${what} is never closed`, this.#at);
  }
}
