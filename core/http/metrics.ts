/**
 * Figures of one process for Prometheus: requests, pool, activity queue, event loop, memory.
 *
 * A request costs two array writes; everything else is computed when somebody asks.
 *
 * @module
 */
import { Gauge, Registry } from "prom-client";
import type { Metric } from "prom-client";

/** Upper bounds of the duration histogram, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Figures that a part of the program keeps anyway, read when somebody asks. */
export interface GaugeSource {
  /** Metric name, such as `apostol_db_connections`. */
  name: string;
  /** Sentence for whoever reads the metrics. */
  help: string;
  /** Returns the present values by the value of `label`. */
  read(): Record<string, number>;
  /** Name of the label that tells the values apart. @default "state" */
  label?: string;
}

/** Something that is counted; whoever counts adds to `value`. */
export interface Counter {
  /** How often so far. */
  value: number;
}

/** What was counted for one module. */
class RequestFigures {
  /** Requests by HTTP status. */
  readonly statuses: Map<number, Counter> = new Map();
  /** Requests by the first bucket they fit in; the last entry holds those slower than all. */
  readonly buckets: Float64Array = new Float64Array(BUCKETS.length + 1);
  sum = 0;
  timed = 0;

  /** Returns what counts a status. */
  counter(status: number): Counter {
    let counter = this.statuses.get(status);
    if (counter === undefined) this.statuses.set(status, counter = { value: 0 });
    return counter;
  }

  time(seconds: number): void {
    let index = 0;
    while (index < BUCKETS.length && seconds > BUCKETS[index]!) index++;
    this.buckets[index]! += 1;
    this.sum += seconds;
    this.timed++;
  }
}

/** Collects what one process counts and prints it in the text format of Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Map<string, RequestFigures>();

  constructor() {
    this.#registry.registerMetric(requestCounter(this.#requests));
    this.#registry.registerMetric(durationHistogram(this.#requests));
    this.watch({
      name: "process_resident_memory_bytes",
      help: "Resident memory, and the part of it that is JavaScript's.",
      label: "kind",
      read: () => {
        const { rss, heapUsed, external } = Deno.memoryUsage();
        return { rss, heap: heapUsed, external };
      },
    });
    const started = Date.now() / 1000;
    this.watch({
      name: "process_start_time_seconds",
      help: "When the process was started, in seconds since 1970.",
      label: "pid",
      read: () => ({ [String(Deno.pid)]: started }),
    });
    this.#watchEventLoop();
  }

  /** MIME type of {@linkcode text}. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /**
   * Counts one answered request.
   *
   * @param module Who answered, such as `AppServer`.
   * @param milliseconds How long it took; left out for replies that take none.
   */
  request(module: string, status: number, milliseconds?: number): void {
    const figures = this.#figures(module);
    figures.counter(status).value++;
    if (milliseconds !== undefined) figures.time(milliseconds / 1000);
  }

  /** Returns the counter of one kind of answer, for who gives it very often. */
  requestCounter(module: string, status: number): Counter {
    return this.#figures(module).counter(status);
  }

  /** Adds a gauge whose values are read from their owner when somebody asks. */
  watch(source: GaugeSource): void {
    const label = source.label ?? "state";
    this.#registry.removeSingleMetric(source.name);
    new Gauge({
      name: source.name,
      help: source.help,
      labelNames: [label],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [key, value] of Object.entries(source.read())) this.set({ [label]: key }, value);
      },
    });
  }

  /** Returns every figure in the text format of Prometheus. */
  async text(): Promise<string> {
    return await this.#registry.metrics();
  }

  #figures(module: string): RequestFigures {
    let figures = this.#requests.get(module);
    if (figures === undefined) this.#requests.set(module, figures = new RequestFigures());
    return figures;
  }

  #watchEventLoop(): void {
    new Gauge({
      name: "apostol_event_loop_lag_seconds",
      help: "How late a timer of zero fires while the figures are read.",
      registers: [this.#registry],
      async collect() {
        const asked = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 0));
        this.set((performance.now() - asked) / 1000);
      },
    });
  }
}

/** One line of the output. */
interface Sample {
  metricName?: string;
  labels: Record<string, string | number>;
  value: number;
}

/** Wraps a function as a metric: the library's own would hash the labels at every request. */
function computed(name: string, help: string, type: string, samples: () => Sample[]): Metric {
  const get = () => Promise.resolve({ name, help, type, aggregator: "sum", values: samples() });
  return { name, help, get, getForPromString: get, reset() {} } as unknown as Metric;
}

function requestCounter(requests: Map<string, RequestFigures>): Metric {
  return computed(
    "apostol_http_requests_total",
    "Answered requests by module and HTTP status.",
    "counter",
    () =>
      [...requests].flatMap(([module, figures]) =>
        [...figures.statuses].map(([status, { value }]) => ({ labels: { module, status }, value }))
      ),
  );
}

function durationHistogram(requests: Map<string, RequestFigures>): Metric {
  const name = "apostol_http_request_duration_seconds";
  return computed(
    name,
    "How long requests took, by module.",
    "histogram",
    () =>
      [...requests].flatMap(([module, figures]) => {
        let below = 0;
        const samples: Sample[] = BUCKETS.map((le, index) => {
          below += figures.buckets[index]!;
          return { metricName: `${name}_bucket`, labels: { le, module }, value: below };
        });
        samples.push(
          { metricName: `${name}_bucket`, labels: { le: "+Inf", module }, value: figures.timed },
          { metricName: `${name}_sum`, labels: { module }, value: figures.sum },
          { metricName: `${name}_count`, labels: { module }, value: figures.timed },
        );
        return samples;
      }),
  );
}
