/**
 * New tokens for expired cookies, without the client noticing.
 *
 * A page that wakes up sends several requests at once, all with the same expired cookies. They
 * share one refresh; requests of one session with other tokens wait for their turn. Requests that
 * reach another process are served by the grace period of the database.
 *
 * @module
 */
import { type IssuedTokens, RequestError } from "../../core/http/mod.ts";
import type { Database } from "../../core/postgres/mod.ts";
import type { Renewal } from "./credentials.ts";

const REFRESH = "SELECT daemon.refresh_token($1, $2)";

/** Tokens that were issued; the access token is there. */
export type RefreshedTokens = IssuedTokens & { access_token: string };

/** Refreshes tokens, one refresh at a time for a session. */
export class TokenRefresh {
  readonly #db: Database;
  /** Refreshes under way by the pair of tokens. */
  readonly #shared = new Map<string, Promise<RefreshedTokens>>();
  /** The last refresh of each session, settled or not. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Returns new tokens.
   *
   * @throws {RequestError} 401 when the database gives none: the tokens are of no use any more.
   */
  refresh(renewal: Renewal): Promise<RefreshedTokens> {
    const key = `${renewal.access} ${renewal.refresh}`;
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const before = this.#turns.get(renewal.session) ?? Promise.resolve();
    const mine = before.catch(ignore).then(() => this.#ask(renewal));
    this.#shared.set(key, mine);
    this.#turns.set(renewal.session, mine);
    const done = () => {
      this.#shared.delete(key);
      if (this.#turns.get(renewal.session) === mine) this.#turns.delete(renewal.session);
    };
    mine.then(done, done);
    return mine;
  }

  async #ask({ access, refresh }: Renewal): Promise<RefreshedTokens> {
    const [row] = await this.#db.raw(REFRESH, [access, refresh]);
    const bytes = row?.[0] ?? null;
    const result: unknown = bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
    const tokens = result as (IssuedTokens & { error?: unknown }) | null;
    if (tokens === null || tokens.error !== undefined || !tokens.access_token) {
      throw new RequestError(401, "The sign-in has expired", { detail: tokens?.error });
    }
    return tokens as RefreshedTokens;
  }
}

function ignore(): void {
  // Whoever asked for the refresh before has been told; this one is asked for anew.
}
