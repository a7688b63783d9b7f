import assert from "node:assert/strict";
import { join } from "node:path";
import { ask, execute, type TestServer, testServer, until } from "./_test_server.ts";
import type { ConnectionOptions } from "./connection.ts";
import { InstallError } from "./errors.ts";
import type { InstallOptions, InstallProgress, LoginRole } from "./install_options.ts";
import { installationState } from "./install_state.ts";
import { createDatabase, createSchema, dropDatabase, install } from "./installer.ts";
import { ScriptError } from "./script_runner.ts";
import { folderSource } from "./sql_source.ts";
import { initialise, patch, patchStatus, update, updateApi } from "./updater.ts";

const PASSWORDS: Record<LoginRole, string> = {
  kernel: "kernel-password",
  admin: "admin-password",
  daemon: "daemon-password",
  apibot: "apibot-password",
};

/** A small platform that behaves as the real one: settings, tables once, views and seeds again. */
const TREE: Record<string, string> = {
  "platform/create.psql": "\\ir kernel/create.psql\n",
  "platform/kernel/create.psql":
    "\\echo Kernel\n\\ir schema.sql\n\\ir table.sql\n\\ir view.sql\n\\ir init.sql\n",
  "platform/kernel/schema.sql":
    "CREATE SCHEMA db; CREATE SCHEMA kernel; CREATE SCHEMA api; CREATE SCHEMA rest;\n" +
    "CREATE EXTENSION pgcrypto WITH SCHEMA public;",
  "platform/kernel/table.sql": "CREATE TABLE db.setting (name text PRIMARY KEY, value text);\n" +
    "CREATE TABLE db.item (id int PRIMARY KEY);",
  "platform/kernel/view.sql":
    "CREATE OR REPLACE VIEW api.item AS SELECT id, 1 AS version FROM db.item;",
  "platform/kernel/init.sql": "INSERT INTO db.setting SELECT name, current_setting(name, true)\n" +
    "  FROM unnest(ARRAY['schema.version', 'project.code', 'password.admin', 'apostol.install']) AS name\n" +
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value;\n" +
    "INSERT INTO db.item VALUES (1) ON CONFLICT DO NOTHING;",
  "configuration/apostol/create.psql":
    "SELECT pg_sleep(0.05);\nINSERT INTO db.item VALUES (2) ON CONFLICT DO NOTHING;",
};

let test: TestServer;
let root: string;
let counter = 0;
Deno.test.beforeAll(async () => {
  test = await testServer();
  root = await Deno.makeTempDir({ prefix: "apostol-sql-" });
});
Deno.test.afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await Deno.remove(root, { recursive: true });
});

/** Writes the tree with some files changed and returns options to install it in a new database. */
async function prepare(changes: Record<string, string> = {}): Promise<{
  options: InstallOptions;
  connection: ConnectionOptions;
  kernel: ConnectionOptions;
  write(files: Record<string, string>): Promise<void>;
}> {
  const database = `test_${++counter}`;
  const folder = join(root, database);
  const write = async (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), text);
    }
  };
  await write({ ...TREE, ...changes });
  const connection = { ...test.connection, database };
  return {
    options: {
      superuser: test.connection,
      database,
      source: folderSource(folder),
      settings: { "project.code": "shop", "password.admin": "it's \\ secret" },
      passwords: PASSWORDS,
    },
    connection,
    kernel: { ...connection, user: "kernel", password: PASSWORDS.kernel },
    write,
  };
}

const settings = "SELECT json_object_agg(name, value) FROM db.setting";

Deno.test("install() needs no superuser where roles and databases may be made without one", async () => {
  await execute(
    test.connection,
    "CREATE ROLE manager LOGIN CREATEROLE CREATEDB PASSWORD 'manager'",
  );
  const { options, connection } = await prepare();
  const superuser = { ...test.connection, user: "manager", password: "manager" };

  await install({ ...options, superuser });

  assert.deepEqual(await installationState(connection), { version: "1" });
  const owner = "SELECT tableowner FROM pg_tables WHERE tablename = 'setting'";
  assert.equal(await ask(connection, owner), "kernel");
});

Deno.test("install() makes roles, database and schema, and hands the settings to the scripts", async () => {
  const { options, connection, kernel } = await prepare();
  const seen: InstallProgress[] = [];

  const result = await install({ ...options, onProgress: (one) => seen.push(one) });

  assert.equal(result.changed, true);
  assert.equal(result.files, 6);
  assert.deepEqual(await installationState(connection), { version: "1" });
  assert.deepEqual(await ask(connection, settings), {
    "schema.version": "1",
    "project.code": "shop",
    "password.admin": "it's \\ secret",
    "apostol.install": "on",
  });
  const owners =
    "SELECT string_agg(DISTINCT tableowner, ',') FROM pg_tables WHERE schemaname = 'db'";
  assert.equal(await ask(connection, owners), "kernel");
  assert.equal(await ask(kernel, "SELECT current_setting('search_path')"), "kernel, public");
  assert.equal(await ask(kernel, "SELECT current_setting('timezone')"), "UTC");
  assert.deepEqual([...new Set(seen.map(({ phase }) => phase))], [
    "roles",
    "database",
    "platform",
    "configuration",
    "finish",
  ]);
  assert.deepEqual(seen.at(-2), {
    phase: "configuration",
    file: "configuration/apostol/create.psql",
    index: 6,
    total: 6,
  });
});

Deno.test("install() gives the login roles their passwords", async () => {
  const { options, connection } = await prepare();

  await install(options);

  for (const [user, password] of Object.entries(PASSWORDS)) {
    assert.equal(await ask({ ...connection, user, password }, "SELECT session_user"), user);
  }
  const wrong = { ...connection, user: "daemon", password: "x" };
  await assert.rejects(ask(wrong, "SELECT 1"), { sqlstate: "28P01" });
});

Deno.test("install() does nothing the second time", async () => {
  const { options, connection } = await prepare();
  await install(options);
  await execute(connection, "DELETE FROM db.item");

  const result = await install(options);

  assert.equal(result.changed, false);
  assert.equal(result.version, "1");
  assert.equal(await ask(connection, "SELECT count(*)::int FROM db.item"), 0);
});

Deno.test("install() started 20 times at once installs once", async () => {
  const { options, connection } = await prepare();

  const results = await Promise.all(Array.from({ length: 20 }, () => install(options)));

  assert.equal(results.filter(({ changed }) => changed).length, 1);
  assert.deepEqual(await installationState(connection), { version: "1" });
});

Deno.test("install() refuses somebody else's data unless it is forced", async () => {
  const { options, connection } = await prepare();
  await execute(test.connection, `CREATE DATABASE ${options.database}`);
  await execute(connection, "CREATE TABLE treasure (id int)");
  assert.equal(await installationState(connection), "foreign");

  await assert.rejects(install(options), (error: unknown) => {
    assert(error instanceof InstallError);
    assert.match(error.message, /holds data that apostol did not make.*--force drops it/);
    return true;
  });

  assert.equal(await ask(connection, "SELECT count(*)::int FROM treasure"), 0);
  assert.equal((await install({ ...options, force: true })).changed, true);
  assert.equal(await ask(connection, "SELECT to_regclass('public.treasure')"), null);
});

Deno.test("install() uses a database that is there and empty", async () => {
  const { options, connection } = await prepare();
  await execute(test.connection, `CREATE DATABASE ${options.database}`);
  assert.equal(await installationState(connection), "empty");

  assert.equal((await install(options)).changed, true);
});

Deno.test("install() shows where a script fails, and leaves no half-made database", async () => {
  const view =
    "CREATE VIEW api.a AS SELECT 1;\n\nCREATE VIEW api.b AS\n  SELECT 'é', missing\n    FROM db.item;";
  const { options, connection } = await prepare({ "platform/kernel/view.sql": view });

  await assert.rejects(install(options), (error: unknown) => {
    assert(error instanceof ScriptError);
    assert.deepEqual([error.file, error.line, error.column], ["platform/kernel/view.sql", 4, 15]);
    assert.equal(
      error.message,
      'platform/kernel/view.sql:4:15: column "missing" does not exist (SQLSTATE 42703)\n' +
        "2 | \n3 | CREATE VIEW api.b AS\n4 |   SELECT 'é', missing\n  |               ^",
    );
    return true;
  });

  assert.equal(await installationState(connection), "none");
});

Deno.test("install() shows the statement when the server tells no position", async () => {
  const { options } = await prepare({
    "configuration/apostol/create.psql":
      "SELECT 1;\n-- Twice\nINSERT INTO db.item VALUES (1);\nSELECT 2;",
  });

  await assert.rejects(install(options), (error: unknown) => {
    assert(error instanceof ScriptError);
    assert.deepEqual([error.line, error.column, error.sqlstate], [3, 1, "23505"]);
    assert.match(error.message, /detail: Key \(id\)=\(1\) already exists/);
    return true;
  });
});

Deno.test("install() fails before it makes anything when a script cannot be read", async () => {
  const { options, connection } = await prepare({ "platform/create.psql": "\\ir missing.sql" });

  await assert.rejects(install(options), /platform\/create.psql:1:1: Cannot include/);

  assert.equal(await installationState(connection), "none");
});

Deno.test("install() keeps an empty database that was there when a script fails", async () => {
  const { options, connection } = await prepare({
    "configuration/apostol/create.psql": "SELECT 1/0;",
  });
  await execute(test.connection, `CREATE DATABASE ${options.database}`);

  await assert.rejects(install(options), ScriptError);

  assert.equal(await installationState(connection), "empty");
});

Deno.test("install() refuses a name that is not for it", async () => {
  const { options } = await prepare();
  for (const database of ["postgres", "a-b", 'a"; DROP', ""]) {
    await assert.rejects(install({ ...options, database }), { code: "INSTALL-NAME" });
  }
});

Deno.test("createDatabase() makes it empty, createSchema() fills it", async () => {
  const { options, connection } = await prepare();
  await assert.rejects(createSchema(options), { code: "INSTALL-NONE" });

  assert.equal((await createDatabase(options)).changed, true);
  assert.equal((await createDatabase(options)).changed, false);
  assert.equal(await installationState(connection), "empty");
  await createSchema(options);

  assert.deepEqual(await installationState(connection), { version: "1" });
  await assert.rejects(createSchema(options), { code: "INSTALL-NOT-EMPTY" });
  await assert.rejects(createDatabase(options), { code: "INSTALL-NOT-EMPTY" });
});

Deno.test("update() runs again what may be, as kernel, with the settings of the installation", async () => {
  const { options, connection, kernel, write } = await prepare();
  await install(options);
  await write({
    "platform/kernel/view.sql":
      "CREATE OR REPLACE VIEW api.item AS SELECT id, 2 AS version FROM db.item;",
    "platform/kernel/table.sql": "SELECT 1 / 0;",
  });

  const result = await update({ connection: kernel, source: options.source });

  assert.equal(result.changed, true);
  assert.equal(await ask(connection, "SELECT max(version) FROM api.item"), 2);
  const kept = await ask(connection, settings) as Record<string, string>;
  assert.equal(kept["project.code"], "shop");
});

Deno.test("update() waits for a lock that a server holds, and starts over", async () => {
  const { options, connection, kernel } = await prepare();
  await install(options);
  const holder = execute(
    connection,
    "BEGIN; LOCK TABLE api.item IN ACCESS SHARE MODE; SELECT pg_sleep(2.6); COMMIT",
  );
  const held =
    "SELECT count(*)::int FROM pg_locks WHERE relation = 'api.item'::regclass AND granted";
  await until(async () => await ask(connection, held) === 1);

  const { took } = await update({ connection: kernel, source: options.source });

  assert(took > 2000, `took ${took} ms`);
  await holder;
});

Deno.test("update() refuses a database that is not installed", async () => {
  const { options, kernel } = await prepare();
  await createDatabase(options);

  await assert.rejects(update({ connection: kernel, source: options.source }), {
    code: "NOT-INSTALLED",
  });
});

Deno.test("update() keeps everything as it was when a script fails", async () => {
  const { options, connection, kernel, write } = await prepare();
  await install(options);
  await write({
    "platform/kernel/view.sql":
      "CREATE OR REPLACE VIEW api.item AS SELECT id, 3 AS version FROM db.item;",
    "configuration/apostol/create.psql": "SELECT nonsense;",
  });

  await assert.rejects(update({ connection: kernel, source: options.source }), ScriptError);

  assert.equal(await ask(connection, "SELECT max(version) FROM api.item"), 1);
});

Deno.test("updateApi() removes from api and rest what is in no script", async () => {
  const { options, connection, kernel } = await prepare();
  await install(options);
  await execute(kernel, "CREATE VIEW api.stray AS SELECT 1; CREATE VIEW rest.stray AS SELECT 1");

  await updateApi({ connection: kernel, source: options.source });

  assert.equal(await ask(connection, "SELECT to_regclass('api.stray')"), null);
  assert.equal(await ask(connection, "SELECT to_regclass('rest.stray')"), null);
  assert.equal(await ask(connection, "SELECT count(*)::int FROM api.item"), 2);
});

Deno.test("initialise() runs the seeds and nothing else", async () => {
  const { options, connection, kernel, write } = await prepare();
  await install(options);
  await execute(connection, "DELETE FROM db.item");
  await write({ "platform/kernel/view.sql": "SELECT nonsense;" });

  await initialise({ connection: kernel, source: options.source });

  assert.equal(await ask(connection, "SELECT count(*)::int FROM db.item WHERE id = 1"), 1);
});

const PATCHES = {
  "patch/1.10/P00000003.sql": "-- Compatible: third\nALTER TABLE db.item ADD COLUMN c int;",
  "patch/1.9/P00000002_two.sql": "-- Compatible: second\nALTER TABLE db.item ADD COLUMN b int;",
  "configuration/apostol/patch/1.0/P00000001.sql": "-- Compatible: ours\nUPDATE db.item SET c = b;",
};

Deno.test("patch() runs pending patches once, versions in order, platform first", async () => {
  const { options, connection, kernel, write } = await prepare();
  const base = { connection: kernel, source: options.source };
  await install(options);
  await write(PATCHES);
  const names = [
    "platform/1.9/P00000002",
    "platform/1.10/P00000003",
    "configuration/apostol/1.0/P00000001",
  ];
  assert.deepEqual(
    (await patchStatus(base)).map(({ name, state }) => [name, state]),
    names.map(
      (name) => [name, "pending"],
    ),
  );

  assert.deepEqual((await patch(base)).patches, names);
  assert.deepEqual((await patch(base)).patches, []);

  const status = await patchStatus(base);
  assert.deepEqual(status.map(({ state }) => state), ["applied", "applied", "applied"]);
  assert.deepEqual(status.map(({ title }) => title), ["second", "third", "ours"]);
  assert.equal(
    await ask(connection, "SELECT count(*)::int FROM db.patch_log WHERE runtime > '0'"),
    3,
  );
});

Deno.test("patch() keeps those before one that fails, and nothing of that one", async () => {
  const { options, connection, kernel, write } = await prepare();
  const base = { connection: kernel, source: options.source };
  await install(options);
  await write({
    ...PATCHES,
    "patch/1.10/P00000003.sql": "-- Compatible: third\nCREATE TABLE db.half ();\nSELECT nonsense;",
  });

  await assert.rejects(patch(base), (error: unknown) => {
    assert(error instanceof ScriptError);
    assert.equal(error.line, 3);
    return true;
  });

  assert.equal(await ask(connection, "SELECT to_regclass('db.half')"), null);
  const states = (await patchStatus(base)).map(({ state }) => state);
  assert.deepEqual(states, ["applied", "pending", "pending"]);
});

Deno.test("patch() refuses a patch that was changed after it had been run", async () => {
  const { options, kernel, write } = await prepare();
  const base = { connection: kernel, source: options.source };
  await install(options);
  await write(PATCHES);
  await patch(base);
  await write({ "patch/1.9/P00000002_two.sql": "-- Compatible: second\nSELECT 2;" });

  await assert.rejects(patch(base), { code: "PATCH-CHANGED" });

  assert.equal((await patchStatus(base))[0]!.state, "changed");
});

Deno.test("patch() refuses a breaking patch while servers are connected", async () => {
  const { options, connection, kernel, write } = await prepare();
  const base = { connection: kernel, source: options.source };
  await install(options);
  await write({ "patch/2.0/P00000001.sql": "-- Breaking: new shape\nSELECT 1;" });
  const daemon = { ...connection, user: "daemon", password: PASSWORDS.daemon };
  const server = ask(daemon, "SELECT pg_sleep(0.5)");
  await new Promise((resolve) => setTimeout(resolve, 100));

  await assert.rejects(patch(base), { code: "PATCH-BREAKING" });

  await server;
  assert.deepEqual((await patch(base)).patches, ["platform/2.0/P00000001"]);
});

Deno.test("patch() refuses a patch that does not say whether it breaks servers", async () => {
  const { options, kernel, write } = await prepare();
  await install(options);
  await write({ "patch/1.0/P00000001.sql": "SELECT 1;" });

  await assert.rejects(
    patch({ connection: kernel, source: options.source }),
    /patch\/1.0\/P00000001.sql:1: The first line must be/,
  );
});

Deno.test("patch() records patches without running them when it makes a baseline", async () => {
  const { options, connection, kernel, write } = await prepare();
  const base = { connection: kernel, source: options.source };
  await install(options);
  await write(PATCHES);

  assert.equal((await patch({ ...base, baseline: true })).patches.length, 3);

  assert.deepEqual((await patchStatus(base)).map(({ state }) => state), Array(3).fill("baseline"));
  const columns =
    "SELECT count(*)::int FROM information_schema.columns WHERE table_name = 'item' AND table_schema = 'db'";
  assert.equal(await ask(connection, columns), 1);
});

Deno.test("install() takes the patches of its source for run", async () => {
  const { options, kernel } = await prepare({
    "patch/1.0/P00000001.sql": "-- Compatible: x\nSELECT 1/0;",
  });

  await install(options);

  const base = { connection: kernel, source: options.source };
  assert.deepEqual((await patchStatus(base)).map(({ state }) => state), ["baseline"]);
  assert.deepEqual((await patch(base)).patches, []);
});

Deno.test("install() that was killed midway is done by the next one", async () => {
  const slow = "SELECT pg_sleep(20);";
  const { options, connection, write } = await prepare({
    "configuration/apostol/create.psql": slow,
  });
  const script = join(root, "install.ts");
  await Deno.writeTextFile(
    script,
    `import { folderSource, install } from ${JSON.stringify(import.meta.resolve("./mod.ts"))};
     const options = JSON.parse(Deno.args[0]);
     await install({ ...options, source: folderSource(Deno.args[1]), onProgress: ({ phase }) => console.log(phase) });`,
  );
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", config, script, JSON.stringify(options), options.source.name],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  for (let seen = ""; !seen.includes("configuration");) seen += (await reader.read()).value ?? "";
  child.kill("SIGKILL");
  await child.status;
  await reader.cancel();
  assert.equal(await installationState(connection), "empty");
  await write(TREE);

  const result = await install(options);

  assert.equal(result.changed, true);
  assert.deepEqual(await installationState(connection), { version: "1" });
});

Deno.test("dropDatabase() drops it, and is content when there is none", async () => {
  const { options, connection } = await prepare();
  await install(options);

  await dropDatabase(test.connection, options.database);
  await dropDatabase(test.connection, options.database);

  assert.equal(await installationState(connection), "none");
});
