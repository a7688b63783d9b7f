/**
 * Drives wrk, the load generator: one thread, 64 connections, and reads its report.
 *
 * @module
 */

/** One request that is repeated under load. */
export interface Load {
  /** Full address. */
  url: string;
  /** @default "GET" */
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What wrk measured. Latencies are in milliseconds. */
export interface LoadResult {
  requestsPerSecond: number;
  p50: number;
  p75: number;
  p90: number;
  p99: number;
  /** Answers outside of 2xx and 3xx, and socket errors. */
  errors: number;
}

const UNITS: Record<string, number> = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

/**
 * Runs wrk once.
 *
 * @param seconds How long the load lasts.
 * @param folder Where the request script is written.
 * @throws {Error} If wrk is not installed or fails.
 */
export async function measure(load: Load, seconds: number, folder: string): Promise<LoadResult> {
  const script = `${folder}/request.lua`;
  await Deno.writeTextFile(script, requestScript(load));
  const { code, stdout, stderr } = await new Deno.Command("wrk", {
    args: ["-t1", "-c64", `-d${seconds}s`, "--latency", "--timeout", "10s", "-s", script, load.url],
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (code !== 0) throw new Error(`wrk failed: ${text}${new TextDecoder().decode(stderr)}`);
  return readReport(text);
}

/** Reads what `wrk --latency` prints. */
export function readReport(text: string): LoadResult {
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(text)?.[1];
  if (rate === undefined) throw new Error(`Cannot read the report of wrk: ${text}`);
  const sockets = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text);
  const statuses = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0);
  const broken = sockets === null ? 0 : sockets.slice(1).reduce((sum, n) => sum + Number(n), 0);
  return {
    requestsPerSecond: Number(rate),
    p50: latency(text, 50),
    p75: latency(text, 75),
    p90: latency(text, 90),
    p99: latency(text, 99),
    errors: statuses + broken,
  };
}

function latency(text: string, percent: number): number {
  const found = new RegExp(`\\s${percent}%\\s+([\\d.]+)(us|ms|s|m)`).exec(text);
  if (found === null) return Number.NaN;
  return Number(found[1]) * (UNITS[found[2] ?? "ms"] ?? 1);
}

function requestScript(load: Load): string {
  const lines = [`wrk.method = ${quote(load.method ?? "GET")}`];
  for (const [name, value] of Object.entries(load.headers ?? {})) {
    lines.push(`wrk.headers[${quote(name)}] = ${quote(value)}`);
  }
  if (load.body !== undefined) lines.push(`wrk.body = ${quote(load.body)}`);
  return lines.join("\n") + "\n";
}

/** JSON strings of plain text are Lua strings too. */
function quote(text: string): string {
  return JSON.stringify(text);
}
