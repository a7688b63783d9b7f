/**
 * Values on their way into statements and out of rows: text both ways.
 *
 * @module
 */

/**
 * An array or object whose text depends on the type of its parameter, which only the server knows:
 * JSON for `json` and `jsonb`, an array literal for everything else.
 */
class Structured {
  readonly value: object;

  constructor(value: object) {
    this.value = value;
  }

  toString(): string {
    return Array.isArray(this.value) ? arrayLiteral(this.value) : JSON.stringify(this.value);
  }
}

/** Turns any value into what the driver binds without guessing a type. */
export function encodeParameter(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      if (value instanceof Date) return value.toISOString();
      if (value instanceof Uint8Array) return `\\x${value.toHex()}`;
      return new Structured(value);
    default:
      throw new TypeError(`Cannot bind parameter: a ${typeof value} has no SQL value`);
  }
}

/** Writes an array as the literal that the server reads, `{1,NULL,"a b"}`. */
export function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map(elementLiteral).join(",")}}`;
}

function elementLiteral(value: unknown): string {
  if (Array.isArray(value)) return arrayLiteral(value);
  const encoded = encodeParameter(value);
  if (encoded === null) return "NULL";
  return `"${String(encoded).replaceAll(/["\\]/g, "\\$&")}"`;
}

/** Reads an array literal of the server; elements stay text, or become what `parse` returns. */
export function parseArray<T>(text: string, parse: (element: string) => T): unknown[] {
  // `[2:3]={1,2}`: bounds that do not start at 1 come first.
  let at = text.indexOf("{") + 1;
  return readElements();

  function readElements(): unknown[] {
    const elements: unknown[] = [];
    while (at < text.length && text[at] !== "}") {
      if (text[at] === ",") at++;
      elements.push(readElement());
    }
    at++;
    return elements;
  }

  function readElement(): unknown {
    if (text[at] === "{") {
      at++;
      return readElements();
    }
    if (text[at] === '"') return parse(readQuoted());
    const start = at;
    while (at < text.length && text[at] !== "," && text[at] !== "}") at++;
    const bare = text.slice(start, at);
    return bare === "NULL" ? null : parse(bare);
  }

  function readQuoted(): string {
    let value = "";
    for (at++; at < text.length && text[at] !== '"'; at++) {
      if (text[at] === "\\") at++;
      value += text[at];
    }
    at++;
    return value;
  }
}

function parseBigint(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

function parseTimestamp(text: string): Date | string {
  const value = new Date(`${text.replace(" ", "T")}Z`);
  return Number.isNaN(value.getTime()) ? text : value;
}

function parseTimestamptz(text: string): Date | string {
  // `2026-01-02 03:04:05.6+00`: hours without minutes is not ISO 8601 for Date.
  const value = new Date(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"));
  return Number.isNaN(value.getTime()) ? text : value;
}

type Parse = (text: string) => unknown;

const asText: Parse = (text) => text;
const asBytes: Parse = (text) => Uint8Array.fromHex(text.slice(2));

/** Type name: its oid, the oid of its array, and how its text is read. */
const TYPES: readonly (readonly [oid: number, array: number, parse: Parse])[] = [
  [16, 1000, (text) => text === "t"],
  [17, 1001, asBytes],
  [19, 1003, asText], // name
  [20, 1016, parseBigint],
  [21, 1005, Number],
  [23, 1007, Number],
  [25, 1009, asText],
  [26, 1028, Number],
  [114, 199, (text) => JSON.parse(text)],
  [700, 1021, Number],
  [701, 1022, Number],
  [869, 1041, asText], // inet
  [1042, 1014, asText],
  [1043, 1015, asText],
  [1082, 1182, asText], // a date is a day of the calendar, not a moment
  [1114, 1115, parseTimestamp],
  [1184, 1185, parseTimestamptz],
  [1186, 1187, asText],
  [1700, 1231, asText], // numeric: exact
  [2950, 2951, asText],
  [3802, 3807, (text) => JSON.parse(text)],
];

const JSON_TYPES = new Set([114, 3802]);

const encodeText = (value: unknown) => String(value);
const encodeJson = (value: unknown) =>
  value instanceof Structured ? JSON.stringify(value.value) : String(value);

/** The driver's table of types, keyed by oid. */
export const DRIVER_TYPES: Record<string, {
  to: number;
  from: number[];
  serialize: (value: unknown) => string;
  parse: Parse;
}> = Object.fromEntries(TYPES.flatMap(([oid, array, parse]) => [
  [`t${oid}`, {
    to: oid,
    from: [oid],
    serialize: JSON_TYPES.has(oid) ? encodeJson : encodeText,
    parse,
  }],
  [`t${array}`, {
    to: array,
    from: [array],
    serialize: encodeText,
    parse: (text: string) => parseArray(text, parse),
  }],
]));
