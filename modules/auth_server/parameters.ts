/**
 * Parameters of a request, wherever they stand.
 *
 * @module
 */
import { type BodyReader, decodeText, parseForm, parseMultipartForm } from "../../core/http/mod.ts";
import { OAuthError } from "./oauth_error.ts";

/** Parameters by name; a JSON body may hold more than strings. */
export type Parameters = Record<string, unknown>;

/** Parses the query of a request. */
export function queryParameters(query: string): Record<string, string> {
  return parseForm(query);
}

/**
 * Reads the parameters from the body, or from the query when there is no body.
 *
 * JSON that cannot be parsed, or is no object, counts as no parameters.
 */
export async function readParameters(
  request: Request,
  query: string,
  reader: BodyReader,
): Promise<Parameters> {
  const bytes = await reader.bytes(request);
  if (bytes === null || bytes.length === 0) return queryParameters(query);
  const type = (request.headers.get("content-type") ?? "").toLowerCase();
  if (type.includes("application/json")) return parseObject(decodeText(bytes));
  if (type.startsWith("multipart/form-data")) {
    return parseMultipartForm(bytes, request.headers.get("content-type")!);
  }
  return parseForm(decodeText(bytes));
}

function parseObject(text: string): Parameters {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Parameters
      : {};
  } catch {
    // Known from the original: what follows says which parameter is missing.
    return {};
  }
}

/**
 * Returns a parameter; empty when it is absent.
 *
 * @throws {OAuthError} 400 `invalid_request` when it is no string.
 */
export function textParameter(parameters: Parameters, name: string): string {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  throw new OAuthError(400, "invalid_request", `Parameter "${name}" must be a string`);
}
