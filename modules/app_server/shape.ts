/**
 * From rows to an answer: alone, as an array, or wrapped in `{"result": […]}`.
 *
 * The rows come as one text, joined by commas; only brackets are put around it.
 *
 * @module
 */
import { RequestError } from "../../core/http/mod.ts";

/** How a caller wants the rows. */
export interface Shape {
  /** `result_object=true`. */
  wrapped: boolean;
  /** What the query says; null when it says nothing. */
  format: "array" | "object" | "null" | null;
}

/** Neither parameter given: by far the most calls. */
const PLAIN: Shape = { wrapped: false, format: null };
const PLAIN_LIST: Shape = { wrapped: false, format: "array" };

const EMPTY_OBJECT = bytes("{}");
const EMPTY_ARRAY = bytes("[]");
const EMPTY_RESULT = bytes('{"result":[]}');
const NULL = bytes("null");
const ARRAY = [bytes("["), bytes("]")] as const;
const RESULT = [bytes('{"result":['), bytes("]}")] as const;

/**
 * Reads the parameters `result_object` and `result_format`; no others have a meaning.
 *
 * Without `result_format` a path with `/list` in it gives an array.
 *
 * @throws {RequestError} 400 when one has a value that is not known.
 */
export function readShape(pathname: string, query: string): Shape {
  const list = pathname.includes("/list");
  if (query === "") return list ? PLAIN_LIST : PLAIN;
  const parameters = new URLSearchParams(query);
  const wrapped = oneOf(parameters, "result_object", ["true", "false"]);
  const format = oneOf(parameters, "result_format", ["object", "array", "null"]);
  return { wrapped: wrapped === "true", format: format ?? (list ? "array" : null) };
}

function oneOf<T extends string>(
  parameters: URLSearchParams,
  name: string,
  allowed: readonly T[],
): T | null {
  const value = parameters.get(name);
  if (value === null) return null;
  const found = allowed.find((one) => one === value.toLowerCase());
  if (found !== undefined) return found;
  throw new RequestError(400, `Parameter "${name}" must be one of: ${allowed.join(", ")}`);
}

/**
 * Puts brackets around rows, if any are due.
 *
 * @param count How many rows there are.
 * @param rows Their JSON texts, joined by commas.
 */
export function shapeRows(
  shape: Shape,
  count: number,
  rows: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  if (shape.wrapped) return count === 0 ? EMPTY_RESULT : join(RESULT, rows);
  if (count > 1) return join(ARRAY, rows);
  if (shape.format === "array") return count === 0 ? EMPTY_ARRAY : join(ARRAY, rows);
  if (count === 0) return shape.format === "null" ? NULL : EMPTY_OBJECT;
  return isNull(rows) ? EMPTY_OBJECT : rows;
}

function join(
  [before, after]: readonly [Uint8Array, Uint8Array],
  rows: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(before.length + rows.length + after.length);
  whole.set(before, 0);
  whole.set(rows, before.length);
  whole.set(after, before.length + rows.length);
  return whole;
}

/** A row that is null prints as an empty object when it stands alone. */
function isNull(rows: Uint8Array): boolean {
  return rows.length === 0 || (rows.length === 4 && rows[0] === 0x6e /* n */);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
