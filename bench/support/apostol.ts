/**
 * Starts the server under test as its users do: a process of its own, an empty data folder, the
 * embedded PostgreSQL.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { answered, freePort } from "./nginx.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A running server; disposing of it stops it and its database. */
export interface Apostol extends AsyncDisposable {
  readonly url: string;
  /** From the start of the process to the first answered ping, in milliseconds. */
  readonly startup: number;
}

/** Credentials that the bench chooses so that it can sign in. */
export const ADMIN_PASSWORD = "bench-Admin-7";
/** Secret of the client `web-example.com`. */
export const WEB_SECRET = "bench-web-secret";

/**
 * Starts the server on a data folder; an empty one is installed first.
 *
 * @param data The data folder; an unprivileged user must be able to reach it.
 * @param log Where the output of the server goes.
 */
export async function startApostol(data: string, log: string): Promise<Apostol> {
  const port = freePort();
  const begin = performance.now();
  const output = await Deno.open(log, { create: true, append: true, write: true });
  const child = new Deno.Command(Deno.execPath(), {
    cwd: ROOT,
    args: ["run", "-P=serve", "main.ts", "--data", data, "--port", String(port)],
    env: {
      APOSTOL_BENCH: "1",
      APOSTOL_ADMIN_PASSWORD: ADMIN_PASSWORD,
      APOSTOL_SECRET_WEB: WEB_SECRET,
      APOSTOL_LOG_LEVEL: "warning",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const copied = Promise.all([
    child.stdout.pipeTo(output.writable, { preventClose: true }),
    child.stderr.pipeTo(output.writable, { preventClose: true }),
  ]).catch(() => {});
  const url = `http://127.0.0.1:${port}`;
  const stopped = child.status.then((status) => {
    throw new Error(`The server ended with status ${status.code}; its output is in ${log}`);
  });
  await Promise.race([answered(`${url}/api/v1/ping`, 60_000), stopped]);
  const startup = performance.now() - begin;
  stopped.catch(() => {});
  return {
    url,
    startup,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
      await copied;
      output.close();
    },
  };
}

/** Signs the administrator in and returns the access token. */
export async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "password",
      client_id: "web-example.com",
      client_secret: WEB_SECRET,
      username: "admin",
      password: ADMIN_PASSWORD,
    }),
  });
  const reply = await response.json();
  if (typeof reply.access_token !== "string") {
    throw new Error(`Cannot sign in: ${JSON.stringify(reply)}`);
  }
  return reply.access_token;
}

/**
 * Calls one endpoint.
 *
 * @throws {Error} If the answer is not 200.
 */
export async function call(
  url: string,
  token: string,
  path: string,
  body: unknown,
): Promise<unknown> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
