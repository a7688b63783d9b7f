/**
 * Errors of the authorization server, in the words of OAuth 2.0.
 *
 * @module
 */
import { AppError, httpStatus, toError } from "../../core/errors.ts";
import { JSON_TYPE, publicError, RequestError } from "../../core/http/mod.ts";
import { getLogger } from "../../core/log.ts";

const log = getLogger(["apostol", "http", "oauth2"]);

/** A refusal with its OAuth error code; `message` goes to the client as the description. */
export class OAuthError extends AppError {
  override name = "OAuthError";
  /** Error code of RFC 6749, such as `invalid_grant`. */
  readonly error: string;
  /** Seconds after which it may be tried again; undefined when waiting does not help. */
  readonly retryAfter: number | undefined;
  /** Value of `WWW-Authenticate` with a 401; the usual one when undefined. */
  readonly challenge: string | undefined;

  constructor(status: number, error: string, description: string, options: {
    retryAfter?: number;
    challenge?: string | undefined;
    detail?: unknown;
    cause?: unknown;
  } = {}) {
    const { retryAfter, challenge, ...rest } = options;
    super(`OAUTH-${error}`, description, { status, ...rest });
    this.error = error;
    this.challenge = challenge;
    this.retryAfter = retryAfter ?? (status === 503 || status === 504 ? 1 : undefined);
  }
}

/** An error object of the database: `{"error": {"code", "error", "message"}}`. */
export interface DatabaseRefusal {
  error: { code?: number; error?: string | null; message?: string };
}

/** Tells whether a result of the database is an error object. */
export function isRefusal(result: unknown): result is DatabaseRefusal {
  const error = (result as Partial<DatabaseRefusal> | null)?.error;
  return typeof error === "object" && error !== null;
}

/** Makes the error of a database's refusal; it may name its own OAuth code. */
export function refused({ error }: DatabaseRefusal): OAuthError {
  const status = httpStatus(error.code ?? 400);
  const message = status === 500 ? "Internal server error" : error.message ?? "";
  return new OAuthError(status, error.error ?? "invalid_request", message);
}

/** Returns whatever was thrown as an OAuth error; what is the server's fault is logged. */
export function toOAuthError(thrown: unknown, request: Request): OAuthError {
  if (thrown instanceof OAuthError) {
    if (thrown.status >= 500) logFault(thrown);
    return thrown;
  }
  const { status, message } = publicError(thrown, request);
  const error = status < 500
    ? "invalid_request"
    : status === 500
    ? "server_error"
    : "temporarily_unavailable";
  const detail = thrown instanceof RequestError ? thrown.detail : undefined;
  return new OAuthError(status, error, message, { detail });
}

function logFault({ message, cause, detail }: OAuthError): void {
  const reason = cause === undefined ? "no cause is known" : toError(cause).message;
  log.warn("{message}: {reason}", { message, reason, detail });
}

/** Answers with `{"error","error_description"}`. */
export function oauthErrorReply(fault: OAuthError): Response {
  const { status, error, message, retryAfter } = fault;
  const response = new Response(JSON.stringify({ error, error_description: message }), {
    status,
    headers: { "content-type": JSON_TYPE, "cache-control": "no-store", pragma: "no-cache" },
  });
  const headers = response.headers;
  if (status === 401) headers.set("www-authenticate", fault.challenge ?? challenge(message));
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  if (status === 408 || status === 413) headers.set("connection", "close");
  return response;
}

/** The description is left out when a header cannot carry it: it may be in any language. */
function challenge(description: string): string {
  const plain = /^[\x20-\x7e]+$/.test(description);
  const text = plain ? `, error_description="${description.replace(/["\\]/g, "'")}"` : "";
  return `Bearer error="access_denied"${text}`;
}
