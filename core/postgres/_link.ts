/**
 * One connection: opened once, used by one caller at a time, never opened again.
 *
 * @module
 */
import postgres from "postgres";
import { type DatabaseError, DatabaseUnavailableError, toDatabaseError } from "./errors.ts";
import { CONNECT_TIMEOUT, type ConnectionOptions } from "./connection.ts";
import { DRIVER_TYPES, encodeParameter } from "./_parameters.ts";
import { type DriverSocket, openSocket } from "./_socket.ts";

/** What a link tells and how its session is set up. */
export interface LinkOptions {
  /** Server settings of the session, sent with the connection request: no round trip. */
  settings?: Readonly<Record<string, string>>;
  onNotice?: (notice: { severity?: string; message?: string }) => void;
  onNotify?: (channel: string, payload: string) => void;
  /** Called once when an open link has ended, whoever ended it. */
  onClose?: (link: Link) => void;
  /** Most statements sent ahead of their answers. @default 100 */
  pipeline?: number;
}

/** Rows as the driver returns them. */
interface DriverResult extends Array<unknown> {
  command?: string;
}

/** The part of the driver's query object that is used here. */
interface DriverQuery extends Promise<DriverResult> {
  raw(): DriverQuery;
  values(): DriverQuery;
}

const PREPARED = { prepare: true } as const;
const UNKNOWN_STARTUP_PARAMETER = /unsupported startup parameter/i;

/** An open connection. */
export class Link {
  /** When it was opened, in milliseconds of `performance.now()`. */
  readonly openedAt = performance.now();
  /** When the oldest statement under way was sent; 0 when there is none. */
  busySince = 0;
  /** When the server last answered. */
  answeredAt = this.openedAt;
  /** Whoever holds the link; an attribute of the pool. */
  lent = false;
  #client: postgres.Sql;
  #socket: DriverSocket;
  #pid = 0;
  #underWay = 0;
  #ended: string | null = null;

  private constructor(client: postgres.Sql, socket: DriverSocket) {
    this.#client = client;
    this.#socket = socket;
  }

  /**
   * Opens a connection and waits until the server is ready for statements.
   *
   * A pooler such as PgBouncer may refuse the settings; then it is tried once more without them.
   *
   * @throws {DatabaseUnavailableError} If the server cannot be reached in time.
   * @throws {DatabaseError} If it refuses: wrong password, unknown database.
   */
  static async open(connection: ConnectionOptions, options: LinkOptions = {}): Promise<Link> {
    try {
      return await Link.#open(connection, options);
    } catch (thrown) {
      const refused = UNKNOWN_STARTUP_PARAMETER.test(textOf(thrown));
      if (!refused || options.settings === undefined) throw thrown;
      const { application_name = "apostol" } = options.settings;
      return await Link.#open(connection, { ...options, settings: { application_name } });
    }
  }

  static async #open(connection: ConnectionOptions, options: LinkOptions): Promise<Link> {
    let socket: DriverSocket | undefined;
    let abandoned = false;
    let opened = false;
    let link: Link | undefined;
    const connect = async () => {
      if (opened) throw new Error("The connection was lost");
      opened = true;
      socket = await openSocket(connection);
      if (abandoned) socket.destroy();
      return socket;
    };
    const client = postgres({
      host: connection.host,
      port: connection.port,
      database: connection.database,
      user: connection.user,
      password: connection.password,
      max: 1,
      max_pipeline: options.pipeline ?? 100,
      ssl: false,
      connect_timeout: 0,
      idle_timeout: 0,
      max_lifetime: 0,
      fetch_types: false,
      no_subscribe: true,
      keep_alive: 0,
      backoff: false,
      connection: { application_name: "apostol", ...options.settings },
      types: DRIVER_TYPES,
      transform: { undefined: null },
      onnotice: (notice: Record<string, string>) => options.onNotice?.(notice),
      onnotify: (channel: string, payload: string) => options.onNotify?.(channel, payload),
      onclose: () => link !== undefined && link.#onClosed(options),
      socket: connect,
    } as unknown as postgres.Options<Record<string, never>>);
    const { connectTimeout = CONNECT_TIMEOUT } = connection;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        abandoned = true;
        socket?.destroy();
        reject(new DatabaseUnavailableError(`No answer within ${connectTimeout} ms`));
      }, connectTimeout);
    });
    const first = client.unsafe("SELECT pg_backend_pid()").values();
    try {
      const rows = await Promise.race([first, timeout]);
      link = new Link(client, socket!);
      link.#pid = Number(rows[0]![0]);
      return link;
    } catch (thrown) {
      abandoned = true;
      first.catch(() => {}); // its fault is the one that is thrown, or came after the timeout
      socket?.destroy();
      throw toDatabaseError(thrown);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Process id of the server's side. */
  get pid(): number {
    return this.#pid;
  }

  /** Why the link has ended; null while it can be used. */
  get ended(): string | null {
    return this.#ended;
  }

  /** Runs a prepared statement and returns the bytes of its columns. */
  async raw(sql: string, params: readonly unknown[]): Promise<(Uint8Array | null)[][]> {
    return await this.#run(this.#prepare(sql, params).raw()) as (Uint8Array | null)[][];
  }

  /** Runs a prepared statement and returns its rows as objects. */
  async rows(sql: string, params: readonly unknown[]): Promise<unknown[]> {
    return [...await this.#run(this.#prepare(sql, params))];
  }

  /** Runs a prepared statement and returns its rows as arrays. */
  async values(sql: string, params: readonly unknown[]): Promise<unknown[][]> {
    return [...await this.#run(this.#prepare(sql, params).values())] as unknown[][];
  }

  /** Runs a text without parameters and returns the tag of its (last) command, such as `COMMIT`. */
  async simple(sql: string): Promise<string> {
    const result = await this.#run(this.#client.unsafe(sql) as unknown as DriverQuery);
    return result.command ?? "";
  }

  /** Asks the server for a sign of life. An answer that is an error is one too. */
  async ping(timeout: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), timeout);
    });
    const answer = this.simple("").then(() => true, () => this.#ended === null);
    const alive = await Promise.race([answer, late]);
    clearTimeout(timer);
    return alive;
  }

  /** Ends the session in order: what is under way is finished first. */
  async close(reason = "closed"): Promise<void> {
    if (this.#ended !== null) return;
    this.#ended = reason;
    await this.#client.end();
  }

  /** Cuts the connection; statements under way fail with `DatabaseUnavailableError`. */
  destroy(reason: string): void {
    if (this.#ended === null) this.#ended = reason;
    this.#socket.destroy();
  }

  #prepare(sql: string, params: readonly unknown[]): DriverQuery {
    const encoded = params.map(encodeParameter) as never[];
    return this.#client.unsafe(sql, encoded, PREPARED) as unknown as DriverQuery;
  }

  async #run(query: DriverQuery): Promise<DriverResult> {
    if (this.#ended !== null) throw new DatabaseUnavailableError(this.#ended);
    if (this.#underWay++ === 0) this.busySince = performance.now();
    try {
      return await query;
    } catch (thrown) {
      throw toDatabaseError(thrown);
    } finally {
      this.answeredAt = performance.now();
      if (--this.#underWay === 0) this.busySince = 0;
      else this.busySince = this.answeredAt;
    }
  }

  #onClosed(options: LinkOptions): void {
    this.#ended ??= "the server closed the connection";
    options.onClose?.(this);
  }
}

function textOf(thrown: unknown): string {
  const error = thrown as DatabaseError & { detail?: unknown };
  return `${error.message} ${JSON.stringify(error.detail ?? "")}`;
}
