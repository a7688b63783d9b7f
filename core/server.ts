/**
 * The HTTP server: listens, hands each request to its module, and stops without losing any.
 *
 * Limits: headers by the runtime (64 KiB, 100 lines, else 400), time for headers by the listener,
 * size and time of bodies by {@linkcode BodyReader} in the modules.
 *
 * @module
 */
import type { Config } from "./config.ts";
import { AppError } from "./errors.ts";
import { clientOf, logAccess } from "./http/access_log.ts";
import { Connection } from "./http/connection.ts";
import {
  type ConnectionHandler,
  type ConnectionServer,
  connectionServer,
  serveConnections,
} from "./http/listener.ts";
import { thrownReply } from "./http/reply.ts";
import { requestTarget } from "./http/target.ts";
import { getLogger } from "./log.ts";
import type { ModuleManager } from "./module.ts";

const log = getLogger(["apostol", "http"]);

/** What a server is started with. */
export interface ServerOptions {
  config: Config;
  /** Its modules have been started. */
  manager: ModuleManager;
  /** Other processes listen on the same port. @default false */
  reusePort?: boolean;
  /** Stops the server gracefully when it is aborted. */
  signal?: AbortSignal;
}

/** A server that listens. */
export interface Server {
  /** Where it listens; the port is the one that was taken. */
  readonly addr: Deno.NetAddr;
  /** Connections that are open. */
  readonly connections: number;
  /**
   * Stops accepting and lets requests in flight finish.
   *
   * @param graceMs After this time what is left is broken off, in milliseconds.
   */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts to listen.
 *
 * @throws {AppError} `LISTEN` if the address cannot be used; the message says why.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { config, manager, signal } = options;
  const handler = requestHandler(manager, config.log.access !== "");
  const { addr, server } = await listen(options, handler);
  let stopped: Promise<void> | undefined;
  const stop = (graceMs: number) => stopped ??= server.stop(graceMs);
  signal?.addEventListener("abort", () => void stop(config.server.stop_timeout), { once: true });
  return {
    addr,
    get connections() {
      return server.connections;
    },
    stop,
  };
}

/** Makes the function that answers every request and never throws. */
function requestHandler(manager: ModuleManager, accessLog: boolean): ConnectionHandler {
  const answer: ConnectionHandler = (request, connection) => {
    try {
      const module = manager.find(requestTarget(request.url).pathname);
      const reply = module === undefined
        ? manager.handle(request, connection)
        : module.handle(request, connection);
      if (!(reply instanceof Promise)) return reply;
      return reply.catch((thrown) => thrownReply(thrown, request));
    } catch (thrown) {
      return thrownReply(thrown, request);
    }
  };
  if (!accessLog) return answer;
  return async (request, connection) => {
    const client = clientOf(request);
    const started = performance.now();
    const response = await answer(request, connection);
    logAccess(client, connection.peer, response.status, performance.now() - started);
    return response;
  };
}

async function listen(
  { config, reusePort = false }: ServerOptions,
  handler: ConnectionHandler,
): Promise<{ addr: Deno.NetAddr; server: ConnectionServer }> {
  const { listen: hostname, port, backlog, tls, timeout } = config.server;
  const keys = tls === undefined ? undefined : {
    cert: await Deno.readTextFile(tls.cert),
    key: await Deno.readTextFile(tls.key),
  };
  const where = { hostname, port, reusePort, tcpBacklog: backlog };
  const serve = connectionServer();
  try {
    if (serve === null) return serveWithoutClock({ ...where, ...keys }, handler);
    const listener = keys === undefined
      ? Deno.listen(where)
      : Deno.listenTls({ ...where, ...keys, alpnProtocols: ["h2", "http/1.1"] });
    const server = serveConnections(listener, serve, handler, { headerTimeout: timeout });
    return { addr: listener.addr as Deno.NetAddr, server };
  } catch (cause) {
    throw listenError(cause, hostname, port);
  }
}

/** Serves with what every version of the runtime documents; slow senders are not closed then. */
function serveWithoutClock(
  where: Deno.ServeTcpOptions & Partial<Deno.TlsCertifiedKeyPem>,
  handler: ConnectionHandler,
): { addr: Deno.NetAddr; server: ConnectionServer } {
  log.warn("This version of Deno cannot limit the time for request headers: put a proxy in front");
  const breaker = new AbortController();
  let busy = 0;
  const server = Deno.serve(
    { ...where, signal: breaker.signal, onListen() {} } as Deno.ServeTcpOptions,
    async (request, info) => {
      busy++;
      try {
        return await handler(request, new Connection(info.remoteAddr.hostname, { now: 0 }));
      } finally {
        busy--;
      }
    },
  );
  return {
    addr: server.addr,
    server: {
      get connections() {
        return busy;
      },
      async stop(grace) {
        const broken = setTimeout(() => breaker.abort(), grace);
        await server.shutdown();
        clearTimeout(broken);
      },
    },
  };
}

function listenError(cause: unknown, hostname: string, port: number): AppError {
  const address = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
  if (cause instanceof Deno.errors.AddrInUse) {
    const message =
      `Cannot listen on ${address}: another program does; choose another "server.port"`;
    return new AppError("LISTEN", message, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError("LISTEN", `Cannot listen on ${address}: ${reason}`, { cause });
}
