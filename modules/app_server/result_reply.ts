/**
 * From what the database answered to what the client gets.
 *
 * @module
 */
import { httpStatus } from "../../core/errors.ts";
import { bytesSource, heldStream, JSON_TYPE } from "../../core/http/mod.ts";
import type { RequestContext } from "../../core/module.ts";
import type { CallResult } from "./call.ts";
import { type Shape, shapeRows } from "./shape.ts";
import { readSpecial } from "./special.ts";

const JSON_HEADERS = { headers: { "content-type": JSON_TYPE } };

/** Larger replies are sent in pieces: a slow reader keeps its connection then. */
const LONG_REPLY = 1_048_576;

/**
 * Builds the answer to a call.
 *
 * An error is never wrapped, whatever the shape: its body is the database's own.
 *
 * @param context Connection that a long answer holds open.
 */
export function resultReply(
  { status, count, body, etag }: CallResult,
  shape: Shape,
  context: RequestContext,
): Response {
  if (status !== 200) return json(body, httpStatus(status));
  if (count === 1) {
    const special = readSpecial(body);
    if (special !== null && "raw" in special) return rawReply(special.raw);
    if (special !== null) return json(body, special.errorStatus);
  }
  const text = shapeRows(shape, count, body);
  if (etag !== null) return new Response(text, { headers: versionHeaders(etag) });
  if (text.length <= LONG_REPLY) return new Response(text, JSON_HEADERS);
  const headers = { "content-type": JSON_TYPE, "content-length": String(text.length) };
  return new Response(heldStream(bytesSource(text), context), { headers });
}

/** A client sends the tag back as `If-Match`; scripts of other origins may read it. */
function versionHeaders(version: string): Record<string, string> {
  return {
    "content-type": JSON_TYPE,
    etag: `"${version}"`,
    "access-control-expose-headers": "ETag",
  };
}

function json(body: Uint8Array<ArrayBuffer>, status: number): Response {
  return new Response(body, { status, headers: { "content-type": JSON_TYPE } });
}

function rawReply(raw: { status: number; contentType: string; body: Uint8Array<ArrayBuffer> }) {
  const { status, contentType, body } = raw;
  // These statuses have no body, and the runtime refuses to give them one.
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : body, {
    status,
    headers: { "content-type": contentType, "x-content-type-options": "nosniff" },
  });
}
