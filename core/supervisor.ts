/**
 * The supervisor: starts child processes, starts them again when they die, and stops them.
 *
 * A child is a place with a name; the process in it changes. A place goes through these states:
 * *running*, until its process ends; *waiting*, until the restart that the policy put off, or at
 * once *running* again; *ended*, from which nothing leads back, after `stop` or `retire`.
 *
 * A child hears of its parent's end by its standard input, which is a pipe that nobody writes to.
 *
 * @module
 */
import type { Logger } from "./log.ts";
import { RestartPolicy, type RestartTimes } from "./restart_policy.ts";

/** How a child is started. */
export interface ChildCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A child that is to run. */
export interface ChildSpec {
  /** Shown in the log, such as `worker 2`. */
  readonly name: string;
  /** Asked before each start. */
  command(): ChildCommand;
  /** At a reload the next process is started before this one is stopped. */
  readonly overlaps: boolean;
}

/** How a supervisor behaves. */
export interface SupervisorOptions extends RestartTimes {
  readonly log: Logger;
  /** Time until what was told to stop fast is killed, in milliseconds. @default 5000 */
  killAfter?: number;
  /** Time until what was told to stop gracefully is killed, in milliseconds. @default 30000 */
  quitPatience?: number;
  /** Time between two messages about a crash loop, in milliseconds. @default 300000 */
  summaryInterval?: number;
  /** Time that a reload waits for the next process to be ready, in milliseconds. @default 10000 */
  readyAfter?: number;
}

/** What a child process writes to its standard output when it is ready. */
export const READY = "ready\n";

/** Keeps a list of children running. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  #children: Child[] = [];
  /** Those that were replaced and have not ended yet. */
  readonly #leaving = new Set<Child>();
  #stopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Process ids by name; a child that waits for its restart is not there. */
  get pids(): Map<string, number> {
    const running = this.#children.filter((child) => child.pid !== null);
    return new Map(running.map((child) => [child.name, child.pid!]));
  }

  /** Starts children, beside those that run. */
  start(specs: readonly ChildSpec[]): void {
    if (this.#stopping) return;
    for (const spec of specs) {
      const child = new Child(spec, this.#options);
      this.#children.push(child);
      child.start();
    }
  }

  /**
   * Replaces all children by others: those that overlap after the next one of their name is
   * ready, the others before it is started.
   */
  async reload(specs: readonly ChildSpec[]): Promise<void> {
    const old = this.#children.splice(0);
    for (const child of old) this.#leaving.add(child);
    this.start(specs.filter(({ overlaps }) => overlaps));
    const { readyAfter = 10_000 } = this.#options;
    const ready = within(Promise.all(this.#children.map((child) => child.ready)), readyAfter);
    await Promise.all([
      this.#leave(old.filter((child) => !child.overlaps))
        .then(() => this.start(specs.filter(({ overlaps }) => !overlaps))),
      ready.then(() => this.#leave(old.filter((child) => child.overlaps))),
    ]);
  }

  /** Sends a signal to every child. */
  signal(signal: Deno.Signal): void {
    for (const child of [...this.#children, ...this.#leaving]) child.kill(signal);
  }

  /**
   * Stops every child; none is started again. A second call sends its signal as well.
   *
   * @param signal `SIGTERM` to stop fast, `SIGQUIT` gracefully.
   * @param patience Time until they are killed, in milliseconds. @default killAfter
   */
  async stop(signal: Deno.Signal, patience?: number): Promise<void> {
    this.#stopping = true;
    const limit = patience ?? this.#options.killAfter ?? 5000;
    const all = [...this.#children, ...this.#leaving];
    await Promise.all(all.map((child) => child.retire(signal, limit)));
  }

  async #leave(children: readonly Child[]): Promise<void> {
    const { quitPatience = 30_000 } = this.#options;
    await Promise.all(children.map(async (child) => {
      await child.retire("SIGQUIT", quitPatience);
      this.#leaving.delete(child);
    }));
  }
}

/** One place in the list, and the process that is in it now. */
class Child {
  readonly #spec: ChildSpec;
  readonly #options: SupervisorOptions;
  readonly #policy: RestartPolicy;
  readonly #ready = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  #process: Deno.ChildProcess | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #killer: ReturnType<typeof setTimeout> | undefined;
  #retired = false;
  #nextSummary = 0;

  constructor(spec: ChildSpec, options: SupervisorOptions) {
    this.#spec = spec;
    this.#options = options;
    this.#policy = new RestartPolicy(options);
  }

  get name(): string {
    return this.#spec.name;
  }

  get overlaps(): boolean {
    return this.#spec.overlaps;
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Resolves when a process of this child has said that it is ready. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  start(): void {
    const { log } = this.#options;
    const started = performance.now();
    let process: Deno.ChildProcess;
    try {
      const { program, args, env = {} } = this.#spec.command();
      process = new Deno.Command(program, {
        args: [...args],
        env: { ...env },
        stdin: "piped",
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
    } catch (error) {
      log.error("Process {name} cannot be started", { name: this.name, error });
      this.#died(started, "it cannot be started");
      return;
    }
    this.#process = process;
    log.debug("Process {name} started as {child}", { name: this.name, child: process.pid });
    void this.#listen(process);
    void this.#watch(process, started);
  }

  kill(signal: Deno.Signal): void {
    try {
      this.#process?.kill(signal);
    } catch {
      // It has ended already; the watch is about to notice.
    }
  }

  /**
   * Ends this child for good.
   *
   * @param limit Time until it is killed, in milliseconds.
   */
  retire(signal: Deno.Signal, limit: number): Promise<void> {
    this.#retired = true;
    clearTimeout(this.#timer);
    if (this.#process === null) this.#ended.resolve();
    this.kill(signal);
    clearTimeout(this.#killer);
    this.#killer = setTimeout(() => {
      if (this.#process === null) return;
      this.#options.log.warn("Process {name} did not stop in time: killed", { name: this.name });
      this.kill("SIGKILL");
    }, limit);
    return this.#ended.promise;
  }

  async #listen(process: Deno.ChildProcess): Promise<void> {
    let text = "";
    for await (const part of process.stdout.pipeThrough(new TextDecoderStream())) {
      if (text.includes(READY)) continue; // read on, so that the pipe never fills
      text = (text + part).slice(-READY.length * 64);
      if (text.includes(READY)) this.#ready.resolve();
    }
  }

  async #watch(process: Deno.ChildProcess, started: number): Promise<void> {
    const { code, signal } = await process.status;
    await process.stdin.close().catch(() => {}); // the other end is gone
    this.#process = null;
    clearTimeout(this.#killer);
    if (this.#retired) return this.#ended.resolve();
    this.#died(started, signal === null ? `status ${code}` : signal);
  }

  #died(started: number, how: string): void {
    const { log, summaryInterval = 300_000 } = this.#options;
    const now = performance.now();
    const { delay, deaths, looping, held } = this.#policy.died(started, now);
    const facts = { name: this.name, how, delay, deaths };
    if (looping) {
      log.error("Process {name} dies again and again ({how}); next start in {delay} ms", facts);
      this.#nextSummary = now + summaryInterval;
    } else if (!held) {
      log.warn("Process {name} died ({how}); next start in {delay} ms", facts);
    } else if (now >= this.#nextSummary) {
      log.error("Process {name} still dies ({how}): {deaths} deaths", facts);
      this.#nextSummary = now + summaryInterval;
    }
    this.#timer = setTimeout(() => this.start(), delay);
  }
}

/** Waits for a promise, but not longer than a time in milliseconds. */
async function within(promise: Promise<unknown>, limit: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limit);
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
