/**
 * Takes secrets out of payloads before they are written to the request log.
 *
 * Members are removed at every depth, in objects inside arrays and in the nested calls of `/run`.
 *
 * @module
 */

/** Payloads above this many characters are not kept; only their size is. */
export const MAX_PAYLOAD = 16_384;

/** Deeper members than this are dropped: no route reads them. */
const MAX_DEPTH = 64;

/** Members that are secret wherever they stand, in lower case without `_` and `-`. */
const SECRET = new Set([
  "accesstoken",
  "apikey",
  "assertion",
  "authorization",
  "clientsecret",
  "cookie",
  "hidden",
  "idtoken",
  "newpass",
  "newpassword",
  "oldpass",
  "oldpassword",
  "passphrase",
  "passwd",
  "password",
  "privatekey",
  "pwd",
  "refreshtoken",
  "secret",
  "secretkey",
  "securityanswer",
  "signature",
  "subjecttoken",
  "ticket",
  "token",
]);

/** Paths under which `code` is a one-time code; elsewhere it is the code of an object. */
const CODE_PATHS = /\/(?:authenticate|authorize|sign\/|user\/|verification\/)/;

/**
 * Returns the payload of a call as it may be kept.
 *
 * @param path Path of the call; it tells whether a member `code` is a secret.
 * @param payload JSON text as the client sent it.
 * @returns The value without secrets; null when there is nothing that may be kept.
 */
export function redactPayload(path: string, payload: string | null): unknown {
  if (payload === null) return null;
  if (payload.length > MAX_PAYLOAD) return { truncated: payload.length };
  try {
    return redact(JSON.parse(payload), CODE_PATHS.test(path), 0);
  } catch {
    // Not JSON, or nested too deeply for the parser: the database has refused it as well.
    return null;
  }
}

function isSecret(key: string, codes: boolean): boolean {
  const folded = key.toLowerCase().replace(/[_-]/g, "");
  return SECRET.has(folded) || (codes && folded === "code");
}

function redact(value: unknown, codes: boolean, depth: number): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((element) => redact(element, codes, depth + 1));
  return redactObject(value as Record<string, unknown>, codes, depth);
}

function redactObject(
  object: Record<string, unknown>,
  codes: boolean,
  depth: number,
): Record<string, unknown> {
  const path = object["path"];
  const inner = codes || (typeof path === "string" && CODE_PATHS.test(path));
  const named = namesSecret(object);
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(object)) {
    if (isSecret(key, inner) || (named && (key === "value" || key === "valarr"))) continue;
    kept[key.toWellFormed()] = redact(member, inner, depth + 1);
  }
  return kept;
}

/** Tells whether an object is a condition over a secret, `{"field": "password", "value": …}`. */
function namesSecret(object: Record<string, unknown>): boolean {
  const field = object["field"] ?? object["key"] ?? object["name"];
  return typeof field === "string" && isSecret(field, false);
}
