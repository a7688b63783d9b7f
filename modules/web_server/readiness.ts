/**
 * Readiness: may this process be sent requests?
 *
 * @module
 */
import { toError } from "../../core/errors.ts";
import { JSON_TYPE } from "../../core/http/mod.ts";
import { getLogger } from "../../core/log.ts";
import { type Database, SCHEMA_VERSION } from "../../core/postgres/mod.ts";

const READY = "SELECT daemon.ready()";

/** An answer is kept for this time: many may ask. */
const MAX_AGE = 500; // milliseconds

const log = getLogger(["apostol", "http", "readiness"]);

/** What `/readyz` says. */
interface Verdict {
  ready: boolean;
  /** `none` when the process runs without a database. */
  database: "ok" | "none" | "outdated" | "unavailable";
  /** Version of the installed schema. */
  version: string | null;
}

/** Asks the database, at most twice a second, and remembers the answer in between. */
export class Readiness {
  readonly #db: Database | undefined;
  #last: Promise<Verdict> | undefined;
  #asked = -Infinity;

  /** @param db Absent when the process runs without a database: it is always ready then. */
  constructor(db: Database | undefined) {
    this.#db = db;
  }

  /** Answers 200 when requests can be served, else 503. */
  async answer(): Promise<Response> {
    const now = performance.now();
    if (this.#last === undefined || now - this.#asked > MAX_AGE) {
      this.#asked = now;
      this.#last = this.#ask();
    }
    const verdict = await this.#last;
    return new Response(JSON.stringify(verdict), {
      status: verdict.ready ? 200 : 503,
      headers: { "content-type": JSON_TYPE, "cache-control": "no-store" },
    });
  }

  async #ask(): Promise<Verdict> {
    if (this.#db === undefined) return { ready: true, database: "none", version: null };
    try {
      const state = await this.#db.value<{ version: string | null }>(READY);
      const version = state?.version ?? null;
      const ready = version === SCHEMA_VERSION;
      return { ready, database: ready ? "ok" : "outdated", version };
    } catch (thrown) {
      log.debug("Not ready: {reason}", { reason: toError(thrown).message });
      return { ready: false, database: "unavailable", version: null };
    }
  }
}
