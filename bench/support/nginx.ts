/**
 * The baseline: nginx with one worker that answers every request with a fixed body.
 *
 * @module
 */

/** A running nginx; disposing of it stops it. */
export interface Nginx extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts nginx on a free loopback port.
 *
 * @param folder An empty folder for its configuration, pid file and temporary files.
 * @param body What it answers, as `application/json`.
 * @throws {Deno.errors.NotFound} If nginx is not installed.
 */
export async function startNginx(folder: string, body: string): Promise<Nginx> {
  await Deno.mkdir(folder, { recursive: true });
  const port = freePort();
  await Deno.writeTextFile(`${folder}/nginx.conf`, configuration(folder, port, body));
  const child = new Deno.Command("nginx", {
    args: ["-p", folder, "-c", `${folder}/nginx.conf`, "-e", `${folder}/error.log`],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const url = `http://127.0.0.1:${port}/`;
  await answered(url, 5000);
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
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

/**
 * Waits for the first answer of a server.
 *
 * @param limit Longest wait, in milliseconds.
 * @returns How long it took, in milliseconds.
 * @throws {Error} If nothing answered in time.
 */
export async function answered(url: string, limit: number): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < limit) {
    try {
      const response = await fetch(url);
      await response.body?.cancel();
      if (response.ok) return performance.now() - start;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Cannot reach ${url}: no answer within ${limit} ms`);
}

function configuration(folder: string, port: number, body: string): string {
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    location / { default_type application/json; return 200 '${body}'; }
  }
}
`;
}
