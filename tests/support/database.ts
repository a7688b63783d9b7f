/**
 * A database of its own for each test: a copy of one that was installed once.
 *
 * @module
 */
import postgres from "postgres";
import { testCluster } from "./cluster.ts";

/** Name of the installed database that tests copy. */
export const TEMPLATE = "apostol_template";
/** Password of the user `admin` in the template. */
export const ADMIN_PASSWORD = "admin";
/** Secret of the client `web-example.com` in the template. */
export const WEB_SECRET = "client_secret_web";
/** Secret of the client `service-example.com` in the template. */
export const SERVICE_SECRET = "client_secret_service";

/** A reply of the server's database function: what an HTTP client would get. */
export interface Reply {
  status: number;
  rows: number;
  // deno-lint-ignore no-explicit-any -- replies have the shape that the test expects
  body: any;
}

let counter = 0;

/** A copy of the installed database; disposing of it drops it. */
export class TestDatabase implements AsyncDisposable {
  readonly name: string;
  /** The superuser's connection. */
  readonly sql: postgres.Sql;

  constructor(name: string) {
    this.name = name;
    this.sql = connect(name);
  }

  /** The first column of the first row, or null. */
  // deno-lint-ignore no-explicit-any -- the test knows what it asked for
  async value<T = any>(statement: string, params: unknown[] = []): Promise<T | null> {
    const rows = await this.sql.unsafe(statement, params as never[]).values();
    return (rows[0]?.[0] ?? null) as T | null;
  }

  /** All rows as objects. */
  // deno-lint-ignore no-explicit-any -- the test knows what it asked for
  async rows<T = Record<string, any>>(statement: string, params: unknown[] = []): Promise<T[]> {
    return [...await this.sql.unsafe(statement, params as never[])] as unknown as T[];
  }

  /** Opens a session with the password grant and returns its access token. */
  async signIn(username = "admin", password = ADMIN_PASSWORD): Promise<string> {
    const reply = await this.token({ grant_type: "password", username, password });
    if (typeof reply.access_token !== "string") {
      throw new Error(`Cannot sign ${username} in: ${JSON.stringify(reply)}`);
    }
    return reply.access_token;
  }

  /** Calls the token endpoint's database function as the client `web-example.com`. */
  // deno-lint-ignore no-explicit-any -- replies have the shape that the test expects
  async token(payload: Record<string, unknown>, secret = WEB_SECRET): Promise<any> {
    return await this.value(
      "SELECT daemon.token('web-example.com', $1, $2::text::jsonb, 'test', '127.0.0.1')",
      [secret, JSON.stringify(payload)],
    );
  }

  /**
   * Calls a route as the HTTP server does.
   *
   * @param token Access token, or null for an anonymous call.
   * @param path Path after `/api/v1`.
   */
  async call(
    token: string | null,
    path: string,
    payload?: unknown,
    method = "POST",
  ): Promise<Reply> {
    const [row] = await this.rows<{ row_count: number; status: number; body: string | null }>(
      `SELECT row_count, status, body
         FROM daemon.call($1, $2, NULL, $3, $4, $5::text::jsonb, 'test', '127.0.0.1')`,
      [
        token === null ? "none" : "bearer",
        token,
        method,
        `/api/v1${path}`,
        payload === undefined ? null : JSON.stringify(payload),
      ],
    );
    if (row === undefined) throw new Error("daemon.call returned no row");
    const text = row.body ?? "";
    const body = row.row_count === 1 || row.status !== 200
      ? JSON.parse(text)
      : JSON.parse(`[${text}]`);
    return { status: row.status, rows: row.row_count, body };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sql.end({ timeout: 5 });
    await dropDatabase(this.name);
  }
}

/** Runs statements that must not stand in the database they are about. */
export async function administer(...statements: string[]): Promise<void> {
  const sql = connect("postgres");
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Drops a database of the test cluster, if it exists. */
export async function dropDatabase(name: string): Promise<void> {
  await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** Copies the installed database. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${Deno.pid}_${++counter}`;
  await administer(
    `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER kernel`,
    // Settings of a database are not copied with it.
    `ALTER DATABASE ${name} SET search_path = kernel, public`,
    `ALTER DATABASE ${name} SET timezone = 'UTC'`,
  );
  return new TestDatabase(name);
}

/**
 * One copy of the installed database for those tests of a file that leave no trace in it: made
 * before the first test, dropped after the last.
 *
 * @returns Hands out the copy, within a test.
 */
export function sharedDatabase(): () => TestDatabase {
  let shared: TestDatabase | undefined;
  Deno.test.beforeAll(async () => {
    shared = await testDatabase();
  });
  Deno.test.afterAll(async () => {
    await shared?.[Symbol.asyncDispose]();
  });
  return () => {
    if (shared === undefined) throw new Error("The shared database is there only within a test");
    return shared;
  };
}

function connect(database: string): postgres.Sql {
  const { host, port, user, password } = testCluster();
  return postgres({
    host,
    port,
    user,
    password,
    database,
    max: 4,
    onnotice: () => {},
    types: {
      json: { to: 114, from: [114, 3802], serialize: JSON.stringify, parse: JSON.parse },
    } as never,
  });
}
