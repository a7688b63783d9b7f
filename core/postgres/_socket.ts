/**
 * The byte stream under a connection.
 *
 * The driver's own socket is Node's, emulated; this one stands directly on Deno's, which serves
 * half as many statements again (38,000 against 26,000 a second, 10 connections, TCP). It also
 * connects once only: the driver would connect again by itself and run a statement in a session
 * that its caller never opened.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { EventEmitter } from "node:events";
import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions as TlsOptions } from "node:tls";
import { type ConnectionOptions, socketPath, type SslMode } from "./connection.ts";

const SLAB = 64 * 1024; // bytes; received bytes are handed out as views into such a piece
const SMALLEST_READ = 4 * 1024; // a new piece is begun when less than this is left

/** What the driver uses of a socket. */
export interface DriverSocket extends EventEmitter {
  readyState: string;
  write(bytes: Uint8Array, done?: () => void): boolean;
  end(bytes?: Uint8Array): void;
  destroy(): void;
}

/** Connects as the options say. The caller bounds the time and destroys what comes too late. */
export async function openSocket(options: ConnectionOptions): Promise<DriverSocket> {
  const path = socketPath(options);
  if (path !== null) return new PlainSocket(await Deno.connect({ transport: "unix", path }));
  const mode = options.sslmode ?? "prefer";
  if (mode === "disable" || mode === "allow") return await openPlain(options);
  const encrypted = await openEncrypted(options, mode);
  return encrypted === null ? await openPlain(options) : failingLoudly(encrypted);
}

async function openPlain({ host, port }: ConnectionOptions): Promise<PlainSocket> {
  const conn = await Deno.connect({ hostname: host, port });
  conn.setNoDelay(true);
  conn.setKeepAlive(true);
  return new PlainSocket(conn);
}

/**
 * Lets the driver reject every statement when the socket closes. It expects those of a socket that
 * failed to be rejected already; but Node's closes some time after it failed, and what was sent in
 * between would wait for ever.
 */
function failingLoudly(socket: DriverSocket): DriverSocket {
  const emit = socket.emit.bind(socket);
  socket.emit = (name, ...values) => emit(name, ...(name === "close" ? [false] : values));
  return socket;
}

/** A socket of the driver over a connection of Deno. */
class PlainSocket extends EventEmitter implements DriverSocket {
  readyState = "open";
  readonly #conn: Deno.Conn;
  readonly #queue: { bytes: Uint8Array; done: (() => void) | undefined }[] = [];
  #writing = false;
  #ending = false;

  constructor(conn: Deno.Conn) {
    super();
    this.#conn = conn;
    void this.#read();
  }

  write(bytes: Uint8Array, done?: () => void): boolean {
    if (this.readyState !== "open") return false;
    this.#queue.push({ bytes, done });
    if (!this.#writing) void this.#flush();
    return true;
  }

  /** Sends what is left and closes; the server's answer is not waited for. */
  end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.write(bytes);
    this.#ending = true;
    if (!this.#writing) this.destroy();
  }

  destroy(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    try {
      this.#conn.close();
    } catch {
      // Closed by the other side in the same moment.
    }
  }

  async #read(): Promise<void> {
    let failed = false;
    try {
      let slab = new Uint8Array(SLAB);
      let used = 0;
      while (this.readyState === "open") {
        if (SLAB - used < SMALLEST_READ) {
          slab = new Uint8Array(SLAB);
          used = 0;
        }
        const count = await this.#conn.read(slab.subarray(used));
        if (count === null) break;
        this.emit("data", Buffer.from(slab.buffer, used, count));
        used += count;
      }
    } catch (error) {
      if (this.readyState === "open") {
        failed = true;
        this.emit("error", error);
      }
    }
    this.destroy();
    this.emit("close", failed);
  }

  async #flush(): Promise<void> {
    this.#writing = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        for (let sent = 0; sent < next.bytes.length;) {
          sent += await this.#conn.write(sent === 0 ? next.bytes : next.bytes.subarray(sent));
        }
        next.done?.();
      }
    } catch {
      // The reading side sees the same fault and reports it.
      this.destroy();
    }
    this.#writing = false;
    if (this.#ending) this.destroy();
  }
}

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const ACCEPTED = 0x53; // "S"

/**
 * Asks the server for TLS before the first byte of the protocol, as its documents describe.
 *
 * @returns Null if it offers none and need not.
 */
async function openEncrypted(
  options: ConnectionOptions,
  mode: SslMode,
): Promise<DriverSocket | null> {
  const plain = connectPlain({ host: options.host, port: options.port });
  try {
    await event(plain, "connect");
    plain.setNoDelay(true);
    plain.setKeepAlive(true, 10_000);
    plain.write(SSL_REQUEST);
    const answer = await event(plain, "data") as Buffer;
    if (answer[0] !== ACCEPTED) {
      if (mode !== "prefer") throw new Error(`The server does not offer TLS, sslmode is ${mode}`);
      plain.destroy();
      return null;
    }
    return await handshake(plain, options, mode);
  } catch (error) {
    plain.on("error", () => {});
    plain.destroy();
    throw error;
  }
}

async function handshake(
  socket: Socket,
  options: ConnectionOptions,
  mode: SslMode,
): Promise<DriverSocket> {
  const verify = mode === "verify-ca" || mode === "verify-full";
  // The name that the certificate must have; without it any of `localhost` would do.
  const settings: TlsOptions = { socket, host: options.host, rejectUnauthorized: verify };
  if (isIP(options.host) === 0) settings.servername = options.host;
  if (options.sslrootcert !== undefined && options.sslrootcert !== "system") {
    settings.ca = await Deno.readTextFile(options.sslrootcert);
  }
  if (mode === "verify-ca") settings.checkServerIdentity = () => undefined;
  const secure = connectTls(settings);
  await event(secure, "secureConnect");
  return secure as unknown as DriverSocket;
}

/** Waits for one event; an error or the end of the connection before it is thrown. */
function event(emitter: EventEmitter, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      emitter.removeListener(name, onEvent);
      emitter.removeListener("error", onError);
      emitter.removeListener("close", onClose);
      act();
    };
    const onEvent = (value: unknown) => settle(() => resolve(value));
    const onError = (error: unknown) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new Error("The server closed the connection")));
    emitter.on(name, onEvent);
    emitter.on("error", onError);
    emitter.on("close", onClose);
  });
}
