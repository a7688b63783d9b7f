/**
 * Single rows that are more than data: errors, and replies in another format.
 *
 * @module
 */
import { httpStatus } from "../../core/errors.ts";

const BRACE = 0x7b;
const QUOTE = 0x22;
const HASH = 0x23;
const SPACE = 0x20;
const NEWLINE = 0x0a;
const LETTER_E = 0x65;

/** A reply that is not JSON of the API. */
export interface RawReply {
  status: number;
  contentType: string;
  body: Uint8Array<ArrayBuffer>;
}

/** What a single row may be instead of data. */
export type SpecialRow = { raw: RawReply } | { errorStatus: number };

/**
 * Returns what a single row stands for; null when it is data.
 *
 * A row is parsed only when its first member is `#raw` or begins with `error`; that is seen in its
 * first bytes.
 */
export function readSpecial(row: Uint8Array): SpecialRow | null {
  if (row[0] !== BRACE) return null;
  let at = 1;
  while (row[at] === SPACE || row[at] === NEWLINE) at++;
  if (row[at] !== QUOTE || (row[at + 1] !== HASH && row[at + 1] !== LETTER_E)) return null;
  const head = String.fromCharCode(...row.subarray(at, at + 7));
  if (head.startsWith('"#raw"')) return readRaw(row);
  return head === '"error"' ? readError(row) : null;
}

function readRaw(row: Uint8Array): SpecialRow | null {
  const raw = member(row, "#raw");
  if (raw === null) return null;
  const status = Number(raw["#status"] ?? 200);
  const contentType = raw["#content_type"];
  const data = raw["#data"];
  return {
    raw: {
      status: Number.isInteger(status) && status >= 200 && status <= 599 ? status : 200,
      contentType: isContentType(contentType) ? contentType : "application/octet-stream",
      body: typeof data === "string" ? decodeBase64(data) : new Uint8Array(0),
    },
  };
}

/** A column that happens to be called `error` holds text or null, no object with a code. */
function readError(row: Uint8Array): SpecialRow | null {
  const code = member(row, "error")?.["code"];
  if (typeof code !== "number" || code === 0 || code === 200) return null;
  return { errorStatus: httpStatus(code) };
}

function member(row: Uint8Array, key: string): Record<string, unknown> | null {
  const value: unknown = JSON.parse(new TextDecoder().decode(row));
  const found = (value as Record<string, unknown>)[key];
  return typeof found === "object" && found !== null && !Array.isArray(found)
    ? found as Record<string, unknown>
    : null;
}

function isContentType(value: unknown): value is string {
  return typeof value === "string" && /^[\x20-\x7e]{1,255}$/.test(value);
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  // PostgreSQL breaks base64 into lines.
  return Uint8Array.fromBase64(text.replace(/\s+/g, ""));
}
