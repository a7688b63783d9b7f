/**
 * Settings of the embedded server, fitted to the machine.
 *
 * @module
 */
import { statfsSync } from "node:fs";

const MB = 1024 * 1024;

/** What the settings depend on. */
export interface EmbeddedFacts {
  /** Memory that the server and this program share, in bytes. */
  memory: number;
  /** Size of the file system for shared memory, in bytes; 0 when there is none. */
  sharedMemory: number;
  /** False for tests: what the operating system loses in a crash is not worth a disk's time. */
  durable: boolean;
}

/** Finds out what the machine has; a limit of the container counts as its memory. */
export async function embeddedFacts(durable: boolean): Promise<EmbeddedFacts> {
  const limit = Number(await Deno.readTextFile("/sys/fs/cgroup/memory.max").catch(() => "none"));
  const total = Deno.systemMemoryInfo().total;
  const memory = Number.isNaN(limit) ? total : Math.min(limit, total);
  return { memory, sharedMemory: sharedMemorySize(), durable };
}

function sharedMemorySize(): number {
  try {
    const { bsize, blocks } = statfsSync("/dev/shm");
    return bsize * blocks;
  } catch {
    return 0; // not Linux
  }
}

/** Makes the lines of the settings file. */
export function embeddedSettings({ memory, sharedMemory, durable }: EmbeddedFacts): string {
  const megabytes = (share: number, low: number, high: number) =>
    `${Math.round(Math.min(Math.max(memory * share / MB, low), high))}MB`;
  const settings: Record<string, string | number> = {
    // The server shares the machine with this program, its workers and the page cache.
    shared_buffers: megabytes(1 / 8, 32, durable ? 1024 : 128),
    effective_cache_size: megabytes(1 / 2, 128, 65_536),
    work_mem: megabytes(1 / 512, 4, 32),
    maintenance_work_mem: megabytes(1 / 32, 32, 512),
    max_connections: 100,
    // Containers often have 64 MB of it, which parallel queries overflow.
    dynamic_shared_memory_type: sharedMemory > 0 && sharedMemory < 256 * MB ? "mmap" : "posix",
    // Plans are kept and short: compiling them costs more than it saves.
    jit: "off",
    random_page_cost: 1.1,
    max_wal_size: "2GB",
    password_encryption: "scram-sha-256",
    timezone: "UTC",
    log_timezone: "UTC",
    log_line_prefix: "",
    // The program tells of failed statements itself, without the secrets in them.
    log_min_messages: "warning",
    log_min_error_statement: "panic",
    logging_collector: "off",
    track_functions: "none",
    track_io_timing: "off",
    fsync: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
  };
  if (Deno.build.os === "windows") delete settings["dynamic_shared_memory_type"];
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return [
    "# Written by apostol at every start; ALTER SYSTEM and postgresql.auto.conf win over it.",
    ...lines,
    "",
  ].join("\n");
}
