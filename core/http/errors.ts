/**
 * Faults of a request itself: its answer says what was wrong with it.
 *
 * @module
 */
import { AppError } from "../errors.ts";

/** A request that cannot be served as it came; `message` goes to the client. */
export class RequestError extends AppError {
  /** Name of the class, for logs. */
  override name = "RequestError";

  /**
   * Makes the error.
   *
   * @param status HTTP status from 400 to 499.
   * @param message Sentence for the client.
   */
  constructor(
    status: number,
    message: string,
    options: { detail?: unknown; cause?: unknown } = {},
  ) {
    super(`HTTP-${status}`, message, { status, ...options });
  }
}
