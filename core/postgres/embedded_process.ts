/**
 * The server's processes as the system sees them: `postmaster.pid`, signals, leftovers.
 *
 * @module
 */
import process from "node:process";
import { join } from "node:path";
import { AppError } from "../errors.ts";

const POLL = 20; // milliseconds
const FAST_STOP = 20_000; // milliseconds that a fast shutdown may take
const HARD_STOP = 5000; // milliseconds that an immediate shutdown may take

/** What `postmaster.pid` tells. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Folder of the Unix socket; empty when there is none. */
  readonly socketFolder: string;
  /** `starting`, `ready`, `stopping` or empty. */
  readonly status: string;
}

/** Reads `postmaster.pid` of a cluster; null when there is none. */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await Deno.readTextFile(join(cluster, "postmaster.pid")).catch(() => "");
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0) return null;
  return {
    pid,
    port: Number(lines[3] ?? 0),
    socketFolder: lines[4] ?? "",
    status: lines[7] ?? "",
  };
}

/** Tells whether a process exists; one of another user does too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

/** Tells whether a process is the postmaster of a cluster and not another with a reused number. */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  try {
    const command = await Deno.readTextFile(`/proc/${pid}/cmdline`);
    if (command.split("\0").includes(cluster)) return true;
    // It may have been started under another name of the folder; it works in it in any case.
    return await Deno.readLink(`/proc/${pid}/cwd`) === await Deno.realPath(cluster);
  } catch {
    return await commandOf(pid).then((command) => command.includes(cluster));
  }
}

async function commandOf(pid: number): Promise<string> {
  try {
    const ps = new Deno.Command("ps", { args: ["-o", "command=", "-p", String(pid)] });
    return new TextDecoder().decode((await ps.output()).stdout);
  } catch {
    return ""; // no ps: then nothing is known of it
  }
}

/**
 * Clears away what a killed program left: its postmaster, which lives on, or the files of one that
 * is dead while another process has its number.
 *
 * @returns The number of the postmaster that was stopped, or null.
 */
export async function clearLeftovers(cluster: string, run: string): Promise<number | null> {
  const left = await readPostmaster(cluster);
  if (left === null) return null;
  if (await isPostmasterOf(left.pid, cluster)) {
    await stopProcess(left.pid);
    return left.pid;
  }
  // A dead number is left to the server, which looks for surviving backends by that file.
  if (isAlive(left.pid)) {
    await Deno.remove(join(cluster, "postmaster.pid"));
    await clearSocketLocks(run);
  }
  return null;
}

async function clearSocketLocks(run: string): Promise<void> {
  for await (const { name } of Deno.readDir(run)) {
    if (name.startsWith(".s.PGSQL.")) await Deno.remove(join(run, name));
  }
}

/** Stops a postmaster: fast, then at once, then by force. */
export async function stopProcess(pid: number): Promise<void> {
  const steps = [["SIGINT", FAST_STOP], ["SIGQUIT", HARD_STOP], ["SIGKILL", HARD_STOP]] as const;
  for (const [signal, patience] of steps) {
    signalProcess(pid, signal);
    if (await hasEnded(pid, patience)) return;
  }
  throw new AppError("EMBEDDED-STUCK", `PostgreSQL (process ${pid}) does not stop: end it by hand`);
}

function signalProcess(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (isAlive(pid)) throw error;
  }
}

async function hasEnded(pid: number, patience: number): Promise<boolean> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
  return !isAlive(pid);
}

/** Waits until the server takes connections. */
export async function untilReady(
  cluster: string,
  child: { readonly pid: number; readonly ended: boolean },
  patience: number,
): Promise<void> {
  const end = performance.now() + patience;
  while (performance.now() < end && !child.ended) {
    const postmaster = await readPostmaster(cluster);
    if (postmaster?.pid === child.pid && postmaster.status === "ready") return;
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
  throw new AppError(
    "EMBEDDED-START",
    child.ended
      ? "PostgreSQL ended while it was starting"
      : `PostgreSQL did not become ready within ${patience} ms`,
  );
}
