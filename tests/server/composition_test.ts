/** Which modules run is configuration alone; one whose needs are not met says what is missing. */
import assert from "node:assert/strict";
import {
  accessToken,
  post,
  runProgram,
  startServer,
  temporaryFolder,
  testDatabase,
} from "../support/mod.ts";

const off = { enable: false };

Deno.test("minimal: static files and health, no database at all", async () => {
  await using server = await startServer({
    config: {
      postgres: { connect: false },
      module: { AppServer: off, AuthServer: off, Cleaner: off },
    },
  });

  const page = await fetch(`${server.url}/`);
  const api = await fetch(`${server.url}/api/v1/ping`);

  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type") ?? "", /text\/html/);
  await page.body?.cancel();
  assert.equal(api.status, 404);
  await api.body?.cancel();
  assert.deepEqual(
    [...Deno.readDirSync(server.data)].filter(({ name }) => name === "postgres"),
    [],
  );
});

Deno.test("full: everything that exists", async () => {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name });

  const token = await accessToken(server.url);
  const who = await post(server.url, token, "/whoami", { fields: ["userid"] });

  assert.equal(who.status, 200);
  await who.body?.cancel();
});

Deno.test("a pick: the API without sign-in and without static files", async () => {
  await using db = await testDatabase();
  await using server = await startServer({
    database: db.name,
    config: { module: { AuthServer: off, WebServer: off, Cleaner: off } },
    probe: "/api/v1/ping",
  });

  const time = await fetch(`${server.url}/api/v1/time`);
  const token = await fetch(`${server.url}/oauth2/token`, { method: "POST" });
  const page = await fetch(`${server.url}/`);

  assert.equal(time.status, 200);
  assert.equal(token.status, 404);
  assert.equal(page.status, 404);
  await Promise.all([time.body?.cancel(), token.body?.cancel(), page.body?.cancel()]);
});

Deno.test("a module whose needs are not met names the setting that is missing", async () => {
  const data = await temporaryFolder();
  try {
    const config = { postgres: { connect: false }, module: { AppServer: { enable: true } } };
    await Deno.writeTextFile(`${data}/test.json`, JSON.stringify(config));

    const { code, stderr } = await runProgram([
      "-t",
      "--data",
      data,
      "--conf",
      `${data}/test.json`,
    ]);

    assert.equal(code, 2);
    assert.match(stderr, /AppServer/);
    assert.match(stderr, /postgres\.connect/);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});

Deno.test("two workers share one port", async () => {
  await using db = await testDatabase();
  await using server = await startServer({
    database: db.name,
    config: { server: { workers: 2 }, module: { Cleaner: off } },
  });
  await new Promise((resolve) => setTimeout(resolve, 3000));

  const statuses = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const response = await fetch(`${server.url}/api/v1/ping`, {
        headers: { connection: "close" },
      });
      await response.body?.cancel();
      return response.status;
    }),
  );

  assert.deepEqual([...new Set(statuses)], [200]);
  const apps = await db.value(
    "SELECT count(DISTINCT application_name)::int FROM pg_stat_activity WHERE datname = $1 AND usename = 'daemon'",
    [db.name],
  );
  assert.ok(apps >= 1);
  const connections = await db.value(
    "SELECT count(*)::int FROM pg_stat_activity WHERE datname = $1 AND usename = 'daemon'",
    [db.name],
  );
  assert.ok(connections >= 4, `two pools of at least two connections, found ${connections}`);
});
