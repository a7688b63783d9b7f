/** The cleaner as the master runs it: in a process of its own, on the embedded database. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { loadConfig } from "../../core/config.ts";
import { bundled } from "../../core/config_paths.ts";
import { connectionFor, type Database, openDatabase } from "../../core/postgres/mod.ts";

const LIMIT = 60_000; // milliseconds; the first start installs the database

/** Makes rows of the HTTP log that are too old to be kept. */
const EXPIRE = `INSERT INTO http.log (datetime, path)
SELECT now() - interval '2 months', '/test' FROM generate_series(1, $1)`;

const EXPIRED = "SELECT count(*)::int FROM http.log WHERE path = '/test'";

Deno.test("cleaner removes what expired, and is started again when it is killed", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.chmod(folder, 0o755); // the database's own user passes through
  const data = join(folder, "data");
  const file = join(folder, "test.json");
  const module = { Cleaner: { heartbeat: 200, limit: 10 } };
  await Deno.writeTextFile(file, JSON.stringify({ module }));
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--permission-set=serve", bundled("main.ts"), ...["--conf", file]]
      .concat("--data", data, "--port", String(freePort())),
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const output = new Response(server.stderr).text();
  try {
    const first = await until(() => cleanerOf(data), "a cleaner");
    const config = await loadConfig({ file, data, env: {}, persist: false });
    const db = openDatabase({ connection: await connectionFor(config, "superuser"), max: 2 });
    try {
      await db.rows(EXPIRE, [25]); // more than one batch
      await until(() => isClean(db), "the end of what expired");

      Deno.kill(first, "SIGKILL");
      await db.rows(EXPIRE, [5]);
      const second = await until(() => cleanerOf(data), "another cleaner");
      await until(() => isClean(db), "the end of what expired then");
      assert.notEqual(second, first);
    } finally {
      await db.close();
    }
  } finally {
    server.kill("SIGTERM");
    const { code } = await server.status;
    const log = await output;
    await Deno.remove(folder, { recursive: true });
    assert.equal(code, 0, log);
    assert.match(log, /cleaner\.cleaned/);
    assert.match(log, /Process cleaner died \(SIGKILL\)/);
  }
});

async function isClean(db: Database): Promise<true | null> {
  return await db.value<number>(EXPIRED) === 0 ? true : null;
}

/** Returns the process id of the cleaner that serves a data folder, null when none runs. */
async function cleanerOf(data: string): Promise<number | null> {
  for (const { name } of Deno.readDirSync("/proc")) {
    const pid = Number(name);
    const line = pid > 0 ? await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => "") : "";
    if (line.includes("\0--process\0cleaner\0") && line.includes(data)) return pid;
  }
  return null;
}

async function until<T>(find: () => Promise<T | null>, what: string): Promise<T> {
  const end = performance.now() + LIMIT;
  for (;;) {
    const found = await find();
    if (found !== null) return found;
    assert(performance.now() < end, `not within ${LIMIT} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
