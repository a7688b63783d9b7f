/** The database goes away, stalls or is full: the server says so and recovers by itself. */
import assert from "node:assert/strict";
import {
  accessToken,
  administer,
  freePort,
  startServer,
  testCluster,
  type TestDatabase,
  testDatabase,
} from "../support/mod.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function status(url: string, token: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/current/username`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await response.body?.cancel();
  return response.status;
}

/** Ends all connections of the server under test, as a restart of PostgreSQL does. */
async function terminate(db: TestDatabase): Promise<void> {
  await administer(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = '${db.name}' AND usename IN ('daemon', 'apibot')`,
  );
}

Deno.test("terminated connections every half second for ten seconds do not stop the server", async () => {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });
  const token = await accessToken(server.url);
  const seen = new Map<number, number>();
  const end = Date.now() + 10_000;

  const load = Array.from({ length: 4 }, async () => {
    while (Date.now() < end) {
      const code = await status(server.url, token);
      seen.set(code, (seen.get(code) ?? 0) + 1);
      await sleep(5);
    }
  });
  while (Date.now() < end) {
    await terminate(db);
    await sleep(500);
  }
  await Promise.all(load);
  await sleep(1000);

  assert.equal(await status(server.url, token), 200);
  const codes = [...seen.keys()].sort();
  assert.ok(codes.every((code) => [200, 500, 503, 504].includes(code)), codes.join());
  assert.ok((seen.get(200) ?? 0) > 100, JSON.stringify([...seen]));
});

Deno.test("a database that refuses connections is 503 within its time, then all is well", async () => {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });
  const token = await accessToken(server.url);
  const before = await status(server.url, token);

  await administer(`ALTER DATABASE ${db.name} ALLOW_CONNECTIONS false`);
  await terminate(db);
  await sleep(300);
  const during = await status(server.url, token);
  const ready = await fetch(`${server.url}/readyz`);
  await ready.body?.cancel();
  const ping = await fetch(`${server.url}/api/v1/ping`);
  await ping.body?.cancel();
  await administer(`ALTER DATABASE ${db.name} ALLOW_CONNECTIONS true`);
  let after = 0;
  for (let n = 0; n < 25 && after !== 200; n++) {
    await sleep(200);
    after = await status(server.url, token);
  }
  const again = await fetch(`${server.url}/readyz`);
  await again.body?.cancel();

  assert.equal(before, 200);
  assert.ok(during === 503 || during === 504, String(during));
  assert.equal(ready.status, 503);
  assert.equal(ping.status, 200);
  assert.equal(after, 200);
  assert.equal(again.status, 200);
});

Deno.test("a pool of one with 100 requests answers all of them, late ones with 504", async () => {
  await using db = await testDatabase();
  await using server = await startServer({
    database: db.name,
    config: {
      postgres: { pool: { min: 1, max: 1 }, acquire_timeout: 1000 },
      module: { Cleaner: { enable: false } },
    },
  });
  const token = await accessToken(server.url);
  // Somebody holds what every call has to read, so that the one connection is busy.
  const holder = await db.sql.reserve();
  await holder.unsafe("BEGIN");
  await holder.unsafe("LOCK TABLE db.session, db.token IN ACCESS EXCLUSIVE MODE");

  const begin = performance.now();
  const requests = Array.from({ length: 100 }, () => status(server.url, token));
  await sleep(2500);
  await holder.unsafe("ROLLBACK");
  holder.release();
  const codes = await Promise.all(requests);

  assert.ok(performance.now() - begin < 15_000);
  assert.ok(codes.every((code) => code === 200 || code === 504), [...new Set(codes)].join());
  assert.ok(codes.filter((code) => code === 504).length >= 90);
  assert.equal(await status(server.url, token), 200);
});

Deno.test("no connection is left over, and the pool stays within its bound", async () => {
  await using db = await testDatabase();
  const config = {
    postgres: { pool: { min: 2, max: 4 } },
    module: { Cleaner: { enable: false } },
  };
  const count = () =>
    db.value<number>(
      "SELECT count(*)::int FROM pg_stat_activity WHERE datname = $1 AND usename = 'daemon'",
      [db.name],
    );
  {
    await using server = await startServer({ database: db.name, config });
    const token = await accessToken(server.url);
    await Promise.all(Array.from({ length: 200 }, () => status(server.url, token)));
    assert.ok((await count() ?? 99) <= 5, "four, and one that listens");
  }
  await sleep(200);

  assert.equal(await count(), 0);
});

Deno.test("a connection that went silent is noticed within 15 seconds", async () => {
  await using db = await testDatabase();
  await using proxy = silentProxy();
  const { user, password } = testCluster();
  const url = `postgres://${user}:${
    encodeURIComponent(password)
  }@127.0.0.1:${proxy.port}/${db.name}`;
  await using server = await startServer({
    database: db.name,
    config: {
      postgres: { statement_timeout: 5000 },
      module: { Cleaner: { enable: false } },
    },
    through: url,
  });
  const token = await accessToken(server.url);
  assert.equal(await status(server.url, token), 200);

  proxy.silence();
  const begin = performance.now();
  const stuck = await status(server.url, token);
  const waited = performance.now() - begin;
  proxy.resume();
  let after = 0;
  for (let n = 0; n < 75 && after !== 200; n++) {
    await sleep(200);
    after = await status(server.url, token);
  }

  assert.ok(stuck === 503 || stuck === 504, String(stuck));
  assert.ok(waited < 15_000, `${waited} ms`);
  assert.equal(after, 200);
});

Deno.test("too many connections are a clear answer, not a crash", async () => {
  await using db = await testDatabase();
  await using server = await startServer({
    database: db.name,
    config: {
      postgres: { pool: { min: 1, max: 6 } },
      module: { Cleaner: { enable: false } },
    },
  });
  const token = await accessToken(server.url);
  await db.rows(`ALTER DATABASE ${db.name} CONNECTION LIMIT 1`);

  const codes = await Promise.all(Array.from({ length: 50 }, () => status(server.url, token)));
  await db.rows(`ALTER DATABASE ${db.name} CONNECTION LIMIT -1`);
  await sleep(1500);

  assert.ok(codes.every((code) => [200, 503, 504].includes(code)), [...new Set(codes)].join());
  assert.equal(await status(server.url, token), 200);
});

Deno.test("a bad token, OPTIONS, and an unknown path do not ask the database", async () => {
  await using db = await testDatabase();
  await using server = await startServer({
    database: db.name,
    config: { module: { Cleaner: { enable: false } } },
  });
  const statements = async () => {
    await db.value("SELECT pg_stat_clear_snapshot()");
    return await db.value<number>(
      `SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = $1 AND usename = 'daemon' AND query_start > now() - interval '900 ms'`,
      [db.name],
    ) ?? 0;
  };
  await sleep(2000);

  for (let n = 0; n < 20; n++) {
    for (
      const [path, init] of [
        ["/api/v1/whoami", { method: "POST", headers: { authorization: "Bearer x.y.z" } }],
        ["/api/v1/whoami", { method: "OPTIONS" }],
        ["/no/such/path.txt", {}],
      ] as [string, RequestInit][]
    ) await (await fetch(server.url + path, init)).body?.cancel();
  }

  assert.equal(await statements(), 0);
});

/** A TCP relay to the test cluster that can stop to pass anything on, without closing. */
function silentProxy(): AsyncDisposable & { port: number; silence(): void; resume(): void } {
  const { host, port } = testCluster();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: freePort() });
  const open = new Set<Deno.Conn>();
  let silent = false;
  const pass = async (from: Deno.Conn, to: Deno.Conn) => {
    const buffer = new Uint8Array(65_536);
    try {
      for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
        while (silent) await sleep(50);
        await to.write(buffer.subarray(0, n));
      }
    } catch {
      // One side is gone; the other follows.
    }
    for (const side of [from, to]) {
      if (open.delete(side)) side.close();
    }
  };
  const accepting = (async () => {
    for await (const client of listener) {
      open.add(client);
      while (silent) await sleep(50);
      const server = await Deno.connect({ hostname: host, port });
      open.add(server);
      pass(client, server);
      pass(server, client);
    }
  })().catch(() => {});
  return {
    port: (listener.addr as Deno.NetAddr).port,
    silence: () => silent = true,
    resume: () => silent = false,
    async [Symbol.asyncDispose]() {
      silent = false;
      listener.close();
      for (const side of open) side.close();
      open.clear();
      await accepting;
    },
  };
}
