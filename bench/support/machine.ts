/**
 * Says on what machine figures were taken: ratios travel between machines, figures do not.
 *
 * @module
 */

/** Facts of the machine, for the head of a report. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  os: string;
  deno: string;
}

/** Reads the facts of this machine. */
export async function machineFacts(): Promise<Machine> {
  const info = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return {
    cpu: /model name\s*:\s*(.+)/.exec(info)?.[1]?.trim() ?? "unknown",
    cores: navigator.hardwareConcurrency,
    memoryGiB: Math.round(Deno.systemMemoryInfo().total / 2 ** 30),
    os: `${Deno.build.os} ${Deno.osRelease()} ${Deno.build.arch}`,
    deno: Deno.version.deno,
  };
}
