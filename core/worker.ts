/**
 * A worker: answers requests on the port that the master and the other workers answer on as well.
 *
 * @module
 */
import type { Config } from "./config.ts";
import { Generation } from "./generation.ts";
import { Metrics } from "./http/metrics.ts";
import { closeLogging, configureLogging, getLogger } from "./log.ts";
import {
  announceReady,
  dropPermissions,
  listenToSignals,
  type StopKind,
  watchParent,
} from "./process_shell.ts";
import { connectionFor } from "./postgres/mod.ts";
import { needsWriting, type Program } from "./program.ts";
import { startServer } from "./server.ts";

/** Time that a fast stop gives to requests in flight, in milliseconds. */
const FAST = 500;

/** Runs a worker until a signal or the end of the master stops it. */
export async function runWorker(config: Config, program: Program): Promise<void> {
  await configureLogging(config, { process: "worker" });
  const log = getLogger(["apostol", "server"]);
  const stop = Promise.withResolvers<StopKind>();
  const hurry = Promise.withResolvers<void>();
  let asked = false;
  const requestStop = (kind: StopKind): void => {
    if (asked) hurry.resolve();
    asked = true;
    stop.resolve(kind);
  };
  listenToSignals({ stop: requestStop });
  void watchParent(() => requestStop("fast"));

  const metrics = new Metrics();
  const generation = await Generation.start(config, program.moduleFactories, metrics, "worker");
  const { manager } = generation;
  const server = await startServer({ config, manager, reusePort: true });
  const database = config.postgres.connect ? await connectionFor(config, "worker") : null;
  await dropPermissions(needsWriting(config, database));
  await announceReady();
  log.debug("Worker listens on port {port}", { port: server.addr.port });

  const kind = await stop.promise;
  const patience = kind === "graceful" ? config.server.stop_timeout : FAST;
  await Promise.race([server.stop(patience), hurry.promise]);
  await generation.stop();
  await closeLogging();
}
