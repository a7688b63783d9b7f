/**
 * One time limit for many waits.
 *
 * A timer for each request would cost more than reading its body. All waits of one
 * {@linkcode Deadlines} have the same limit, so they end in the order in which they began, and one
 * coarse clock looks at the oldest only.
 *
 * @module
 */

interface Wait {
  until: number;
  expire: () => void;
}

/** Ends waits that take longer than a limit. */
export class Deadlines {
  readonly #limit: number;
  readonly #waits = new Set<Wait>();
  #clock: ReturnType<typeof setInterval> | undefined;

  /** @param limit Longest wait, in milliseconds; 0 sets none. */
  constructor(limit: number) {
    if (!(limit >= 0)) {
      throw new RangeError(`Cannot set a deadline: "limit" must be 0 or more, is ${limit}`);
    }
    this.#limit = limit;
  }

  /**
   * Calls `expire` once the limit is over, up to a quarter of it late, unless ended before.
   *
   * @returns Ends the wait; may be called at any time, more than once.
   */
  begin(expire: () => void): () => void {
    if (this.#limit === 0) return ended;
    const wait = { until: performance.now() + this.#limit, expire };
    this.#waits.add(wait);
    this.#clock ??= setInterval(this.#look, Math.min(1000, Math.max(10, this.#limit / 4)));
    return () => void this.#waits.delete(wait);
  }

  readonly #look = (): void => {
    const now = performance.now();
    for (const wait of this.#waits) {
      if (wait.until > now) return;
      this.#waits.delete(wait);
      wait.expire();
    }
    clearInterval(this.#clock);
    this.#clock = undefined;
  };
}

function ended(): void {
  // Nothing was begun: there is no limit.
}
