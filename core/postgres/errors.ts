/**
 * What can go wrong between the program and its database.
 *
 * @module
 */
import { AppError } from "../errors.ts";

/** Facts of a server's error report; for the log only. */
export interface ServerReport {
  /** The server's own sentence. */
  message: string;
  /** `ERROR`, `FATAL` or `PANIC`. */
  severity?: string;
  /** More of the fault, often with values of rows. */
  detail?: string;
  /** What might help. */
  hint?: string;
  /** Call stack of the functions that were running. */
  where?: string;
  /** Schema of the object that the fault is about. */
  schema?: string;
  /** Table that the fault is about. */
  table?: string;
  /** Column that the fault is about. */
  column?: string;
  /** Constraint that was violated. */
  constraint?: string;
  /** Function of the server's source that raised it. */
  routine?: string;
}

/** The shape in which the driver reports an error of the server. */
interface DriverError extends Error {
  code?: string;
  severity?: string;
  detail?: string;
  hint?: string;
  where?: string;
  position?: string;
  schema_name?: string;
  table_name?: string;
  column_name?: string;
  constraint_name?: string;
  routine?: string;
}

/**
 * A statement that the server refused.
 *
 * `message` is safe to show: the text of errors that functions raise on purpose (SQLSTATE class
 * `P0`), a general sentence for all others. What the server said is in `report`.
 */
export class DatabaseError extends AppError {
  /** Name of the class, for logs. */
  override name = "DatabaseError";
  /** Five characters, such as `23505`. */
  readonly sqlstate: string;
  /** Everything that the server told; never sent to a client. */
  readonly report: ServerReport;
  /** Where in the statement the server saw the fault: characters from 1; null when it is unknown. */
  readonly position: number | null;

  /**
   * Makes the error of a statement.
   *
   * @param sqlstate Code of the fault.
   * @param report What the server told.
   * @param options HTTP status (500 unless given), place in the statement, and the driver's error.
   */
  constructor(sqlstate: string, report: ServerReport, options: {
    status?: number;
    position?: number | null;
    cause?: unknown;
  } = {}) {
    const { status = 500, position = null, cause } = options;
    const message = sqlstate.startsWith("P0") ? report.message : `Database error ${sqlstate}`;
    super(`SQL-${sqlstate}`, message, { status, detail: report, cause });
    this.sqlstate = sqlstate;
    this.report = report;
    this.position = position;
  }

  /** The server's own sentence; for the log only. */
  get serverMessage(): string {
    return this.report.message;
  }
}

/** No connection became free in time. */
export class PoolTimeoutError extends AppError {
  /** Name of the class, for logs. */
  override name = "PoolTimeoutError";

  /**
   * Makes the error of a caller that waited in vain.
   *
   * @param waited How long was waited, in milliseconds.
   * @param detail State of the pool; goes to the log.
   */
  constructor(waited: number, detail?: unknown) {
    super("DB-POOL-TIMEOUT", `No database connection became free within ${waited} ms`, {
      status: 504,
      detail,
    });
  }
}

/** The database cannot be reached, or the connection was lost while a statement ran. */
export class DatabaseUnavailableError extends AppError {
  /** Name of the class, for logs. */
  override name = "DatabaseUnavailableError";

  /**
   * Makes the error of a connection that is not there.
   *
   * @param reason What happened; goes to the log.
   * @param cause The fault that was seen.
   */
  constructor(reason: string, cause?: unknown) {
    super("DB-UNAVAILABLE", "The database is not available", {
      status: 503,
      detail: reason,
      cause,
    });
  }
}

/** An installation, update or patch that cannot be done; the message says what to do. */
export class InstallError extends AppError {
  /** Name of the class, for logs. */
  override name = "InstallError";

  /**
   * Makes the error of an installation.
   *
   * @param code Stable identifier of the fault.
   * @param message What is wrong and what to do.
   * @param options Facts for the log.
   */
  constructor(code: string, message: string, options: { detail?: unknown; cause?: unknown } = {}) {
    super(code, message, { status: 500, ...options });
  }
}

// 57P01..3: the server stops, crashed or starts; 57P05: it closed an idle session; 53300: it has
// no connection left. Class 08 is the connection itself.
const UNAVAILABLE = new Set(["57P01", "57P02", "57P03", "57P04", "57P05", "53300"]);
const STATEMENT_TIMEOUT = "57014";
const NO_RESOURCES = "53"; // disk full, out of memory
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * Returns what a driver's call threw as an error of this module.
 *
 * @param thrown An error of the driver, of the socket, or already one of ours.
 */
export function toDatabaseError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const error = thrown as DriverError;
  const state = error?.code ?? "";
  // The driver names its own faults in words (CONNECTION_CLOSED); only a SQLSTATE has 5 characters.
  const fromServer = SQLSTATE.test(state) && error.severity !== undefined;
  if (!fromServer) {
    return new DatabaseUnavailableError(describe(error), thrown);
  }
  if (UNAVAILABLE.has(state) || state.startsWith("08")) {
    return new DatabaseUnavailableError(`${error.message} (SQLSTATE ${state})`, thrown);
  }
  return new DatabaseError(state, reportOf(error), {
    status: state === STATEMENT_TIMEOUT ? 504 : state.startsWith(NO_RESOURCES) ? 503 : 500,
    position: error.position === undefined ? null : Number(error.position),
    cause: thrown,
  });
}

function describe(error: DriverError): string {
  const text = error instanceof Error ? error.message : String(error);
  return error?.code === undefined || text.includes(error.code) ? text : `${error.code}: ${text}`;
}

function reportOf(error: DriverError): ServerReport {
  const report: ServerReport = { message: error.message };
  const add = (key: keyof ServerReport, value: string | undefined) => {
    if (value !== undefined) report[key] = value;
  };
  add("severity", error.severity);
  add("detail", error.detail);
  add("hint", error.hint);
  add("where", error.where);
  add("schema", error.schema_name);
  add("table", error.table_name);
  add("column", error.column_name);
  add("constraint", error.constraint_name);
  add("routine", error.routine);
  return report;
}
