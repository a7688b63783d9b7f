/**
 * For tests: a server on a free port, and a client that sends whatever bytes it is told.
 *
 * @module
 */
import { type Config, loadConfig } from "../config.ts";
import { type Module, ModuleManager } from "../module.ts";
import { type Server, startServer } from "../server.ts";

/** A server that a test started; disposing stops it. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  readonly base: string;
  readonly server: Server;
}

/** Loads the default configuration with a free port and no files written. */
export async function testConfig(env: Record<string, string> = {}): Promise<Config> {
  const config = await loadConfig({ env, persist: false });
  return { ...config, server: { ...config.server, port: 0 } };
}

/** Starts modules on a free port. */
export async function testServer(modules: Module[], config?: Config): Promise<TestServer> {
  const manager = new ModuleManager(modules);
  await manager.start();
  const server = await startServer({ config: config ?? await testConfig(), manager });
  const { port } = server.addr;
  return {
    port,
    base: `http://127.0.0.1:${port}`,
    server,
    async [Symbol.asyncDispose]() {
      await server.stop(500);
      await manager.stop();
    },
  };
}

/** What came back on a raw connection. */
export interface RawAnswer {
  /** Everything that was read, as text. */
  text: string;
  /** HTTP status; 0 when the server closed without an answer. */
  status: number;
  /** Whether the server closed the connection within the time. */
  closed: boolean;
  /** How long it took, in milliseconds. */
  took: number;
}

/**
 * Sends text as it is and reads until the server closes, or the time is over.
 *
 * @param time Longest time to read, in milliseconds.
 */
export async function sendRaw(port: number, text: string, time = 1000): Promise<RawAnswer> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const started = performance.now();
  await connection.write(new TextEncoder().encode(text)).catch(() => {});
  return await readRaw(connection, started, time);
}

/** Reads from a connection until it is closed, or the time is over. */
export async function readRaw(
  connection: Deno.Conn,
  started: number,
  time: number,
): Promise<RawAnswer> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  let text = "";
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), Math.max(0, started + time - performance.now()));
  });
  while (!closed) {
    const count = await Promise.race([connection.read(buffer).catch(() => null), late]);
    if (count === "late") break;
    if (count === null) closed = true;
    else text += decoder.decode(buffer.subarray(0, count), { stream: true });
  }
  clearTimeout(timer);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  return { text, status, closed, took: performance.now() - started };
}
