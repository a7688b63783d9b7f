/**
 * Accepts connections and closes those on which nothing arrives.
 *
 * `Deno.serve` has no time limit for request headers, so 200 slow senders hold 200 connections for
 * ever. The runtime can also serve one accepted connection; with that, each connection here has a
 * clock: idle longer than allowed, it is closed. Measured with `wrk` the two are equally fast.
 *
 * A connection goes through: accepted (waits for its first request) -> busy (a request or a long
 * reply is in hand) <-> idle (kept alive) -> closed: by the client, by the clock, or by the stop.
 * One that a WebSocket has taken over belongs to that.
 *
 * @module
 */
import { getLogger } from "../log.ts";
import { type CoarseClock, Connection } from "./connection.ts";

/** How long a connection is kept alive between two requests, in milliseconds. */
const KEEP_ALIVE = 75_000;

/** How long a client may still send a body that nobody reads, in milliseconds. */
const LINGER = 1000;

/** How often connections are looked at, in milliseconds. */
const SWEEP_INTERVAL = 1000;

/** Pause after an accept failed, as it does when the process has no file descriptor left. */
const ACCEPT_PAUSE = 100; // milliseconds

const log = getLogger(["apostol", "http", "listener"]);

/** Answers one request of a connection, and never fails. */
export type ConnectionHandler = (
  request: Request,
  connection: Connection,
) => Response | Promise<Response>;

/** Settings of {@linkcode serveConnections}. */
export interface ListenerOptions {
  /** Time for a request's headers to arrive, in milliseconds; 0 waits. */
  headerTimeout: number;
  /** Time between two requests, in milliseconds. @default 75000 */
  keepAlive?: number;
}

/** A listener at work. */
export interface ConnectionServer {
  /** Connections that are open. */
  readonly connections: number;
  /**
   * Stops accepting, closes idle connections, and lets busy ones finish.
   *
   * @param grace After this time busy connections are broken off, in milliseconds.
   */
  stop(grace: number): Promise<void>;
}

/** What the runtime returns for a served connection. */
interface Served {
  readonly finished: Promise<void>;
  /** Closes when nothing is in hand; a body that is being read breaks off. */
  shutdown(): Promise<void>;
}

/** The part of an AbortSignal that the runtime uses: it takes the function that closes. */
interface CloseSignal {
  readonly aborted: boolean;
  addEventListener(type: string, close: () => void): void;
  removeEventListener(type: string, close: () => void): void;
}

type ServeConnection = (
  connection: Deno.Conn,
  signal: CloseSignal,
  handler: (request: Request) => Response | Promise<Response>,
  onError: (error: unknown) => Response,
  onListen: () => void,
) => Served;

/**
 * Returns the runtime's function that serves one connection, or null when this version has none.
 *
 * It is what `Deno.serve` itself is made of, but not part of the documented surface.
 */
export function connectionServer(): ServeConnection | null {
  const { internal } = Deno as unknown as { internal?: symbol };
  const internals = internal === undefined
    ? undefined
    : (Deno as unknown as Record<symbol, Record<string, unknown>>)[internal];
  const serve = internals?.["serveHttpOnConnection"];
  return typeof serve === "function" ? serve as ServeConnection : null;
}

/** Serves every connection of a listener until it is stopped. */
export function serveConnections(
  listener: Deno.Listener<Deno.Conn>,
  serve: ServeConnection,
  handler: ConnectionHandler,
  options: ListenerOptions,
): ConnectionServer {
  return new GuardedListener(listener, serve, handler, options);
}

/** One connection and what closes it. */
interface Entry {
  connection: Connection;
  served: Served;
  /** Closes at once, whatever is in hand. */
  close(): void;
}

class GuardedListener implements ConnectionServer {
  readonly #listener: Deno.Listener<Deno.Conn>;
  readonly #serve: ServeConnection;
  readonly #handler: ConnectionHandler;
  readonly #headerTimeout: number;
  readonly #keepAlive: number;
  readonly #entries = new Set<Entry>();
  readonly #accepting: Promise<void>;
  readonly #sweepInterval: number;
  readonly #clock: CoarseClock;
  readonly #sweeper: ReturnType<typeof setInterval>;
  #stopping = false;

  constructor(
    listener: Deno.Listener<Deno.Conn>,
    serve: ServeConnection,
    handler: ConnectionHandler,
    { headerTimeout, keepAlive = KEEP_ALIVE }: ListenerOptions,
  ) {
    this.#listener = listener;
    this.#serve = serve;
    this.#handler = handler;
    this.#headerTimeout = headerTimeout || Infinity;
    this.#keepAlive = keepAlive;
    const fastest = Math.min(this.#headerTimeout, keepAlive);
    this.#sweepInterval = Math.min(SWEEP_INTERVAL, fastest / 4);
    this.#clock = { now: performance.now() + this.#sweepInterval };
    this.#sweeper = setInterval(() => this.#sweep(), this.#sweepInterval);
    this.#accepting = this.#accept();
  }

  get connections(): number {
    return this.#entries.size;
  }

  async stop(grace: number): Promise<void> {
    this.#stopping = true;
    this.#listener.close();
    await this.#accepting;
    for (const entry of this.#entries) this.#finish(entry);
    const broken = setTimeout(() => {
      for (const entry of this.#entries) entry.close();
    }, grace);
    await Promise.all([...this.#entries].map((entry) => entry.served.finished.catch(ignore)));
    clearTimeout(broken);
    clearInterval(this.#sweeper);
  }

  async #accept(): Promise<void> {
    while (!this.#stopping) {
      let accepted: Deno.Conn;
      try {
        accepted = await this.#listener.accept();
      } catch (thrown) {
        // A closed listener ends the loop; anything else concerns one connection, or passes.
        if (this.#stopping || thrown instanceof Deno.errors.BadResource) return;
        if (thrown instanceof Deno.errors.ConnectionReset) continue;
        log.warn("A connection was not accepted: {reason}", { reason: String(thrown) });
        await new Promise((resolve) => setTimeout(resolve, ACCEPT_PAUSE));
        continue;
      }
      try {
        this.#take(accepted);
      } catch {
        // It was reset before it could be served: nobody waits for an answer.
        closeQuietly(() => accepted.close());
      }
    }
  }

  #take(accepted: Deno.Conn): void {
    const { remoteAddr } = accepted;
    const peer = "hostname" in remoteAddr ? remoteAddr.hostname : "";
    const connection = new Connection(peer, this.#clock);
    let closeNow: () => void = ignore;
    const signal: CloseSignal = {
      aborted: false,
      addEventListener: (_type, close) => closeNow = close,
      removeEventListener: ignore,
    };
    if ("setNoDelay" in accepted) (accepted as Deno.TcpConn).setNoDelay();
    const handler = this.#handler;
    const handle = (request: Request): Response | Promise<Response> => {
      connection.begin();
      const reply = handler(request, connection);
      return reply instanceof Promise
        ? reply.then((response) => handled(request, response, connection))
        : handled(request, reply, connection);
    };
    const served = this.#serve(accepted, signal, handle, internalError, ignore);
    const entry: Entry = { connection, served, close: () => closeQuietly(closeNow) };
    this.#entries.add(entry);
    const gone = () => void this.#entries.delete(entry);
    served.finished.then(gone, gone);
  }

  /** Closes what has been idle too long. */
  #sweep(): void {
    const now = performance.now();
    // Set to the next sweep: what happens until then counts as late as it can be, so that nothing
    // is closed too early.
    this.#clock.now = now + this.#sweepInterval;
    for (const entry of this.#entries) {
      const { busy, upgraded, refused, requests, lastActive } = entry.connection;
      if (busy > 0 || upgraded) continue;
      const usual = requests === 0 ? this.#headerTimeout : this.#keepAlive;
      const limit = refused ? Math.min(LINGER, usual) : usual;
      if (now - lastActive >= limit) entry.close();
    }
  }

  /** Closes a connection as soon as it is idle. */
  #finish(entry: Entry): void {
    const { connection, served } = entry;
    if (connection.upgraded) return entry.close();
    const shutdown = () => void served.shutdown().catch(ignore);
    if (connection.busy === 0) return shutdown();
    // The reply is handed over after the handler has returned: the next turn is soon enough.
    connection.onIdle = () => void setTimeout(() => connection.busy === 0 && shutdown(), 0);
  }
}

function handled(request: Request, response: Response, connection: Connection): Response {
  const { method } = request;
  connection.refused = method !== "GET" && method !== "HEAD" && isUnread(request, response);
  if (response.status === 101) connection.upgraded = true;
  connection.requests++;
  connection.end();
  return response;
}

/**
 * Tells whether the body of an answered request was left where it was, wholly or in part.
 *
 * The runtime reads such a body to its end, should it have one, before the next request.
 */
function isUnread(request: Request, { status }: Response): boolean {
  if (request.bodyUsed) return status === 413 || status === 408;
  const length = request.headers.get("content-length");
  return length === null ? request.headers.has("transfer-encoding") : length !== "0";
}

/** The handler answers its own errors; should it fail to, nothing of them goes out. */
function internalError(error: unknown): Response {
  log.error("A request was not answered: {reason}", { reason: String(error), error });
  return new Response(null, { status: 500 });
}

function closeQuietly(close: () => void): void {
  try {
    close();
  } catch {
    // The connection ended in this very moment: closing it twice is no fault.
  }
}

function ignore(): void {
  // Nothing is to be done: the connection is gone, or there is nothing to tell.
}
