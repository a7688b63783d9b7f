/**
 * Daemons: background processes that work in the database and answer no request.
 *
 * A daemon is business logic only. The shell around it (`daemon_shell.ts`) opens the pool, hears
 * the signals and ends the process; the supervisor starts it again.
 *
 * @module
 */
import type { Config } from "./config.ts";
import type { Logger } from "./log.ts";
import type { Database } from "./postgres/mod.ts";

/** Something worth telling: a kind and its facts. Log and metrics are two readers of it. */
export interface DaemonEvent {
  /** Subject and what happened, such as `cleaner.cleaned`. */
  readonly kind: string;
  /** How loud it is. @default "info" */
  readonly level?: "debug" | "info" | "warning" | "error";
  readonly [fact: string]: unknown;
}

/** What a daemon works with. */
export interface DaemonContext {
  /** Pool of the role `apibot`. */
  readonly db: Database;
  readonly config: Config;
  /** Aborted when the daemon is to finish the batch in hand and return. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Tells what happened. */
  report(event: DaemonEvent): void;
}

/** A background process; an entry of the list in `processes/mod.ts`. */
export interface Daemon {
  /** The name after `--process`. */
  readonly name: string;
  /** Its entry under `module` in the configuration. */
  readonly config: keyof Config["module"];
  /** Works until `signal` is aborted. An error ends the process, which is then started again. */
  run(context: DaemonContext): Promise<void>;
}

/** Waits, but no longer than until a signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done, { once: true });
  });
}
