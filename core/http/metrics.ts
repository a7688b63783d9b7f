/**
 * Figures of one process for Prometheus: requests, pool, activity queue, event loop, memory.
 *
 * A request costs two array writes; everything else is computed when somebody asks.
 *
 * @module
 */
import { type Metric, METRICS_TYPE, metricText, type Sample } from "./metrics_text.ts";

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
  readonly #metrics = new Map<string, Metric>();
  readonly #requests = new Map<string, RequestFigures>();

  constructor() {
    this.#add(requestCounter(this.#requests));
    this.#add(durationHistogram(this.#requests));
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
    this.#add(EVENT_LOOP_LAG);
  }

  /** MIME type of {@linkcode text}. */
  get contentType(): string {
    return METRICS_TYPE;
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
    const { name, help, label = "state" } = source;
    const samples = () =>
      Object.entries(source.read()).map(([key, value]) => ({ labels: { [label]: key }, value }));
    this.#add({ name, help, type: "gauge", samples });
  }

  /** Returns every figure in the text format of Prometheus. */
  async text(): Promise<string> {
    const texts = await Promise.all([...this.#metrics.values()].map(metricText));
    return texts.join("");
  }

  /** A metric of the same name is replaced: a reload builds its owner anew. */
  #add(metric: Metric): void {
    this.#metrics.set(metric.name, metric);
  }

  #figures(module: string): RequestFigures {
    let figures = this.#requests.get(module);
    if (figures === undefined) this.#requests.set(module, figures = new RequestFigures());
    return figures;
  }
}

const EVENT_LOOP_LAG: Metric = {
  name: "apostol_event_loop_lag_seconds",
  help: "How late a timer of zero fires while the figures are read.",
  type: "gauge",
  async samples() {
    const asked = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 0));
    return [{ labels: {}, value: (performance.now() - asked) / 1000 }];
  },
};

function requestCounter(requests: ReadonlyMap<string, RequestFigures>): Metric {
  return {
    name: "apostol_http_requests_total",
    help: "Answered requests by module and HTTP status.",
    type: "counter",
    samples: () =>
      [...requests].flatMap(([module, figures]) =>
        [...figures.statuses].map(([status, { value }]) => ({ labels: { module, status }, value }))
      ),
  };
}

function durationHistogram(requests: ReadonlyMap<string, RequestFigures>): Metric {
  return {
    name: "apostol_http_request_duration_seconds",
    help: "How long requests took, by module.",
    type: "histogram",
    samples: () => [...requests].flatMap(([module, figures]) => durations(module, figures)),
  };
}

function durations(module: string, { buckets, sum, timed }: RequestFigures): Sample[] {
  let below = 0;
  const samples: Sample[] = BUCKETS.map((le, index) => {
    below += buckets[index]!;
    return { suffix: "_bucket", labels: { le, module }, value: below };
  });
  samples.push(
    { suffix: "_bucket", labels: { le: "+Inf", module }, value: timed },
    { suffix: "_sum", labels: { module }, value: sum },
    { suffix: "_count", labels: { module }, value: timed },
  );
  return samples;
}
