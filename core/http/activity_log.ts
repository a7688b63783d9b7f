/**
 * The request log and the last-seen stamps, written in batches behind the requests.
 *
 * A read call writes nothing itself: what is to be known of it waits here and goes to
 * `daemon.flush_activity` each second, or sooner when many rows wait. The queue is bounded in rows
 * and in characters. While the database is away rows wait; when the bound is reached the oldest
 * are dropped and counted.
 *
 * @module
 */
import { toError } from "../errors.ts";
import { getLogger } from "../log.ts";
import { type Database, DatabaseError } from "../postgres/mod.ts";
import { MAX_PAYLOAD, redactPayload } from "./redact.ts";

const FLUSH = "SELECT daemon.flush_activity(($1::text)::jsonb, ($2::text)::jsonb)";

/** A session's stamp moves at most once in this time, in milliseconds. */
const STAMP_INTERVAL = 60_000;

/** Sessions whose last stamp is remembered; above it the older half is forgotten. */
const MAX_STAMPS = 20_000;

const log = getLogger(["apostol", "http", "activity"]);

/** One routed call. */
export interface Activity {
  /** When the call began, in milliseconds since 1970. */
  datetime: number;
  /** HTTP method. */
  method: string;
  /** Raw path of the request. */
  path: string;
  /** JSON text as it was sent; secrets are taken out before it is written. */
  payload: string | null;
  /** How long the call took, in milliseconds. */
  runtime: number;
  /** Code of the session that called; null for an anonymous call. */
  session: string | null;
  /** Row of the event log that describes the failure; null for a success. */
  eventid: string | null;
  /** Client address; null when it is not known. */
  host: string | null;
  /** What the client calls itself; empty when it does not. */
  agent: string;
}

/** Settings of an {@linkcode ActivityLog}. */
export interface ActivityOptions {
  /** Time between flushes, in milliseconds. @default 1000 */
  interval?: number;
  /** Rows of one flush; as many waiting rows start one at once. @default 500 */
  batch?: number;
  /** Most rows that wait. @default 10000 */
  maxRows?: number;
  /** Most characters of payload that wait. @default 16777216 */
  maxCharacters?: number;
}

/** What an {@linkcode ActivityLog} has done so far. */
export interface ActivityStats {
  /** Rows that wait. */
  queued: number;
  /** Rows written. */
  written: number;
  /** Rows given up: the queue was full, or the database refused them. */
  dropped: number;
}

interface Stamp {
  session: string;
  agent: string;
  host: string | null;
  seen: string;
}

/** Collects request-log rows and last-seen stamps and writes them in batches. */
export class ActivityLog {
  readonly #db: Database;
  readonly #batch: number;
  readonly #maxRows: number;
  readonly #maxCharacters: number;
  readonly #interval: number;

  #queue: Activity[] = [];
  #characters = 0;
  #stamps = new Map<string, Stamp>();
  /** When each session was stamped last, in two generations; the older is forgotten as a whole. */
  #stamped = new Map<string, number>();
  #stampedBefore = new Map<string, number>();
  #written = 0;
  #dropped = 0;
  #failing = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #flushing: Promise<void> | undefined;

  /**
   * Makes an empty queue; `start` begins to empty it.
   *
   * @param db Pool that the rows are written through.
   */
  constructor(db: Database, options: ActivityOptions = {}) {
    const { interval = 1000, batch = 500, maxRows = 10_000, maxCharacters = 16_777_216 } = options;
    if (!(batch >= 1 && maxRows >= batch)) {
      throw new RangeError(
        `Cannot collect activity: "batch" must be from 1 to maxRows, is ${batch}`,
      );
    }
    this.#db = db;
    this.#interval = interval;
    this.#batch = batch;
    this.#maxRows = maxRows;
    this.#maxCharacters = maxCharacters;
  }

  /** What has been written and given up so far. */
  get stats(): ActivityStats {
    return { queued: this.#queue.length, written: this.#written, dropped: this.#dropped };
  }

  /** Begins to flush by the clock. */
  start(): void {
    this.#timer ??= setInterval(() => void this.flush(), this.#interval);
  }

  /** Writes what waits, once, and stops the clock. Rows that cannot be written are given up. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#flushing;
    await this.flush();
    this.#drop(this.#queue.length);
  }

  /** Notes one routed call; nothing is parsed or written here. */
  record(activity: Activity): void {
    if (weight(activity) > MAX_PAYLOAD) {
      // Held no longer than needed: a large body would stay in memory until the flush.
      activity.payload = JSON.stringify(redactPayload(activity.path, activity.payload));
    }
    this.#queue.push(activity);
    this.#characters += weight(activity);
    if (activity.session !== null) this.#stamp(activity.session, activity);
    if (this.#queue.length > this.#maxRows || this.#characters > this.#maxCharacters) {
      this.#drop(Math.max(1, this.#queue.length >> 3));
    }
    if (this.#queue.length >= this.#batch && !this.#failing) void this.flush();
  }

  /** Writes what waits, in batches; returns when all of it is written or the database failed. */
  flush(): Promise<void> {
    return this.#flushing ??= this.#flushAll().finally(() => this.#flushing = undefined);
  }

  #stamp(session: string, activity: Activity): void {
    const last = this.#stamped.get(session) ?? this.#stampedBefore.get(session) ?? 0;
    if (activity.datetime - last < STAMP_INTERVAL) return;
    if (this.#stamped.size >= MAX_STAMPS / 2) {
      this.#stampedBefore = this.#stamped;
      this.#stamped = new Map();
    }
    this.#stamped.set(session, activity.datetime);
    this.#stamps.set(session, {
      session,
      agent: activity.agent.slice(0, 1024),
      host: activity.host,
      seen: new Date(activity.datetime).toISOString(),
    });
    if (this.#stamps.size > this.#maxRows) this.#stamps.delete(first(this.#stamps)!);
  }

  async #flushAll(): Promise<void> {
    do {
      const rows = this.#take();
      const stamps = [...this.#stamps.values()];
      if (rows.length === 0 && stamps.length === 0) return;
      this.#stamps.clear();
      if (!await this.#write(rows, stamps)) return;
    } while (this.#queue.length >= this.#batch);
  }

  /** Writes one batch; false when the database could not be reached and the rest must wait. */
  async #write(rows: Activity[], stamps: Stamp[]): Promise<boolean> {
    const text = JSON.stringify(rows.map(toRow));
    try {
      await this.#db.raw(FLUSH, [text, JSON.stringify(stamps)]);
      this.#written += rows.length;
      this.#failing = false;
      return true;
    } catch (thrown) {
      const refused = thrown instanceof DatabaseError && isRefusal(thrown.sqlstate);
      this.#report(thrown, refused);
      if (!refused) {
        this.#putBack(rows, stamps);
        return false;
      }
      this.#dropped += rows.length;
      return true;
    }
  }

  #take(): Activity[] {
    const rows = this.#queue.splice(0, this.#batch);
    for (const row of rows) this.#characters -= weight(row);
    return rows;
  }

  #putBack(rows: Activity[], stamps: Stamp[]): void {
    this.#queue = rows.concat(this.#queue);
    for (const row of rows) this.#characters += weight(row);
    for (const stamp of stamps) {
      if (!this.#stamps.has(stamp.session)) this.#stamps.set(stamp.session, stamp);
    }
    const excess = this.#queue.length - this.#maxRows;
    if (excess > 0) this.#drop(excess);
  }

  #drop(count: number): void {
    for (const row of this.#queue.splice(0, count)) {
      this.#characters -= weight(row);
      this.#dropped++;
    }
  }

  /** Logs the first failure of a series; the metrics count the rest. */
  #report(thrown: unknown, refused: boolean): void {
    if (this.#failing && !refused) return;
    this.#failing = !refused;
    const { message } = toError(thrown);
    log.warn("Request log not written: {reason}; {outcome}", {
      reason: message,
      outcome: refused ? "the rows are dropped" : "the rows wait",
    });
  }
}

/** What a row counts for in the bound of characters. */
function weight(activity: Activity): number {
  return activity.payload === null ? 0 : activity.payload.length;
}

/** Tells whether the statement itself was refused, so that trying it again would not help. */
function isRefusal(sqlstate: string): boolean {
  return /^(?:0A|21|22|23|42|54|P0)/.test(sqlstate);
}

/** Makes the row that `daemon.flush_activity` reads. */
function toRow(activity: Activity): Record<string, unknown> {
  return {
    datetime: new Date(activity.datetime).toISOString(),
    method: activity.method.slice(0, 32),
    path: activity.path.slice(0, 2048),
    payload: redactPayload(activity.path, activity.payload),
    runtime: Math.round(activity.runtime * 1000) / 1000,
    session: activity.session,
    eventid: activity.eventid === null ? null : Number(activity.eventid),
    host: activity.host,
    agent: activity.agent.slice(0, 1024),
  };
}

function first<K>(map: Map<K, unknown>): K | undefined {
  return map.keys().next().value;
}
