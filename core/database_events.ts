/**
 * What a pool of connections tells, as lines of the log `apostol.postgres`.
 *
 * @module
 */
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
      return log.debug("Connection {pid} opened in {took} ms", { ...event });
    case "connection.closed":
      return log.debug("Connection {pid} closed: {reason}", { ...event });
    case "connection.failed":
      return log.warn("No connection to the database: {message}; next try in {delay} ms", {
        ...event,
        message: event.error.message,
      });
    case "warm_up.failed":
      return log.warn("Warm-up statement failed: {message}", {
        sql: event.sql,
        message: event.error.message,
      });
    case "listen.restored":
      return log.info("Notifications are heard again on {channels} channels", { ...event });
    case "listen.lost":
      return log.warn("Notifications are not heard: {message}", { message: event.error.message });
    case "notice":
      if (notices) log.info("{severity}: {message}", { ...event });
  }
}
