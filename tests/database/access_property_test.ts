/** Lists against single gets for random rights, and how the engine reads the objects. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  createUser,
  Door,
  type SignedIn,
  type TestDatabase,
  testDatabase,
} from "../support/mod.ts";

const VENDORS = 6;
/** Principals of the random rights: three users, two groups, and the group of all of them. */
const PRINCIPALS = ["ann", "bob", "cid", "left", "right", "user"] as const;
/** Groups of the users. */
const GROUPS: Record<string, string[]> = {
  ann: ["user"],
  bob: ["user", "left"],
  cid: ["user", "left", "right"],
};

/** Rights in the objects and who owns them. */
interface Grants {
  owners: number[];
  rows: { object: number; principal: number; deny: number; allow: number }[];
}

const grants: fc.Arbitrary<Grants> = fc.record({
  owners: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: VENDORS, maxLength: VENDORS }),
  rows: fc.uniqueArray(
    fc.record({
      object: fc.integer({ min: 0, max: VENDORS - 1 }),
      principal: fc.integer({ min: 0, max: PRINCIPALS.length - 1 }),
      deny: fc.constantFrom(0, 0, 0, 4, 7),
      allow: fc.integer({ min: 0, max: 7 }),
    }),
    { maxLength: 14, selector: ({ object, principal }) => object * 10 + principal },
  ),
});

/** Whether a user may read an object: written once more, from the rules. */
function readable({ owners, rows }: Grants, object: number, user: string): boolean {
  const mine = rows.filter((row) => {
    const name = PRINCIPALS[row.principal] ?? "";
    return row.object === object && (name === user || GROUPS[user]?.includes(name));
  });
  const deny = mine.reduce((bits, row) => bits | row.deny, 0);
  let allow = mine.reduce((bits, row) => bits | row.allow, 0);
  const named = mine.some((row) => PRINCIPALS[row.principal] === user);
  if (PRINCIPALS[owners[object] ?? -1] === user && !named) allow = 7;
  return (allow & ~deny & 4) === 4;
}

Deno.test("for random rights a list has what single gets give, and so has its count", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  for (const username of ["left", "right"]) {
    await db.call(admin, "/admin/group/set", { username, name: username });
  }
  const users: Record<string, SignedIn> = {};
  for (const [name, groups] of Object.entries(GROUPS)) {
    users[name] = await createUser(db, admin, name, groups);
  }
  const principals = await db.rows<{ id: string }>(
    `SELECT u.id FROM unnest($1::text[]) WITH ORDINALITY AS p (name, n)
       JOIN db."user" u ON u.username = p.name ORDER BY n`,
    [[...PRINCIPALS]],
  );
  await db.rows("DELETE FROM db.acl_set_entry WHERE userid = kernel.GetGroup('user')");
  const ids: string[] = [];
  for (let i = 0; i < VENDORS; i++) {
    ids.push((await db.call(admin, "/vendor/set", { name: `Thing ${i}` })).body.id);
  }
  const filter = { filter: { id: ids }, reclimit: 0 };

  await fc.assert(
    fc.asyncProperty(grants, async (given) => {
      await apply(db, ids, principals.map(({ id }) => id), given);
      for (const [name, user] of Object.entries(users)) {
        const wanted = ids.filter((_, i) => readable(given, i, name)).sort();
        for (const entity of ["vendor", "reference", "object"]) {
          const rows = await door.list(user.token, `/${entity}/list`, filter);
          const [{ count }] = await door.list(user.token, `/${entity}/count`, filter);
          assert.deepEqual(rows.map(({ id }) => id).sort(), wanted, `${entity} list of ${name}`);
          assert.equal(count, wanted.length, `${entity} count of ${name}`);
        }
        const got = [];
        for (const id of ids) {
          if ((await door.list(user.token, "/vendor/get", { id })).length === 1) got.push(id);
        }
        assert.deepEqual(got.sort(), wanted, `get of ${name}`);
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

Deno.test("lists, gets, counts and actions never read all objects", async () => {
  await using db = await testDatabase();
  const admin = await db.signIn();
  const user = await createUser(db, admin, "plain");
  await fill(db, 20_000);
  const calls: [string, (id: string) => unknown][] = [
    ["/vendor/list", () => ({ reclimit: 10 })],
    ["/vendor/list", () => ({ reclimit: 10, recoffset: 20 })],
    ["/vendor/list", () => ({ filter: { name: "Thing 777" } })],
    ["/vendor/list", () => ({ filter: { code: "thing777.vendor", statecode: "enabled" } })],
    ["/object/list", () => ({ reclimit: 10 })],
    ["/reference/list", () => ({ reclimit: 10 })],
    ["/vendor/count", () => ({})],
    ["/vendor/count", () => ({ filter: { name: "Thing 777" } })],
    ["/object/count", () => ({ filter: { classcode: "vendor" } })],
    ["/search", () => ({ text: "777" })],
    ["/vendor/get", (id) => ({ id })],
    ["/object/get", (id) => ({ id })],
    ["/vendor/set", (id) => ({ id, description: "changed" })],
    ["/vendor/set", () => ({ name: "Another" })],
    ["/vendor/enable", (id) => ({ id })],
    ["/vendor/method", (id) => ({ id })],
    ["/object/data/set", (id) => ({ id, data: [{ type: "text", code: "a", data: "b" }] })],
    ["/object/state/history/list", (id) => ({ filter: { object: id } })],
  ];
  const id = (await db.call(user.token, "/vendor/set", { name: "Mine" })).body.id;
  await using door = await Door.open(db);

  const found: string[] = [];
  for (const [path, payload] of calls) {
    const before = await scans(db, door);
    // More than five times: prepared statements take their generic plan then.
    for (let i = 0; i < (path.endsWith("enable") ? 1 : 7); i++) {
      assert.equal(await door.outcome(user.token, path, payload(id)), "200", path);
    }
    for (const [name, count] of Object.entries(await scans(db, door))) {
      if (count !== before[name]) {
        found.push(`${path} ${JSON.stringify(payload(id))} reads ${name}`);
      }
    }
  }

  assert.deepEqual(found, []);
});

/** Sets the rights and owners of some objects, and nothing else. */
async function apply(
  db: TestDatabase,
  ids: string[],
  principals: string[],
  { owners, rows }: Grants,
): Promise<void> {
  const sets = ids.map((id, object) => ({
    id,
    // The fourth owner is somebody who does not take part.
    owner: principals[owners[object] ?? 3] === undefined || (owners[object] ?? 3) > 2
      ? null
      : principals[owners[object] ?? 0],
    rows: rows.filter((row) => row.object === object).map((row) => ({
      userid: principals[row.principal],
      deny: row.deny.toString(2).padStart(3, "0"),
      allow: row.allow.toString(2).padStart(3, "0"),
    })),
  }));
  await db.rows(
    `UPDATE db.object o
        SET owner = COALESCE((s->>'owner')::uuid, kernel.GetUser('admin'))
       FROM jsonb_array_elements($1::text::jsonb) AS s
      WHERE o.id = (s->>'id')::uuid`,
    [JSON.stringify(sets)],
  );
  await db.rows(
    `UPDATE db.object o
        SET acl = kernel.MakeAclSet(
              ARRAY(SELECT (r->>'userid')::uuid FROM jsonb_array_elements(s->'rows') AS r),
              ARRAY(SELECT (r->>'deny')::bit(3) FROM jsonb_array_elements(s->'rows') AS r),
              ARRAY(SELECT (r->>'allow')::bit(3) FROM jsonb_array_elements(s->'rows') AS r))
       FROM jsonb_array_elements($1::text::jsonb) AS s
      WHERE o.id = (s->>'id')::uuid`,
    [JSON.stringify(sets)],
  );
}

/** Adds enabled objects that everybody may read: one in ten is a vendor, the others are agents. */
async function fill(db: TestDatabase, count: number): Promise<void> {
  await db.sql.begin(async (tx) => {
    await tx.unsafe("SET LOCAL session_replication_role = replica");
    await tx.unsafe(
      `CREATE TEMP TABLE made ON COMMIT DROP AS
       SELECT kernel.gen_kernel_uuid('8') AS id, n FROM generate_series(1, ${count}) AS n`,
    );
    await tx.unsafe(
      `INSERT INTO db.object (id, scope, entity, class, type, state_type, state, suid, owner, oper, pdate, acl)
       SELECT m.id, o.scope, o.entity, o.class, o.type, s.type, s.id, o.suid, o.owner, o.oper,
              now() - m.n * interval '1 minute', c.acl
         FROM made m, db.object o, db.state s, db.class_acl c
        WHERE o.id = CASE WHEN m.n % 10 = 7 THEN kernel.GetVendor('system.vendor')
                          ELSE kernel.GetAgent('smtp.agent') END
          AND c.class = o.class AND s.class = o.class AND s.code = 'enabled'`,
    );
    await tx.unsafe(
      `INSERT INTO db.object_text (object, locale, label)
       SELECT m.id, l.id, 'Thing ' || m.n FROM made m, db.locale l WHERE l.code = 'en'`,
    );
    await tx.unsafe(
      `INSERT INTO db.reference (id, object, scope, entity, class, type, code)
       SELECT o.id, o.id, o.scope, o.entity, o.class, o.type, 'thing' || m.n || '.vendor'
         FROM made m JOIN db.object o ON o.id = m.id`,
    );
    await tx.unsafe(
      `INSERT INTO db.reference_text (reference, locale, name)
       SELECT m.id, l.id, 'Thing ' || m.n FROM made m, db.locale l WHERE l.code = 'en'`,
    );
    await tx.unsafe(
      `INSERT INTO db.object_state (object, state, validfromdate, validtodate)
       SELECT o.id, o.state, o.pdate, kernel.MAXDATE() FROM made m JOIN db.object o ON o.id = m.id`,
    );
    await tx.unsafe(
      `INSERT INTO db.vendor (id, reference)
       SELECT o.id, o.id FROM made m JOIN db.object o ON o.id = m.id AND o.class = kernel.GetClass('vendor')`,
    );
  });
  await db.rows("ANALYZE");
}

/** Sequential scans so far of the tables that hold a row or more an object. */
async function scans(db: TestDatabase, door: Door): Promise<Record<string, number>> {
  await door.value("SELECT pg_stat_force_next_flush()");
  await db.value("SELECT pg_stat_clear_snapshot()");
  const rows = await db.rows<{ name: string; n: number }>(
    `SELECT relname AS name, seq_scan::int AS n FROM pg_stat_user_tables
      WHERE schemaname = 'db'
        AND relname IN ('object', 'object_text', 'object_state', 'reference', 'reference_text', 'vendor',
                        'notification')`,
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}
