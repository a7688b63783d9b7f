/**
 * The module that answers every path which no other module does.
 *
 * @module
 */
import type { Config } from "../../core/config.ts";
import {
  errorReply,
  methodNotAllowed,
  type Metrics,
  requestTarget,
  type Target,
  thrownReply,
} from "../../core/http/mod.ts";
import type { Module, ModuleFactory, RequestContext, Services } from "../../core/module.ts";
import { MetricsPage } from "./metrics_page.ts";
import { Readiness } from "./readiness.ts";
import { StaticFiles } from "./static_files.ts";

const METHODS = "GET, HEAD, OPTIONS";

/** The entry of `modules/mod.ts`. */
export const webServer: ModuleFactory = {
  name: "WebServer",
  needs: [],
  create: (services) => new WebServer(services),
};

class WebServer implements Module {
  readonly name = "WebServer";
  readonly #config: Config;
  readonly #metrics: Metrics;
  readonly #files: StaticFiles;
  readonly #readiness: Readiness;
  readonly #page: MetricsPage;

  constructor({ config, db, metrics, activity }: Services) {
    this.#config = config;
    this.#metrics = metrics;
    this.#files = new StaticFiles(config);
    this.#readiness = new Readiness(db);
    this.#page = new MetricsPage(metrics, config.server.trusted_proxies, { db, activity });
  }

  matches(): boolean {
    return true;
  }

  async handle(request: Request, context: RequestContext): Promise<Response> {
    const started = performance.now();
    const target = requestTarget(request.url);
    // Health is asked with whatever method a checker likes.
    if (target.pathname === "/healthz") return healthReply();
    let response: Response;
    try {
      response = await this.#answer(request, context, target);
    } catch (thrown) {
      response = thrownReply(thrown, request);
    }
    this.#metrics.request(this.name, response.status, performance.now() - started);
    return response;
  }

  #answer(request: Request, context: RequestContext, target: Target): Response | Promise<Response> {
    const { method } = request;
    if (method === "OPTIONS") {
      return new Response(null, { status: 204, headers: { allow: METHODS } });
    }
    if (method !== "GET" && method !== "HEAD") return methodNotAllowed(METHODS);
    if (target.pathname === "/readyz") return this.#readiness.answer();
    if (target.pathname === "/metrics" && this.#config.module.WebServer.metrics) {
      return this.#page.isAllowed(request, context.peer)
        ? this.#page.answer()
        : errorReply(403, "Metrics are for this machine only");
    }
    return this.#files.answer(request, target, context);
  }
}

function healthReply(): Response {
  return new Response("ok", { headers: { "content-type": "text/plain; charset=utf-8" } });
}
