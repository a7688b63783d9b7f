/** The newcomer's way: an empty data folder, the embedded PostgreSQL, the printed password. */
import assert from "node:assert/strict";
import {
  processesOf,
  ROOT,
  runProgram,
  sleep,
  startServer,
  temporaryFolder,
} from "../support/mod.ts";

/** All values of a secrets file. */
function secretsOf(data: string): string[] {
  const found: string[] = [];
  const walk = (value: unknown) => {
    if (typeof value === "string" && value.length >= 8) found.push(value);
    else if (value && typeof value === "object") Object.values(value).forEach(walk);
  };
  walk(JSON.parse(Deno.readTextFileSync(`${data}/secrets.json`)));
  return found;
}

async function token(url: string, password: string, secret: string): Promise<Response> {
  return await fetch(`${url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "password",
      client_id: "web-example.com",
      client_secret: secret,
      username: "admin",
      password,
    }),
  });
}

Deno.test("a first start installs, says how to sign in, and survives being killed", async (test) => {
  const data = await temporaryFolder();
  try {
    let password = "";
    let webSecret = "";
    await test.step("it installs by itself and tells the password once", async () => {
      await using server = await startServer({ data, probe: "/readyz", limit: 120_000 });
      const file = JSON.parse(await Deno.readTextFile(`${data}/secrets.json`));
      password = file.admin_password;
      webSecret = file.clients.web;
      assert.ok(server.output().includes(password), server.output());
      const reply = await token(server.url, password, webSecret);
      assert.equal(reply.status, 200, await reply.clone().text());
      await reply.body?.cancel();
      assert.equal((await Deno.stat(`${data}/secrets.json`)).mode! & 0o777, 0o600);
    });
    await test.step("--show-secrets shows them again", async () => {
      const { code, stdout } = await runProgram(["--show-secrets", "--data", data]);
      assert.equal(code, 0);
      assert.ok(stdout.includes(password));
      assert.ok(stdout.includes(webSecret));
    });
    await test.step("a later start is quiet about secrets and keeps the data", async () => {
      await using server = await startServer({ data, probe: "/readyz" });
      const reply = await token(server.url, password, webSecret);
      assert.equal(reply.status, 200);
      await reply.body?.cancel();
      for (const secret of secretsOf(data)) assert.ok(!server.output().includes(secret));
    });
    await test.step("committed rows are there after kill -9 of the server", async () => {
      for (let round = 0; round < 2; round++) {
        const server = await startServer({ data, probe: "/readyz" });
        const { access_token } = await (await token(server.url, password, webSecret)).json();
        const write = await fetch(`${server.url}/api/v1/registry/write/integer`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${access_token}`,
            "content-type": "application/json",
          },
          body: JSON.stringify({
            key: "CURRENT_CONFIG",
            subkey: "CONFIG\\Test",
            name: `round${round}`,
            value: round,
          }),
        });
        assert.equal(write.status, 200, await write.text());
        server.kill("SIGKILL");
        await server.status;
        await using next = await startServer({ data, probe: "/readyz" });
        const fresh = await (await token(next.url, password, webSecret)).json();
        const read = await fetch(`${next.url}/api/v1/registry/read/integer`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${fresh.access_token}`,
            "content-type": "application/json",
          },
          body: JSON.stringify({
            key: "CURRENT_CONFIG",
            subkey: "CONFIG\\Test",
            name: `round${round}`,
          }),
        });
        assert.deepEqual(await read.json(), { value: round });
      }
    });
    await test.step("a second server on the same folder is refused", async () => {
      await using first = await startServer({ data, probe: "/readyz" });
      const { code, stderr, stdout } = await runProgram([
        "--data",
        data,
        "--port",
        String(first.port + 1 > 65_000 ? 20_000 : first.port + 1),
      ]);
      assert.equal(code, 1, stdout + stderr);
    });
    await test.step("after a stop no PostgreSQL is left", async () => {
      await sleep(500);
      assert.deepEqual(processesOf(data), []);
    });
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});

Deno.test("a trivial password is refused beyond loopback", async () => {
  const data = await temporaryFolder();
  try {
    const { code, stderr, stdout } = await runProgram(
      ["--listen", "0.0.0.0", "--data", data, "--port", "18999"],
      { env: { APOSTOL_ADMIN_PASSWORD: "admin" } },
    );

    assert.notEqual(code, 0);
    assert.match(stderr + stdout, /password/i);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});

Deno.test("the executable can be built", async () => {
  const folder = await temporaryFolder();
  try {
    const project = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
    const [program, ...args]: string[] = project.tasks.compile.command.split(" ");
    assert.equal(program, "deno");
    args[args.indexOf("--output") + 1] = `${folder}/apostol`;
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      cwd: ROOT,
      args,
      // The runtime that executables are made from would have to be downloaded.
      env: { DENORT_BIN: Deno.execPath() },
      stdout: "null",
      stderr: "piped",
    }).output();

    assert.equal(code, 0, new TextDecoder().decode(stderr));
    assert.ok((await Deno.stat(`${folder}/apostol`)).size > 10_000_000);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
