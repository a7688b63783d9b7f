/** No table is written by a call that only reads. */
import assert from "node:assert/strict";
import { type TestDatabase, testDatabase } from "../support/mod.ts";

const READS: [string, unknown?][] = [
  ["/whoami", {}],
  ["/current/session"],
  ["/current/user"],
  ["/current/area"],
  ["/user/get", {}],
  ["/user/list", {}],
  ["/member/group"],
  ["/member/area"],
  ["/admin/user/list", { fields: ["id", "username"], orderby: ["username"], reclimit: 10 }],
  ["/admin/user/count", {}],
  ["/admin/group/list", {}],
  ["/admin/area/list", {}],
  ["/admin/session/list", {}],
  ["/admin/event/log/list", {}],
  ["/registry/list", {}],
  ["/resource/list", {}],
  ["/error/list", { reclimit: 5 }],
  ["/locale", {}],
];

Deno.test("calls that read write no table", async () => {
  await using db = await testDatabase();
  const token = await db.signIn();
  for (const [path, payload] of READS) {
    const { status, body } = await db.call(token, path, payload);
    assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
  }

  const before = await writes(db);
  for (const [path, payload] of READS) await db.call(token, path, payload);
  const after = await writes(db);

  assert.deepEqual(after, before);
});

Deno.test("a session's last-seen stamp moves when activity is flushed, not before", async () => {
  await using db = await testDatabase();
  const token = await db.signIn();
  const code = await db.value("SELECT code FROM db.session");
  await db.value("SELECT set_config('session_replication_role', 'replica', false)");
  await db.rows("UPDATE db.session SET updated = now() - interval '10 minutes'");
  await db.call(token, "/whoami", {});
  const unchanged = await db.value("SELECT updated < now() - interval '9 minutes' FROM db.session");

  await db.value("SELECT daemon.flush_activity('[]', $1::text::jsonb)", [
    JSON.stringify([{ session: code, agent: "test", host: "127.0.0.1", seen: new Date() }]),
  ]);

  assert.equal(unchanged, true);
  assert.equal(
    await db.value("SELECT updated > now() - interval '1 minute' FROM db.session"),
    true,
  );
});

/** Rows inserted, updated and deleted so far, by table. */
async function writes(db: TestDatabase): Promise<Record<string, number>> {
  await db.value("SELECT pg_stat_force_next_flush()");
  await db.value("SELECT pg_stat_clear_snapshot()");
  const rows = await db.rows<{ name: string; n: number }>(
    `SELECT schemaname || '.' || relname AS name, (n_tup_ins + n_tup_upd + n_tup_del)::int AS n
       FROM pg_stat_user_tables
      ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}
