import assert from "node:assert/strict";
import { join } from "node:path";
import { Metrics } from "../../core/http/mod.ts";
import { sendRaw, testConfig, testServer } from "../../core/http/testing.ts";
import { webServer } from "./mod.ts";

const HELLO = "0123456789";

/** The module on a free port, over a folder of its own with a few files. */
async function serve({ spa = true } = {}) {
  const folder = await Deno.makeTempDir({ prefix: "apostol-www-" });
  const root = join(folder, "www");
  await Deno.mkdir(join(root, "sub", "empty"), { recursive: true });
  await Deno.mkdir(join(root, ".git"));
  const files: Record<string, string> = {
    "www/index.html": "<h1>index</h1>",
    "www/404.html": "<h1>missing</h1>",
    "www/hello.txt": HELLO,
    "www/app.0123abcd.js": "1",
    "www/пример.txt": "я",
    "www/empty.bin": "",
    "www/.env": "secret",
    "www/.git/config": "secret",
    "www/sub/index.html": "<h1>sub</h1>",
    "outside.txt": "secret",
  };
  for (const [path, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, path), text);
  }
  await Deno.symlink(join(folder, "outside.txt"), join(root, "link.txt"));
  await Deno.symlink(join(root, "hello.txt"), join(root, "inner.txt"));
  await Deno.symlink("loop", join(root, "loop"));
  const config = await testConfig();
  const settled = {
    ...config,
    sites: [],
    module: { ...config.module, WebServer: { ...config.module.WebServer, spa } },
    server: { ...config.server, root },
  };
  const module = webServer.create({ config: settled, metrics: new Metrics() });
  const server = await testServer([module], settled);
  return {
    base: server.base,
    port: server.port,
    root,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Request, and what must come back. */
interface Scenario {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  status: number;
  text?: string;
  reply?: Record<string, string | RegExp | null>;
}

const HTML = { accept: "text/html,*/*" };

const SCENARIOS: Scenario[] = [
  {
    path: "/",
    status: 200,
    text: "<h1>index</h1>",
    reply: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    },
  },
  {
    path: "/hello.txt",
    status: 200,
    text: HELLO,
    reply: {
      "content-type": "text/plain; charset=utf-8",
      "accept-ranges": "bytes",
      "etag": /^"[0-9a-f]+-a"$/,
      "last-modified": /GMT$/,
      "content-length": "10",
    },
  },
  { path: "/hello.txt?x=1", status: 200, text: HELLO },
  { path: "/%68ello.txt", status: 200, text: HELLO },
  { path: "/%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.txt", status: 200, text: "я" },
  { path: "/empty.bin", status: 200, text: "", reply: { "content-length": "0" } },
  { path: "/app.0123abcd.js", status: 200, reply: { "cache-control": /immutable/ } },
  { path: "/inner.txt", status: 200, text: HELLO },
  { path: "/hello.txt", method: "HEAD", status: 200, text: "", reply: { "content-length": "10" } },
  { path: "/sub", status: 301, reply: { location: "/sub/" } },
  { path: "/sub?a=b", status: 301, reply: { location: "/sub/?a=b" } },
  { path: "//sub", status: 301, reply: { location: "/sub/" } },
  { path: "/sub/", status: 200, text: "<h1>sub</h1>" },
  { path: "/sub/empty/", status: 404 },
  { path: "/hello.txt/", status: 404 },
  { path: "/nothing", status: 404, reply: { "content-type": "application/json" } },
  { path: "/some/page", headers: HTML, status: 200, text: "<h1>index</h1>" },
  { path: "/some/page.js", headers: HTML, status: 404, text: "<h1>missing</h1>" },
  { path: "/some/page.js", status: 404 },
  { path: "/.env", status: 404 },
  { path: "/.git/config", status: 404 },
  { path: "/%2eenv", status: 404 },
  { path: "/link.txt", status: 404 },
  { path: "/loop", status: 404 },
  { path: `/${"a".repeat(3000)}`, status: 404 },
  { path: "/", method: "POST", status: 405, reply: { allow: "GET, HEAD, OPTIONS" } },
  { path: "/x", method: "OPTIONS", status: 204, reply: { allow: "GET, HEAD, OPTIONS" } },
  { path: "/healthz", status: 200, text: "ok", reply: { "content-type": /^text\/plain/ } },
  { path: "/healthz", method: "POST", status: 200, text: "ok" },
  { path: "/readyz", status: 200, text: '{"ready":true,"database":"none","version":null}' },
  { path: "/metrics", status: 200, reply: { "content-type": /^text\/plain; version=/ } },
  { path: "/metrics", headers: { "x-forwarded-for": "203.0.113.9" }, status: 403 },
  {
    path: "/hello.txt",
    headers: { range: "bytes=0-3" },
    status: 206,
    text: "0123",
    reply: {
      "content-range": "bytes 0-3/10",
      "content-length": "4",
    },
  },
  { path: "/hello.txt", headers: { range: "bytes=-3" }, status: 206, text: "789" },
  { path: "/hello.txt", headers: { range: "bytes=4-" }, status: 206, text: "456789" },
  { path: "/hello.txt", headers: { range: "bytes=8-99" }, status: 206, text: "89" },
  {
    path: "/hello.txt",
    headers: { range: "bytes=10-" },
    status: 416,
    reply: {
      "content-range": "bytes */10",
    },
  },
  { path: "/hello.txt", headers: { range: "bytes=0-1,4-5" }, status: 416 },
  { path: "/hello.txt", headers: { range: "bytes=x-y" }, status: 200, text: HELLO },
  { path: "/hello.txt", headers: { range: "lines=1-2" }, status: 200, text: HELLO },
  { path: "/hello.txt", headers: { range: "bytes=0-3", "if-range": '"other"' }, status: 200 },
  { path: "/hello.txt", headers: { "if-none-match": "*" }, status: 304, text: "" },
  { path: "/hello.txt", headers: { "if-match": '"other"' }, status: 412 },
  {
    path: "/hello.txt",
    headers: { "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT" },
    status: 304,
  },
];

for (const { path, method = "GET", headers = {}, status, text, reply = {} } of SCENARIOS) {
  const asked = Object.entries(headers).map(([name, value]) => ` ${name}: ${value}`).join("");
  Deno.test(`WebServer answers ${method} ${path.slice(0, 60)}${asked} with ${status}`, async () => {
    await using server = await serve();

    const response = await fetch(server.base + path, { method, headers, redirect: "manual" });
    const body = await response.text();

    assert.equal(response.status, status, body);
    if (text !== undefined) assert.equal(body, text);
    for (const [name, expected] of Object.entries(reply)) {
      const value = response.headers.get(name);
      if (expected instanceof RegExp) assert.match(value ?? "", expected);
      else assert.equal(value, expected, name);
    }
  });
}

Deno.test("WebServer sends a file only to who does not have it", async () => {
  await using server = await serve();
  const first = await fetch(`${server.base}/hello.txt`);
  const etag = first.headers.get("etag")!;
  await first.body?.cancel();

  const again = await fetch(`${server.base}/hello.txt`, { headers: { "if-none-match": etag } });
  const part = await fetch(`${server.base}/hello.txt`, {
    headers: { range: "bytes=0-0", "if-range": etag },
  });

  assert.deepEqual([again.status, await again.text()], [304, ""]);
  assert.deepEqual([part.status, await part.text()], [206, "0"]);
});

Deno.test("WebServer serves nothing outside of its root, however it is asked", async () => {
  await using server = await serve();
  const hostile = [
    "/../outside.txt",
    "/sub/../../outside.txt",
    "/..%2foutside.txt",
    "/%2e%2e/outside.txt",
    "/%2e%2e%2foutside.txt",
    "/..%5coutside.txt",
    "/..\\outside.txt",
    "/%252e%252e/outside.txt",
    "/%c0%ae%c0%ae/outside.txt",
    "/hello.txt%00.html",
    "/%00",
    "/c:/windows/win.ini",
    "/%ff",
    "/%",
    "//etc/passwd",
    "/sub/%2e%2e/%2e%2e/outside.txt",
    "/./hello.txt",
    "/link.txt",
  ];

  for (const path of hostile) {
    const raw = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    const answer = await sendRaw(server.port, raw, 2000);
    assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
    assert.ok(!answer.text.includes("secret"), path);
  }
});

Deno.test("WebServer sends files of every size whole", async () => {
  await using server = await serve();

  for (const size of [1, 65_535, 65_536, 65_537, 5_000_000]) {
    const sent = crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
    const whole = new Uint8Array(size).map((_, index) => sent[index % sent.length]!);
    await Deno.writeFile(join(server.root, "data.bin"), whole);

    const received = await (await fetch(`${server.base}/data.bin`)).bytes();

    assert.equal(received.length, size);
    assert.ok(received.every((byte, index) => byte === whole[index]), `${size} bytes differ`);
  }
});

Deno.test("WebServer hides an unknown page when the fallback is off", async () => {
  await using server = await serve({ spa: false });

  const response = await fetch(`${server.base}/some/page`, { headers: HTML });

  assert.equal(response.status, 404);
  assert.equal(await response.text(), "<h1>missing</h1>");
});
