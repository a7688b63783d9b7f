/**
 * Cleaner: removes what has expired: sessions, tokens, tickets, old rows of the logs.
 *
 * Several machines may run it; the one that gets the lock of a round cleans, the others skip it.
 * A round works in batches, so that no lock is held long; a stop request ends it after the batch
 * in hand. A database error ends `run`: the shell ends the process, and it is started again.
 *
 * @module
 */
import { type Daemon, type DaemonContext, pause } from "../../core/daemon.ts";

/** The advisory lock of a round: "clea" and "ner" as numbers. */
const LOCK = [0x636c6561, 0x6e6572];

const TRY_LOCK = "SELECT pg_try_advisory_xact_lock($1::integer, $2::integer)";
const CLEAN = "SELECT daemon.clean($1)";

/** Batches of one round; what is left waits for the next. */
const MOST_BATCHES = 100;

/** How many rows of each kind a batch removed. */
export type CleanCounts = Record<string, number>;

/** The daemon for the list in `processes/mod.ts`. */
export const cleaner: Daemon = {
  name: "cleaner",
  config: "Cleaner",
  async run(context) {
    const { heartbeat } = context.config.module.Cleaner;
    while (!context.signal.aborted) {
      await cleanRound(context);
      await pause(heartbeat, context.signal);
    }
  },
};

/** Cleans until a batch is not full, and tells what was removed. */
export async function cleanRound(context: DaemonContext): Promise<CleanCounts> {
  const { config, signal, report } = context;
  const { limit } = config.module.Cleaner;
  const total: CleanCounts = {};
  for (let batch = 0; batch < MOST_BATCHES && !signal.aborted; batch++) {
    const counts = await cleanBatch(context, limit);
    if (counts === null) return total; // somebody else cleans
    for (const [kind, count] of Object.entries(counts)) total[kind] = (total[kind] ?? 0) + count;
    if (Object.values(counts).every((count) => count < limit)) break;
  }
  const removed = Object.values(total).reduce((sum, count) => sum + count, 0);
  report({
    kind: "cleaner.cleaned",
    level: removed > 0 ? "info" : "debug",
    removed,
    counts: total,
  });
  return total;
}

/** Removes one batch in a transaction; null when another process holds the lock. */
async function cleanBatch({ db }: DaemonContext, limit: number): Promise<CleanCounts | null> {
  return await db.begin(async (tx) => {
    if (!(await tx.value<boolean>(TRY_LOCK, LOCK))) return null;
    return await tx.value<CleanCounts>(CLEAN, [limit]) ?? {};
  });
}
