import assert from "node:assert/strict";
import { join } from "node:path";
import { TEST_CERTIFICATE, TEST_KEY } from "./_test_certificate.ts";
import { ask, execute, type TestServer, testServer, until } from "./_test_server.ts";
import { openSocket } from "./_socket.ts";
import type { ConnectionOptions, SslMode } from "./connection.ts";
import { DatabaseUnavailableError } from "./errors.ts";
import { openDatabase } from "./pool.ts";

const TLS = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

let test: TestServer;
let root: string;
let tcp: ConnectionOptions;
Deno.test.beforeAll(async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  test = await testServer(port);
  tcp = { ...test.connection, host: "localhost" };
  root = join(test.data, "root.pem");
  await Deno.writeTextFile(root, TEST_CERTIFICATE);
});
Deno.test.afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

/** Makes the server offer TLS. */
async function offerTls(): Promise<void> {
  const { cluster } = test.server.folders;
  const { uid, gid } = await Deno.stat(cluster);
  for (
    const [name, text] of [["server.crt", TEST_CERTIFICATE], ["server.key", TEST_KEY]] as const
  ) {
    const path = join(cluster, name);
    await Deno.writeTextFile(path, text, { mode: 0o600 });
    if (Deno.uid() === 0) await Deno.chown(path, uid, gid);
  }
  await execute(test.connection, "ALTER SYSTEM SET ssl = on");
  await execute(test.connection, "SELECT pg_reload_conf()");
  await until(async () => await ask(test.connection, "SHOW ssl") === "on");
}

Deno.test("a server without TLS is used by prefer and refused by require", async () => {
  assert.equal(await ask({ ...tcp, sslmode: "prefer" }, TLS), false);
  await assert.rejects(ask({ ...tcp, sslmode: "require" }, TLS), (error: unknown) => {
    assert(error instanceof DatabaseUnavailableError);
    assert.match(String(error.detail), /does not offer TLS, sslmode is require/);
    return true;
  });
});

Deno.test("a server with TLS is used as sslmode says", async () => {
  await offerTls();
  const cases: readonly (readonly [SslMode, Partial<ConnectionOptions>, boolean | RegExp])[] = [
    ["disable", {}, false],
    ["prefer", {}, true],
    ["require", {}, true],
    ["verify-ca", {}, /certificate/i],
    ["verify-ca", { sslrootcert: root, host: "127.0.0.1" }, true],
    ["verify-full", { sslrootcert: root }, true],
    ["verify-full", { sslrootcert: root, host: "127.0.0.1" }, /certificate|name|altname/i],
    ["verify-full", {}, /certificate/i],
  ];
  for (const [sslmode, options, expected] of cases) {
    const asked = ask({ ...tcp, ...options, sslmode }, TLS);
    if (typeof expected === "boolean") {
      assert.equal(await asked, expected, `${sslmode} ${JSON.stringify(options)}`);
    } else {
      await assert.rejects(asked, (error: unknown) => {
        assert(error instanceof DatabaseUnavailableError);
        assert.match(String(error.detail), expected);
        return true;
      });
    }
  }
});

Deno.test("a pool works through TLS, and recovers", async () => {
  await offerTls();
  const db = openDatabase({ connection: { ...tcp, sslmode: "require" }, min: 1, max: 2 });
  try {
    const [row] = await db.raw("SELECT repeat('x', 300000)");
    assert.equal(row![0]!.length, 300_000);
    await assert.rejects(
      db.value("SELECT pg_terminate_backend(pg_backend_pid())"),
      DatabaseUnavailableError,
    );
    assert.equal(await db.value("SELECT 1"), 1);
  } finally {
    await db.close();
  }
});

Deno.test("openSocket() closes a failed socket so that the driver refuses what was sent late", async () => {
  await offerTls();
  const socket = await openSocket({ ...tcp, sslmode: "require" });
  const events: unknown[] = [];
  const closed = Promise.withResolvers<void>();
  socket.on("error", (error: Error) => events.push(error.message));
  socket.on("close", (failed: boolean) => {
    events.push(failed);
    closed.resolve();
  });

  (socket as unknown as { destroy(error: Error): void }).destroy(new Error("broken"));
  await closed.promise;

  assert.deepEqual(events, ["broken", false]);
});

Deno.test("no statement waits for ever when encrypted connections break", async () => {
  await offerTls();
  const connection: ConnectionOptions = { ...tcp, sslmode: "require" };
  const db = openDatabase({ connection, name: "breaking", min: 2, max: 4 });
  const end = performance.now() + 2000;
  const caller = async () => {
    while (performance.now() < end) {
      await db.value("SELECT $1::text", ["x"]).catch((thrown: unknown) => {
        assert(thrown instanceof DatabaseUnavailableError);
      });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    }
  };
  const callers = Promise.all(Array.from({ length: 4 }, caller));

  while (performance.now() < end) {
    await execute(
      test.connection,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'breaking'",
    );
  }
  let settled = false;
  void callers.then(() => settled = true);
  await until(() => settled, 5000);
  await callers;
  await db.close();
});
