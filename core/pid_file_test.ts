import assert from "node:assert/strict";
import { PidFile, runningPid, signalServer } from "./pid_file.ts";

/** A process that holds a pid file until it is signalled. */
async function holder(path: string): Promise<Deno.ChildProcess> {
  const url = new URL("pid_file.ts", import.meta.url);
  const code = `
    import { PidFile } from ${JSON.stringify(url.href)};
    const file = await PidFile.acquire(${JSON.stringify(path)});
    Deno.addSignalListener("SIGUSR2", async () => { await file.release(); Deno.exit(7); });
    setInterval(() => {}, 1000); // a signal listener keeps nothing alive
    console.log("held");
  `;
  const script = `${path}.ts`;
  await Deno.writeTextFile(script, code);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-config", "--allow-read", "--allow-write", script],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  return child;
}

async function withPath(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(`${folder}/run/apostol.pid`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("PidFile.acquire() refuses while another process holds it", async () => {
  await withPath(async (path) => {
    await Deno.mkdir(path.replace(/\/[^/]*$/, ""));
    const other = await holder(path);

    await assert.rejects(PidFile.acquire(path), { code: "RUNNING" });
    assert.equal(await runningPid(path), other.pid);
    assert.equal(await signalServer(path, "SIGUSR2"), other.pid);
    assert.equal((await other.status).code, 7);

    assert.equal(await runningPid(path), null);
    await assert.rejects(signalServer(path, "SIGTERM"), { code: "NOT-RUNNING" });
  });
});

Deno.test("PidFile.acquire() takes over what a killed process left, whoever has its number", async () => {
  await withPath(async (path) => {
    await Deno.mkdir(path.replace(/\/[^/]*$/, ""));
    const other = await holder(path);
    other.kill("SIGKILL");
    await other.status;
    await Deno.writeTextFile(path, "1\n"); // alive, and not ours

    assert.equal(await runningPid(path), null);
    const file = await PidFile.acquire(path);

    assert.equal((await Deno.readTextFile(path)).trim(), String(Deno.pid));
    await file.release();
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  });
});
