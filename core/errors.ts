/**
 * One error type for the whole program, and its way to the wire.
 *
 * An error has two faces: `message` may be shown to a client, `detail` and `cause` go to the log
 * only. A subclass exists where some caller tells it apart.
 *
 * @module
 */

/** What an {@linkcode AppError} may carry beside its code and message. */
export interface AppErrorOptions {
  /** HTTP status that a request ends with. @default 500 */
  status?: number;
  /** Facts for the log; never sent to a client. */
  detail?: unknown;
  /** The fault that led here. */
  cause?: unknown;
}

/** The root of every error that the program raises on purpose. */
export class AppError extends Error {
  override name = "AppError";
  /** Stable identifier, such as `ERR-400-060` or `CONFIG`. */
  readonly code: string;
  /** HTTP status that a request ends with. */
  readonly status: number;
  /** Facts for the log; never sent to a client. */
  readonly detail: unknown;

  /**
   * @param code Stable identifier of the fault; never given to another fault later.
   * @param message Sentence that may be shown to whoever asked.
   */
  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.status = options.status ?? 500;
    this.detail = options.detail;
  }
}

/** A configuration that cannot be used; the message lists every fault. Exit status 2. */
export class ConfigError extends AppError {
  override name = "ConfigError";
  /** One line a fault: path, what is wrong, what is allowed. */
  readonly faults: readonly string[];

  /** @param faults One line a fault; none may be empty. */
  constructor(faults: readonly string[], options: AppErrorOptions = {}) {
    super("CONFIG", faults.join("\n"), options);
    this.faults = faults;
  }
}

/** A command line that cannot be understood; the message is one line. Exit status 2. */
export class UsageError extends AppError {
  override name = "UsageError";

  /** @param message One line that names the option and what would be right. */
  constructor(message: string) {
    super("USAGE", message);
  }
}

/** Returns what was thrown as an Error; anything else is wrapped, with the value as its cause. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const text = typeof thrown === "string" ? thrown : Deno.inspect(thrown, { depth: 2 });
  return new Error(text, { cause: thrown });
}

/** Statuses that clients tell apart; 412 and 422 answer conditions that old clients do not send. */
const PASSED_ON: ReadonlySet<number> = new Set([401, 403, 404, 412, 422, 500]);

/**
 * Maps the code of an error object to an HTTP status.
 *
 * The platform's groups are HTTP statuses; a code of five digits has the group in front. Every
 * group that is not told apart on the wire is a bad request.
 *
 * @param code `code` member of an error object, such as 401 or 40100.
 */
export function httpStatus(code: number): number {
  const group = code >= 10_000 ? Math.trunc(code / 100) : code;
  return PASSED_ON.has(group) ? group : 400;
}

/**
 * Builds the JSON text of an error reply.
 *
 * @param error Identifier such as `ERR-400-060`; null when the fault has none, undefined to leave
 * the member out.
 */
export function errorBody(code: number, message: string, error?: string | null): string {
  return JSON.stringify({
    error: error === undefined ? { code, message } : { code, error, message },
  });
}
