/**
 * A transaction on one connection.
 *
 * @module
 */
import type { Link } from "./_link.ts";
import type { Database, PoolStats, RawParameter } from "./database.ts";
import { DatabaseError } from "./errors.ts";
import type { Subscription } from "./listen_hub.ts";

/** The {@linkcode Database} that the function given to `begin` works with. */
export class Transaction implements Database {
  readonly #link: Link;
  readonly #depth: number;
  #over = false;

  private constructor(link: Link, depth: number) {
    this.#link = link;
    this.#depth = depth;
  }

  /** Runs a function between BEGIN and COMMIT; what it throws rolls back and is thrown on. */
  static async run<T>(link: Link, fn: (tx: Database) => Promise<T>): Promise<T> {
    await link.simple("BEGIN");
    const tx = new Transaction(link, 0);
    let result: T;
    try {
      result = await fn(tx);
    } catch (thrown) {
      tx.#over = true;
      await rollback(link);
      throw thrown;
    }
    tx.#over = true;
    // A function that swallowed a failed statement would otherwise believe in a commit.
    if (await link.simple("COMMIT") !== "COMMIT") {
      throw new DatabaseError("25P02", {
        message: "The transaction was rolled back: a statement in it had failed",
      });
    }
    return result;
  }

  async rows<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return await this.#use().rows(sql, params) as T[];
  }

  async row<T>(sql: string, params: readonly unknown[] = []): Promise<T | null> {
    const [row = null] = await this.#use().rows(sql, params);
    return row as T | null;
  }

  async value<T>(sql: string, params: readonly unknown[] = []): Promise<T | null> {
    const [row] = await this.#use().values(sql, params);
    return (row?.[0] ?? null) as T | null;
  }

  async column<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    const rows = await this.#use().values(sql, params);
    return rows.map((row) => row[0] as T);
  }

  async raw(
    sql: string,
    params: readonly RawParameter[] = [],
  ): Promise<(Uint8Array | null)[][]> {
    return await this.#use().raw(sql, params);
  }

  async begin<T>(fn: (tx: Database) => Promise<T>): Promise<T> {
    const link = this.#use();
    const depth = this.#depth + 1;
    const savepoint = `apostol_${depth}`;
    await link.simple(`SAVEPOINT ${savepoint}`);
    const inner = new Transaction(link, depth);
    try {
      const result = await fn(inner);
      inner.#over = true;
      await link.simple(`RELEASE SAVEPOINT ${savepoint}`);
      return result;
    } catch (thrown) {
      inner.#over = true;
      if (link.ended === null) await link.simple(`ROLLBACK TO SAVEPOINT ${savepoint}`);
      throw thrown;
    }
  }

  listen(_channel: string): Promise<Subscription> {
    return Promise.reject(new TypeError("Cannot listen in a transaction: use the pool"));
  }

  ready(): Promise<boolean> {
    return Promise.resolve(!this.#over && this.#link.ended === null);
  }

  get stats(): PoolStats {
    return { open: 1, idle: 0, waiting: 0 };
  }

  close(): Promise<void> {
    return Promise.reject(new TypeError("Cannot close a transaction: it ends with its function"));
  }

  #use(): Link {
    if (this.#over) throw new TypeError("Cannot run statement: the transaction is over");
    return this.#link;
  }
}

/** Rolls back; a connection on which that fails is of no use to anybody. */
async function rollback(link: Link): Promise<void> {
  if (link.ended !== null) return;
  try {
    await link.simple("ROLLBACK");
  } catch {
    link.destroy("a rollback failed");
  }
}
