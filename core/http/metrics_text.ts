/**
 * The text format of Prometheus, version 0.0.4.
 *
 * @module
 */

/** MIME type of the format. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** One figure. */
export interface Sample {
  /** What follows the name of the metric, such as `_sum`. */
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** Figures of one name. */
export interface Metric {
  readonly name: string;
  /** Sentence for whoever reads the metrics. */
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  /** Computes the present figures. */
  samples(): readonly Sample[] | Promise<readonly Sample[]>;
}

/** Writes a metric with its figures. */
export async function metricText({ name, help, type, samples }: Metric): Promise<string> {
  const lines = (await samples()).map(({ suffix = "", labels, value }) =>
    `${name}${suffix}${labelText(labels)} ${numberText(value)}\n`
  );
  const sentence = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `# HELP ${name} ${sentence}\n# TYPE ${name} ${type}\n${lines.join("")}\n`;
}

function labelText(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string | number): string {
  return String(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function numberText(value: number): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}
