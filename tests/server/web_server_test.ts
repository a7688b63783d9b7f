/** Static files, health and metrics, with and without a database. */
import assert from "node:assert/strict";
import { startServer, temporaryFolder, testDatabase } from "../support/mod.ts";

const PAGE = "<!doctype html><title>start</title>";
const TEXT = "0123456789".repeat(100);
const off = { enable: false };
const alone = { postgres: { connect: false }, module: { AppServer: off, AuthServer: off } };

/** A document root beside a file that must not be reachable. */
async function site(): Promise<{ folder: string; root: string }> {
  const folder = await temporaryFolder();
  const root = `${folder}/www`;
  await Deno.mkdir(`${root}/docs`, { recursive: true });
  await Deno.writeTextFile(`${folder}/secret.txt`, "TOP-SECRET");
  await Deno.writeTextFile(`${root}/index.html`, PAGE);
  await Deno.writeTextFile(`${root}/docs/index.html`, "docs");
  await Deno.writeTextFile(`${root}/text.txt`, TEXT);
  await Deno.writeTextFile(`${root}/app.js`, "export {};");
  await Deno.writeTextFile(`${root}/grüße.txt`, "hello");
  await Deno.symlink(`${folder}/secret.txt`, `${root}/link.txt`);
  return { folder, root };
}

Deno.test("static files are served as browsers want them", async (test) => {
  const { folder, root } = await site();
  try {
    await using server = await startServer({
      config: { ...alone, server: { root } },
    });
    const get = (path: string, headers: HeadersInit = {}) =>
      fetch(server.url + path, { headers, redirect: "manual" });

    await test.step("types", async () => {
      for (const [path, type] of [["/", "text/html"], ["/app.js", "text/javascript"]] as const) {
        const response = await get(path);
        assert.equal(response.status, 200, path);
        assert.match(response.headers.get("content-type") ?? "", new RegExp(`^${type}`));
        assert.equal(response.headers.get("x-content-type-options"), "nosniff");
        await response.body?.cancel();
      }
    });
    await test.step("ETag and Last-Modified answer 304", async () => {
      const first = await get("/text.txt");
      await first.body?.cancel();
      const etag = first.headers.get("etag");
      const modified = first.headers.get("last-modified");
      assert.ok(etag && modified);
      for (
        const condition of [{ "if-none-match": etag }, { "if-modified-since": modified }] as const
      ) {
        const again = await get("/text.txt", condition as Record<string, string>);
        assert.equal(again.status, 304);
        assert.equal(await again.text(), "");
      }
    });
    const ranges: [string, number, string, string?][] = [
      ["bytes=0-9", 206, "0123456789", "bytes 0-9/1000"],
      ["bytes=-5", 206, "56789", "bytes 995-999/1000"],
      ["bytes=990-", 206, "0123456789", "bytes 990-999/1000"],
      ["bytes=5-5", 206, "5", "bytes 5-5/1000"],
      ["bytes=0-5000", 206, TEXT, "bytes 0-999/1000"],
      ["bytes=1000-", 416, "", "bytes */1000"],
      ["lines=1-2", 200, TEXT],
    ];
    for (const [range, status, body, content] of ranges) {
      await test.step(`range ${range} answers ${status}`, async () => {
        const response = await get("/text.txt", { range });
        const text = await response.text();
        assert.equal(response.status, status);
        if (status !== 416) assert.equal(text, body);
        if (content) assert.equal(response.headers.get("content-range"), content);
      });
    }
    await test.step("folders lead to their index", async () => {
      const moved = await get("/docs");
      assert.equal(moved.status, 301);
      assert.match(moved.headers.get("location") ?? "", /\/docs\/$/);
      await moved.body?.cancel();
      assert.equal(await (await get("/docs/")).text(), "docs");
    });
    await test.step("unknown pages are the application's, unknown files are missing", async () => {
      const page = await get("/some/page", { accept: "text/html" });
      assert.equal(await page.text(), PAGE);
      const file = await get("/missing.js");
      assert.equal(file.status, 404);
      await file.body?.cancel();
    });
    await test.step("HEAD has the length and no body, POST is refused", async () => {
      const head = await fetch(`${server.url}/text.txt`, { method: "HEAD" });
      assert.equal(head.headers.get("content-length"), "1000");
      assert.equal(await head.text(), "");
      const posted = await fetch(`${server.url}/text.txt`, { method: "POST" });
      assert.equal(posted.status, 405);
      await posted.body?.cancel();
    });
    await test.step("Unicode names are found", async () => {
      assert.equal(await (await get("/gr%C3%BC%C3%9Fe.txt")).text(), "hello");
    });
    for (
      const path of [
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/docs/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/link.txt",
        "/text.txt%00.js",
        "/%c0%ae%c0%ae/secret.txt",
        "//secret.txt",
        "/%",
      ]
    ) {
      await test.step(`${path} reaches nothing outside`, async () => {
        const response = await get(path);
        assert.ok(response.status < 500, String(response.status));
        assert.doesNotMatch(await response.text(), /TOP-SECRET/);
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("health needs no database, readiness says whether there is one", async () => {
  await using server = await startServer({ config: alone });

  const health = await fetch(`${server.url}/healthz`);
  const metrics = await fetch(`${server.url}/metrics`);

  assert.equal(health.status, 200);
  assert.equal(await health.text(), "ok");
  assert.match(await metrics.text(), /^# HELP /m);
});

Deno.test("readiness and metrics know the database", async () => {
  await using db = await testDatabase();
  await using server = await startServer({ database: db.name, probe: "/readyz" });

  const ready = await fetch(`${server.url}/readyz`);
  await (await fetch(`${server.url}/api/v1/ping`)).body?.cancel();
  const metrics = await (await fetch(`${server.url}/metrics`)).text();

  assert.equal(ready.status, 200);
  await ready.body?.cancel();
  assert.match(metrics, /pool/);
  assert.match(metrics, /http_request/);
});
