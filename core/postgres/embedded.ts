/**
 * The embedded PostgreSQL: unpacked, initialised, started and stopped by this program.
 *
 * A start walks through named steps: user, folders, lock, programs, cluster, leftovers, process.
 * The lock makes sure that one program works in the folders. What an earlier one left that was
 * killed (a postmaster without its owner, a `postmaster.pid` whose number now belongs to somebody
 * else) is cleared away, and PostgreSQL recovers from its log. While this program lives, a
 * postmaster that ends by itself is started again.
 *
 * @module
 */
import { join } from "node:path";
import { AppError, toError } from "../errors.ts";
import { Link } from "./_link.ts";
import type { ConnectionOptions } from "./connection.ts";
import { unpackBinaries } from "./embedded_binaries.ts";
import { prepareCluster, type ServerParts, spawnOptions, SUPERUSER } from "./embedded_cluster.ts";
import {
  type EmbeddedFolders,
  findFolders,
  FolderLock,
  prepareFolders,
} from "./embedded_folder.ts";
import {
  clearLeftovers,
  isPostmasterOf,
  readPostmaster,
  stopProcess,
  untilReady,
} from "./embedded_process.ts";
import { embeddedUser } from "./embedded_user.ts";
import { DatabaseError } from "./errors.ts";

const SOCKET_PORT = 5432; // names the socket only
const START_TIMEOUT = 300_000; // milliseconds; recovery after a crash reads the log again
const LARGEST_DELAY = 5000; // milliseconds between restarts
const KEPT_LINES = 20; // of the server's log, shown when it does not start

/** The part of a logger that the embedded server writes to. */
export interface EmbeddedLog {
  /** Takes what only a search for a fault needs. */
  debug(message: string): void;
  /** Takes what happens once. */
  info(message: string): void;
  /** Takes what an operator should know. */
  warn(message: string): void;
  /** Takes what an operator must look at. */
  error(message: string): void;
}

/** How the embedded server is started. */
export interface EmbeddedOptions {
  /** Data folder of the program. */
  readonly data: string;
  /** Port on 127.0.0.1, beside the Unix socket; 0 for the socket alone. @default 0 */
  readonly port?: number;
  /** Password of the superuser: set when the cluster is made, needed ever after. */
  readonly password: string;
  /** System user to run as when the program is run by root. @default `postgres`, else `nobody` */
  readonly user?: string;
  /** Is told what happens, and the server's own log. @default nothing is logged */
  readonly log?: EmbeddedLog;
  /** False for tests only: faster, and not safe against a crash of the machine. @default true */
  readonly durable?: boolean;
}

const SILENT: EmbeddedLog = { debug() {}, info() {}, warn() {}, error() {} };

/** A running server that this program owns. */
export class EmbeddedPostgres implements AsyncDisposable {
  /** The superuser's connection to the database `postgres`. */
  readonly connection: ConnectionOptions;
  /** Where its files are. */
  readonly folders: EmbeddedFolders;
  readonly #lock: FolderLock;
  readonly #launch: () => Promise<Child>;
  readonly #log: EmbeddedLog;
  #child: Child;
  #stopping: Promise<void> | null = null;
  #wakeRestart: (() => void) | null = null;

  private constructor(state: {
    connection: ConnectionOptions;
    folders: EmbeddedFolders;
    lock: FolderLock;
    log: EmbeddedLog;
    launch: () => Promise<Child>;
    child: Child;
  }) {
    this.connection = state.connection;
    this.folders = state.folders;
    this.#lock = state.lock;
    this.#log = state.log;
    this.#launch = state.launch;
    this.#child = state.child;
    void this.#watch();
  }

  /**
   * Starts the server of a data folder; the first time it is made.
   *
   * @throws {AppError} If it cannot be started; the message says what to do. Code
   * `EMBEDDED-RUNNING` when another program runs it.
   */
  static async start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    const { data, port = 0, password, log = SILENT, durable = true } = options;
    const user = await embeddedUser(options.user);
    const folders = await prepareFolders(data, user);
    if (folders.elsewhere) {
      log.warn(`The database is in ${folders.root}: user ${user?.name} cannot reach ${data}`);
    }
    const lock = await FolderLock.take(folders.root);
    try {
      const native = await unpackBinaries(folders.root);
      const onMake = () => log.info(`Making the database files in ${folders.cluster}`);
      await prepareCluster({ folders, native, user, password, durable, onMake });
      const stopped = await clearLeftovers(folders.cluster, folders.run);
      if (stopped !== null) log.warn(`Stopped PostgreSQL ${stopped}, left by a killed program`);
      checkPort(port);
      const launch = () => launchServer({ folders, native, user, port, log });
      const child = await launch();
      const connection = connectionOf(folders, port, password);
      await checkPassword(connection, folders, child);
      return new EmbeddedPostgres({ connection, folders, lock, log, launch, child });
    } catch (thrown) {
      lock.release();
      throw thrown;
    }
  }

  /**
   * Returns the superuser's connection of a server that another program runs in a data folder, or
   * null when none runs.
   */
  static async find(data: string, password: string): Promise<ConnectionOptions | null> {
    const folders = await findFolders(data);
    const postmaster = await readPostmaster(folders.cluster);
    if (postmaster === null || postmaster.status !== "ready") return null;
    if (!await isPostmasterOf(postmaster.pid, folders.cluster)) return null;
    const { port, socketFolder } = postmaster;
    return {
      host: socketFolder === "" ? "127.0.0.1" : socketFolder,
      port,
      database: "postgres",
      user: SUPERUSER,
      password,
    };
  }

  /** Process id of the postmaster. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Stops the server: sessions are ended, everything is written. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Stops the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #stop(): Promise<void> {
    this.#wakeRestart?.();
    try {
      if (!this.#child.ended) await stopProcess(this.#child.pid);
      await this.#child.done;
      await clearLeftovers(this.folders.cluster, this.folders.run);
    } finally {
      this.#lock.release();
    }
  }

  /** Starts the server again when it ends by itself. */
  async #watch(): Promise<void> {
    let delay = 100;
    while (this.#stopping === null) {
      await this.#child.done;
      if (this.#stopping !== null) return;
      this.#log.error(`PostgreSQL ${this.#child.pid} ended by itself; it is started again`);
      await this.#pause(delay);
      if (this.#stopping !== null) return;
      try {
        // An administrator's pg_ctl may have started it in between: ours takes its place.
        await clearLeftovers(this.folders.cluster, this.folders.run);
        this.#child = await this.#launch();
        if (this.#stopping !== null) await stopProcess(this.#child.pid);
        delay = 100;
      } catch (thrown) {
        this.#log.error(toError(thrown).message);
        delay = Math.min(delay * 2, LARGEST_DELAY);
      }
    }
  }

  #pause(delay: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wakeRestart = null;
        resolve();
      };
      const timer = setTimeout(done, delay);
      this.#wakeRestart = done;
    });
  }
}

/** A postmaster started by this program. */
interface Child {
  readonly pid: number;
  readonly ended: boolean;
  /** Settled when the process has ended and its log is read. */
  readonly done: Promise<void>;
}

async function launchServer(
  { folders, native, user, port, log }: ServerParts & { port: number; log: EmbeddedLog },
): Promise<Child> {
  const process = new Deno.Command(join(native, "bin", "postgres"), {
    args: [
      ...["-D", folders.cluster],
      ...["-c", `unix_socket_directories=${folders.run}`],
      ...["-c", `listen_addresses=${port === 0 ? "" : "127.0.0.1"}`],
      ...["-p", String(port === 0 ? SOCKET_PORT : port)],
    ],
    ...spawnOptions(user),
    // A session of its own: Ctrl+C in a terminal is for us, who stop the server last.
    detached: true,
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const lines: string[] = [];
  const child = { pid: process.pid, ended: false, done: Promise.resolve() };
  const logged = readLines(process.stderr, (line) => {
    if (lines.push(line) > KEPT_LINES) lines.shift();
    writeLog(log, line);
  });
  child.done = Promise.all([process.status, logged]).then(() => {
    child.ended = true;
  });
  try {
    await untilReady(folders.cluster, child, START_TIMEOUT);
    return child;
  } catch (thrown) {
    if (!child.ended) await stopProcess(child.pid);
    await child.done;
    const { code, message } = thrown as AppError;
    throw new AppError(code, `${message}:\n${lines.join("\n")}`, { cause: thrown });
  }
}

function connectionOf(
  folders: EmbeddedFolders,
  port: number,
  password: string,
): ConnectionOptions {
  return {
    host: folders.run,
    port: port === 0 ? SOCKET_PORT : port,
    database: "postgres",
    user: SUPERUSER,
    password,
  };
}

/** @throws {AppError} If somebody listens on the port already. */
function checkPort(port: number): void {
  if (port === 0) return;
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
  } catch (cause) {
    throw new AppError(
      "EMBEDDED-PORT",
      `Port ${port} of 127.0.0.1 is taken: choose another with postgres.embedded.port; ` +
        "0 needs none",
      { cause },
    );
  }
}

/** Signs in once: a cluster whose secrets were lost is of no use, and it must be said why. */
async function checkPassword(
  connection: ConnectionOptions,
  folders: EmbeddedFolders,
  child: Child,
): Promise<void> {
  try {
    const link = await Link.open(connection);
    await link.close();
  } catch (thrown) {
    await stopProcess(child.pid);
    await child.done;
    if (!(thrown instanceof DatabaseError) || thrown.sqlstate !== "28P01") throw thrown;
    throw new AppError(
      "EMBEDDED-PASSWORD",
      `The database in ${folders.cluster} has another password than secrets.json of the data ` +
        "folder: put back the file that it was made with, or choose another folder with --data",
      { cause: thrown },
    );
  }
}

async function readLines(
  stream: ReadableStream<Uint8Array>,
  use: (line: string) => void,
): Promise<void> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) use(line);
  }
  if (rest !== "") use(rest);
}

/** Passes a line of the server's log on, as loud as the server says. */
function writeLog(log: EmbeddedLog, line: string): void {
  // Whether a database exists is found out by asking for it.
  if (/^FATAL: {2}database .* does not exist/.test(line)) log.debug(line);
  else if (/^(FATAL|WARNING):/.test(line)) log.warn(line);
  else if (/^PANIC:/.test(line)) log.error(line);
  else log.debug(line);
}
