/**
 * Takes secrets out of log records: by the name of a member, and by the look of a text.
 *
 * @module
 */
import type { LogRecord } from "@logtape/logtape";

/** What stands where a secret stood. */
export const HIDDEN = "[hidden]";

const MAX_DEPTH = 6;
const MAX_ITEMS = 100;

/** Members whose values are secret, whatever stands around these words. */
const SECRET_KEY =
  /passw|passphrase|secret|token|authorization|cookie|credential|api_?key|private_?key|server_?key|conninfo|assertion|signature|ticket/i;

/** Members that only look so. */
const PLAIN_KEY = /^(token_type|tokens?_(count|expired|removed)|secrets_file)$/i;

/** Texts that are secrets or hold one, and what they become. None may look far back: texts are long. */
const PATTERNS: readonly [RegExp, string][] = [
  // JSON Web Token, three or five parts; cut ones too
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, HIDDEN],
  [/\b(Bearer|Basic|Negotiate)\s+[\w.~+/=-]{6,}/gi, `$1 ${HIDDEN}`],
  // password in an address
  [/(:\/\/[^\s:/?#@"']{0,128}):[^\s@/"']{1,512}@/gi, `$1:${HIDDEN}@`],
  // "key":"value" and key = 'value', escaped quotes included
  [
    /((?:passw(?:or)?d|passphrase|secret|token|authorization|cookie|api_?key|assertion|signature)\w{0,32}\\*["']?\s{0,8}[=:]\s{0,8})(\\*["'])((?:\\.|(?!\2).)*)(\2)/gi,
    `$1$2${HIDDEN}$4`,
  ],
  // key=value
  [
    /((?:passw(?:or)?d|passphrase|secret|token|api_?key|assertion|signature)\w{0,32}=)(?!\\*["'\[])[^\s&;,"']+/gi,
    `$1${HIDDEN}`,
  ],
  [/\b((?:set-)?cookie\s{0,8}:\s{0,8})[^\r\n"]+/gi, `$1${HIDDEN}`],
  [/(__Secure-\w{1,32}|\bSID)=[^;\s"]+/g, `$1=${HIDDEN}`],
];

/** Replaces what looks like a secret in a text. */
export function redactText(text: string): string {
  let result = text;
  for (const [pattern, replacement] of PATTERNS) result = result.replace(pattern, replacement);
  return result;
}

/** Returns a record without secrets; errors in it become plain objects. */
export function redactRecord(record: LogRecord): LogRecord {
  const secrets = new Set<unknown>();
  for (const [key, value] of Object.entries(record.properties)) {
    if (isSecretKey(key)) secrets.add(value);
  }
  const message = record.message.map((part, index) => {
    if (index % 2 === 0) return typeof part === "string" ? redactText(part) : part;
    return secrets.has(part) ? HIDDEN : redactValue(part, 0);
  });
  const properties = redactValue(record.properties, 0) as Record<string, unknown>;
  return { ...record, message, properties };
}

/** Tells whether a member of this name holds a secret. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key) && !PLAIN_KEY.test(key);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) {
    return typeof value === "bigint" ? String(value) : value;
  }
  if (depth >= MAX_DEPTH) return "[deep]";
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof URL || value instanceof URLSearchParams) return redactText(String(value));
  if (value instanceof Headers || value instanceof Map) {
    return redactValue(Object.fromEntries(value as Map<string, unknown>), depth);
  }
  if (Array.isArray(value) || value instanceof Set) {
    return [...value].slice(0, MAX_ITEMS).map((item) => redactValue(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map((
      [key, member],
    ) => [key, isSecretKey(key) && member !== null ? HIDDEN : redactValue(member, depth + 1)]),
  );
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const own = Object.entries(error).filter(([key]) => !["name", "message", "cause"].includes(key));
  return {
    name,
    message: redactText(message),
    ...Object.fromEntries(
      own.map(([key, member]) => [
        key,
        isSecretKey(key) ? HIDDEN : redactValue(member, depth + 1),
      ]),
    ),
    ...(stack === undefined ? {} : { stack: redactText(stack) }),
    ...(cause === undefined ? {} : { cause: redactValue(cause, depth + 1) }),
  };
}
