/**
 * The pool of connections as the program uses it.
 *
 * @module
 */
import type { Link } from "./_link.ts";
import { WATCH_TIMES } from "./_monitor.ts";
import { Pool, type PoolOptions } from "./_pool.ts";
import type { Database, DatabaseOptions, PoolStats, RawParameter } from "./database.ts";
import { DatabaseUnavailableError } from "./errors.ts";
import { ListenHub, type Subscription } from "./listen_hub.ts";
import { Transaction } from "./transaction.ts";

const READY_TIMEOUT = 2000; // milliseconds
const FRESH = 500; // milliseconds for which an answer proves that the server is there

/**
 * Opens a pool. Connections are made in the background; the first call waits for one.
 *
 * @throws {RangeError} If a number of the options is out of range.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const pool: PoolOptions = {
    connection: options.connection,
    name: options.name ?? "apostol",
    min: options.min ?? 2,
    max: options.max ?? 10,
    acquireTimeout: options.acquireTimeout ?? 2000,
    statementTimeout: options.statementTimeout ?? 30_000,
    warmUp: options.warmUp ?? [],
    watch: { ...WATCH_TIMES, ...options.watch },
    onEvent: options.onEvent ?? (() => {}),
  };
  checkRange("max", pool.max, 1);
  checkRange("min", pool.min, 0);
  checkRange("acquireTimeout", pool.acquireTimeout, 1);
  checkRange("statementTimeout", pool.statementTimeout, 0);
  if (pool.min > pool.max) {
    throw new RangeError(`Cannot open pool: "min" must be ${pool.max} or less, is ${pool.min}`);
  }
  return new PooledDatabase(pool, options.listenConnection ?? options.connection);
}

function checkRange(name: string, value: number, low: number): void {
  if (value >= low && Number.isInteger(value)) return;
  throw new RangeError(`Cannot open pool: "${name}" must be ${low} or more, is ${value}`);
}

/** A pool; every call borrows one connection for as long as it runs. */
class PooledDatabase implements Database {
  readonly #pool: Pool;
  readonly #listenConnection: DatabaseOptions["connection"];
  #hub: ListenHub | null = null;

  constructor(options: PoolOptions, listenConnection: DatabaseOptions["connection"]) {
    this.#pool = new Pool(options);
    this.#listenConnection = listenConnection;
  }

  async rows<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return await this.#with((link) => link.rows(sql, params)) as T[];
  }

  async row<T>(sql: string, params: readonly unknown[] = []): Promise<T | null> {
    const [row = null] = await this.#with((link) => link.rows(sql, params));
    return row as T | null;
  }

  async value<T>(sql: string, params: readonly unknown[] = []): Promise<T | null> {
    const [row] = await this.#with((link) => link.values(sql, params));
    return (row?.[0] ?? null) as T | null;
  }

  async column<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    const rows = await this.#with((link) => link.values(sql, params));
    return rows.map((row) => row[0] as T);
  }

  async raw(
    sql: string,
    params: readonly RawParameter[] = [],
  ): Promise<(Uint8Array | null)[][]> {
    return await this.#with((link) => link.raw(sql, params));
  }

  async begin<T>(fn: (tx: Database) => Promise<T>): Promise<T> {
    return await this.#with((link) => Transaction.run(link, fn));
  }

  async listen(channel: string): Promise<Subscription> {
    const { name, watch, onEvent } = this.#pool.options;
    this.#hub ??= new ListenHub({
      connection: this.#listenConnection,
      name: `${name} listen`,
      watch,
      onEvent,
    });
    return await this.#hub.subscribe(channel);
  }

  async ready(): Promise<boolean> {
    const now = performance.now();
    for (const link of this.#pool.links) {
      if (link.ended === null && now - link.answeredAt < FRESH) return true;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), READY_TIMEOUT);
    });
    const answer = this.#with((link) => link.ping(READY_TIMEOUT)).catch(() => false);
    const ready = await Promise.race([answer, late]);
    clearTimeout(timer);
    return ready;
  }

  get stats(): PoolStats {
    const { links, idle, waiting } = this.#pool;
    return { open: links.size, idle: idle.length, waiting };
  }

  async close(): Promise<void> {
    await Promise.all([this.#hub?.close(), this.#pool.close()]);
  }

  async #with<T>(use: (link: Link) => Promise<T>): Promise<T> {
    const link = await this.#pool.acquire();
    // It may have broken between being lent and this line; nothing was sent yet.
    if (link.ended !== null) {
      this.#pool.release(link);
      throw new DatabaseUnavailableError(link.ended);
    }
    try {
      return await use(link);
    } finally {
      this.#pool.release(link);
    }
  }
}
