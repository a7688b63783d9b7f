/**
 * The database: pool, notifications, the embedded server, and the installer.
 *
 * @module
 */
export {
  type ConnectionOptions,
  describeConnection,
  parseConninfo,
  type PartialConnection,
  type SslMode,
} from "./connection.ts";
export {
  connectionFor,
  type ConnectionRole,
  databaseOptions,
  installOptions,
  updateOptions,
  usesEmbedded,
} from "./configured.ts";
export type {
  Database,
  DatabaseEvent,
  DatabaseOptions,
  PoolStats,
  RawParameter,
  WarmUpStatement,
} from "./database.ts";
export type { WatchTimes } from "./_monitor.ts";
export { type EmbeddedLog, type EmbeddedOptions, EmbeddedPostgres } from "./embedded.ts";
export type { EmbeddedFolders } from "./embedded_folder.ts";
export {
  DatabaseError,
  DatabaseUnavailableError,
  InstallError,
  PoolTimeoutError,
  type ServerReport,
} from "./errors.ts";
export {
  type InstallOptions,
  type InstallPhase,
  type InstallProgress,
  type InstallResult,
  type LoginRole,
  SCHEMA_VERSION,
  type UpdateOptions,
} from "./install_options.ts";
export { type InstallationState, installationState } from "./install_state.ts";
export { createDatabase, createSchema, dropDatabase, install } from "./installer.ts";
export type { NextOptions, Notice, Subscription } from "./listen_hub.ts";
export { openDatabase } from "./pool.ts";
export { ScriptError } from "./script_runner.ts";
export { folderSource, type SqlSource, sqlSource } from "./sql_source.ts";
export {
  initialise,
  patch,
  type PatchOptions,
  type PatchStatus,
  patchStatus,
  update,
  updateApi,
} from "./updater.ts";
