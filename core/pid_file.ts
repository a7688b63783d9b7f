/**
 * The pid file: one running server for each, and the way to signal it.
 *
 * The file is locked for as long as its process lives, and the system lets go of the lock when the
 * process ends, however it ends. So a number that was left behind, and now belongs to somebody
 * else's process, is never taken for a running server.
 *
 * @module
 */
import { dirname } from "node:path";
import { AppError, toError } from "./errors.ts";

/** A pid file that this process holds. */
export class PidFile {
  readonly #path: string;
  readonly #file: Deno.FsFile;

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * Takes the file for this process.
   *
   * @param path Absolute; its folder is made.
   * @throws {AppError} `RUNNING` if another process holds it, `PID` if it cannot be written.
   */
  static async acquire(path: string): Promise<PidFile> {
    const file = await open(path);
    if (!(await file.tryLock(true))) {
      file.close();
      const pid = await readPid(path);
      throw new AppError("RUNNING", `Already running as process ${pid ?? "?"}, see ${path}`);
    }
    await file.truncate(0);
    await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
    return new PidFile(path, file);
  }

  /** Removes the file and lets go of it. */
  async release(): Promise<void> {
    await Deno.remove(this.#path).catch(ignoreMissing);
    this.#file.close();
  }
}

/** Returns the process that holds a pid file; null when none does. */
export async function runningPid(path: string): Promise<number | null> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { read: true, write: true });
  } catch (thrown) {
    ignoreMissing(thrown);
    return null;
  }
  try {
    return await file.tryLock(true) ? null : await readPid(path);
  } finally {
    file.close();
  }
}

/**
 * Signals the server that holds a pid file.
 *
 * @returns Its process id.
 * @throws {AppError} `NOT-RUNNING` if nothing runs, or if it may not be signalled.
 */
export async function signalServer(path: string, signal: Deno.Signal): Promise<number> {
  const pid = await runningPid(path);
  if (pid === null) throw new AppError("NOT-RUNNING", `No server runs, by ${path}`);
  try {
    Deno.kill(pid, signal);
  } catch (cause) {
    const { message } = toError(cause);
    throw new AppError("NOT-RUNNING", `Process ${pid} cannot be signalled: ${message}`, { cause });
  }
  return pid;
}

async function open(path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    return await Deno.open(path, { read: true, write: true, create: true, mode: 0o644 });
  } catch (cause) {
    const { message } = toError(cause);
    throw new AppError("PID", `Pid file ${path} cannot be written: ${message}`, { cause });
  }
}

async function readPid(path: string): Promise<number | null> {
  const text = await Deno.readTextFile(path).catch(() => "");
  return /^\d+\s*$/.test(text) ? Number(text) : null;
}

function ignoreMissing(thrown: unknown): void {
  if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
}
