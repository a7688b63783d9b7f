/**
 * The master: the process that people start. It answers requests itself, and supervises the rest.
 *
 * Its life: database server, installation when that is empty, first generation of modules,
 * listener, children. Then it waits for signals: a reload puts the next generation in place; a
 * stop walks the way back. The first signal to stop is obeyed as it is meant, another one makes
 * the stop fast, a third one ends at once.
 *
 * @module
 */
import { childCommand } from "./child_command.ts";
import { withFixedOptions } from "./config_changes.ts";
import type { Config } from "./config.ts";
import { isInstalled, startEmbedded } from "./database_server.ts";
import { AppError, toError } from "./errors.ts";
import { Generation, LiveManager } from "./generation.ts";
import { Metrics } from "./http/metrics.ts";
import { configureLogging, getLogger } from "./log.ts";
import { checkNeeds } from "./module.ts";
import { checkAdministrator } from "./password.ts";
import {
  type ConnectionOptions,
  type EmbeddedPostgres,
  install,
  installOptions,
} from "./postgres/mod.ts";
import { listenToSignals, type StopKind } from "./process_shell.ts";
import { enabledDaemons, missingParts, type Program } from "./program.ts";
import { Progress } from "./progress.ts";
import { recordSecrets } from "./secrets.ts";
import { type Server, startServer } from "./server.ts";
import { type ChildSpec, Supervisor } from "./supervisor.ts";
import { localAddress, welcomeText } from "./welcome.ts";

/** Time that a fast stop gives to requests in flight, in milliseconds. */
const FAST = 500;

/** Time that children have beyond their own graceful stop, in milliseconds. */
const GRACE = 5000;

const log = getLogger(["apostol", "server"]);

/** Runs the server of one configuration until a signal stops it. */
export class Master {
  readonly #program: Program;
  readonly #load: () => Promise<Config>;
  readonly #metrics = new Metrics();
  readonly #supervisor: Supervisor;
  readonly #stop = Promise.withResolvers<StopKind>();
  readonly #hurry = Promise.withResolvers<void>();
  #config: Config;
  #asked: StopKind | null = null;
  #embedded: EmbeddedPostgres | null = null;
  #manager: LiveManager | null = null;
  #server: Server | null = null;
  #reloading: Promise<void> | null = null;
  #old = new Set<Promise<void>>();
  /** The start has come to its end, good or bad. */
  #started = false;

  /** @param load Reads the configuration again. */
  constructor(config: Config, load: () => Promise<Config>, program: Program) {
    this.#config = config;
    this.#load = load;
    this.#program = program;
    this.#supervisor = new Supervisor({
      log: getLogger(["apostol", "supervisor"]),
      quitPatience: config.server.stop_timeout + GRACE,
    });
  }

  /** Runs until a signal stops it. */
  async run(): Promise<void> {
    listenToSignals({
      stop: (kind) => this.#requestStop(kind),
      reload: () => this.#requestReload(),
      reopen: () => this.#supervisor.signal("SIGUSR2"),
    });
    const started = this.#start().finally(() => this.#started = true);
    try {
      await Promise.race([started, this.#stop.promise]);
      await this.#stop.promise;
      log.info("Stopping: {kind}", { kind: this.#asked ?? "fast" });
    } finally {
      await this.#interrupt(started);
      await this.#shutDown(this.#asked ?? "fast");
    }
  }

  /** Waits for a start that a stop came into; an installation ends when its server does. */
  async #interrupt(started: Promise<void>): Promise<void> {
    if (!this.#started) await this.#embedded?.stop();
    await started.catch((thrown: unknown) => {
      log.debug("{reason}", { reason: toError(thrown).message });
    });
  }

  async #start(): Promise<void> {
    const config = this.#config;
    for (const warning of warningsOf(config, this.#program)) log.warn(warning);
    for (const folder of config.directories) await Deno.mkdir(folder, { recursive: true });
    this.#embedded = await startEmbedded(config);
    if (this.#asked !== null) return;
    const installed = config.postgres.connect && await this.#installIfEmpty();
    if (this.#asked !== null) return;

    const { moduleFactories } = this.#program;
    const generation = await Generation.start(config, moduleFactories, this.#metrics, "master");
    this.#manager = new LiveManager(generation);
    const children = childrenOf(config, this.#program, this.#embedded?.connection ?? null);
    const reusePort = children.some(({ overlaps }) => overlaps);
    this.#server = await startServer({ config, manager: this.#manager, reusePort });
    if (this.#asked !== null) return;
    this.#supervisor.start(children);
    log.info("Listening on {address}", { address: localAddress(config) });
    if (installed) console.log(welcomeText(config));
  }

  /** @returns Whether it was installed just now. */
  async #installIfEmpty(): Promise<boolean> {
    if (await isInstalled(this.#config)) return false;
    using progress = new Progress();
    const options = await installOptions(this.#config);
    const { changed } = await install({ ...options, onProgress: progress.show });
    if (changed) await recordSecrets(this.#config.data, this.#config.secrets);
    return changed;
  }

  #requestStop(kind: StopKind): void {
    if (this.#asked === null) {
      this.#asked = kind;
      return this.#stop.resolve(kind);
    }
    if (this.#asked === "graceful") {
      this.#asked = "fast";
      log.warn("Stopping fast: asked again");
      void this.#supervisor.stop("SIGTERM");
      return this.#hurry.resolve();
    }
    this.#supervisor.signal("SIGKILL");
    Deno.exit(1);
  }

  async #shutDown(kind: StopKind): Promise<void> {
    const { stop_timeout } = this.#config.server;
    const patience = kind === "graceful" ? stop_timeout : FAST;
    const children = kind === "graceful"
      ? this.#supervisor.stop("SIGQUIT", stop_timeout + GRACE)
      : this.#supervisor.stop("SIGTERM");
    await Promise.race([this.#server?.stop(patience), this.#hurry.promise]);
    const steps = [
      () => this.#reloading,
      () => this.#manager?.current.stop(),
      () => Promise.race([Promise.all(this.#old), this.#hurry.promise]),
      () => children,
      () => this.#embedded?.stop(),
    ];
    for (const step of steps) {
      try {
        await step();
      } catch (thrown) {
        log.error("Stopping: {reason}", { reason: toError(thrown).message });
      }
    }
  }

  #requestReload(): void {
    if (this.#reloading !== null || this.#server === null || this.#asked !== null) return;
    this.#reloading = this.#reload()
      .catch((thrown: unknown) => {
        const error = toError(thrown);
        log.error("Not reloaded, the old configuration stays: {reason}", {
          reason: error.message,
          ...(thrown instanceof AppError ? {} : { error }),
        });
      })
      .finally(() => this.#reloading = null);
  }

  async #reload(): Promise<void> {
    const config = withFixedOptions(await this.#load(), this.#config, (key) => {
      log.warn("{key} does not change by a reload: start the server again", { key });
    });
    checkAdministrator(config);
    const { moduleFactories } = this.#program;
    const next = await Generation.start(config, moduleFactories, this.#metrics, "master");
    await configureLogging(config);
    this.#config = config;
    this.#retire(this.#manager!.replace(next));
    for (const warning of warningsOf(config, this.#program)) log.warn(warning);
    const database = this.#embedded?.connection ?? null;
    await this.#supervisor.reload(childrenOf(config, this.#program, database));
    log.info("Reloaded");
  }

  /** Stops a generation when the requests that it began to answer have had their time. */
  #retire(generation: Generation): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, generation.config.server.stop_timeout);
    const ended = Promise.race([promise, this.#stop.promise]).then(() => {
      clearTimeout(timer);
      return generation.stop();
    }).catch((thrown: unknown) => log.error("{reason}", { reason: toError(thrown).message }))
      .finally(() => this.#old.delete(ended));
    this.#old.add(ended);
  }
}

/**
 * The processes beside the master.
 *
 * @param database Where the embedded server is; null when another is used.
 */
function childrenOf(
  config: Config,
  program: Program,
  database: ConnectionOptions | null,
): ChildSpec[] {
  if (!config.process.master) return [];
  const child = (name: string, process: string, permissions: "worker" | "daemon"): ChildSpec => ({
    name,
    overlaps: permissions === "worker",
    command: () => childCommand(config, process, permissions, database),
  });
  const helper = config.process.helper && enabledDaemons(program.helpers, config).length > 0;
  return [
    ...Array.from(
      { length: config.server.workers - 1 },
      (_, index) => child(`worker ${index + 2}`, "worker", "worker"),
    ),
    ...(helper ? [child("helper", "helper", "daemon")] : []),
    ...enabledDaemons(program.daemons, config).map(({ name }) => child(name, name, "daemon")),
  ];
}

function warningsOf(config: Config, program: Program): string[] {
  return [
    ...config.warnings,
    ...missingParts(program, config).map((name) =>
      `module.${name} is enabled, and this program has no such module`
    ),
  ];
}

/**
 * Runs the server.
 *
 * @param load Reads the configuration again, for a reload.
 * @throws {ConfigError} If it cannot be run with this configuration.
 */
export async function runMaster(
  config: Config,
  load: () => Promise<Config>,
  program: Program,
): Promise<void> {
  checkNeeds(program.moduleFactories, config);
  checkAdministrator(config);
  await new Master(config, load, program).run();
}
