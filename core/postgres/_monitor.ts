/**
 * Finds connections that look open but lead nowhere.
 *
 * A peer that vanished without a word (a firewall forgot the connection, a proxy hangs, a machine
 * lost its power) is not reported by TCP for many minutes. So an idle connection is asked for a
 * sign of life, and one that has had no answer for long is checked from beside, by a fresh
 * connection: when that one gets no answer either, or sees that the server is not working for
 * the stuck one, the stuck one is cut. From the loss to the cut pass 12 seconds at most.
 *
 * @module
 */
import type { Link } from "./_link.ts";
import type { Pool } from "./_pool.ts";
import { DatabaseError } from "./errors.ts";

/** Times of the watch, in milliseconds. */
export interface WatchTimes {
  /** How often all links are looked at. */
  readonly tick: number;
  /** Silence after which an idle link is asked and a busy one is doubted. */
  readonly silence: number;
  /** Time to answer. */
  readonly answer: number;
}

/** Times that find a lost peer within 12 seconds and cost an idle link one question in five. */
export const WATCH_TIMES: WatchTimes = { tick: 1000, silence: 5000, answer: 4000 };

const DEADLINE_GRACE = 5000; // milliseconds past the statement timeout, which the server keeps
const IDLE_CLOSE = 60_000; // milliseconds after which an idle link above `min` is closed

/** Says when a link was used last, for closing those that are not needed. */
const usedAt = new WeakMap<Link, number>();

/** Watches a pool; the returned function ends it. */
export function monitorPool(pool: Pool): () => void {
  const { tick: interval, silence, answer } = pool.options.watch;
  let probing = false;
  const asked = new Set<Link>();

  const tick = () => {
    const now = performance.now();
    for (const link of pool.links) {
      if (link.lent || link.busySince > 0) usedAt.set(link, now);
    }
    closeSurplus(pool, now);
    for (const link of pool.idle) {
      if (now - link.answeredAt >= silence && !asked.has(link)) void ask(link);
    }
    const { statementTimeout } = pool.options;
    const limit = statementTimeout > 0 ? statementTimeout + DEADLINE_GRACE : Infinity;
    const stuck: Link[] = [];
    for (const link of pool.links) {
      if (link.busySince === 0) continue;
      if (now - link.busySince >= limit) link.destroy("a statement had no answer in time");
      else if (link.lent && now - link.busySince >= silence) stuck.push(link);
    }
    if (stuck.length > 0 && !probing) void check(stuck);
  };

  // An idle link stays in the pool while it is asked: a caller's statement follows the question.
  const ask = async (link: Link) => {
    asked.add(link);
    if (!await link.ping(answer)) link.destroy("it gave no sign of life");
    asked.delete(link);
  };

  const check = async (stuck: Link[]) => {
    probing = true;
    const lost = await findLost(pool, stuck);
    for (const link of lost) {
      const silent = link.busySince > 0 && performance.now() - link.busySince >= silence;
      if (silent) link.destroy("its peer is gone");
    }
    probing = false;
  };

  const timer = setInterval(tick, interval);
  return () => clearInterval(timer);
}

/** Asks a fresh connection which of the stuck links the server is not working for. */
async function findLost(pool: Pool, stuck: Link[]): Promise<Link[]> {
  try {
    const pids = stuck.map((link) => link.pid);
    // A pooler reports process ids of its own: no row means that nothing is known.
    const idle = await pool.probe(pool.options.watch.answer, (link) =>
      link.values(
        `SELECT pid
           FROM pg_catalog.pg_stat_activity
          WHERE pid = ANY ($1)
            AND state LIKE 'idle%'
            AND state_change < now() - $2 * interval '1 ms'
            AND application_name = current_setting('application_name')`,
        [pids, pool.options.watch.silence / 2],
      ));
    const lost = new Set(idle.map(([pid]) => pid));
    return stuck.filter((link) => lost.has(link.pid));
  } catch (thrown) {
    // "Too many connections" and its like are answers: the server is there.
    return thrown instanceof DatabaseError || isAnswer(thrown) ? [] : stuck;
  }
}

function isAnswer(thrown: unknown): boolean {
  const { cause } = thrown as { cause?: { severity?: string } };
  return cause?.severity !== undefined;
}

/** Closes one connection a tick of those that had nothing to do for a minute. */
function closeSurplus(pool: Pool, now: number): void {
  if (pool.links.size <= pool.options.min) return;
  const [link] = pool.idle;
  if (link === undefined) return;
  const used = usedAt.get(link) ?? link.openedAt;
  if (now - used >= IDLE_CLOSE) void pool.retire(link, "it was not needed");
}
