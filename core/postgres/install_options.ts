/**
 * What an installation is made of.
 *
 * @module
 */
import type { ConnectionOptions } from "./connection.ts";
import type { SqlSource } from "./sql_source.ts";

/** Version of the schema that this program installs and works with. */
export const SCHEMA_VERSION = "1";

/** Login roles that have a password. */
export type LoginRole = "kernel" | "admin" | "daemon" | "apibot";

/** The parts of an installation, in their order. */
export type InstallPhase =
  | "wait"
  | "roles"
  | "database"
  | "patch"
  | "platform"
  | "configuration"
  | "finish";

/** How far an installation is. */
export interface InstallProgress {
  /** Part that is being done. */
  readonly phase: InstallPhase;
  /** File whose statements are sent now; empty when the phase has none. */
  readonly file: string;
  /** Number of the file, from 1. */
  readonly index: number;
  /** How many files there are in all phases. */
  readonly total: number;
}

/** What every command on an installed database needs. */
export interface UpdateOptions {
  /** Connection of the role `kernel`, which owns everything. */
  readonly connection: ConnectionOptions;
  /** Where the scripts are. */
  readonly source: SqlSource;
  /** Folder under `configuration/`. @default "apostol" */
  readonly configuration?: string;
  /** Is told how far it is. */
  readonly onProgress?: (progress: InstallProgress) => void;
  /** How long locks that a running server holds are waited for, in milliseconds. @default 60000 */
  readonly patience?: number;
}

/** What the first installation needs. */
export interface InstallOptions {
  /** Connection of a superuser; its database is not used. */
  readonly superuser: ConnectionOptions;
  /** Name of the database that is made. */
  readonly database: string;
  /** Where the scripts are. */
  readonly source: SqlSource;
  /** Folder under `configuration/`. @default "apostol" */
  readonly configuration?: string;
  /** Settings that the scripts read, such as `project.code` and `password.admin`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Passwords that the login roles get. */
  readonly passwords: Readonly<Record<LoginRole, string>>;
  /** Drop a database of that name with everything in it. @default false */
  readonly force?: boolean;
  /** Is told how far it is. */
  readonly onProgress?: (progress: InstallProgress) => void;
}

/** What was done. */
export interface InstallResult {
  /** False when everything was there already. */
  readonly changed: boolean;
  /** Schema version of the database now. */
  readonly version: string;
  /** Files whose statements were run. */
  readonly files: number;
  /** Time that it took, in milliseconds. */
  readonly took: number;
}
