/**
 * What the tests of this folder share: a server of their own, and a way to break connections.
 *
 * @module
 */
import type { ConnectionOptions } from "./connection.ts";
import { EmbeddedPostgres } from "./embedded.ts";
import { Link } from "./_link.ts";

const SETTING = "plan_cache_mode";

/** A server in a temporary folder; disposing of it stops it and removes the folder. */
export interface TestServer extends AsyncDisposable {
  readonly server: EmbeddedPostgres;
  readonly data: string;
  readonly connection: ConnectionOptions;
}

/** Starts the embedded server in a folder of its own. */
export async function testServer(port = 0): Promise<TestServer> {
  const data = await Deno.makeTempDir({ prefix: "apostol-test-" });
  const server = await EmbeddedPostgres.start({ data, port, password: "secret", durable: false });
  return {
    server,
    data,
    connection: server.connection,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await Deno.remove(data, { recursive: true });
    },
  };
}

/** Runs statements on a connection of their own. */
export async function execute(connection: ConnectionOptions, sql: string): Promise<void> {
  const link = await Link.open(connection);
  try {
    await link.simple(sql);
  } finally {
    await link.close();
  }
}

/** Returns the first column of the first row, asked on a connection of its own. */
export async function ask(connection: ConnectionOptions, sql: string): Promise<unknown> {
  const link = await Link.open(connection);
  try {
    return (await link.values(sql, []))[0]?.[0];
  } finally {
    await link.close();
  }
}

/** Waits until a condition holds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  patience = 10_000,
): Promise<void> {
  const end = performance.now() + patience;
  while (!await condition()) {
    if (performance.now() > end) throw new Error(`It did not come about within ${patience} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A TCP proxy before the server that can behave badly. */
export class TestProxy implements AsyncDisposable {
  /** Swallow everything, as a dead peer does. */
  silent = false;
  /** Refuse a connection that asks for settings, as PgBouncer does. */
  refusesSettings = false;
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #open = new Set<Deno.Conn>();
  readonly #path: string;
  readonly #done: Promise<void>;

  constructor({ host, port }: ConnectionOptions) {
    this.#path = `${host}/.s.PGSQL.${port}`;
    this.#done = this.#accept();
  }

  /** The same server, through the proxy. */
  connection(direct: ConnectionOptions): ConnectionOptions {
    const { port } = this.#listener.addr as Deno.NetAddr;
    return { ...direct, host: "127.0.0.1", port, sslmode: "disable" };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const conn of this.#open) close(conn);
    await this.#done;
  }

  async #accept(): Promise<void> {
    const pumps: Promise<void>[] = [];
    for await (const client of this.#listener) {
      const server = await Deno.connect({ transport: "unix", path: this.#path });
      this.#open.add(client).add(server);
      pumps.push(this.#pump(client, server), this.#pump(server, client));
    }
    await Promise.all(pumps);
  }

  async #pump(from: Deno.Conn, to: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(65_536);
    const decoder = new TextDecoder();
    try {
      for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
        if (this.silent) continue;
        if (this.refusesSettings && decoder.decode(buffer.subarray(0, count)).includes(SETTING)) {
          await from.write(errorResponse(`unsupported startup parameter: ${SETTING}`));
          break;
        }
        for (let sent = 0; sent < count;) sent += await to.write(buffer.subarray(sent, count));
      }
    } catch {
      // One of the two was cut, which is what the proxy is for.
    }
    // A peer that is gone does not say goodbye either.
    if (!this.silent) { for (const conn of [from, to]) close(conn); }
  }
}

/** A message of the server's: FATAL, with the code of a violated protocol. */
function errorResponse(message: string): Uint8Array {
  const fields = ["SFATAL", "VFATAL", "C08P01", `M${message}`, ""].join("\0") + "\0";
  const body = new TextEncoder().encode(fields);
  const bytes = new Uint8Array(5 + body.length);
  bytes[0] = "E".charCodeAt(0);
  new DataView(bytes.buffer).setInt32(1, 4 + body.length);
  bytes.set(body, 5);
  return bytes;
}

function close(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch {
    // Closed already.
  }
}
