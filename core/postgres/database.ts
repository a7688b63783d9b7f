/**
 * What the program sees of its database: statements in, rows or bytes out.
 *
 * @module
 */
import type { WatchTimes } from "./_monitor.ts";
import type { ConnectionOptions } from "./connection.ts";
import type { Subscription } from "./listen_hub.ts";

/** A value that may be bound to `$1`, `$2`, ... of a hot statement. */
export type RawParameter = string | number | boolean | null;

/** How many connections there are, and how many requests wait for one. */
export interface PoolStats {
  /** Connections that are open. */
  readonly open: number;
  /** Open connections that nobody uses at this moment. */
  readonly idle: number;
  /** Requests that wait for a connection. */
  readonly waiting: number;
}

/**
 * A pool of connections, or one transaction of it.
 *
 * Values are bound as text and get their type from the statement. Arrays become array literals,
 * or JSON where the parameter is `json` or `jsonb`; objects become JSON; a string that is bound to
 * a JSON parameter is taken for JSON text. No statement is ever sent twice: one that was under way
 * when its connection broke fails with `DatabaseUnavailableError`.
 */
export interface Database {
  /** Returns all rows as objects. `bigint` is a number while it is safe, else text; times are Dates. */
  rows<T = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  /** Returns the first row as an object, or null. */
  row<T = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<T | null>;
  /** Returns the first column of the first row, or null. */
  value<T = unknown>(sql: string, params?: readonly unknown[]): Promise<T | null>;
  /** Returns the first column of all rows. */
  column<T = unknown>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  /**
   * Returns the bytes of every column as the server sent them (text format, UTF-8), unparsed.
   *
   * The arrays are views into receive buffers that are not used again: they may be kept.
   */
  raw(sql: string, params?: readonly RawParameter[]): Promise<(Uint8Array | null)[][]>;
  /**
   * Runs a function in a transaction: committed when it returns, rolled back when it throws.
   * Inside a transaction it makes a savepoint.
   */
  begin<T>(fn: (tx: Database) => Promise<T>): Promise<T>;
  /** Subscribes to a notification channel through the one LISTEN connection of this process. */
  listen(channel: string): Promise<Subscription>;
  /** Tells whether the database answers now; never throws and takes 2 seconds at most. */
  ready(): Promise<boolean>;
  /** The pool at this moment. */
  readonly stats: PoolStats;
  /** Waits for what is under way (5 seconds at most), then closes every connection. */
  close(): Promise<void>;
}

/** A statement that every new connection prepares and runs once before anyone waits for it. */
export interface WarmUpStatement {
  /** Exactly the text that will be sent later: a prepared statement is found by its text. */
  readonly sql: string;
  /** Values that make it harmless. */
  readonly params?: readonly RawParameter[];
}

/** What is worth telling about a pool. */
export type DatabaseEvent =
  /** A connection was opened and warmed up. */
  | { kind: "connection.opened"; pid: number; took: number }
  /** A connection was closed by us, by the server, or was found dead. */
  | { kind: "connection.closed"; pid: number; reason: string }
  /** No connection could be opened; the next attempt follows after `delay` milliseconds. */
  | { kind: "connection.failed"; attempt: number; delay: number; error: Error }
  /** A warm-up statement failed; the connection is used all the same. */
  | { kind: "warm_up.failed"; sql: string; error: Error }
  /** The LISTEN connection is back; subscribers look for what they missed. */
  | { kind: "listen.restored"; channels: number }
  /** The LISTEN connection was lost. */
  | { kind: "listen.lost"; error: Error }
  /** The server sent a notice. */
  | { kind: "notice"; severity: string; message: string };

/** How a pool behaves. */
export interface DatabaseOptions {
  /** Where the database is. */
  readonly connection: ConnectionOptions;
  /** Where LISTEN goes, when `connection` is a pooler in transaction mode. @default connection */
  readonly listenConnection?: ConnectionOptions;
  /** Shown in `pg_stat_activity`. @default "apostol" */
  readonly name?: string;
  /** Connections kept open. @default 2 */
  readonly min?: number;
  /** Most connections. @default 10 */
  readonly max?: number;
  /** Time to wait for a free connection, in milliseconds. @default 2000 */
  readonly acquireTimeout?: number;
  /** Time for one statement, in milliseconds; 0 for no limit. @default 30000 */
  readonly statementTimeout?: number;
  /** Run once on every new connection. @default [] */
  readonly warmUp?: readonly WarmUpStatement[];
  /** How fast dead peers are found. @default within 12 seconds */
  readonly watch?: Partial<WatchTimes>;
  /** Is told what happens. */
  readonly onEvent?: (event: DatabaseEvent) => void;
}
