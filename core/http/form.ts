/**
 * Forms: `application/x-www-form-urlencoded` and `multipart/form-data` as flat objects of strings.
 *
 * @module
 */
import {
  getMultipartBoundary,
  type MultipartPart,
  parseMultipart,
} from "@remix-run/multipart-parser";
import { decodeText } from "./body.ts";
import { RequestError } from "./errors.ts";

/** Most fields of one form. */
const MAX_FIELDS = 1000;

/** Fields of a form; of several with one name the last wins. */
export type FormFields = Record<string, string>;

/**
 * Parses a urlencoded form: `+` is a space, invalid escapes stay, a key without `=` is empty.
 *
 * @throws {RequestError} 400 when it has more than 1000 fields.
 */
export function parseForm(text: string): FormFields {
  let fields = 1;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) fields++;
  if (fields > MAX_FIELDS) throw new RequestError(400, `The form has over ${MAX_FIELDS} fields`);
  return Object.fromEntries(new URLSearchParams(text));
}

/**
 * Parses a multipart form that holds text fields only.
 *
 * @param body The whole body; its size has been checked.
 * @param contentType Header of the request, with the boundary.
 * @throws {RequestError} 400 when it is malformed, has over 1000 parts, or holds a file.
 */
export function parseMultipartForm(body: Uint8Array, contentType: string): FormFields {
  const boundary = getMultipartBoundary(contentType);
  if (boundary === null) throw new RequestError(400, "The multipart form has no boundary");
  const options = {
    boundary,
    maxFileSize: body.length,
    maxTotalSize: body.length,
    maxParts: MAX_FIELDS,
  };
  const fields: FormFields = {};
  for (const part of parts(body, options)) {
    if (part.isFile) {
      throw new RequestError(400, "Files are not accepted here, only text fields");
    }
    if (part.name) define(fields, part.name, decodeText(part.bytes));
  }
  return fields;
}

function parts(body: Uint8Array, options: Parameters<typeof parseMultipart>[1]): MultipartPart[] {
  try {
    return [...parseMultipart(body, options)];
  } catch (cause) {
    throw new RequestError(400, "The multipart form is malformed", { cause });
  }
}

/** Sets a field as an own member, whatever its name: `__proto__` would be a setter. */
function define(fields: FormFields, name: string, value: string): void {
  Object.defineProperty(fields, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
