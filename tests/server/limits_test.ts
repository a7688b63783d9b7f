/** Clients that are slow, endless or too big cost no more than their connection. */
import assert from "node:assert/strict";
import { startServer, testDatabase, type TestServer } from "../support/mod.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const alone = {
  postgres: { connect: false },
  server: { timeout: 2000, body_limit: 1_048_576 },
  module: { AppServer: { enable: false }, AuthServer: { enable: false } },
};

/** Resident memory of a process, in bytes. */
function memory(pid: number): number {
  const text = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+) kB/.exec(text)?.[1]) * 1024;
}

/** Sends some bytes and waits until the server closes; returns how long it took and the answer. */
async function closed(
  server: TestServer,
  chunks: Iterable<string>,
  pause: number,
): Promise<{ ms: number; answer: string }> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
  const begin = performance.now();
  let answer = "";
  let open = true;
  const reading = (async () => {
    const buffer = new Uint8Array(16_384);
    try {
      for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) {
        answer += new TextDecoder().decode(buffer.subarray(0, n));
      }
    } catch {
      // A reset counts as closed.
    }
    open = false;
  })();
  try {
    for (const chunk of chunks) {
      if (!open || performance.now() - begin > 20_000) break;
      await connection.write(new TextEncoder().encode(chunk));
      await sleep(pause);
    }
  } catch {
    // The server closed while we were writing.
  }
  await Promise.race([reading, sleep(20_000)]);
  connection.close();
  await reading;
  return { ms: performance.now() - begin, answer };
}

function* endless(first: string, next: string): Generator<string> {
  yield first;
  while (true) yield next;
}

Deno.test("slow and endless requests are cut off, others go on", async (test) => {
  await using server = await startServer({ config: alone });
  await (await fetch(`${server.url}/healthz`)).body?.cancel();
  const before = memory(server.pid);

  await test.step("50 connections that send a header line now and then", async () => {
    const slow = Array.from(
      { length: 50 },
      () => closed(server, endless("GET / HTTP/1.1\r\nhost: x\r\n", "x-a: b\r\n"), 500),
    );
    await sleep(500);
    const begin = performance.now();
    await (await fetch(`${server.url}/healthz`)).body?.cancel();
    assert.ok(performance.now() - begin < 1000, "others wait");
    for (const { ms } of await Promise.all(slow)) assert.ok(ms < 15_000, `${ms} ms`);
  });
  await test.step("headers of 10 MB", async () => {
    const line = `x-a: ${"b".repeat(65_536)}\r\n`;
    const { answer } = await closed(server, endless("GET / HTTP/1.1\r\nhost: x\r\n", line), 0);
    assert.doesNotMatch(answer, /^HTTP\/1\.1 (200|5)/);
  });
  await test.step("a chunked body without an end", async () => {
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    const { ms } = await closed(
      server,
      endless("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n", chunk),
      0,
    );
    assert.ok(ms < 15_000, `${ms} ms`);
  });
  await test.step("memory stays flat", async () => {
    await sleep(500);
    const grown = memory(server.pid) - before;
    assert.ok(grown < 150 * 2 ** 20, `${Math.round(grown / 2 ** 20)} MiB more`);
  });
});

Deno.test("a body over the limit of the API is 413 before it is read to its end", async () => {
  await using db = await testDatabase();
  await using server = await startServer({
    database: db.name,
    config: { server: { body_limit: 65_536 }, module: { Cleaner: { enable: false } } },
  });
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= 1024) return controller.close();
      sent += 1;
      controller.enqueue(new Uint8Array(65_536));
    },
  });

  const response = await fetch(`${server.url}/api/v1/whoami`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  }).catch(() => null);

  if (response) {
    assert.equal(response.status, 413);
    await response.body?.cancel();
  }
  assert.ok(sent < 1024, "64 MiB were read");
  const ping = await fetch(`${server.url}/api/v1/ping`);
  assert.equal(ping.status, 200);
  await ping.body?.cancel();
});

Deno.test("a graceful stop finishes the request in flight", async () => {
  await using db = await testDatabase();
  await using server = await startServer({
    database: db.name,
    config: { module: { Cleaner: { enable: false } } },
  });
  const holder = await db.sql.reserve();
  await holder.unsafe("BEGIN");
  await holder.unsafe("LOCK TABLE db.locale IN ACCESS EXCLUSIVE MODE");
  const request = fetch(`${server.url}/api/v1/locale`, { method: "POST" });
  await sleep(500);

  server.kill("SIGQUIT");
  await sleep(500);
  await holder.unsafe("ROLLBACK");
  holder.release();
  const response = await request;
  const body = await response.json();
  const { code } = await server.status;

  assert.equal(response.status, 200);
  assert.ok(body.length >= 6);
  assert.equal(code, 0);
});
