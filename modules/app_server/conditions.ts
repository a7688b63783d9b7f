/**
 * What a request makes its effect depend on: the version of an object (`If-Match`, RFC 9110
 * section 13.1.1), and whether it was sent before (`Idempotency-Key`).
 *
 * @module
 */
import { RequestError } from "../../core/http/mod.ts";

/** Header values for the database; null where the request has none. */
export interface Conditions {
  ifMatch: string | null;
  idempotencyKey: string | null;
}

/** Printable ASCII, as long as a key of the database may be. */
const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;
/** One entity tag, weak or strong, or the asterisk. */
const ENTITY_TAG = /^(?:\*|(?:W\/)?"[\x21\x23-\x7e]*")$/;

/**
 * Reads the conditions of a request that may change something.
 *
 * @returns Undefined for a request without conditions.
 * @throws {RequestError} 400 when a header is not what it should be.
 */
export function readConditions(headers: Headers): Conditions | undefined {
  const ifMatch = headers.get("if-match");
  const idempotencyKey = headers.get("idempotency-key");
  if (ifMatch === null && idempotencyKey === null) return undefined;
  if (ifMatch !== null && !ENTITY_TAG.test(ifMatch)) {
    throw new RequestError(400, 'If-Match must be one entity tag, such as "7", or *');
  }
  if (idempotencyKey !== null && !KEY.test(idempotencyKey)) {
    throw new RequestError(400, "Idempotency-Key must be 1 to 255 printable ASCII characters");
  }
  return { ifMatch, idempotencyKey };
}
