/**
 * When a process that died is started again.
 *
 * At once, until more than three deaths follow each other quickly; then after 2, 4, 8, 16 and
 * from there on 30 seconds. A minute without a death ends that.
 *
 * @module
 */

/** Times of a {@linkcode RestartPolicy}, in milliseconds. */
export interface RestartTimes {
  /** A process that lived no longer died quickly. @default 2000 */
  window?: number;
  /** Quick deaths in a row that are forgiven. @default 3 */
  forgiven?: number;
  /** Waiting times; the last one is held. @default [2000, 4000, 8000, 16000, 30000] */
  delays?: readonly number[];
  /** Time without a death after which all is forgotten. @default 60000 */
  reset?: number;
}

/** What follows a death. */
export interface Verdict {
  /** Milliseconds until the next start. */
  delay: number;
  /** Deaths since the last quiet minute. */
  deaths: number;
  /** This death made it a crash loop: the longest delay is reached, for the first time. */
  looping: boolean;
  /** The process is in a crash loop; whoever tells of each death may be silent. */
  held: boolean;
}

/** Decides for one process. */
export class RestartPolicy {
  readonly #window: number;
  readonly #forgiven: number;
  readonly #delays: readonly number[];
  readonly #reset: number;
  #lastDeath = -Infinity;
  #quick = 0;
  #level = 0;
  #deaths = 0;

  constructor(times: RestartTimes = {}) {
    const { window = 2000, forgiven = 3, reset = 60_000 } = times;
    this.#delays = times.delays ?? [2000, 4000, 8000, 16_000, 30_000];
    this.#window = window;
    this.#forgiven = forgiven;
    this.#reset = reset;
  }

  /**
   * Notes a death.
   *
   * @param started When the process was started, by the clock of `now`.
   * @param now This moment, in milliseconds.
   */
  died(started: number, now: number): Verdict {
    const quiet = now - Math.max(started, this.#lastDeath);
    if (quiet >= this.#reset) this.#quick = this.#level = this.#deaths = 0;
    this.#lastDeath = now;
    this.#deaths++;
    this.#quick = now - started <= this.#window ? this.#quick + 1 : 1;
    if (this.#quick <= this.#forgiven && this.#level === 0) {
      return { delay: 0, deaths: this.#deaths, looping: false, held: false };
    }
    const last = this.#delays.length - 1;
    const delay = this.#delays[Math.min(this.#level, last)] ?? 0;
    const looping = this.#level === last;
    const held = this.#level > last;
    this.#level = Math.min(this.#level + 1, last + 1);
    return { delay, deaths: this.#deaths, looping, held };
  }
}
