/**
 * `/metrics` for Prometheus, for this machine only.
 *
 * @module
 */
import { type ActivityLog, ClientAddress, isLoopback, type Metrics } from "../../core/http/mod.ts";
import type { Database } from "../../core/postgres/mod.ts";

/** Parts of the program whose figures are shown, if they run. */
export interface MeteredParts {
  db?: Database | undefined;
  activity?: ActivityLog | undefined;
}

/** Shows what this process counts. */
export class MetricsPage {
  readonly #metrics: Metrics;
  readonly #client: ClientAddress;

  /** @param trusted Proxies whose word on the client is taken: a proxied request is not local. */
  constructor(metrics: Metrics, trusted: readonly string[], { db, activity }: MeteredParts) {
    this.#metrics = metrics;
    this.#client = new ClientAddress(trusted);
    if (db !== undefined) watchPool(metrics, db);
    if (activity !== undefined) watchActivity(metrics, activity);
  }

  /** Tells whether the client, seen through the proxies, is on this machine. */
  isAllowed(request: Request, peer: string): boolean {
    const host = this.#client.host(request, peer);
    return host !== null && isLoopback(host);
  }

  /** Answers with the figures. */
  async answer(): Promise<Response> {
    return new Response(await this.#metrics.text(), {
      headers: { "content-type": this.#metrics.contentType, "cache-control": "no-store" },
    });
  }
}

function watchPool(metrics: Metrics, db: Database): void {
  metrics.watch({
    name: "apostol_db_connections",
    help: "Connections of the pool that are open and idle, and requests that wait for one.",
    read: () => ({ open: db.stats.open, idle: db.stats.idle, waiting: db.stats.waiting }),
  });
}

function watchActivity(metrics: Metrics, activity: ActivityLog): void {
  metrics.watch({
    name: "apostol_activity_rows",
    help: "Rows of the request log that wait, were written, and were given up.",
    read: () => ({ ...activity.stats }),
  });
}
