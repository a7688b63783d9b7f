/**
 * The PostgreSQL servers that the tests run against: the embedded one and, where one is installed,
 * the host's. `tests/run.ts` starts them once and tells the test files by an environment variable.
 *
 * @module
 */
import { readdir, readFile } from "node:fs/promises";

/** Where a server listens and who may do everything there. */
export interface Cluster {
  /** `embedded` or `host`. */
  kind: string;
  host: string;
  port: number;
  user: string;
  password: string;
  /** Major version. */
  version: number;
}

/** Environment variable by which `tests/run.ts` hands the cluster to the test files, as JSON. */
export const CLUSTER_VARIABLE = "APOSTOL_TEST_CLUSTER";

/** The cluster that this test run was given. */
export function testCluster(): Cluster {
  const text = Deno.env.get(CLUSTER_VARIABLE);
  if (text === undefined) {
    throw new Error(
      "No test database: start the tests with `deno task test`, or one file of them " +
        "with `deno run -P=test tests/run.ts FILE`",
    );
  }
  return JSON.parse(text) as Cluster;
}

/** Numeric ids of a system user. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/** The user that PostgreSQL runs as when the tests are run by root, which it refuses. */
export async function unprivilegedUser(): Promise<SystemUser | undefined> {
  if (Deno.uid() !== 0) return undefined;
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const line = lines.find(([name]) => name === wanted);
    if (line) return { name: wanted, uid: Number(line[2]), gid: Number(line[3]) };
  }
  throw new Error("Cannot run PostgreSQL as root, and neither postgres nor nobody exists");
}

/** A server that was started for the tests; disposing of it stops it. */
export interface RunningCluster extends AsyncDisposable {
  cluster: Cluster;
}

/** The folder of the newest PostgreSQL that is installed on this host, if there is one. */
export async function hostPostgresFolder(): Promise<string | undefined> {
  const root = "/usr/lib/postgresql";
  const versions = await readdir(root).catch(() => []);
  const newest = versions.map(Number).filter((n) => n >= 15 && n <= 18).sort((a, b) => b - a)[0];
  return newest === undefined ? undefined : `${root}/${newest}/bin`;
}

/**
 * Starts a fresh server of the host's PostgreSQL on a free loopback port.
 *
 * @param bin Folder with `initdb` and `postgres`.
 * @param folder Empty folder that the unprivileged user can reach.
 */
export async function startHostPostgres(bin: string, folder: string): Promise<RunningCluster> {
  const user = await unprivilegedUser();
  const as = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  await Deno.mkdir(folder, { recursive: true });
  if (user) await Deno.chown(folder, user.uid, user.gid);
  const data = `${folder}/data`;
  const password = crypto.randomUUID();
  await Deno.writeTextFile(`${folder}/password`, password);
  if (user) await Deno.chown(`${folder}/password`, user.uid, user.gid);
  await command(`${bin}/initdb`, [
    "-D",
    data,
    "-U",
    "postgres",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
    "-A",
    "scram-sha-256",
    `--pwfile=${folder}/password`,
    "--no-sync",
  ], as);
  const port = freePort();
  const settings = ["listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`, "fsync=off"];
  const child = new Deno.Command(`${bin}/postgres`, {
    args: ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    cwd: folder,
    env: { LC_ALL: "C.UTF-8" },
    stdin: "null",
    stdout: "null",
    stderr: "null",
    ...as,
  }).spawn();
  await command(`${bin}/pg_isready`, ["-h", "127.0.0.1", "-p", String(port), "-t", "20"], as, 40);
  const version = Number(/(\d+)\/bin$/.exec(bin)?.[1]);
  return {
    cluster: { kind: "host", host: "127.0.0.1", port, user: "postgres", password, version },
    async [Symbol.asyncDispose]() {
      child.kill("SIGINT");
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Finds a loopback port that nobody uses at this moment. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

async function command(
  program: string,
  args: string[],
  as: { uid?: number; gid?: number },
  tries = 1,
): Promise<void> {
  let text = "";
  for (let attempt = 0; attempt < tries; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 250));
    const options = { args, cwd: "/", stdout: "piped", stderr: "piped", ...as } as const;
    const { code, stdout, stderr } = await new Deno.Command(program, options).output();
    if (code === 0) return;
    text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  }
  throw new Error(`${program} failed: ${text}`);
}
