/** The program as its users start it: arguments, exit statuses, signals, processes. No database. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { bundled } from "./config_paths.ts";

const MINIMAL = {
  postgres: { connect: false },
  module: { AuthServer: { enable: false }, AppServer: { enable: false } },
};

/** Where the runtime opens its debugger. */
const DEBUGGER = "http://127.0.0.1:9229/json/version";

interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** Replaces a file at once: a server that reloads meanwhile never reads half of it. */
function writeWhole(file: string, text: string): void {
  Deno.writeTextFileSync(`${file}.new`, text);
  Deno.renameSync(`${file}.new`, file);
}

/** Starts the program in a folder of its own; the environment of this machine does not count. */
function start(folder: string, args: readonly string[], config?: unknown): Deno.ChildProcess {
  const file = join(folder, "test.json");
  if (config !== undefined) writeWhole(file, JSON.stringify(config));
  const conf = config === undefined ? [] : ["--conf", file];
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--permission-set=serve",
      bundled("main.ts"),
      ...conf,
      "--data",
      join(folder, "data"),
      ...args,
    ],
    cwd: bundled(),
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function run(folder: string, args: readonly string[], config?: unknown): Promise<Result> {
  const { code, stdout, stderr } = await start(folder, args, config).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A server that runs; disposing of it kills it. */
class Running implements AsyncDisposable {
  readonly child: Deno.ChildProcess;
  readonly folder: string;
  readonly port: number;
  readonly output: Promise<string>;

  constructor(folder: string, config: unknown, args: readonly string[] = []) {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.port = (listener.addr as Deno.NetAddr).port;
    listener.close();
    this.folder = folder;
    this.child = start(folder, ["--port", String(this.port), ...args], config);
    this.output = new Response(this.child.stderr).text();
    void this.child.stdout.cancel();
  }

  async health(): Promise<boolean> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/healthz`);
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  /** Process ids of its children. */
  children(): number[] {
    const pids = [...Deno.readDirSync("/proc")].map(({ name }) => Number(name));
    return pids.filter((pid) => pid > 0 && parentOf(pid) === this.child.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.child.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
    await this.child.status;
    await this.output;
  }
}

/** Id of the process that started another one; undefined when it has ended. */
function parentOf(pid: number): number | undefined {
  try {
    // The name in parentheses may hold anything; state and parent follow it.
    const [, parent] = /^.*\) \S (\d+) /s.exec(Deno.readTextFileSync(`/proc/${pid}/stat`)) ?? [];
    return Number(parent);
  } catch {
    return undefined;
  }
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    assert(performance.now() < end, `not within 20 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isAlive(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}

Deno.test("apostol ends with the documented exit statuses", async () => {
  await withFolder(async (folder) => {
    const cases: [string[], number, RegExp][] = [
      [["--version"], 0, /^apostol \d+\.\d+\.\d+\n$/],
      [["--help"], 0, /Usage: apostol/],
      [["--patch", "--help"], 0, /--dry-run/],
      [["--instal"], 2, /^apostol: Unknown option --instal; did you mean --install\?\n$/],
      [["--install", "--update"], 2, /cannot be combined/],
      [["--conf", "/missing.json", "-t"], 2, /\/missing\.json: cannot be used/],
      [["--process", "cleanr"], 2, /did you mean cleaner\?/],
      [["-s", "quit"], 1, /No server runs/],
      [["-s", "quitt"], 2, /did you mean quit\?/],
      [["--show-secrets"], 1, /Nothing was generated yet/],
      [["-t"], 0, /can be used/],
    ];
    for (const [args, code, pattern] of cases) {
      const result = await run(folder, args);
      assert.equal(result.code, code, `${args.join(" ")}: ${result.stderr}`);
      assert.match(result.stdout + result.stderr, pattern);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], [], "nothing was written");
  });
});

Deno.test("apostol -t lists every fault and every missing setting", async () => {
  await withFolder(async (folder) => {
    const faulty = await run(folder, ["-t"], { server: { prot: 1 }, log: { level: "loud" } });
    const needy = await run(folder, ["-t"], { postgres: { connect: false } });
    const open = await run(folder, ["-t", "--listen", "0.0.0.0"], { admin: { password: "admin" } });

    assert.equal(faulty.code, 2);
    assert.match(faulty.stderr, /server\.prot: unknown key.*did you mean "port"/);
    assert.match(faulty.stderr, /log\.level: must be one of/);
    assert.equal(needy.code, 2);
    assert.match(needy.stderr, /module\.AuthServer: .*"postgres\.connect" must be true/);
    assert.match(needy.stderr, /module\.AppServer: .*"postgres\.connect" must be true/);
    assert.equal(open.code, 2);
    assert.match(open.stderr, /admin\.password/);
    assert(!open.stderr.includes('"admin"'));
  });
});

Deno.test("apostol serves, refuses a second instance, reloads and stops gracefully", async () => {
  await withFolder(async (folder) => {
    await using server = new Running(folder, MINIMAL);
    await until(() => server.health(), "the first answer");

    const second = await run(folder, ["--port", "1"], MINIMAL);
    assert.equal(second.code, 1);
    assert.match(second.stderr, /Already running as process \d+/);

    const broken = { ...MINIMAL, log: { level: "loud" } };
    await Deno.writeTextFile(join(folder, "test.json"), JSON.stringify(broken));
    server.child.kill("SIGHUP");
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert(await server.health(), "the old configuration stays");

    assert.equal((await run(folder, ["-s", "reload"], MINIMAL)).code, 0);
    await new Promise((resolve) => setTimeout(resolve, 1000)); // reloading goes on after the signal
    assert.equal((await run(folder, ["-s", "reopen"], MINIMAL)).code, 0);
    assert.equal((await run(folder, ["-s", "quit"], MINIMAL)).code, 0);
    const { code } = await server.child.status;
    const log = await server.output;

    assert.equal(code, 0);
    assert.match(log, /Listening on http:\/\/127\.0\.0\.1/);
    assert.match(log, /Not reloaded, the old configuration stays: log\.level/);
    assert.match(log, /"message":"Reloaded"/);
    assert.match(log, /Stopping: graceful/);
    assert.deepEqual([...Deno.readDirSync(join(folder, "data"))].length, 0);
  });
});

Deno.test("apostol keeps its workers running, and takes them along when it ends", async () => {
  await withFolder(async (folder) => {
    await using server = new Running(folder, { ...MINIMAL, server: { workers: 3 } });
    await until(() => server.children().length === 2, "two workers");
    await until(() => server.health(), "the first answer");
    const [first, other] = server.children();

    Deno.kill(first!, "SIGKILL");
    await until(() => {
      const now = server.children();
      return now.length === 2 && !now.includes(first!) && now.includes(other!);
    }, "another worker in its place");

    const last = server.children();
    server.child.kill("SIGKILL");
    await server.child.status;
    await until(() => Promise.resolve(!last.some(isAlive)), "the workers' end");
  });
});

Deno.test("apostol -s stop stops a server and its workers within moments", async () => {
  await withFolder(async (folder) => {
    await using server = new Running(folder, { ...MINIMAL, server: { workers: 2 } });
    await until(() => server.children().length === 1, "a worker");
    await until(() => server.health(), "the first answer");
    const children = server.children();

    const started = performance.now();
    const asked = await run(folder, ["-s", "stop"], MINIMAL);
    const { code } = await server.child.status;

    assert.equal(asked.code, 0, asked.stderr);
    assert.equal(code, 0);
    assert(performance.now() - started < 6000);
    assert(!children.some(isAlive));
  });
});

Deno.test("apostol answers USR1 without leaving a debugger open", async () => {
  await withFolder(async (folder) => {
    const file = join(folder, "apostol.log");
    await using server = new Running(folder, { ...MINIMAL, log: { file } });
    await until(() => server.health(), "the first answer");
    const free = await fetch(DEBUGGER).then((reply) => reply.body?.cancel(), () => true);
    await new Promise((resolve) => setTimeout(resolve, 700)); // the runtime listens after 500 ms
    await Deno.rename(file, `${file}.1`);

    server.child.kill("SIGUSR1");
    await until(() => Deno.stat(file).then(() => true, () => false), "the new file");
    await new Promise((resolve) => setTimeout(resolve, 100));

    // Somebody else's debugger may have the port.
    if (free === true) await assert.rejects(fetch(DEBUGGER));
    assert(await server.health());
  });
});
