/**
 * The database: pool, notifications, the embedded server, and the installer.
 *
 * @module
 */
export {
  type ConnectionOptions,
  describeConnection,
  parseConninfo,
  type SslMode,
} from "./connection.ts";
export type {
  Database,
  DatabaseEvent,
  DatabaseOptions,
  PoolStats,
  RawParameter,
  WarmUpStatement,
} from "./database.ts";
export {
  DatabaseError,
  DatabaseUnavailableError,
  InstallError,
  PoolTimeoutError,
  type ServerReport,
} from "./errors.ts";
export type { NextOptions, Notice, Subscription } from "./listen_hub.ts";
export { openDatabase } from "./pool.ts";
