/**
 * The payload of a call: JSON text for PostgreSQL, which alone parses it.
 *
 * @module
 */
import { type BodyReader, decodeText, parseForm, parseMultipartForm } from "../../core/http/mod.ts";

/**
 * Reads the payload; null when the body is empty.
 *
 * JSON is passed on as it is. Any other content is a form and becomes an object of strings.
 *
 * @throws {RequestError} When the body is too large, too slow, or no text.
 */
export async function readPayload(request: Request, reader: BodyReader): Promise<string | null> {
  const bytes = await reader.bytes(request);
  if (bytes === null || bytes.length === 0) return null;
  const type = request.headers.get("content-type") ?? "";
  if (isJson(type)) return decodeText(bytes);
  const fields = /^multipart\/form-data\b/i.test(type)
    ? parseMultipartForm(bytes, type)
    : parseForm(decodeText(bytes));
  return JSON.stringify(fields);
}

/** Tells whether a content type is JSON: the comparison that every request pays for is first. */
function isJson(type: string): boolean {
  return type === "application/json" || type.toLowerCase().includes("application/json");
}
