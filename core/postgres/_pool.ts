/**
 * A set of connections and the queue of those who wait for one.
 *
 * A connection is opening, idle, lent, or gone. Opening ends in idle, or in gone when the server
 * cannot be reached: the next attempt then waits, 50 ms at first and 2 s at most, and callers
 * wait with it. Lent ends in idle when it is given back, or in gone when it broke meanwhile, was
 * cut by the monitor, or is older than its lifetime. Gone is final: the pool opens another one.
 *
 * Only when the server has been out of reach for longer than the acquire timeout do callers fail at
 * once, so that a restart of the server is waited for and a long outage does not pile them up.
 *
 * @module
 */
import { toError } from "../errors.ts";
import { Link } from "./_link.ts";
import { monitorPool, type WatchTimes } from "./_monitor.ts";
import { CONNECT_TIMEOUT } from "./connection.ts";
import type { DatabaseEvent, DatabaseOptions } from "./database.ts";
import { DatabaseUnavailableError, PoolTimeoutError } from "./errors.ts";

const FIRST_DELAY = 50; // milliseconds before the second attempt to connect
const LARGEST_DELAY = 2000; // milliseconds
const RETRY_TIMEOUT = 4000; // milliseconds to connect once an attempt has failed
const LIFETIME = 45 * 60_000; // milliseconds, ±25 %: plan caches of a session only ever grow
const CLOSE_TIMEOUT = 5000; // milliseconds

/** Options of a pool with every default filled in. */
export type PoolOptions =
  & Required<Omit<DatabaseOptions, "listenConnection" | "watch">>
  & { readonly watch: WatchTimes };

/** Someone who waits for a connection. */
interface Waiter {
  readonly since: number;
  resolve(link: Link): void;
  reject(error: Error): void;
}

/** The pool. */
export class Pool {
  readonly options: PoolOptions;
  readonly #links = new Set<Link>();
  readonly #idle: Link[] = [];
  readonly #waiters: Waiter[] = [];
  readonly #settings: Readonly<Record<string, string>>;
  readonly #stopMonitor: () => void;
  #opening = 0;
  #attempts = 0;
  #failedSince = 0;
  #lastFault: Error | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #waitTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #onDrained: (() => void) | null = null;

  constructor(options: PoolOptions) {
    this.options = options;
    this.#settings = sessionSettings(options);
    this.#stopMonitor = monitorPool(this);
    this.fill();
  }

  /** Every open connection. */
  get links(): ReadonlySet<Link> {
    return this.#links;
  }

  /** Connections that nobody uses, the one used last at the end. */
  get idle(): readonly Link[] {
    return this.#idle;
  }

  get waiting(): number {
    return this.#waiters.length;
  }

  /** Lends a connection. */
  acquire(): Promise<Link> | Link {
    const link = this.#idle.pop();
    if (link !== undefined) {
      link.lent = true;
      return link;
    }
    if (this.#closed) return Promise.reject(new DatabaseUnavailableError("The pool is closed"));
    const { acquireTimeout } = this.options;
    if (this.#failedSince > 0 && performance.now() - this.#failedSince > acquireTimeout) {
      return Promise.reject(new DatabaseUnavailableError("Cannot connect", this.#lastFault));
    }
    return new Promise((resolve, reject) => {
      this.#waiters.push({ since: performance.now(), resolve, reject });
      this.#waitTimer ??= setTimeout(this.#expire, acquireTimeout);
      this.#grow();
    });
  }

  /** Takes a connection back. */
  release(link: Link): void {
    link.lent = false;
    if (link.ended !== null) return;
    if (this.#closed) {
      void this.retire(link, "the pool is closed");
    } else if (performance.now() - link.openedAt > LIFETIME * (0.75 + (link.pid % 64) / 128)) {
      void this.retire(link, "it reached its lifetime");
      this.fill();
    } else {
      this.#offer(link);
    }
  }

  /** Closes a connection in order. */
  async retire(link: Link, reason: string): Promise<void> {
    this.#forget(link);
    await link.close(reason).catch(() => {}); // it may break while it is being closed
  }

  /** Opens a connection beside the pool, for a sign of life. */
  async probe<T>(timeout: number, ask: (link: Link) => Promise<T>): Promise<T> {
    const connection = { ...this.options.connection, connectTimeout: timeout };
    const link = await Link.open(connection, { settings: this.#settings });
    const timer = setTimeout(() => link.destroy("a probe had no answer"), timeout);
    try {
      return await ask(link);
    } finally {
      clearTimeout(timer);
      await link.close().catch(() => {}); // a probe that broke has told what it had to
    }
  }

  /** Opens connections until there are `min`. */
  fill(): void {
    while (!this.#closed && this.#retryTimer === undefined) {
      if (this.#links.size + this.#opening >= this.options.min) return;
      void this.#open();
    }
  }

  /** Waits for lent connections (5 seconds at most) and closes all. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopMonitor();
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#waitTimer);
    this.#rejectWaiters(() => true, () => new DatabaseUnavailableError("The pool is closed"));
    for (const link of this.#idle.splice(0)) void this.retire(link, "the pool is closed");
    await this.#drained(CLOSE_TIMEOUT);
    for (const link of [...this.#links]) link.destroy("the pool is closed");
    await this.#drained(CLOSE_TIMEOUT);
  }

  #drained(timeout: number): Promise<void> {
    if (this.#links.size + this.#opening === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeout);
      this.#onDrained = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #grow(): void {
    if (this.#closed || this.#retryTimer !== undefined) return;
    while (
      this.#opening < this.#waiters.length &&
      this.#links.size + this.#opening < this.options.max
    ) {
      void this.#open();
    }
  }

  async #open(): Promise<void> {
    this.#opening++;
    const { connectTimeout = CONNECT_TIMEOUT, ...rest } = this.options.connection;
    // An attempt that began while the peer was silent must not outlast the silence by much.
    const patience = this.#attempts > 0 ? Math.min(connectTimeout, RETRY_TIMEOUT) : connectTimeout;
    const connection = { ...rest, connectTimeout: patience };
    const started = performance.now();
    try {
      const link = await Link.open(connection, {
        settings: this.#settings,
        onClose: this.#onLinkClosed,
        onNotice: ({ severity = "", message = "" }) =>
          this.#tell({ kind: "notice", severity, message }),
      });
      this.#links.add(link);
      await this.#warmUp(link);
      this.#failedSince = this.#attempts = 0;
      this.#lastFault = null;
      this.#tell({ kind: "connection.opened", pid: link.pid, took: performance.now() - started });
      this.#opening--;
      if (this.#closed) await this.retire(link, "the pool is closed");
      else if (link.ended === null) this.#offer(link);
      if (this.#waiters.length > 0) this.#grow();
    } catch (thrown) {
      this.#opening--;
      this.#failed(toError(thrown));
    }
    this.#signalDrained();
  }

  async #warmUp(link: Link): Promise<void> {
    for (const { sql, params = [] } of this.options.warmUp) {
      try {
        await link.raw(sql, params);
      } catch (thrown) {
        if (link.ended !== null) throw thrown;
        this.#tell({ kind: "warm_up.failed", sql, error: toError(thrown) });
      }
    }
  }

  #failed(error: Error): void {
    this.#lastFault = error;
    if (this.#failedSince === 0) this.#failedSince = performance.now();
    if (this.#closed || this.#retryTimer !== undefined) return;
    const attempt = ++this.#attempts;
    const delay = Math.min(FIRST_DELAY * 2 ** (attempt - 1), LARGEST_DELAY) *
      (0.75 + Math.random() / 4);
    this.#tell({ kind: "connection.failed", attempt, delay, error });
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      this.fill();
      this.#grow();
      // With `min` connections open and nobody waiting there is nothing left to find out.
      if (this.#opening === 0) this.#failedSince = this.#attempts = 0;
    }, delay);
  }

  #offer(link: Link): void {
    const waiter = this.#waiters.shift();
    if (waiter === undefined) {
      this.#idle.push(link);
    } else {
      link.lent = true;
      waiter.resolve(link);
    }
  }

  readonly #onLinkClosed = (link: Link): void => {
    const reason = link.ended ?? "closed";
    this.#forget(link);
    this.#tell({ kind: "connection.closed", pid: link.pid, reason });
    if (!this.#closed) {
      this.fill();
      this.#grow();
    }
    this.#signalDrained();
  };

  #forget(link: Link): void {
    this.#links.delete(link);
    const at = this.#idle.indexOf(link);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#signalDrained();
  }

  #signalDrained(): void {
    if (this.#links.size + this.#opening === 0) this.#onDrained?.();
  }

  /** Every caller waits for the same time, so the first of the queue is always the next to expire. */
  readonly #expire = (): void => {
    this.#waitTimer = undefined;
    const { acquireTimeout } = this.options;
    const now = performance.now();
    const fault = this.#lastFault;
    this.#rejectWaiters(
      (waiter) => now - waiter.since >= acquireTimeout - 1,
      () =>
        fault === null
          ? new PoolTimeoutError(acquireTimeout, this.#describe())
          : new DatabaseUnavailableError("Cannot connect", fault),
    );
    const next = this.#waiters[0];
    if (next !== undefined) {
      this.#waitTimer = setTimeout(this.#expire, next.since + acquireTimeout - now);
    }
  };

  #rejectWaiters(match: (waiter: Waiter) => boolean, makeError: () => Error): void {
    while (this.#waiters.length > 0 && match(this.#waiters[0]!)) {
      this.#waiters.shift()!.reject(makeError());
    }
  }

  /** A listener that throws must not be taken for a connection that fails. */
  #tell(event: DatabaseEvent): void {
    try {
      this.options.onEvent(event);
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown;
      });
    }
  }

  #describe(): string {
    return `${this.#links.size} open, ${this.#idle.length} idle, ${this.#opening} opening`;
  }
}

/** Settings of every session; the platform's functions rely on none of them for being right. */
function sessionSettings({ name, statementTimeout }: PoolOptions): Record<string, string> {
  return {
    application_name: name,
    plan_cache_mode: "force_generic_plan",
    jit: "off",
    statement_timeout: String(statementTimeout),
    idle_in_transaction_session_timeout: "60000",
    client_min_messages: "notice",
  };
}
