/**
 * `deno task bench`: measures the server against two baselines of the same run, nginx with a fixed
 * answer and the server's own route that does one trivial prepared SELECT. Ratios are what counts;
 * they travel between machines, figures do not.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { call, signIn, startApostol } from "./support/apostol.ts";
import { machineFacts } from "./support/machine.ts";
import { startNginx } from "./support/nginx.ts";
import { type Load, type LoadResult, measure } from "./support/wrk.ts";

/** Users that the list is measured over. */
const USERS = 100;
const PING_BODY = '{"error":{"code":200,"message":"OK"}}';

/** One measured subject; `target` is the least ratio to its `baseline`. */
interface Subject {
  name: string;
  load: Load;
  baseline?: string;
  target?: number;
}

const HELP = `Usage: deno task bench [options]

  --seconds N   how long each load lasts (default 8)
  --json FILE   write the report there too
  --only NAME   measure only the subjects whose name contains NAME, and the baselines
  --help        this text

Needs wrk and nginx: apt-get install -y wrk nginx-light
Exit status: 0 all ratios reach their targets, 1 some do not, 2 something needed is missing.`;

const { values: options } = parseArgs({
  args: Deno.args,
  options: {
    seconds: { type: "string", default: "8" },
    json: { type: "string" },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (options.help) {
  console.log(HELP);
  Deno.exit(0);
}
for (const program of ["wrk", "nginx"]) {
  if (!(await isInstalled(program))) {
    console.error(`${program} is not installed: apt-get install -y wrk nginx-light`);
    Deno.exit(2);
  }
}
Deno.exit(await run(Number(options.seconds)));

async function run(seconds: number): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "apostol-bench-" });
  await Deno.chmod(folder, 0o755); // the database runs as another user
  const report: Record<string, unknown> = { machine: await machineFacts(), seconds };
  try {
    const first = await firstStart(folder);
    await using nginx = await startNginx(`${folder}/nginx`, PING_BODY);
    await using server = await startApostol(`${folder}/data`, `${folder}/server.log`);
    report.startup = { first_ms: Math.round(first), later_ms: Math.round(server.startup) };
    console.log(
      `first start with install ${(first / 1000).toFixed(1)} s, later ${
        Math.round(server.startup)
      } ms`,
    );
    const token = await signIn(server.url);
    await seedUsers(server.url, token);
    const results = new Map<string, LoadResult>();
    for (const subject of subjects(nginx.url, server.url, token)) {
      const wanted = !options.only || subject.name.includes(options.only) || !subject.baseline;
      if (!wanted) continue;
      await measure(subject.load, 2, folder); // warm-up
      const result = await measure(subject.load, seconds, folder);
      results.set(subject.name, result);
      printRow(subject, result, results);
    }
    const list = subjects(nginx.url, server.url, token);
    report.results = list.flatMap((subject) => row(subject, results));
    const missed = list.filter((subject) => isMissed(subject, results));
    if (options.json) {
      await Deno.writeTextFile(options.json, JSON.stringify(report, null, 2) + "\n");
    }
    console.log(JSON.stringify(report));
    for (const { name, target } of missed) console.error(`${name} misses its target ${target}`);
    return missed.length === 0 ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The time of a first start: unpack, initdb, install, first answer. */
async function firstStart(folder: string): Promise<number> {
  await using server = await startApostol(`${folder}/data`, `${folder}/server.log`);
  return server.startup;
}

async function seedUsers(url: string, token: string): Promise<void> {
  const users = Array.from({ length: USERS }, (_, n) => ({
    username: `user${n}`,
    password: `Bench-password-${n}`,
    name: `User ${n}`,
    email: `user${n}@example.com`,
    passwordchange: false,
    passwordnotchange: false,
  }));
  await call(url, token, "/admin/user/set", users);
}

function subjects(nginx: string, url: string, token: string): Subject[] {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const post = (path: string, body: unknown): Load => ({
    url: `${url}/api/v1${path}`,
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const list = { fields: ["id", "username", "name", "email"], orderby: ["username"], reclimit: 10 };
  return [
    { name: "nginx", load: { url: nginx } },
    { name: "ping", load: { url: `${url}/api/v1/ping` }, baseline: "nginx", target: 0.85 },
    { name: "select", load: { url: `${url}/bench/db` } },
    { name: "whoami", load: post("/whoami", {}), baseline: "select", target: 0.4 },
    { name: "user list", load: post("/admin/user/list", list), baseline: "select", target: 0.2 },
    { name: "user get", load: post("/user/get", {}), baseline: "select" },
    { name: "user count", load: post("/admin/user/count", {}), baseline: "select" },
  ];
}

function ratio(subject: Subject, results: Map<string, LoadResult>): number | undefined {
  const base = subject.baseline === undefined ? undefined : results.get(subject.baseline);
  const own = results.get(subject.name);
  return base && own ? own.requestsPerSecond / base.requestsPerSecond : undefined;
}

function isMissed(subject: Subject, results: Map<string, LoadResult>): boolean {
  const own = results.get(subject.name);
  const reached = ratio(subject, results);
  const slow = subject.target !== undefined && reached !== undefined && reached < subject.target;
  return slow || (own !== undefined && own.errors > 0);
}

function row(subject: Subject, results: Map<string, LoadResult>): Record<string, unknown>[] {
  const own = results.get(subject.name);
  if (own === undefined) return [];
  const { name, baseline, target } = subject;
  return [{ name, ...own, baseline, ratio: ratio(subject, results), target }];
}

function printRow(subject: Subject, own: LoadResult, results: Map<string, LoadResult>): void {
  const reached = ratio(subject, results);
  const against = reached === undefined
    ? ""
    : `${reached.toFixed(2)} of ${subject.baseline}${
      subject.target ? ` (target ${subject.target})` : ""
    }`;
  const rate = own.requestsPerSecond.toFixed(0).padStart(7);
  const times = `p50 ${own.p50.toFixed(2)} p99 ${own.p99.toFixed(2)} ms`;
  const errors = own.errors > 0 ? `, ${own.errors} ERRORS` : "";
  console.log(`${subject.name.padEnd(12)} ${rate}/s  ${times}  ${against}${errors}`);
}

async function isInstalled(program: string): Promise<boolean> {
  try {
    await new Deno.Command(program, { args: ["-v"], stdout: "null", stderr: "null" }).output();
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
}
