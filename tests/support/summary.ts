/**
 * Adds up what several runs of `deno test` say at their end.
 *
 * @module
 */

/** Numbers of tests. */
export interface Summary {
  passed: number;
  failed: number;
  ignored: number;
}

/**
 * Reads the last line of a run of `deno test`.
 *
 * @param text The output, without colours.
 * @returns The numbers, or undefined if the run did not get so far.
 */
export function readSummary(text: string): Summary | undefined {
  const pattern = /^(?:ok|FAILED) \| (\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed(.*)$/gm;
  const last = [...text.matchAll(pattern)].at(-1);
  if (last === undefined) return undefined;
  const ignored = Number(/(\d+) ignored/.exec(last[3] ?? "")?.[1] ?? 0);
  return { passed: Number(last[1]), failed: Number(last[2]), ignored };
}
