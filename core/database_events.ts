/**
 * What a pool of connections tells, as lines of the log `apostol.postgres`.
 *
 * @module
 */
import { AppError } from "./errors.ts";
import { getLogger } from "./log.ts";
import type { DatabaseEvent } from "./postgres/mod.ts";

const log = getLogger(["apostol", "postgres"]);

/**
 * Logs one event of a pool.
 *
 * @param notices Log what the server notes while it works; it can be much.
 */
export function describeDatabaseEvent(event: DatabaseEvent, notices: boolean): void {
  switch (event.kind) {
    case "connection.opened":
      return log.debug("Connection {backend} opened in {took} ms", {
        backend: event.pid,
        took: Math.round(event.took),
      });
    case "connection.closed":
      return log.debug("Connection {backend} closed: {reason}", {
        backend: event.pid,
        reason: event.reason,
      });
    case "connection.failed": {
      const { attempt, error } = event;
      const facts = { attempt, delay: Math.round(event.delay), reason: reasonOf(error) };
      const text = "No connection to the database: {reason}; next try in {delay} ms";
      // While it is away the first failure tells enough.
      return attempt === 1 ? log.warn(text, facts) : log.debug(text, facts);
    }
    case "warm_up.failed":
      return log.warn("Warm-up statement failed: {reason}", {
        sql: event.sql,
        reason: reasonOf(event.error),
      });
    case "listen.restored":
      return log.info("Notifications are heard again on {channels} channels", {
        channels: event.channels,
      });
    case "listen.lost":
      return log.warn("Notifications are not heard: {reason}", { reason: reasonOf(event.error) });
    case "notice":
      if (notices) {
        log.info("{severity}: {text}", { severity: event.severity, text: event.message });
      }
  }
}

/** The first fault says why; what is thrown may only say what. */
function reasonOf(error: Error): string {
  if (error instanceof AppError && typeof error.detail === "string") return error.detail;
  return error.message;
}
