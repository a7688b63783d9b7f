/** What the README promises a newcomer, done in a fresh clone with the README's own words. */
import assert from "node:assert/strict";
import { freePort, processesOf, ROOT, sleep, temporaryFolder, within } from "../support/mod.ts";

/** The README's second command runs the tests: not this one again. */
const INSIDE = Deno.env.get("APOSTOL_TEST_README") === "inside";
/** Time for each of the two commands, in milliseconds. */
const LIMIT = 110_000;

const readme = await Deno.readTextFile(`${ROOT}README.md`);
const [start = "", tests = "", calls = ""] = [...readme.matchAll(/^```sh\n([^]*?)^```$/gm)]
  .map(([, text = ""]) => text.trim());
const [, showSecrets = ""] = /`(npx [^`]* --show-secrets)`/.exec(readme) ?? [];

/** A command of the README that runs in a clone. */
class Running implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;
  readonly #read: Promise<unknown>;
  readonly status: Promise<Deno.CommandStatus>;
  output = "";

  constructor(command: string, folder: string, env: Record<string, string>) {
    this.#folder = folder;
    this.#child = new Deno.Command("sh", {
      args: ["-c", command],
      cwd: folder,
      env: { NO_COLOR: "1", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
    this.status = this.#child.status;
    this.#read = Promise.all([
      this.#collect(this.#child.stdout),
      this.#collect(this.#child.stderr),
    ]);
  }

  /** As Ctrl-C does: to all processes of the command. */
  interrupt(): void {
    Deno.kill(-this.#child.pid, "SIGINT");
  }

  /** Waits for its end; its output is complete then. */
  async end(): Promise<Deno.CommandStatus> {
    const { status } = this;
    assert.ok(await within(status, LIMIT), `no end within ${LIMIT} ms\n${this.output}`);
    await within(this.#read, 2000);
    return await status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const pid of [-this.#child.pid, ...processesOf(this.#folder)]) {
      try {
        Deno.kill(pid, "SIGKILL");
      } catch {
        // It has ended already.
      }
    }
    await this.status;
    await within(this.#read, 2000);
  }

  async #collect(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) this.output += text;
  }
}

/** Clones this repository into a folder that an unprivileged user can reach. */
async function clone(folder: string): Promise<string> {
  const path = `${folder}/apostol`;
  const { code, stderr } = await new Deno.Command("git", {
    args: ["clone", "--quiet", "--no-hardlinks", ROOT, path],
    stdout: "null",
    stderr: "piped",
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return path;
}

/** Two JSON texts, one right behind the other. */
function twoValues(text: string): [unknown, unknown] {
  for (let at = text.indexOf("["); at > 0; at = text.indexOf("[", at + 1)) {
    try {
      return [JSON.parse(text.slice(0, at)), JSON.parse(text.slice(at))];
    } catch {
      // This bracket stands within the first one.
    }
  }
  throw new SyntaxError(`Not two values: ${text}`);
}

/** The value behind a name in the output of `--show-secrets`. */
function valueOf(name: string, output: string): string {
  const line = output.split("\n").find((text) => text.includes(name)) ?? "";
  const value = line.trim().split(/\s+/).at(-1) ?? "";
  assert.ok(value.length >= 8, `no ${name} in:\n${output}`);
  return value;
}

Deno.test({
  name: "a newcomer starts the server, signs in and calls the API as the README says",
  ignore: INSIDE,
  async fn(test) {
    assert.match(start, /^npx --yes deno@[\d.]+ task start$/);
    const folder = await temporaryFolder();
    try {
      const cloned = await clone(folder);
      const port = freePort();
      const env = { APOSTOL_SERVER_PORT: String(port) };
      await using server = new Running(start, cloned, env);
      await test.step("the first command starts it", async () => {
        const end = performance.now() + LIMIT;
        const ready = () =>
          fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5000) })
            .then((reply) => reply.body?.cancel().then(() => reply.ok), () => false);
        while (!(await ready())) {
          assert.ok(performance.now() < end, `not ready within ${LIMIT} ms\n${server.output}`);
          assert.ok(!(await within(server.status, 100)), server.output);
        }
      });
      await test.step("curl signs in and calls", async () => {
        await using secrets = new Running(showSecrets, cloned, env);
        assert.equal((await secrets.end()).code, 0, secrets.output);
        const here = calls.replaceAll("127.0.0.1:4977", `127.0.0.1:${port}`);
        assert.notEqual(here, calls);
        await using session = new Running(here, cloned, {
          PASSWORD: valueOf("admin", secrets.output),
          SECRET: valueOf("web-example.com", secrets.output),
        });
        await session.end();
        const [who, users] = twoValues(session.output) as [
          { username?: string },
          { username: string }[],
        ];
        assert.ok(JSON.stringify(who).includes('"admin"'), session.output);
        assert.ok(users.some(({ username }) => username === "admin"), session.output);
        assert.ok(users.length <= 10);
      });
      await test.step("Ctrl-C stops it and leaves nothing running", async () => {
        server.interrupt();
        await server.end();
        for (let n = 0; n < 50 && processesOf(cloned).length > 0; n++) await sleep(100);
        assert.deepEqual(processesOf(cloned), [], server.output);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "the README's second command checks a clone and counts its tests",
  ignore: INSIDE,
  async fn() {
    assert.match(tests, /^npx --yes deno@[\d.]+ task test$/);
    const folder = await temporaryFolder();
    try {
      await using run = new Running(tests, await clone(folder), { APOSTOL_TEST_README: "inside" });
      const { code } = await run.end();

      const last = run.output.trim().split("\n").findLast((line) => / passed, /.test(line));
      assert.match(last ?? "", /^[1-9]\d* passed, 0 failed$/, run.output);
      assert.equal(code, 0, run.output);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
