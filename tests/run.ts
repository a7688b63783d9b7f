/**
 * `deno task test` after its check: starts the PostgreSQL servers, installs the database once on
 * each, runs every test and ends with a line `N passed, N failed`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { EmbeddedPostgres } from "../core/postgres/mod.ts";
import {
  ADMIN_PASSWORD,
  type Cluster,
  CLUSTER_VARIABLE,
  databaseUrl,
  freePort,
  hostPostgresFolder,
  readSummary,
  ROOT,
  type RunningCluster,
  runProgram,
  SECRETS_VARIABLE,
  SERVICE_SECRET,
  startHostPostgres,
  type Summary,
  TEMPLATE,
  temporaryFolder,
  WEB_SECRET,
} from "./support/mod.ts";

const HELP = `Usage: deno run -P=test tests/run.ts [options] [FILE or FOLDER ...]

Without names: everything, on the embedded PostgreSQL and on the host's where one is installed.

  --embedded    only the embedded PostgreSQL
  --host        only the host's PostgreSQL
  --filter TEXT only tests whose name contains TEXT
  --help        this text

With APOSTOL_TEST_README=inside in the environment only the tests of tests/support are run: so the
test that runs the README's commands in a fresh clone ends, and soon.

Exit status: 0 all passed, 1 some failed, 2 the tests could not be run.`;

/** Test files that need no database. */
const UNIT = ["core", "modules", "processes", "bench", "tests/support"];
/** What is run on every PostgreSQL. */
const EVERYWHERE = ["tests/database", "tests/conformance_test.ts"];
/** What is run on one PostgreSQL only: it starts servers of its own or is about the program. */
const ONCE = ["tests/server", "tests/install"];
/** Set by the test that runs the README's commands in a clone, so that it does not run itself. */
const INSIDE_README = Deno.env.get("APOSTOL_TEST_README") === "inside";
/** Time that one run of `deno test` may take, in milliseconds. */
const LIMIT = 240_000;

const { values: options, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: {
    embedded: { type: "boolean", default: false },
    host: { type: "boolean", default: false },
    filter: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (options.help) {
  console.log(HELP);
  Deno.exit(0);
}

const total: Summary = { passed: 0, failed: 0, ignored: 0 };
const broken: string[] = [];
const times: string[] = [];
/** The runs of `deno test` that go on at this moment. */
const running = new Set<Deno.ChildProcess>();
let stopped = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => {
    stopped = true;
    running.forEach(killGroup);
  });
}

const folder = await temporaryFolder();
try {
  if (INSIDE_README) await denoTest("tests/support", ["tests/support"], {});
  else await everything();
} finally {
  await Deno.remove(folder, { recursive: true });
}
for (const line of times) console.log(line);
for (const name of broken) console.error(`${name} broke off before its end`);
if (total.ignored > 0) console.log(`${total.ignored} ignored`);
console.log(`${total.passed} passed, ${total.failed + broken.length} failed`);
Deno.exit(total.failed + broken.length > 0 ? 1 : 0);

/**
 * Tests of the database itself run on both servers at the same time: they are mostly one client
 * that waits for one answer. Those that measure time have the machine for themselves.
 */
async function everything(): Promise<void> {
  const named = positionals.length > 0;
  if (!named) await denoTest("unit", UNIT, {}, { parallel: true });
  const shared = named ? positionals : EVERYWHERE;
  const both = !options.embedded && !options.host;
  await using embedded = options.host ? undefined : await startEmbedded();
  await using host = options.embedded ? undefined : await startHost();
  await Promise.all([
    embedded && onCluster(embedded.cluster, shared, both),
    host && onCluster(host.cluster, shared, both),
  ]);
  if (!named && embedded) await onCluster(embedded.cluster, ONCE, false);
}

/** A server of the embedded PostgreSQL; disposing of it stops it. */
async function startEmbedded(): Promise<RunningCluster> {
  const password = crypto.randomUUID();
  const data = `${folder}/embedded`;
  await Deno.mkdir(data, { recursive: true });
  const port = freePort();
  const server = await EmbeddedPostgres.start({ data, password, port, durable: false });
  const cluster = { kind: "embedded", host: "127.0.0.1", port, user: "postgres", password };
  return {
    cluster: { ...cluster, version: 18 },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

async function startHost(): Promise<RunningCluster | undefined> {
  const bin = await hostPostgresFolder();
  if (bin !== undefined) return await startHostPostgres(bin, `${folder}/host`);
  console.log("No PostgreSQL of the host: its tests are left out");
}

/**
 * Runs the named tests against a cluster, which gets the template first.
 *
 * @param aside Other tests run at the same time: the output of a file is shown when it is over.
 */
async function onCluster(cluster: Cluster, names: string[], aside: boolean): Promise<void> {
  const data = `${folder}/${cluster.kind}-data`;
  if (!await installTemplate(cluster, data)) return;
  const env = {
    [CLUSTER_VARIABLE]: JSON.stringify(cluster),
    [SECRETS_VARIABLE]: `${data}/secrets.json`,
  };
  for (const file of await testFiles(names)) {
    if (stopped) break;
    await denoTest(`PostgreSQL ${cluster.version}: ${file}`, [file], env, { aside });
  }
}

async function installTemplate(cluster: Cluster, data: string): Promise<boolean> {
  const { kind, version } = cluster;
  await Deno.mkdir(data, { recursive: true });
  const { code, stderr, stdout } = await runProgram(["--install", "--data", data], {
    env: {
      DATABASE_URL: databaseUrl(TEMPLATE, cluster),
      APOSTOL_ADMIN_PASSWORD: ADMIN_PASSWORD,
      APOSTOL_SECRET_WEB: WEB_SECRET,
      APOSTOL_SECRET_SERVICE: SERVICE_SECRET,
    },
  });
  if (code === 0) return true;
  console.error(`Cannot install on ${kind} PostgreSQL ${version}\n${stdout}${stderr}`);
  broken.push(`install on ${kind}`);
  return false;
}

/** Test files, and those of folders. */
async function testFiles(names: string[]): Promise<string[]> {
  const files: string[] = [];
  for (const name of names) {
    const info = await Deno.stat(`${ROOT}${name}`);
    if (!info.isDirectory) files.push(name);
    else {
      const entries = await Array.fromAsync(Deno.readDir(`${ROOT}${name}`));
      const tests = entries.filter((entry) => entry.name.endsWith("_test.ts"));
      files.push(...tests.map((entry) => `${name.replace(/\/$/, "")}/${entry.name}`).sort());
    }
  }
  return files;
}

/**
 * Runs `deno test` over files and folders, shows its output and adds up its numbers. Whatever it
 * started and left behind is killed.
 */
async function denoTest(
  title: string,
  names: string[],
  env: Record<string, string>,
  { aside = false, parallel = false } = {},
): Promise<void> {
  if (!aside) console.log(`== ${title}`);
  const begin = performance.now();
  const flags = [
    ...(options.filter === undefined ? [] : [`--filter=${options.filter}`]),
    ...(parallel ? ["--parallel"] : []),
  ];
  const child = new Deno.Command(Deno.execPath(), {
    cwd: ROOT,
    args: ["test", "-P=test", "--no-check", "--permit-no-files", ...flags, ...names],
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: aside ? "piped" : "inherit",
    detached: true,
  }).spawn();
  running.add(child);
  const timer = setTimeout(() => {
    console.error(`${title} takes more than ${LIMIT / 1000} s`);
    killGroup(child);
  }, LIMIT);
  let text = "";
  const read = async (stream: ReadableStream<Uint8Array>) => {
    for await (const part of stream.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (!aside) await Deno.stdout.write(new TextEncoder().encode(part));
    }
  };
  const reading = Promise.all([read(child.stdout), aside && read(child.stderr)]);
  const { code } = await child.status;
  clearTimeout(timer);
  killGroup(child);
  running.delete(child);
  await reading;
  if (aside) console.log(`== ${title}\n${text}`);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  const summary = readSummary(text);
  const { passed = 0, failed = 0, ignored = 0 } = summary ?? {};
  times.push(`${seconds.padStart(6)} s ${String(passed).padStart(4)} passed  ${title}`);
  total.passed += passed;
  total.failed += failed;
  total.ignored += ignored;
  if (code !== 0 && failed === 0) broken.push(title);
}

/** Kills a process and all that it started; they are a process group. */
function killGroup(child: Deno.ChildProcess): void {
  try {
    Deno.kill(Deno.build.os === "windows" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // All of it has ended already.
  }
}
