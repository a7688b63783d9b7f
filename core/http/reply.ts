/**
 * Answers that every module gives alike: JSON text, and errors as the wire shows them.
 *
 * @module
 */
import { AppError, errorBody, toError } from "../errors.ts";
import { getLogger } from "../log.ts";

/** MIME type of the API; without a charset, as clients know it. */
export const JSON_TYPE = "application/json";

const log = getLogger(["apostol", "http"]);

/** While the database is away every request fails alike: one line in this time is enough. */
const OUTAGE_INTERVAL = 1000; // milliseconds
let outageLogged = 0;

/** What goes out for an error: status and sentence, nothing of the inside. */
export interface PublicError {
  /** HTTP status. */
  status: number;
  /** What happened, as far as it concerns the client. */
  message: string;
}

/** Answers with `{"error":{"code","message"}}`. */
export function errorReply(status: number, message: string): Response {
  return new Response(errorBody(status, message), {
    status,
    headers: { "content-type": JSON_TYPE },
  });
}

/** Answers 405 with the methods that would have been right. */
export function methodNotAllowed(allow: string): Response {
  const response = errorReply(405, "Method not allowed");
  response.headers.set("allow", allow);
  return response;
}

/**
 * Answers a request that ended in an error, and logs the error when it is the server's.
 *
 * @param request Named in the log by method and path.
 */
export function thrownReply(thrown: unknown, request: Request): Response {
  const { status, message } = publicError(thrown, request);
  const response = errorReply(status, message);
  if (status === 503 || status === 504) response.headers.set("retry-after", "1");
  // The rest of an unread or half-read body must not be taken for the next request.
  if (status === 408 || status === 413) response.headers.set("connection", "close");
  return response;
}

/** Returns what may be told of an error, and logs the error when it is the server's. */
export function publicError(thrown: unknown, request: Request): PublicError {
  const error = toError(thrown);
  const status = error instanceof AppError ? error.status : 500;
  if (status < 500) return { status, message: error.message };
  if (status === 503 || status === 504) {
    logOutage(error);
    return { status, message: error.message };
  }
  log.error("{method} {path} failed: {reason}", {
    method: request.method,
    path: pathOf(request.url),
    reason: error.message,
    detail: error instanceof AppError ? error.detail : undefined,
    error,
  });
  return { status: 500, message: "Internal server error" };
}

function logOutage(error: Error): void {
  const now = Date.now();
  if (now - outageLogged < OUTAGE_INTERVAL) return;
  outageLogged = now;
  log.warn("{reason}", {
    reason: error.message,
    detail: error instanceof AppError ? error.detail : undefined,
  });
}

/** The path alone: a query may hold codes and tokens. */
function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const query = url.indexOf("?", start);
  return url.slice(start, query < 0 ? undefined : query);
}
