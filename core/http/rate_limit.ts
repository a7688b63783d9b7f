/**
 * How often one client may ask: a bucket of tokens for each key, in memory.
 *
 * @module
 */

/** Settings of a {@linkcode RateLimit}. */
export interface RateLimitOptions {
  /** Requests that may come at once. */
  burst: number;
  /** Requests a second in the long run. */
  rate: number;
  /** Most keys that are remembered; above it the longest unseen are forgotten. @default 10000 */
  maxKeys?: number;
}

interface Bucket {
  tokens: number;
  /** When `tokens` was right, in milliseconds. */
  at: number;
}

/** Counts requests by key. */
export class RateLimit {
  readonly #burst: number;
  readonly #rate: number;
  readonly #maxKeys: number;
  readonly #buckets = new Map<string, Bucket>();

  /** Makes a limit that nobody has used yet. */
  constructor({ burst, rate, maxKeys = 10_000 }: RateLimitOptions) {
    if (!(burst >= 1 && rate > 0)) {
      throw new RangeError(`Cannot limit: "burst" must be 1 or more, is ${burst}`);
    }
    this.#burst = burst;
    this.#rate = rate;
    this.#maxKeys = maxKeys;
  }

  /**
   * Takes one request from a key's allowance.
   *
   * @param now Present time, in milliseconds.
   * @returns 0 when it may go on, else the seconds after which it may be tried again.
   */
  take(key: string, now: number = performance.now()): number {
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, at: now };
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.#maxKeys) {
      this.#buckets.delete(this.#buckets.keys().next().value!);
    }
    const earned = (now - bucket.at) / 1000 * this.#rate;
    bucket.tokens = Math.min(this.#burst, bucket.tokens + earned);
    bucket.at = now;
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / this.#rate);
    bucket.tokens -= 1;
    return 0;
  }
}
