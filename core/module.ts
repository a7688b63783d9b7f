/**
 * Modules answer requests: what one is, what it is built from, and the order they are asked in.
 *
 * A module is a value in one ordered list (`modules/mod.ts`); the first whose `matches` says yes
 * handles the request. Which of the list run is decided by configuration alone.
 *
 * @module
 */
import type { Config } from "./config.ts";
import { AppError, ConfigError, errorBody } from "./errors.ts";
import type { ActivityLog } from "./http/activity_log.ts";
import type { Metrics } from "./http/metrics.ts";
import type { Database, WarmUpStatement } from "./postgres/mod.ts";

/** What is known of a request beside the request itself. */
export interface RequestContext {
  /** Address of the socket's other end, without its port. */
  readonly peer: string;
}

/** A part of the server that answers the requests under its paths. */
export interface Module {
  /** The name under `module` in the configuration. */
  readonly name: string;
  /**
   * Tells whether this module answers a path.
   *
   * @param pathname Raw path: not percent-decoded, without the query.
   */
  matches(pathname: string): boolean;
  /** Answers one request. */
  handle(request: Request, context: RequestContext): Response | Promise<Response>;
  /** Opens what the module holds for its whole life. */
  start?(): Promise<void>;
  /** Lets go of it; no request is in flight any more. */
  stop?(): Promise<void>;
}

/** What modules are built from. Members are absent when no enabled module needs them. */
export interface Services {
  config: Config;
  db?: Database;
  activity?: ActivityLog;
  metrics: Metrics;
}

/** What a module cannot work without. */
export type ModuleNeed = "database" | "oauth2";

/** An entry of the list in `modules/mod.ts`. */
export interface ModuleFactory {
  /** The name under `module` in the configuration. */
  readonly name: keyof Config["module"];
  /** What the module cannot work without. */
  readonly needs: readonly ModuleNeed[];
  /** Statements that each connection plans before the first client waits for them. */
  readonly warmUp?: readonly WarmUpStatement[];
  /** Builds the module; nothing is opened before `start`. */
  create(services: Services): Module;
}

/** For each need: whether it is met, and the setting that would meet it. */
const NEEDS: Record<ModuleNeed, { met(config: Config): boolean; setting: string }> = {
  database: {
    met: (config) => config.postgres.connect,
    setting: '"postgres.connect" must be true, is false',
  },
  oauth2: {
    met: (config) => config.oauth2.some((application) => application.client_id !== ""),
    setting: "no application is configured in conf/oauth2/*.json",
  },
};

/** Returns the factories that the configuration enables, in the order of the list. */
export function enabledFactories(
  factories: readonly ModuleFactory[],
  config: Config,
): ModuleFactory[] {
  return factories.filter((factory) => config.module[factory.name].enable);
}

/**
 * Checks that every enabled module can have what it needs.
 *
 * @throws {ConfigError} If one cannot; the message names the missing setting of each.
 */
export function checkNeeds(factories: readonly ModuleFactory[], config: Config): void {
  const faults = enabledFactories(factories, config).flatMap((factory) =>
    factory.needs
      .filter((need) => !NEEDS[need].met(config))
      .map((need) => `module.${factory.name}: enabled, but ${NEEDS[need].setting}`)
  );
  if (faults.length > 0) throw new ConfigError(faults);
}

/** Starts, asks and stops the modules of one process. */
export class ModuleManager {
  readonly #modules: readonly Module[];
  #started: Module[] = [];

  /** @param modules In the order in which they are asked. */
  constructor(modules: readonly Module[]) {
    this.#modules = modules;
  }

  /** Starts every module in order; when one fails, those before it are stopped again. */
  async start(): Promise<void> {
    try {
      for (const module of this.#modules) {
        await module.start?.();
        this.#started.push(module);
      }
    } catch (thrown) {
      await this.stop();
      throw thrown;
    }
  }

  /** Stops what was started, last first. Every module is stopped even when one fails. */
  async stop(): Promise<void> {
    const faults: unknown[] = [];
    for (const module of this.#started.splice(0).reverse()) {
      try {
        await module.stop?.();
      } catch (thrown) {
        faults.push(thrown);
      }
    }
    if (faults.length > 0) {
      throw new AppError("STOP", "A module could not be stopped", { cause: faults[0] });
    }
  }

  /** Returns the first module that answers a raw path. */
  find(pathname: string): Module | undefined {
    for (const module of this.#modules) {
      if (module.matches(pathname)) return module;
    }
    return undefined;
  }

  /** Answers a request by the first module that matches its path; none of them: 404. */
  async handle(request: Request, context: RequestContext): Promise<Response> {
    const module = this.find(rawPathname(request.url));
    if (module !== undefined) return await module.handle(request, context);
    return new Response(errorBody(404, "Not found"), {
      status: 404,
      headers: { "content-type": "application/json; charset=utf-8" },
    });
  }
}

/** Cuts the path out of an absolute address without the cost of parsing it. */
export function rawPathname(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  if (start < 0) return "/";
  const query = url.indexOf("?", start);
  return query < 0 ? url.slice(start) : url.slice(start, query);
}
