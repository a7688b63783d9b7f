/**
 * Where a database is, in one form, whatever the configuration gave: an address of the form
 * `postgres://`, a libpq connection string, or separate values.
 *
 * @module
 */
import { AppError } from "../errors.ts";

/** How far a connection is encrypted and the server's certificate checked, as libpq names it. */
export type SslMode = "disable" | "allow" | "prefer" | "require" | "verify-ca" | "verify-full";

/** Everything needed to open a connection. */
export interface ConnectionOptions {
  /** Host name, address, or the folder of a Unix socket (begins with a slash). */
  readonly host: string;
  /** Port; of a Unix socket the number in its name. */
  readonly port: number;
  /** Name of the database. */
  readonly database: string;
  /** Login role. */
  readonly user: string;
  /** Its password; empty when the server asks for none. */
  readonly password: string;
  /** Encryption of TCP connections; a Unix socket has none. @default "prefer" */
  readonly sslmode?: SslMode;
  /** File with the certificates that the server's is checked against. */
  readonly sslrootcert?: string;
  /** Time to connect, in milliseconds. @default 10000 */
  readonly connectTimeout?: number;
}

/** Values of a connection, any of which may be missing. */
export type PartialConnection = { -readonly [K in keyof ConnectionOptions]?: ConnectionOptions[K] };

/** Time to connect when none is given, in milliseconds. */
export const CONNECT_TIMEOUT = 10_000;

const SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

/**
 * Reads a connection string: `postgres://user:password@host:port/name?sslmode=…` or
 * `host=… port=… dbname=… user=… password=…`.
 *
 * @throws {AppError} If it cannot be read; the message does not repeat it, for it may hold a
 * password.
 */
export function parseConninfo(text: string): PartialConnection {
  return /^postgres(ql)?:\/\//i.test(text) ? parseUrl(text) : parseKeywords(text);
}

function parseUrl(text: string): PartialConnection {
  // The host may be a percent-encoded folder, or empty: both are more than URL accepts.
  const match = /^[a-z]+:\/\/(?:([^@/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(text);
  if (match === null) throw unreadable("it is not of the form postgres://user:password@host/name");
  const [, login = "", address = "", database = "", query = ""] = match;
  if (address.includes(",")) throw unreadable("more than one host is not supported");
  const values: Record<string, string> = {};
  const colon = login.indexOf(":");
  put(values, "user", decode(colon < 0 ? login : login.slice(0, colon)));
  if (colon >= 0) put(values, "password", decode(login.slice(colon + 1)));
  const place = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(address);
  if (place === null) throw unreadable("the port is not a number");
  put(values, "host", decode((place[1] ?? "").replace(/^\[|\]$/g, "")));
  put(values, "port", place[2] ?? "");
  put(values, "dbname", decode(database));
  for (const [key, value] of new URLSearchParams(query)) put(values, key, value);
  return fromValues(values);
}

function parseKeywords(text: string): PartialConnection {
  const values: Record<string, string> = {};
  const pattern = /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)/gy;
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const match = pattern.exec(text);
    if (match === null) throw unreadable("it is not of the form key=value key=value");
    put(values, match[1]!, (match[2] ?? match[3] ?? "").replaceAll(/\\(.)/g, "$1"));
  }
  return fromValues(values);
}

function fromValues(values: Record<string, string>): PartialConnection {
  const options: PartialConnection = {};
  const host = values["hostaddr"] ?? values["host"];
  if (host !== undefined) options.host = host;
  if (values["port"] !== undefined) options.port = readPort(values["port"]);
  if (values["dbname"] !== undefined) options.database = values["dbname"];
  if (values["user"] !== undefined) options.user = values["user"];
  if (values["password"] !== undefined) options.password = values["password"];
  if (values["sslmode"] !== undefined) options.sslmode = readSslMode(values["sslmode"]);
  if (values["sslrootcert"] !== undefined) options.sslrootcert = values["sslrootcert"];
  if (values["connect_timeout"] !== undefined) {
    const seconds = Number(values["connect_timeout"]);
    if (seconds > 0) options.connectTimeout = seconds * 1000;
  }
  return options;
}

/** Reads `sslmode` of the configuration, where true is `require` and false `disable`. */
export function readSslMode(value: string | boolean): SslMode {
  if (typeof value === "boolean") return value ? "require" : "disable";
  if (!SSL_MODES.includes(value)) {
    throw unreadable(`sslmode must be one of ${SSL_MODES.join(", ")}, is ${value}`);
  }
  return value as SslMode;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw unreadable(`the port must be 1 to 65535, is ${text}`);
  }
  return port;
}

function put(values: Record<string, string>, key: string, value: string): void {
  if (value !== "") values[key] = value;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable("a % is not followed by two hexadecimal digits");
  }
}

function unreadable(reason: string): AppError {
  return new AppError("CONFIG", `Cannot read database connection string: ${reason}`);
}

/** Describes a connection for people, without its password. */
export function describeConnection(options: ConnectionOptions): string {
  const { host, port, database, user } = options;
  return `${user}@${host.startsWith("/") ? host : `${host}:${port}`}/${database}`;
}

/** The path of the Unix socket, or null when the host is reached by TCP. */
export function socketPath(options: Pick<ConnectionOptions, "host" | "port">): string | null {
  return options.host.startsWith("/") ? `${options.host}/.s.PGSQL.${options.port}` : null;
}
