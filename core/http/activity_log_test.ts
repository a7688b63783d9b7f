import assert from "node:assert/strict";
import { openDatabase } from "../postgres/mod.ts";
import { type Activity, ActivityLog } from "./activity_log.ts";

/** A pool whose database is not there: nothing listens on port 1. */
function nobody() {
  const connection = { host: "127.0.0.1", port: 1, database: "x", user: "x", password: "" };
  const db = openDatabase({ connection, min: 0, max: 1, acquireTimeout: 100 });
  return Object.assign(db, { [Symbol.asyncDispose]: () => db.close() });
}

function activity(path = "/api/v1/ping", payload: string | null = null): Activity {
  return {
    datetime: Date.now(),
    method: "GET",
    path,
    payload,
    runtime: 1,
    session: null,
    eventid: null,
    host: null,
    agent: "test",
  };
}

Deno.test("ActivityLog.flush() keeps rows while the database is away", async () => {
  await using db = nobody();
  const log = new ActivityLog(db);
  for (let index = 0; index < 3; index++) log.record(activity());

  await log.flush();

  assert.deepEqual(log.stats, { queued: 3, written: 0, dropped: 0 });
});

Deno.test("ActivityLog.record() drops the oldest rows above the bound and counts them", async () => {
  await using db = nobody();
  const log = new ActivityLog(db, { batch: 8, maxRows: 16 });

  for (let index = 0; index < 100; index++) log.record(activity());
  await log.flush();

  const { queued, dropped } = log.stats;
  assert.ok(queued <= 16, `${queued} rows wait`);
  assert.equal(queued + dropped, 100);
});

Deno.test("ActivityLog.record() bounds what payloads hold", async () => {
  await using db = nobody();
  const log = new ActivityLog(db, { maxCharacters: 100_000 });
  const payload = JSON.stringify({ text: "x".repeat(10_000) });

  for (let index = 0; index < 50; index++) log.record(activity("/api/v1/x", payload));
  // One that is too large to be kept counts for next to nothing.
  log.record(activity("/api/v1/x", JSON.stringify({ text: "x".repeat(1_000_000) })));

  const { queued } = log.stats;
  assert.ok(queued >= 5 && queued <= 12, `${queued} rows wait`);
});

Deno.test("ActivityLog.stop() ends even though the database is away", async () => {
  await using db = nobody();
  const log = new ActivityLog(db, { interval: 20 });
  log.start();
  log.record(activity());

  await log.stop();

  assert.deepEqual(log.stats, { queued: 0, written: 0, dropped: 1 });
});
