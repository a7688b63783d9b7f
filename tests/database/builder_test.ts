/** The builder of entities: what it makes, what it refuses, and what it leaves alone. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Door, type TestDatabase, testDatabase } from "../support/mod.ts";

/** A declaration that is right; tests change one thing in it. */
const PARCEL = {
  kind: "document",
  types: ["default", "express"],
  default_type: "default",
  code: { prefix: "parcel_", unique: "scope" },
  columns: [
    { name: "vendor", ref: "vendor" },
    { name: "weight", type: "numeric(10,3)", required: true },
    { name: "note", type: "text" },
  ],
};

/** Runs statements as an update does: as the owner, in one transaction. */
// deno-lint-ignore no-explicit-any -- the test knows what it asked for
async function asOwner(db: TestDatabase, ...statements: string[]): Promise<any[]> {
  return await db.sql.begin(async (tx) => {
    await tx.unsafe("SET LOCAL apostol.install = 'on'");
    await tx.unsafe("SET LOCAL ROLE kernel");
    // deno-lint-ignore no-explicit-any -- the test knows what it asked for
    let rows: any[] = [];
    for (const statement of statements) rows = [...await tx.unsafe(statement)];
    return rows;
  });
}

async function build(db: TestDatabase, name: string, declaration: unknown): Promise<void> {
  await asOwner(
    db,
    `SELECT kernel.BuildEntity('${name}', $declaration$${
      JSON.stringify(declaration)
    }$declaration$)`,
    "SELECT kernel.DropOverridden()",
    "SELECT kernel.BuildDispatchers()",
    "SELECT kernel.ApplyGrants()",
  );
}

/** What a statement fails with. */
async function failure(promise: Promise<unknown>): Promise<string> {
  return await promise.then(() => "", (error: Error) => error.message);
}

/** Every function and view with its definition. */
async function definitions(db: TestDatabase): Promise<Record<string, string>> {
  const rows = await db.rows<{ name: string; text: string }>(
    `SELECT p.oid::regprocedure::text AS name, md5(pg_get_functiondef(p.oid)) AS text
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname IN ('kernel', 'api', 'rest') AND p.prokind = 'f'
      UNION ALL
     SELECT c.oid::regclass::text, md5(pg_get_viewdef(c.oid))
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('kernel', 'api') AND c.relkind = 'v'`,
  );
  return Object.fromEntries(rows.map(({ name, text }) => [name, text]));
}

Deno.test("the platform's entities have the functions that programs know", async () => {
  await using db = await testDatabase();
  const file = await readFile(new URL("data/entity_functions.tsv", import.meta.url), "utf8");
  const wanted = file.trimEnd().split("\n").slice(1);

  const rows = await db.sql.unsafe(
    `SELECT n.nspname, p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid)
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname IN ('api', 'kernel', 'rest')`,
  ).values();
  const found = new Set(rows.map((row) => row.join("\t").replaceAll("kernel.context", "context")));

  assert.deepEqual(wanted.filter((line) => !found.has(line)), []);
});

const without = (key: string) => ({ ...PARCEL, [key]: undefined });
const column = (more: Record<string, unknown>) => ({
  ...PARCEL,
  columns: [{ name: "size", type: "integer", ...more }],
});
const machine = (...methods: string[]) => ({
  ...PARCEL,
  machine: { states: [{ code: "created", methods }, { code: "deleted", methods: ["drop"] }] },
});

/** A wrong declaration, the key that the error names, and what it says is allowed. */
const WRONG: [string, unknown, RegExp, RegExp][] = [
  ["unknown key", { ...PARCEL, colums: [] }, /"colums"/, /columns/],
  ["no kind", without("kind"), /"kind"/, /reference or document/],
  ["unknown kind", { ...PARCEL, kind: "thing" }, /"kind"/, /reference or document/],
  ["wrong type of a value", { ...PARCEL, columns: {} }, /"columns"/, /array/],
  ["unknown key of a column", column({ requird: true }), /"size".*"requird"/, /required/],
  ["unknown SQL type", column({ type: "nubmer" }), /"size".*"type"/, /nubmer/],
  ["neither type nor ref", column({ type: undefined }), /"size"/, /"type" or "ref"/],
  ["unknown entity", column({ type: undefined, ref: "planet" }), /"size".*"ref"/, /db\.planet/],
  ["column of every object", column({ name: "owner" }), /"owner"/, /already/],
  ["wrong name of a column", column({ name: "Size" }), /"Size"/, /lower case/],
  ["default of no type", { ...PARCEL, default_type: "slow" }, /"default_type"/, /"types"/],
  ["unknown list rule", { ...PARCEL, list: { acl: "some" } }, /"list".*"acl"/, /join or none/],
  ["unknown action", machine("fly -> created"), /"created"/, /"fly".*"actions"/],
  ["unknown state", machine("enable -> moon"), /"created"/, /created, deleted/],
  ["wrong method", machine("enable to deleted"), /"created"/, /action -> state/],
  ["wrong event", { ...PARCEL, events: { enable: "H X" } }, /"events".*"enable"/, /P, H and S/],
  ["unknown parameter", { ...PARCEL, params: ["wight"] }, /"params"/, /"wight"/],
  ["code of a reference", { kind: "reference", code: true }, /"code"/, /documents/],
  ["unknown parent", { ...PARCEL, parent: "planet" }, /"parent"/, /no class "planet"/],
  [
    "unknown group",
    { ...PARCEL, acl: [{ group: "ghosts", mask: "0000010100" }] },
    /"acl"/,
    /ghosts/,
  ],
  ["wrong mask", { ...PARCEL, acl: [{ group: "user", mask: "101" }] }, /"acl"/, /ten bits/],
];

Deno.test("a wrong declaration is refused: the error names the key and what is allowed", async () => {
  await using db = await testDatabase();
  const before = await definitions(db);

  const silent: string[] = [];
  for (const [name, declaration, key, allowed] of WRONG) {
    const message = await failure(build(db, "parcel", declaration));
    if (!/"?parcel"?/.test(message) || !key.test(message) || !allowed.test(message)) {
      silent.push(`${name}: ${message || "accepted"}`);
    }
  }

  assert.deepEqual(silent, []);
  assert.deepEqual(await definitions(db), before);
  assert.equal(await db.value("SELECT to_regclass('db.parcel')"), null);
});

Deno.test("an entity of a declaration answers, and building it again changes nothing", async () => {
  await using db = await testDatabase();
  await build(db, "parcel", PARCEL);
  const before = await definitions(db);
  await build(db, "parcel", PARCEL);
  await asOwner(db, "SELECT kernel.BuildEntities()");
  await using door = await Door.open(db);
  const admin = await db.signIn();

  const made = await door.call(admin, "/parcel/set", { weight: 1.5, label: "Books" });
  const set = await door.call(admin, "/parcel/set", { id: made.body.id, note: "fragile" });
  const list = await door.list(admin, "/parcel/list", { fields: ["label", "weight", "note"] });

  assert.deepEqual(await definitions(db), before);
  assert.equal(made.status, 200, JSON.stringify(made.body));
  assert.match(made.body.code, /^parcel_/);
  assert.equal(made.body.typecode, "default.parcel");
  assert.equal(set.body.weight, 1.5);
  assert.deepEqual(list, [{ label: "Books", weight: 1.5, note: "fragile" }]);
  for (const action of ["enable", "disable", "delete", "restore", "delete", "drop"]) {
    assert.equal(await door.outcome(admin, `/parcel/${action}`, { id: made.body.id }), "200");
  }
  assert.equal(await db.value("SELECT count(*)::int FROM db.parcel"), 0);
});

Deno.test("what is written by hand survives an update and is listed", async () => {
  await using db = await testDatabase();
  await build(db, "parcel", PARCEL);
  await asOwner(
    db,
    `CREATE OR REPLACE FUNCTION kernel.EventParcelEnable (pObject uuid DEFAULT context_object())
     RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM AddMethodStack('{"hand": true}'); END; $$`,
    // Other parameters than the built one has: that one goes, or calls would be ambiguous.
    `CREATE OR REPLACE FUNCTION kernel.EventParcelDisable (
       pObject uuid DEFAULT context_object(), pParams jsonb DEFAULT context_params())
     RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM AddMethodStack('{"hand": 2}'); END; $$`,
    "COMMENT ON FUNCTION kernel.EventParcelCreate (uuid) IS 'Another comment.'",
  );

  await build(db, "parcel", {
    ...PARCEL,
    columns: [...PARCEL.columns, { name: "size", type: "int" }],
  });

  await using door = await Door.open(db);
  const admin = await db.signIn();
  const { body } = await door.call(admin, "/parcel/set", { weight: 1, size: 3 });
  assert.equal(body.size, 3);
  const enabled = await door.call(admin, "/parcel/enable", { id: body.id });
  const disabled = await door.call(admin, "/parcel/disable", { id: body.id });
  assert.equal(enabled.body.hand, true, JSON.stringify(enabled.body));
  assert.equal(disabled.body.hand, 2, JSON.stringify(disabled.body));
  const overrides = await db.rows<{ name: string }>(
    "SELECT name FROM kernel.EntityOverrides() WHERE entity = 'parcel'",
  );
  assert.ok(overrides.some(({ name }) => name.includes("eventparcelenable")));
  assert.ok(!overrides.some(({ name }) => name.includes("eventparcelcreate")));

  // Dropping it brings the built one back.
  await asOwner(db, "DROP FUNCTION kernel.EventParcelEnable(uuid)");
  await build(db, "parcel", PARCEL);
  const again = await door.call(admin, "/parcel/enable", { id: body.id });
  assert.equal(again.status, 200, JSON.stringify(again.body));
  assert.equal(again.body.hand, undefined);
});

Deno.test("a changed view is rebuilt with what depends on it, rights and comments included", async () => {
  await using db = await testDatabase();
  await build(db, "parcel", PARCEL);
  await asOwner(
    db,
    "CREATE VIEW kernel.Heavy AS SELECT id, label, weight FROM kernel.ObjectParcel WHERE weight > 10",
    "COMMENT ON VIEW kernel.Heavy IS 'Parcels that one cannot carry.'",
    "GRANT SELECT ON kernel.Heavy TO administrator",
    "CREATE FUNCTION kernel.Heaviest () RETURNS SETOF kernel.Heavy LANGUAGE sql STABLE AS 'SELECT * FROM kernel.Heavy ORDER BY weight DESC LIMIT 1'",
    "COMMENT ON FUNCTION kernel.Heaviest () IS 'The heaviest.'",
  );
  await using door = await Door.open(db);
  const admin = await db.signIn();
  await door.call(admin, "/parcel/set", { weight: 12, label: "Anvil" });

  // A column in the middle: CREATE OR REPLACE VIEW cannot do it.
  await build(db, "parcel", {
    ...PARCEL,
    columns: [{ name: "colour", type: "text" }, ...PARCEL.columns],
  });

  const rows = await door.list(admin, "/parcel/list", { fields: ["label", "colour"] });
  assert.deepEqual(rows, [{ label: "Anvil", colour: null }]);
  const [heaviest] = await asOwner(
    db,
    "SELECT kernel.ActAs('admin', (SELECT area FROM db.document WHERE id IN (SELECT id FROM db.parcel)))",
    "SELECT label FROM kernel.Heaviest()",
  );
  assert.equal(heaviest?.label, "Anvil");
  const [kept] = await db.rows(
    `SELECT obj_description('kernel.heavy'::regclass) AS view,
            obj_description('kernel.heaviest()'::regprocedure) AS function,
            has_table_privilege('administrator', 'kernel.heavy', 'SELECT') AS granted`,
  );
  assert.deepEqual(kept, {
    view: "Parcels that one cannot carry.",
    function: "The heaviest.",
    granted: true,
  });
});

Deno.test("when something by hand cannot follow, the update fails as a whole and says what", async () => {
  await using db = await testDatabase();
  await build(db, "parcel", PARCEL);
  await asOwner(db, "CREATE VIEW kernel.Noted AS SELECT id, note FROM kernel.ObjectParcel");
  const before = await definitions(db);

  const message = await failure(
    build(db, "parcel", { ...PARCEL, columns: PARCEL.columns.slice(0, 2) }),
  );

  assert.match(message, /noted/i);
  assert.deepEqual(await definitions(db), before);
});

Deno.test("columns are added to a table with rows, required ones with their default", async () => {
  await using db = await testDatabase();
  await build(db, "parcel", PARCEL);
  const admin = await db.signIn();
  const { status } = await db.call(admin, "/parcel/set", { weight: 1 });
  assert.equal(status, 200);

  await build(db, "parcel", {
    ...PARCEL,
    columns: [
      ...PARCEL.columns,
      { name: "size", type: "integer", required: true, default: "7" },
      { name: "colour", type: "text" },
    ],
  });

  assert.deepEqual(await db.rows("SELECT size, colour FROM db.parcel"), [{
    size: 7,
    colour: null,
  }]);
  const { body } = await db.call(admin, "/parcel/set", { weight: 2, colour: "red" });
  assert.deepEqual([body.size, body.colour], [7, "red"]);
});
