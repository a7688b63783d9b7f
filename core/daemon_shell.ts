/**
 * The shell around daemons: a pool, the signals, the parent's end, and what is told of their work.
 *
 * The first signal asks the daemons to finish what they have in hand, the second one ends the
 * process. An error of one daemon ends them all: the supervisor starts the process again.
 *
 * @module
 */
import type { Config } from "./config.ts";
import { type Daemon, type DaemonEvent, pause } from "./daemon.ts";
import { describeDatabaseEvent } from "./database_events.ts";
import { toError } from "./errors.ts";
import { closeLogging, configureLogging, getLogger, type Logger } from "./log.ts";
import { connectionFor, type Database, openDatabase } from "./postgres/mod.ts";
import { announceReady, dropPermissions, listenToSignals, watchParent } from "./process_shell.ts";
import { needsWriting } from "./program.ts";

/** Connections of a process that mostly waits. */
const POOL = { min: 1, max: 4 };

/** Time between two looks at a database that does not answer, in milliseconds. */
const READY_INTERVAL = 1000;

/**
 * Runs daemons in this process until a signal or an error ends them.
 *
 * @param name Of the process, for the log and `pg_stat_activity`.
 * @returns The exit status.
 */
export async function runDaemons(
  name: string,
  daemons: readonly Daemon[],
  config: Config,
): Promise<number> {
  await configureLogging(config, { process: name });
  const log = getLogger(["apostol", "process", name]);
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) Deno.exit(1);
    stopping.abort();
  };
  listenToSignals({ stop });
  void watchParent(stop);

  const { postgres } = config;
  const connection = await connectionFor(config, "helper");
  const db = openDatabase({
    connection,
    name: `apostol ${name}`,
    ...POOL,
    acquireTimeout: postgres.acquire_timeout,
    statementTimeout: postgres.statement_timeout,
    onEvent: (event) => describeDatabaseEvent(event, postgres.notice),
  });
  await dropPermissions(needsWriting(config, connection));
  await announceReady();
  try {
    const { signal } = stopping;
    await untilReady(db, signal, log);
    if (!signal.aborted) log.info("Process {name} runs", { name });
    const report = (event: DaemonEvent) => tell(event, name);
    await Promise.all(daemons.map((daemon) => daemon.run({ db, config, signal, log, report })));
    return 0;
  } catch (thrown) {
    const error = toError(thrown);
    log.error("Process {name} ends: {reason}", { name, reason: error.message, error });
    return 1;
  } finally {
    stopping.abort();
    await db.close();
    await closeLogging();
  }
}

/** Waits for the database: to die and be started again until it is back would only cost. */
async function untilReady(db: Database, signal: AbortSignal, log: Logger): Promise<void> {
  let told = false;
  while (!signal.aborted && !(await db.ready())) {
    if (!told) log.warn("Waiting for the database");
    told = true;
    await pause(READY_INTERVAL, signal);
  }
}

/** The log reads what daemons tell. */
function tell({ kind, level = "info", ...facts }: DaemonEvent, name: string): void {
  const log = getLogger(["apostol", "process", name]);
  const properties = { kind, ...facts };
  switch (level) {
    case "debug":
      return log.debug("{kind}", properties);
    case "warning":
      return log.warn("{kind}", properties);
    case "error":
      return log.error("{kind}", properties);
    default:
      return log.info("{kind}", properties);
  }
}
