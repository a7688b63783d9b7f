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

Exit status: 0 all passed, 1 some failed, 2 the tests could not be run.`;

/** Test files that need no database. */
const UNIT = ["core", "modules", "processes", "bench", "tests/support"];
/** What is run on every PostgreSQL. */
const EVERYWHERE = ["tests/database", "tests/conformance_test.ts"];
/** What is run on one PostgreSQL only: it starts servers of its own or is about the program. */
const ONCE = ["tests/server", "tests/install"];

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
const folder = await temporaryFolder();
try {
  if (positionals.length === 0) await denoTest("unit", UNIT, {});
  if (!options.host) await onEmbedded(positionals.length ? positionals : [...EVERYWHERE, ...ONCE]);
  if (!options.embedded) await onHost(positionals.length ? positionals : EVERYWHERE);
} finally {
  await Deno.remove(folder, { recursive: true });
}
for (const name of broken) console.error(`${name} broke off before its end`);
if (total.ignored > 0) console.log(`${total.ignored} ignored`);
console.log(`${total.passed} passed, ${total.failed + broken.length} failed`);
Deno.exit(total.failed + broken.length > 0 ? 1 : 0);

async function onEmbedded(names: string[]): Promise<void> {
  const password = crypto.randomUUID();
  const data = `${folder}/embedded`;
  await Deno.mkdir(data, { recursive: true });
  const port = freePort();
  const server = await EmbeddedPostgres.start({ data, password, port, durable: false });
  try {
    const cluster = { kind: "embedded", host: "127.0.0.1", port, user: "postgres", password };
    await onCluster({ ...cluster, version: 18 }, names);
  } finally {
    await server.stop();
  }
}

async function onHost(names: string[]): Promise<void> {
  const bin = await hostPostgresFolder();
  if (bin === undefined) {
    console.log("No PostgreSQL of the host: its tests are left out");
    return;
  }
  await using server = await startHostPostgres(bin, `${folder}/host`);
  await onCluster(server.cluster, names);
}

/** Installs the template, then runs the named tests against the cluster. */
async function onCluster(cluster: Cluster, names: string[]): Promise<void> {
  const data = `${folder}/${cluster.kind}-data`;
  await Deno.mkdir(data, { recursive: true });
  Deno.env.set(CLUSTER_VARIABLE, JSON.stringify(cluster));
  const { code, stderr, stdout } = await runProgram(["--install", "--data", data], {
    env: {
      DATABASE_URL: databaseUrl(TEMPLATE),
      APOSTOL_ADMIN_PASSWORD: ADMIN_PASSWORD,
      APOSTOL_SECRET_WEB: WEB_SECRET,
      APOSTOL_SECRET_SERVICE: SERVICE_SECRET,
    },
  });
  if (code !== 0) {
    console.error(
      `Cannot install on ${cluster.kind} PostgreSQL ${cluster.version}\n${stdout}${stderr}`,
    );
    broken.push(`install on ${cluster.kind}`);
    return;
  }
  const env = {
    [CLUSTER_VARIABLE]: JSON.stringify(cluster),
    [SECRETS_VARIABLE]: `${data}/secrets.json`,
  };
  await denoTest(`PostgreSQL ${cluster.version}`, names, env);
}

/** Runs `deno test` over files and folders, shows its output and adds up its numbers. */
async function denoTest(
  title: string,
  names: string[],
  env: Record<string, string>,
): Promise<void> {
  const existing: string[] = [];
  for (const name of names) if (await exists(name)) existing.push(name);
  if (existing.length === 0) return;
  console.log(`== ${title}`);
  const filter = options.filter === undefined ? [] : [`--filter=${options.filter}`];
  const child = new Deno.Command(Deno.execPath(), {
    cwd: ROOT,
    args: ["test", "-P=test", "--no-check", "--permit-no-files", ...filter, ...existing],
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    await Deno.stdout.write(new TextEncoder().encode(part));
  }
  const { code } = await child.status;
  const summary = readSummary(text);
  if (summary === undefined) {
    if (code !== 0) broken.push(title);
    return;
  }
  total.passed += summary.passed;
  total.failed += summary.failed;
  total.ignored += summary.ignored;
  if (code !== 0 && summary.failed === 0) broken.push(title);
}

async function exists(name: string): Promise<boolean> {
  try {
    await Deno.stat(`${ROOT}${name}`);
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
}
