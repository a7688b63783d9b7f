/** What must hold for every object of the database, asked of its catalog. */
import assert from "node:assert/strict";
import { sharedDatabase } from "../support/mod.ts";

const OWN = "n.nspname IN ('db', 'kernel', 'api', 'rest', 'daemon', 'oauth2', 'http', 'registry')";

const shared = sharedDatabase();

async function names(condition: string): Promise<string[]> {
  const db = shared();
  const rows = await db.rows<{ name: string }>(
    `SELECT p.oid::regprocedure::text AS name
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${OWN} AND ${condition}
      ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

Deno.test("every SECURITY DEFINER function pins its search_path", async () => {
  const bare = await names(
    `p.prosecdef AND NOT EXISTS (
       SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%')`,
  );

  assert.deepEqual(bare, []);
});

Deno.test("PUBLIC may execute no function of the platform", async () => {
  const open = await names(
    `EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
              WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')`,
  );

  assert.deepEqual(open, []);
});

Deno.test("every function of the platform says what it does", async () => {
  const silent = await names("obj_description(p.oid, 'pg_proc') IS NULL");

  assert.deepEqual(silent, []);
});

Deno.test("role daemon reaches schema daemon and nothing beside", async () => {
  const db = shared();

  const reached = await db.rows<{ nspname: string }>(
    `SELECT n.nspname FROM pg_namespace n
      WHERE ${OWN} AND has_schema_privilege('daemon', n.oid, 'USAGE') ORDER BY 1`,
  );
  const tables = await db.value(
    `SELECT count(*)::int FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${OWN} AND c.relkind IN ('r', 'v', 'p')
        AND has_table_privilege('daemon', c.oid, 'SELECT, INSERT, UPDATE, DELETE')`,
  );

  assert.deepEqual(reached.map(({ nspname }) => nspname), ["daemon", "http"]);
  assert.equal(tables, 0);
});

Deno.test("role apibot may not read tables", async () => {
  const db = shared();

  const tables = await db.value(
    `SELECT count(*)::int FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('db', 'oauth2') AND c.relkind IN ('r', 'p')
        AND has_table_privilege('apibot', c.oid, 'SELECT')`,
  );

  assert.equal(tables, 0);
});

Deno.test("every foreign key has an index that begins with its columns", async () => {
  const db = shared();

  const rows = await db.rows<{ name: string }>(
    `SELECT c.conrelid::regclass || '.' || c.conname AS name
       FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
      WHERE ${OWN} AND c.contype = 'f' AND c.confdeltype IN ('c', 'n')
        AND NOT EXISTS (
          SELECT FROM pg_index i
           WHERE i.indrelid = c.conrelid
             AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)
      ORDER BY 1`,
  );

  assert.deepEqual(rows.map(({ name }) => name), []);
});

for (
  const text of [
    "SELECT * FROM rest.admin($1, $2); DROP TABLE db.user",
    "SELECT * FROM db.user",
    "SELECT * FROM rest.admin($2, $1)",
    "SELECT * FROM rest.Admin($1, $2)",
    "SELECT id FROM rest.admin($1, $2)",
    "SELECT * FROM rest.admin($1, $2) WHERE true",
    'SELECT * FROM rest."admin"($1, $2)',
    "",
  ]
) {
  Deno.test(`AddEndPoint() refuses ${JSON.stringify(text)}`, async () => {
    const db = shared();

    await assert.rejects(db.value("SELECT kernel.AddEndPoint($1)", [text]));
  });
}
