/**
 * What answers requests in one process: a pool, the request log and the modules, built from one
 * configuration. A reload builds the next generation and puts it in place of this one.
 *
 * @module
 */
import type { Config } from "./config.ts";
import { describeDatabaseEvent } from "./database_events.ts";
import { ActivityLog } from "./http/activity_log.ts";
import type { Metrics } from "./http/metrics.ts";
import {
  checkNeeds,
  enabledFactories,
  type Module,
  type ModuleFactory,
  ModuleManager,
  type RequestContext,
  type Services,
} from "./module.ts";
import { type Database, databaseOptions, openDatabase } from "./postgres/mod.ts";

/** The modules of one configuration and what they stand on. */
export class Generation {
  readonly config: Config;
  readonly manager: ModuleManager;
  readonly #db: Database | undefined;
  readonly #activity: ActivityLog | undefined;

  private constructor(config: Config, services: Services, factories: readonly ModuleFactory[]) {
    this.config = config;
    this.#db = services.db;
    this.#activity = services.activity;
    this.manager = new ModuleManager(factories.map((factory) => factory.create(services)));
  }

  /**
   * Opens the pool and starts the modules.
   *
   * @param name Of the process, for `pg_stat_activity`.
   * @throws {ConfigError} If a module cannot have what it needs.
   */
  static async start(
    config: Config,
    all: readonly ModuleFactory[],
    metrics: Metrics,
    name: string,
  ): Promise<Generation> {
    checkNeeds(all, config);
    const factories = enabledFactories(all, config);
    const services: Services = { config, metrics };
    if (factories.some(({ needs }) => needs.includes("database")) || config.postgres.connect) {
      services.db = openDatabase({
        ...await databaseOptions(config, "worker"),
        name: `apostol ${name}`,
        warmUp: factories.flatMap(({ warmUp }) => warmUp ?? []),
        onEvent: (event) => describeDatabaseEvent(event, config.postgres.notice),
      });
      services.activity = new ActivityLog(services.db);
      services.activity.start();
    }
    const generation = new Generation(config, services, factories);
    try {
      await generation.manager.start();
      return generation;
    } catch (thrown) {
      await generation.stop();
      throw thrown;
    }
  }

  /** Stops the modules, writes what waits to be logged, closes the pool. */
  async stop(): Promise<void> {
    try {
      await this.manager.stop();
    } finally {
      await this.#activity?.stop();
      await this.#db?.close();
    }
  }
}

/** Hands requests to the generation of the moment. */
export class LiveManager extends ModuleManager {
  #current: Generation;

  constructor(first: Generation) {
    super([]);
    this.#current = first;
  }

  /** The generation that answers now. */
  get current(): Generation {
    return this.#current;
  }

  /** Puts another generation in place; returns the one that answered so far. */
  replace(next: Generation): Generation {
    const before = this.#current;
    this.#current = next;
    return before;
  }

  override find(pathname: string): Module | undefined {
    return this.#current.manager.find(pathname);
  }

  override handle(request: Request, context: RequestContext): Promise<Response> {
    return this.#current.manager.handle(request, context);
  }
}
