/**
 * One client connection: who it is from, and whether something happens on it.
 *
 * @module
 */
import type { RequestContext } from "../module.ts";

/** A clock that many read and one sets: asking the system at every request would cost more. */
export interface CoarseClock {
  /** A moment that is not before the present one, in milliseconds of `performance.now()`. */
  now: number;
}

/**
 * What is known of a connection.
 *
 * It is busy while a request is handled or a long reply is held; since when it is idle tells the
 * listener when to close it. A connection whose first request never comes whole is idle as well:
 * that is how slow senders of headers are found.
 */
export class Connection implements RequestContext {
  readonly peer: string;
  /** Requests in hand and long replies under way. */
  busy = 0;
  /** Requests answered so far. */
  requests = 0;
  /** When the last thing happened, by the clock. */
  lastActive: number;
  /** The body of its last request was not read to its end: it may never come to another. */
  refused = false;
  /** Taken over by a WebSocket: not ours to close any more. */
  upgraded = false;
  /** Called when the connection becomes idle. */
  onIdle: (() => void) | undefined = undefined;
  readonly #clock: CoarseClock;

  /** @param peer Address of the other end. */
  constructor(peer: string, clock: CoarseClock) {
    this.peer = peer;
    this.#clock = clock;
    this.lastActive = clock.now;
  }

  /** Marks the begin of a request or of a long reply. */
  begin(): void {
    this.busy++;
  }

  /** Marks its end. */
  end(): void {
    this.busy--;
    this.lastActive = this.#clock.now;
    if (this.busy === 0) this.onIdle?.();
  }
}

/**
 * Keeps the connection of a request open while a long reply is sent.
 *
 * @param context As handed to the module.
 * @returns Lets go; to be called once, when the reply has ended in whatever way.
 */
export function holdConnection(context: RequestContext): () => void {
  if (!(context instanceof Connection)) return () => {};
  context.begin();
  let held = true;
  return () => {
    if (held) context.end();
    held = false;
  };
}
