/** `--install` and its relatives against real servers, in quiet and in trouble. */
import assert from "node:assert/strict";
import postgres from "postgres";
import {
  ADMIN_PASSWORD,
  copySecrets,
  databaseUrl,
  dropDatabase,
  ROOT,
  runProgram,
  temporaryFolder,
  testCluster,
} from "../support/mod.ts";

/** A database name and a data folder of a test's own, both gone at its end. */
class Place implements AsyncDisposable {
  readonly database = `inst_${Deno.pid}_${Math.floor(Math.random() * 1e9)}`;
  readonly data: string;

  constructor(data: string) {
    this.data = data;
  }

  get env(): Record<string, string> {
    return {
      DATABASE_URL: databaseUrl(this.database),
      APOSTOL_ADMIN_PASSWORD: ADMIN_PASSWORD,
    };
  }

  run(...args: string[]) {
    return runProgram([...args, "--data", this.data], { env: this.env });
  }

  async query<T = Record<string, unknown>>(
    statement: string,
    database = this.database,
  ): Promise<T[]> {
    const { host, port, user, password } = testCluster();
    const sql = postgres({ host, port, user, password, database, max: 1, onnotice: () => {} });
    try {
      return [...await sql.unsafe(statement)] as unknown as T[];
    } finally {
      await sql.end({ timeout: 5 });
    }
  }

  async exists(): Promise<boolean> {
    const rows = await this.query(
      `SELECT FROM pg_database WHERE datname = '${this.database}'`,
      "postgres",
    );
    return rows.length === 1;
  }

  /** A number for everything that is in the database: definitions and rows. */
  async fingerprint(): Promise<string> {
    const [row] = await this.query<{ text: string }>(
      `SELECT (SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname NOT IN ('pg_catalog', 'information_schema'))
           || ' ' || (SELECT md5(string_agg(md5(p.prosrc), '' ORDER BY p.oid::regprocedure::text))
                        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                       WHERE n.nspname IN ('kernel', 'api', 'rest', 'daemon'))
           || ' ' || (SELECT count(*) FROM db.user) || ' ' || (SELECT count(*) FROM db.route)
           || ' ' || (SELECT md5(string_agg(id::text, '' ORDER BY id)) FROM db.user) AS text`,
    );
    return row?.text ?? "";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await dropDatabase(this.database);
    await Deno.remove(this.data, { recursive: true });
  }
}

async function place(): Promise<Place> {
  const data = await temporaryFolder();
  await copySecrets(data);
  return new Place(data);
}

Deno.test("--install makes a database; once more changes nothing", async () => {
  await using here = await place();

  const first = await here.run("--install");
  const before = await here.fingerprint();
  const second = await here.run("--install");

  assert.equal(first.code, 0, first.stderr + first.stdout);
  assert.equal(second.code, 0, second.stderr);
  assert.equal(await here.fingerprint(), before);
});

Deno.test("--install refuses a database that holds something else, --force takes it", async () => {
  await using here = await place();
  await here.query(`CREATE DATABASE ${here.database}`, "postgres");
  await here.query("CREATE TABLE treasure (id int); INSERT INTO treasure VALUES (1)");

  const refused = await here.run("--install");
  const kept = await here.query("SELECT id FROM treasure");
  const forced = await here.run("--install", "--force");

  assert.notEqual(refused.code, 0);
  assert.match(refused.stderr, /--force/);
  assert.equal(kept.length, 1);
  assert.equal(forced.code, 0, forced.stderr);
  assert.equal((await here.query("SELECT FROM pg_class WHERE relname = 'treasure'")).length, 0);
});

Deno.test("a failed install leaves no half-made database and shows where it failed", async () => {
  await using here = await place();
  const sql = `${here.data}/sql`;
  await copyFolder(`${ROOT}sql`, sql);
  await Deno.mkdir(`${sql}/platform/zz`);
  await Deno.writeTextFile(`${sql}/platform/zz/create.psql`, "\\ir broken.sql\n");
  await Deno.writeTextFile(
    `${sql}/platform/zz/broken.sql`,
    "SELECT 1;\n\nSELECT nosuch\n  FROM db.user;\n",
  );
  const list = `${sql}/platform/create.psql`;
  await Deno.writeTextFile(list, `${await Deno.readTextFile(list)}\n\\ir zz/create.psql\n`);

  const { code, stderr } = await here.run("--install", "--sql", sql);

  assert.notEqual(code, 0);
  assert.match(stderr, /broken\.sql:3/);
  assert.match(stderr, /nosuch/);
  assert.equal(await here.exists(), false);
});

Deno.test("an install killed at random moments is made whole by the next one", async () => {
  await using here = await place();

  for (let attempt = 0; attempt < 3; attempt++) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-P=serve", `${ROOT}main.ts`, "--install", "--data", here.data],
      env: here.env,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const timer = setTimeout(() => child.kill("SIGKILL"), 600 + Math.random() * 2500);
    await child.status;
    clearTimeout(timer);
  }
  const whole = await here.run("--install");
  const [users] = await here.query<{ n: number }>("SELECT count(*)::int AS n FROM db.user");

  assert.equal(whole.code, 0, whole.stderr);
  assert.ok((users?.n ?? 0) >= 4);
});

Deno.test("six installers at once make one database", async () => {
  await using here = await place();

  const results = await Promise.all(Array.from({ length: 6 }, () => here.run("--install")));

  for (const { code, stderr } of results) assert.equal(code, 0, stderr);
  const [users] = await here.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM db.user WHERE username = 'admin'",
  );
  assert.equal(users?.n, 1);
});

Deno.test("--update replaces functions, keeps data, and brings no change when repeated", async () => {
  await using here = await place();
  await here.run("--install");
  await here.query("UPDATE db.user SET name = 'Kept' WHERE username = 'admin'");
  const before = await here.fingerprint();
  await here.query(
    "CREATE OR REPLACE FUNCTION kernel.current_userid() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT NULL::uuid'",
  );

  const { code, stderr } = await here.run("--update");

  assert.equal(code, 0, stderr);
  assert.equal(await here.fingerprint(), before);
  const [user] = await here.query("SELECT name FROM db.user WHERE username = 'admin'");
  assert.equal(user?.name, "Kept");
});

Deno.test("--api rebuilds schemas api and rest and keeps data", async () => {
  await using here = await place();
  await here.run("--install");
  const before = await here.fingerprint();

  const { code, stderr } = await here.run("--api");

  assert.equal(code, 0, stderr);
  assert.equal(await here.fingerprint(), before);
});

Deno.test("patches run in order, each once, and a changed one is refused", async () => {
  await using here = await place();
  await here.run("--install");
  const sql = `${here.data}/sql`;
  await copyFolder(`${ROOT}sql`, sql);
  const folder = `${sql}/patch/v0.2`;
  await Deno.mkdir(folder, { recursive: true });
  const safe = "-- Compatible: a table that no older server knows\n";
  await Deno.writeTextFile(`${folder}/P00000001.sql`, `${safe}CREATE TABLE db.one (id int);\n`);
  await Deno.writeTextFile(
    `${folder}/P00000002.sql`,
    `${safe}INSERT INTO db.one SELECT count(*) + 1 FROM db.one;\n`,
  );

  const status = await here.run("--patch", "--status", "--sql", sql);
  const dry = await here.run("--patch", "--dry-run", "--sql", sql);
  const untouched = await here.query("SELECT FROM pg_class WHERE relname = 'one'");
  const first = await here.run("--patch", "--sql", sql);
  const again = await here.run("--patch", "--sql", sql);
  const rows = await here.query("SELECT id FROM db.one");
  await Deno.writeTextFile(`${folder}/P00000002.sql`, `${safe}SELECT 2;\n`);
  const changed = await here.run("--patch", "--sql", sql);
  await Deno.writeTextFile(`${folder}/P00000003.sql`, "SELECT 3;\n");
  const silent = await here.run("--patch", "--sql", sql);

  assert.equal(status.code, 0, status.stderr);
  assert.match(status.stdout, /P00000001/);
  assert.equal(dry.code, 0, dry.stderr);
  assert.equal(untouched.length, 0);
  assert.equal(first.code, 0, first.stderr);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(rows.map(({ id }) => id), [1]);
  assert.notEqual(changed.code, 0);
  assert.match(changed.stderr, /P00000002/);
  assert.notEqual(silent.code, 0);
  assert.match(silent.stderr, /P00000003\.sql:1: The first line must be/);
});

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [`${from}/${entry.name}`, `${to}/${entry.name}`];
    if (entry.isDirectory) await copyFolder(source, target);
    else await Deno.copyFile(source, target);
  }
}
