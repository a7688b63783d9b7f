/**
 * Starts the real program as a process of its own, as its users do.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { freePort, testCluster } from "./cluster.ts";
import { ADMIN_PASSWORD, WEB_SECRET } from "./database.ts";

/** The folder that holds `main.ts`. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Environment variable with the file of secrets that the template was installed with. */
export const SECRETS_VARIABLE = "APOSTOL_TEST_SECRETS";

/** Time that a server has to obey TERM, in milliseconds. */
const PATIENCE = 10_000;

/** How to start the program. */
export interface ServerOptions {
  /**
   * Name of a database of the test cluster; `null` starts without `DATABASE_URL`.
   *
   * @default null
   */
  database?: string | null;
  /** Address to use for the database instead of the cluster's, such as that of a relay. */
  through?: string;
  /** Configuration file contents; without it the defaults of the project hold. */
  config?: unknown;
  /** More environment variables. */
  env?: Record<string, string>;
  /** More arguments. */
  args?: string[];
  /** Data folder; a new one is made, and removed at the end, when it is not given. */
  data?: string;
  /**
   * Path that answers when the server is up.
   *
   * @default "/healthz"
   */
  probe?: string;
  /** @default 60000 milliseconds */
  limit?: number;
}

/** A running program; disposing of it stops it. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly pid: number;
  /** All it printed so far. */
  output(): string;
  kill(signal: Deno.Signal): void;
  readonly status: Promise<Deno.CommandStatus>;
}

/** The result of a command that ended. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Makes a folder that an unprivileged user can reach. */
export async function temporaryFolder(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "apostol-test-" });
  await Deno.chmod(folder, 0o755);
  return folder;
}

/**
 * Puts the secrets that the template was installed with into a data folder. Login roles belong to
 * the cluster: an installation with other secrets would change their passwords for all databases.
 */
export async function copySecrets(data: string): Promise<void> {
  const secrets = Deno.env.get(SECRETS_VARIABLE);
  if (secrets === undefined) return;
  await Deno.copyFile(secrets, `${data}/secrets.json`);
  await Deno.chmod(`${data}/secrets.json`, 0o600);
}

/** The address of a database of the test cluster, or of another one, for the superuser. */
export function databaseUrl(database: string, cluster = testCluster()): string {
  const { host, port, user, password } = cluster;
  return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

/**
 * Runs one command of the program to its end.
 *
 * @param options.limit Time after which it is killed, which gives it another exit status than its
 * own. Default: 120000 milliseconds.
 */
export async function runProgram(
  args: string[],
  options: { env?: Record<string, string>; cwd?: string; limit?: number } = {},
): Promise<CommandResult> {
  const { env = {}, cwd = ROOT, limit = 120_000 } = options;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=serve", `${ROOT}main.ts`, ...args],
    cwd,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), limit);
  const { code, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/**
 * Starts the server and waits until it answers.
 *
 * @throws {Error} With all its output, if it ends or does not answer in time.
 */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const { database = null, probe = "/healthz", limit = 60_000 } = options;
  const data = options.data ?? await temporaryFolder();
  const port = freePort();
  const args = ["--data", data, "--port", String(port), ...options.args ?? []];
  if (options.config !== undefined) {
    await Deno.writeTextFile(`${data}/test.json`, JSON.stringify(options.config));
    args.push("--conf", `${data}/test.json`);
  }
  const env: Record<string, string> = { ...options.env };
  if (database !== null) {
    env.DATABASE_URL = options.through ?? databaseUrl(database);
    if (options.data === undefined) await copySecrets(data);
  }
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=serve", `${ROOT}main.ts`, ...args],
    cwd: ROOT,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const printed: string[] = [];
  const collected = Promise.all([collect(child.stdout, printed), collect(child.stderr, printed)]);
  const server: TestServer = {
    url: `http://127.0.0.1:${port}`,
    port,
    data,
    pid: child.pid,
    status: child.status,
    output: () => printed.join(""),
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      const obeyed = await ended(child, data);
      await within(collected, 2000);
      if (options.data === undefined) await Deno.remove(data, { recursive: true });
      if (!obeyed) throw new Error(`The server did not stop within ${PATIENCE} ms and was killed`);
    },
  };
  try {
    await answered(server, probe, limit);
  } catch (thrown) {
    await server[Symbol.asyncDispose]();
    throw new Error(`The server did not start: ${(thrown as Error).message}\n${server.output()}`);
  }
  return server;
}

/** Gets an access token of a user with the password grant. */
export async function accessToken(
  url: string,
  username = "admin",
  password = ADMIN_PASSWORD,
): Promise<string> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "password",
      client_id: "web-example.com",
      client_secret: WEB_SECRET,
      username,
      password,
    }),
  });
  const reply = await response.json();
  if (typeof reply.access_token !== "string") {
    throw new Error(`Cannot sign ${username} in: ${JSON.stringify(reply)}`);
  }
  return reply.access_token;
}

/** Calls an endpoint with a JSON body. */
export async function post(
  url: string,
  token: string | null,
  path: string,
  body?: unknown,
): Promise<Response> {
  const headers = new Headers({ "content-type": "application/json" });
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  const init: RequestInit = { method: "POST", headers };
  if (body !== undefined) init.body = JSON.stringify(body);
  return await fetch(`${url}/api/v1${path}`, init);
}

/** Ends the server with TERM; if it does not obey, kills it and all that serves its data folder. */
async function ended(child: Deno.ChildProcess, data: string): Promise<boolean> {
  try {
    child.kill("SIGTERM");
  } catch {
    // It has ended already.
  }
  if (await within(child.status, PATIENCE)) return true;
  for (const pid of processesOf(data)) {
    try {
      Deno.kill(pid, "SIGKILL");
    } catch {
      // It followed another one.
    }
  }
  await child.status;
  return false;
}

/** Ids of the processes whose command line names a folder. */
export function processesOf(folder: string): number[] {
  const pids: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (Deno.readTextFileSync(`/proc/${name}/cmdline`).includes(folder)) pids.push(Number(name));
    } catch {
      // It has ended meanwhile.
    }
  }
  return pids;
}

/** Waits for a promise, but not longer than some milliseconds; tells whether it was settled. */
export async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  const inTime = await Promise.race([promise.then(() => true), late.promise]);
  clearTimeout(timer);
  return inTime;
}

/** Waits some milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function answered(server: TestServer, path: string, limit: number): Promise<void> {
  let ended: Deno.CommandStatus | undefined;
  server.status.then((status) => ended = status);
  const end = performance.now() + limit;
  while (performance.now() < end) {
    if (ended) throw new Error(`it ended with status ${ended.code}`);
    try {
      const response = await fetch(server.url + path, { signal: AbortSignal.timeout(5000) });
      await response.body?.cancel();
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(50);
  }
  throw new Error(`no answer within ${limit} ms`);
}

async function collect(stream: ReadableStream<Uint8Array>, into: string[]): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) into.push(text);
}
