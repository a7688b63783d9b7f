import assert from "node:assert/strict";
import { TEST_CERTIFICATE, TEST_KEY } from "./http/_test_certificate.ts";
import { BodyReader } from "./http/body.ts";
import { bytesSource, heldStream } from "./http/held_stream.ts";
import { connectionServer, serveConnections } from "./http/listener.ts";
import { errorReply, thrownReply } from "./http/reply.ts";
import { readRaw, sendRaw, testConfig, testServer } from "./http/testing.ts";
import type { Module, RequestContext } from "./module.ts";

const LIMIT = 10_000; // bytes
const TIMEOUT = 400; // milliseconds

/** A module with a path for each thing that a server must live through. */
function probe(): Module {
  const reader = new BodyReader({ bytes: LIMIT, timeout: TIMEOUT });
  const answers: Record<string, (request: Request, context: RequestContext) => unknown> = {
    "/ok": () => new Response("ok"),
    "/peer": (_, context) => new Response(context.peer),
    "/throw": () => {
      throw new Error("secret of the inside");
    },
    "/reject": () => Promise.reject(new Error("secret of the inside")),
    "/slow": async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return new Response("slow");
    },
    "/never": () => new Promise(() => {}),
    "/body": async (request) => new Response(String((await reader.bytes(request))?.length ?? null)),
    "/long": (_, context) =>
      new Response(heldStream(bytesSource(new Uint8Array(40_000_000)), context)),
  };
  return {
    name: "probe",
    matches: () => true,
    async handle(request, context) {
      const path = request.url.slice(request.url.indexOf("/", 8)).split("?")[0]!;
      const answer = answers[path];
      if (answer === undefined) return errorReply(404, path);
      // Thrown at once, not as a rejection: the server must take both.
      if (path === "/throw") return answer(request, context) as Response;
      try {
        return await answer(request, context) as Response;
      } catch (thrown) {
        return thrownReply(thrown, request);
      }
    },
  };
}

async function probeServer(timeout = TIMEOUT) {
  const config = await testConfig();
  return await testServer([probe()], { ...config, server: { ...config.server, timeout } });
}

const post = (path: string, headers: string, body = "") =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n${body}`;

Deno.test("startServer() closes a connection whose request never comes whole", async () => {
  await using server = await probeServer();

  const answers = await Promise.all([
    sendRaw(server.port, "", 3000),
    sendRaw(server.port, "GET /ok HTTP/1.1\r\nHost: loc", 3000),
    sendRaw(server.port, "GET /ok HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n", 3000),
  ]);

  for (const { closed, took, status } of answers) {
    assert.deepEqual([closed, status], [true, 0]);
    assert.ok(took >= TIMEOUT - 50 && took < 2000, `closed after ${took} ms`);
  }
});

Deno.test("startServer() survives 200 slow senders and serves others meanwhile", async () => {
  await using server = await probeServer();
  const slow = Array.from({ length: 200 }, () => sendRaw(server.port, "GET / HTT", 5000));

  const response = await fetch(`${server.base}/ok`);
  const ended = await Promise.all(slow);

  assert.equal(await response.text(), "ok");
  assert.equal(ended.filter((one) => one.closed).length, 200);
});

Deno.test("startServer() refuses headers without end and goes on", async () => {
  await using server = await probeServer();
  const long = "a".repeat(1_000_000);

  for (
    const head of [
      `GET /ok HTTP/1.1\r\nHost: localhost\r\nX-A: ${long}\r\n\r\n`,
      `GET /ok HTTP/1.1\r\nHost: localhost\r\n${"X-A: b\r\n".repeat(5000)}\r\n`,
      `GET /${long} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    ]
  ) {
    const answer = await sendRaw(server.port, head, 2000);
    // The server may close while the client still sends: its answer is lost on the way then.
    assert.ok(answer.closed && [0, 400, 431].includes(answer.status), `status ${answer.status}`);
  }
  assert.equal(await (await fetch(`${server.base}/ok`)).text(), "ok");
});

/** What is sent, and what status ends it. */
const BODIES: [name: string, request: string, status: number][] = [
  ["as large as allowed", post("/body", `Content-Length: ${LIMIT}\r\n`, "x".repeat(LIMIT)), 200],
  ["declared too large", post("/body", "Content-Length: 1073741824\r\n", "x".repeat(50_000)), 413],
  [
    "chunked without end",
    post("/body", "Transfer-Encoding: chunked\r\n", `1000\r\n${"x".repeat(4096)}\r\n`.repeat(50)),
    413,
  ],
  [
    "that nobody wants",
    post("/ok", "Transfer-Encoding: chunked\r\n", `1000\r\n${"x".repeat(4096)}\r\n`),
    200,
  ],
  ["that stops coming", post("/body", "Content-Length: 100\r\n", "x"), 408],
  ["chunked that stops coming", post("/body", "Transfer-Encoding: chunked\r\n", "1\r\nx\r\n"), 408],
  ["with two lengths", post("/body", "Content-Length: 1\r\nContent-Length: 2\r\n", "xx"), 400],
  [
    "with a length and chunks",
    post("/body", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    400,
  ],
];

for (const [name, request, status] of BODIES) {
  Deno.test(`startServer() ends a body ${name} with ${status}`, async () => {
    await using server = await probeServer();

    const answer = await sendRaw(server.port, request, 3000);

    assert.equal(answer.status, status);
    if (!name.startsWith("as large")) assert.ok(answer.closed, "the connection is still open");
  });
}

Deno.test("startServer() tells nothing of an unexpected error", async () => {
  await using server = await probeServer();

  for (const path of ["/throw", "/reject"]) {
    const response = await fetch(server.base + path);
    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), {
      error: { code: 500, message: "Internal server error" },
    });
  }
});

Deno.test("startServer() answers HEAD like GET without the body", async () => {
  await using server = await probeServer();

  const answer = await sendRaw(server.port, "HEAD /ok HTTP/1.1\r\nHost: localhost\r\n\r\n", 300);

  assert.equal(answer.status, 200);
  assert.match(answer.text, /content-length: 2\r\n/);
  assert.ok(answer.text.endsWith("\r\n\r\n"));
});

Deno.test("startServer() serves a request with a Host that is no host", async () => {
  await using server = await probeServer();

  for (const host of ["ex ample", "[", "a?b", "%00", ":::"]) {
    const answer = await sendRaw(server.port, `GET /ok HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 300);
    assert.ok([200, 400, 404].includes(answer.status), `${host}: ${answer.status}`);
  }
});

Deno.test("startServer() hands the peer's address to the module", async () => {
  await using server = await probeServer();

  assert.equal(await (await fetch(`${server.base}/peer`)).text(), "127.0.0.1");
});

Deno.test("Server.stop() lets requests in flight finish and accepts no more", async () => {
  await using server = await probeServer();
  const idle = sendRaw(server.port, "GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n", 3000);
  const slow = fetch(`${server.base}/slow`);
  await new Promise((resolve) => setTimeout(resolve, 100));

  const stopped = server.server.stop(5000);
  await assert.rejects(fetch(`${server.base}/ok`));

  assert.equal(await (await slow).text(), "slow");
  await stopped;
  assert.ok((await idle).took < 2000, "the idle connection was not closed at once");
  assert.equal(server.server.connections, 0);
});

Deno.test("Server.stop() breaks off what takes longer than the grace", async () => {
  await using server = await probeServer();
  const never = sendRaw(server.port, "GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n", 5000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const started = performance.now();

  await server.server.stop(300);

  assert.ok(performance.now() - started < 2000);
  assert.ok((await never).closed);
});

Deno.test("startServer() says why it cannot listen", async () => {
  await using server = await probeServer();
  const config = await testConfig();
  const taken = { ...config, server: { ...config.server, port: server.port } };

  await assert.rejects(testServer([probe()], taken), {
    code: "LISTEN",
    message: /another program/,
  });
});

Deno.test("serveConnections() closes an idle connection, but none with a long reply", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const module = probe();
  const server = serveConnections(
    listener,
    connectionServer()!,
    (request, connection) => module.handle(request, connection),
    { headerTimeout: 200, keepAlive: 200 },
  );
  const idle = await sendRaw(port, "GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n", 2000);
  using reader = await Deno.connect({ hostname: "127.0.0.1", port });
  await reader.write(new TextEncoder().encode("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n"));

  // Longer than the clock allows an idle connection, and then everything still comes.
  await new Promise((resolve) => setTimeout(resolve, 800));
  const long = await readRaw(reader, performance.now(), 5000);
  await server.stop(1000);

  assert.ok(idle.closed && idle.took < 1500, "the idle connection was not closed");
  assert.ok(long.text.length > 40_000_000, `${long.text.length} characters came`);
});

Deno.test("heldStream() gives up when the client stops reading", async () => {
  let closed = false;
  const source = { ...bytesSource(new Uint8Array(1_000_000)), close: () => void (closed = true) };
  const reader = heldStream(source, { peer: "" }, 50).getReader();

  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 120));

  await assert.rejects(reader.read(), /stopped reading/);
  assert.ok(closed);
});

Deno.test("startServer() speaks HTTPS and HTTP/2 with a certificate", async () => {
  const folder = await Deno.makeTempDir({ prefix: "apostol-tls-" });
  const [cert, key] = [`${folder}/cert.pem`, `${folder}/key.pem`];
  try {
    await Deno.writeTextFile(cert, TEST_CERTIFICATE);
    await Deno.writeTextFile(key, TEST_KEY);
    const config = await testConfig();
    const secure = { ...config, server: { ...config.server, tls: { cert, key } } };
    await using server = await testServer([probe()], secure);

    for (const http2 of [true, false]) {
      using client = Deno.createHttpClient({
        caCerts: [TEST_CERTIFICATE],
        http1: !http2,
        http2,
      });
      const response = await fetch(`https://localhost:${server.port}/body`, {
        client,
        method: "POST",
        body: "hello",
      });
      assert.equal(await response.text(), "5");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
