import assert from "node:assert/strict";
import { getLogger } from "./log.ts";
import { RestartPolicy } from "./restart_policy.ts";
import { type ChildSpec, READY, Supervisor, type SupervisorOptions } from "./supervisor.ts";

const log = getLogger(["test", "supervisor"]);
const QUICK: SupervisorOptions = { log, delays: [40, 80], window: 1000, killAfter: 300 };

/** A child that runs a shell script. */
function shell(name: string, script: string, overlaps = false): ChildSpec {
  return { name, overlaps, command: () => ({ program: "/bin/sh", args: ["-c", script] }) };
}

/** Waits until something holds; fails after five seconds. */
async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 5000;
  while (!(await holds())) {
    assert(performance.now() < end, `not within 5 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
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

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Script that tells it is ready, waits for the end of its input, and ends as its parent does. */
const PATIENT = `printf '${READY.trim()}\\n'; read line`;

/** Script that runs its traps at once, and ends by itself after ten seconds. */
const IDLE = "i=0; while [ $i -lt 200 ]; do sleep 0.05; i=$((i+1)); done";

Deno.test("Supervisor starts a child again that was killed", async () => {
  const supervisor = new Supervisor(QUICK);
  supervisor.start([shell("a", PATIENT), shell("b", PATIENT)]);
  const { a, b } = Object.fromEntries(supervisor.pids);

  Deno.kill(a!, "SIGKILL");

  await until(() => ![undefined, a].includes(supervisor.pids.get("a")), "another process");
  assert.equal(supervisor.pids.get("b"), b);
  assert(!isAlive(a!));
  await supervisor.stop("SIGTERM");
  assert.equal(supervisor.pids.size, 0);
  assert(!isAlive(b!));
});

Deno.test("Supervisor puts off the restart of a child that dies again and again", async () => {
  await withFolder(async (folder) => {
    const supervisor = new Supervisor(QUICK);
    const started = performance.now();
    supervisor.start([shell("crash", `date +%s%N >> ${folder}/starts; exit 3`)]);

    const starts = async () => {
      const text = await Deno.readTextFile(`${folder}/starts`).catch(() => "");
      return text.split("\n").length - 1;
    };
    await until(async () => await starts() >= 7, "seven starts");
    const took = performance.now() - started;
    await supervisor.stop("SIGTERM");

    // Three deaths are forgiven; then 40, 80, 80 ms.
    assert(took >= 200, `too fast: ${took} ms`);
    const count = await starts();
    await new Promise((resolve) => setTimeout(resolve, 150));
    assert.equal(await starts(), count, "started after stop");
  });
});

Deno.test("Supervisor.stop() lets children end by themselves, and kills those that do not", async () => {
  await withFolder(async (folder) => {
    const polite =
      `trap 'echo asked > ${folder}/asked; exit 0' TERM; touch ${folder}/polite; ${IDLE}`;
    const deaf = `trap '' TERM; touch ${folder}/deaf; ${IDLE}`;
    const supervisor = new Supervisor(QUICK);
    supervisor.start([shell("polite", polite), shell("deaf", deaf)]);
    const pids = [...supervisor.pids.values()];
    await until(() => [...Deno.readDirSync(folder)].length === 2, "both traps");

    const started = performance.now();
    await supervisor.stop("SIGTERM");

    assert(performance.now() - started >= 290);
    assert.equal((await Deno.readTextFile(`${folder}/asked`)).trim(), "asked");
    for (const pid of pids) assert(!isAlive(pid));
  });
});

Deno.test("Supervisor.stop() ends a child that waits for its restart", async () => {
  const supervisor = new Supervisor({ ...QUICK, forgiven: 0, delays: [60_000] });
  supervisor.start([shell("crash", "exit 1")]);
  await until(() => supervisor.pids.size === 0, "the first death");

  await supervisor.stop("SIGTERM");
});

Deno.test("Supervisor.reload() replaces children, the overlapping ones without a gap", async () => {
  const supervisor = new Supervisor(QUICK);
  const trap = `trap 'exit 0' QUIT; ${IDLE}`;
  const children = [shell("worker", `printf 'ready\\n'; ${trap}`, true), shell("daemon", trap)];
  supervisor.start(children);
  const before = supervisor.pids;
  await new Promise((resolve) => setTimeout(resolve, 100)); // until the traps are set

  await supervisor.reload(children);

  const after = supervisor.pids;
  assert.deepEqual([...after.keys()].sort(), ["daemon", "worker"]);
  for (const [name, pid] of before) {
    assert.notEqual(after.get(name), pid);
    assert(!isAlive(pid));
  }
  await supervisor.stop("SIGTERM");
});

Deno.test("Supervisor's children end when their parent is killed", async () => {
  await withFolder(async (folder) => {
    const url = new URL("supervisor.ts", import.meta.url);
    const script = `
      import { Supervisor } from ${JSON.stringify(url.href)};
      const log = { debug() {}, warn() {}, error() {} };
      const supervisor = new Supervisor({ log });
      supervisor.start([{ name: "a", overlaps: false, command: () => ({
        program: "/bin/sh", args: ["-c", "read line; echo over > ${folder}/over"],
      }) }]);
      console.log(supervisor.pids.get("a"));
      setInterval(() => {}, 1000);
    `;
    await Deno.writeTextFile(`${folder}/parent.ts`, script);
    const config = new URL("../deno.json", import.meta.url).pathname;
    const parent = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--config", config, "--allow-all", `${folder}/parent.ts`],
      stdin: "null",
      stdout: "piped",
    }).spawn();
    const reader = parent.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const pid = Number((await reader.read()).value);

    parent.kill("SIGKILL");
    await parent.status;
    await reader.cancel();

    await until(() => !isAlive(pid), "the child's end");
    await until(() => Deno.stat(`${folder}/over`).then(() => true, () => false), "its last word");
  });
});

Deno.test("RestartPolicy waits 2, 4, 8, 16, 30, 30 s after three forgiven deaths", () => {
  const policy = new RestartPolicy();
  let now = 0;
  const delays: number[] = [];
  const loops: number[] = [];
  for (let death = 1; death <= 11; death++) {
    const verdict = policy.died(now, now += 100);
    delays.push(verdict.delay);
    if (verdict.looping) loops.push(death);
    now += verdict.delay;
  }

  assert.deepEqual(delays, [0, 0, 0, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  assert.deepEqual(loops, [8]);
});

Deno.test("RestartPolicy forgets after a minute without a death", () => {
  const policy = new RestartPolicy();
  let now = 0;
  for (let death = 0; death < 6; death++) now += policy.died(now, now += 100).delay;

  const verdict = policy.died(now, now + 60_001);

  assert.deepEqual(verdict, { delay: 0, deaths: 1, looping: false, held: false });
});

Deno.test("RestartPolicy starts a process again at once that lived a while", () => {
  const policy = new RestartPolicy();
  let now = 0;
  for (let death = 0; death < 20; death++) {
    assert.equal(policy.died(now, now += 10_000).delay, 0);
  }
});
