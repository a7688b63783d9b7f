/**
 * Notifications: one LISTEN connection a process, shared by all subscribers.
 *
 * The hub is at rest until someone subscribes; then it connects, and again whenever the connection
 * is lost, after 50 ms at first and 2 s at most. Having reconnected it listens to every channel
 * again and hands each subscriber a `missed` notice, for what was sent meanwhile is gone: whoever
 * gets one looks into the tables. It asks for a sign of life every 5 seconds, because a connection
 * that only receives would never notice that its peer is gone.
 *
 * @module
 */
import { toError } from "../errors.ts";
import { Link } from "./_link.ts";
import type { WatchTimes } from "./_monitor.ts";
import type { ConnectionOptions } from "./connection.ts";
import type { DatabaseEvent } from "./database.ts";
import { DatabaseUnavailableError } from "./errors.ts";

const FIRST_DELAY = 50; // milliseconds
const LARGEST_DELAY = 2000; // milliseconds
const CAPACITY = 1000; // notices kept for one subscriber; more become one `missed`
const FIRST_WAIT = 10_000; // milliseconds that `subscribe` waits for the first connection

/** What a subscriber receives. */
export type Notice =
  /** Somebody sent a notification. */
  | { readonly kind: "notice"; readonly channel: string; readonly payload: string }
  /** Notifications may have been lost: look for what was missed. */
  | { readonly kind: "missed"; readonly channel: string };

/** How long to wait for a notice. */
export interface NextOptions {
  /** Time to wait, in milliseconds. @default no limit */
  timeout?: number;
  /** Aborting it ends the wait. */
  signal?: AbortSignal;
}

/** What the hub needs. */
export interface ListenHubOptions {
  readonly connection: ConnectionOptions;
  readonly name: string;
  readonly watch: WatchTimes;
  readonly onEvent: (event: DatabaseEvent) => void;
}

/** One subscriber's queue of one channel. */
export class Subscription implements AsyncDisposable {
  /** Name of the channel. */
  readonly channel: string;
  readonly #onClose: (subscription: Subscription) => void;
  readonly #queue: Notice[] = [];
  #wake: (() => void) | null = null;
  #closed = false;

  /**
   * Makes a subscription that its maker pushes notices into.
   *
   * @param channel Name of the channel.
   * @param onClose Called once when the subscriber leaves.
   */
  constructor(channel: string, onClose: (subscription: Subscription) => void) {
    this.channel = channel;
    this.#onClose = onClose;
  }

  /** Returns the next notice; null when the time is over, the signal aborted, or this closed. */
  async next({ timeout, signal }: NextOptions = {}): Promise<Notice | null> {
    if (this.#queue.length === 0 && !this.#closed && !signal?.aborted) {
      await this.#wait(timeout, signal);
    }
    return this.#queue.shift() ?? null;
  }

  /** Iterates over the notices until the subscription is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Notice> {
    while (!this.#closed) {
      const notice = await this.next();
      if (notice !== null) yield notice;
    }
  }

  /** Ends the subscription. */
  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#wake?.();
      this.#onClose(this);
    }
    return Promise.resolve();
  }

  /** Ends the subscription. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Takes a notice from the hub. */
  push(notice: Notice): void {
    if (notice.kind === "missed" || this.#queue.length >= CAPACITY) {
      this.#queue.length = 0; // looking into the tables finds these as well
      this.#queue.push({ kind: "missed", channel: this.channel });
    } else {
      this.#queue.push(notice);
    }
    this.#wake?.();
  }

  #wait(timeout: number | undefined, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        this.#wake = null;
        resolve();
      };
      const timer = timeout === undefined ? undefined : setTimeout(done, timeout);
      signal?.addEventListener("abort", done, { once: true });
      this.#wake = done;
    });
  }
}

/** The hub of one process. */
export class ListenHub {
  readonly #options: ListenHubOptions;
  readonly #channels = new Map<string, Set<Subscription>>();
  #link: Link | null = null;
  #connecting: Promise<void> | null = null;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #lost = false;
  #closed = false;

  constructor(options: ListenHubOptions) {
    this.#options = options;
  }

  /**
   * Subscribes to a channel.
   *
   * When the server cannot be reached the subscription is made all the same: its first notice is
   * `missed`, as soon as the connection is there.
   */
  async subscribe(channel: string): Promise<Subscription> {
    if (this.#closed) throw new DatabaseUnavailableError("The pool is closed");
    const subscription = new Subscription(channel, this.#unsubscribe);
    const known = this.#channels.get(channel);
    if (known === undefined) this.#channels.set(channel, new Set([subscription]));
    else known.add(subscription);

    if (this.#link === null) {
      await this.#waitFor(this.#connect());
    } else if (known === undefined) {
      await this.#link.simple(`LISTEN ${quoteChannel(channel)}`).catch(() => {}); // see #onClosed
    }
    return subscription;
  }

  /** Closes the connection and every subscription. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retryTimer);
    for (const subscriptions of this.#channels.values()) {
      for (const subscription of [...subscriptions]) await subscription.close();
    }
    await this.#connecting;
    clearInterval(this.#heartbeat);
    await this.#link?.close();
  }

  readonly #unsubscribe = (subscription: Subscription): void => {
    const { channel } = subscription;
    const subscriptions = this.#channels.get(channel);
    subscriptions?.delete(subscription);
    if (subscriptions === undefined || subscriptions.size > 0) return;
    this.#channels.delete(channel);
    if (this.#closed) return;
    this.#link?.simple(`UNLISTEN ${quoteChannel(channel)}`).catch(() => {}); // gone with the session
  };

  #connect(): Promise<void> {
    if (this.#retryTimer !== undefined) return Promise.resolve();
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #open(): Promise<void> {
    const { connection, name, onEvent } = this.#options;
    try {
      const link = await Link.open(connection, {
        settings: { application_name: name },
        onNotify: (channel, payload) => this.#deliver({ kind: "notice", channel, payload }),
        onClose: this.#onClosed,
      });
      this.#link = link;
      let listening = 0;
      // Channels may be added while the others are being listened to.
      while (listening < this.#channels.size) {
        listening = this.#channels.size;
        const statements = [...this.#channels.keys()].map((name) => `LISTEN ${quoteChannel(name)}`);
        await link.simple(statements.join("; "));
      }
      this.#attempts = 0;
      this.#heartbeat = setInterval(this.#beat, this.#options.watch.silence);
    } catch (thrown) {
      this.#link?.destroy("it could not listen");
      this.#link = null;
      this.#retry(toError(thrown));
      return;
    }
    if (this.#lost) {
      this.#lost = false;
      onEvent({ kind: "listen.restored", channels: this.#channels.size });
      for (const channel of this.#channels.keys()) this.#deliver({ kind: "missed", channel });
    }
  }

  readonly #beat = async (): Promise<void> => {
    const link = this.#link;
    if (link !== null && !await link.ping(this.#options.watch.answer)) {
      link.destroy("it gave no sign of life");
    }
  };

  readonly #onClosed = (link: Link): void => {
    clearInterval(this.#heartbeat);
    if (this.#link !== link || this.#closed) return;
    this.#link = null;
    this.#retry(new DatabaseUnavailableError(link.ended ?? "closed"));
  };

  #retry(error: Error): void {
    if (this.#closed) return;
    if (!this.#lost) this.#options.onEvent({ kind: "listen.lost", error });
    this.#lost = true;
    const delay = Math.min(FIRST_DELAY * 2 ** this.#attempts++, LARGEST_DELAY) *
      (0.75 + Math.random() / 4);
    this.#retryTimer ??= setTimeout(() => {
      this.#retryTimer = undefined;
      if (this.#channels.size > 0) void this.#connect();
    }, delay);
  }

  #deliver(notice: Notice): void {
    for (const subscription of this.#channels.get(notice.channel) ?? []) subscription.push(notice);
  }

  async #waitFor(connected: Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FIRST_WAIT);
    });
    await Promise.race([connected, late]);
    clearTimeout(timer);
  }
}

function quoteChannel(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
