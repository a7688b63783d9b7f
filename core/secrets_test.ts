import assert from "node:assert/strict";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { ConfigError } from "./errors.ts";
import { checkAdministrator, isLoopback, trivialPassword } from "./password.ts";
import { loadSecrets, randomPassword, recordSecrets, SECRETS_FILE } from "./secrets.ts";

const NOTHING = { secret: {}, admin: { allow_trivial_password: false } };

async function inFolder(work: (data: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(join(folder, "data"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("loadSecrets() generates once, into a file that only its owner may read", async () => {
  await inFolder(async (data) => {
    const first = await loadSecrets({ data, ...NOTHING });
    const second = await loadSecrets({ data, ...NOTHING });

    const { mode } = await Deno.stat(join(data, SECRETS_FILE));
    assert.equal(mode! & 0o777, 0o600);
    assert.deepEqual(second, first);
    assert(first.server_key.length >= 64);
    assert.equal(trivialPassword(first.admin_password), null);
    const all = [...Object.values(first.clients), ...Object.values(first.roles)];
    assert.equal(new Set(all).size, 8);
    assert.deepEqual([...Deno.readDirSync(data)].map(({ name }) => name), [SECRETS_FILE]);
  });
});

Deno.test("loadSecrets() agrees with itself when many processes start at once", async () => {
  await inFolder(async (data) => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => loadSecrets({ data, ...NOTHING })),
    );

    for (const secrets of all) assert.deepEqual(secrets, all[0]);
  });
});

Deno.test("loadSecrets() records what was given, and lets what is given win", async () => {
  await inFolder(async (data) => {
    const admin = { password: "first-password", allow_trivial_password: false };

    await loadSecrets({ data, secret: { web: "web-1" }, admin });
    const later = await loadSecrets({ data, ...NOTHING });
    const other = await loadSecrets({ data, ...NOTHING, secret: { web: "web-2" } });

    assert.equal(later.clients.web, "web-1");
    assert.equal(later.admin_password, "first-password");
    assert.equal(other.clients.web, "web-2");
    assert.equal(other.clients.service, later.clients.service);
  });
});

Deno.test("recordSecrets() keeps what a database was installed with", async () => {
  await inFolder(async (data) => {
    await loadSecrets({ data, ...NOTHING });
    const given = await loadSecrets({ data, ...NOTHING, secret: { web: "given later" } });

    await recordSecrets(data, given);

    assert.equal((await loadSecrets({ data, ...NOTHING })).clients.web, "given later");
    assert.equal((await Deno.stat(join(data, SECRETS_FILE))).mode! & 0o777, 0o600);
  });
});

Deno.test("loadSecrets() writes nothing unless it is to persist", async () => {
  await inFolder(async (data) => {
    await loadSecrets({ data, ...NOTHING }, false);

    await assert.rejects(Deno.stat(data), Deno.errors.NotFound);
  });
});

Deno.test("loadSecrets() closes a file that others could read, and adds what is missing", async () => {
  await inFolder(async (data) => {
    const path = join(data, SECRETS_FILE);
    await Deno.mkdir(data);
    await Deno.writeTextFile(path, '{"server_key": "kept", "roles": {"daemon": "d"}}', {
      mode: 0o644,
    });

    const secrets = await loadSecrets({ data, ...NOTHING });

    assert.equal(secrets.server_key, "kept");
    assert.equal(secrets.roles.daemon, "d");
    assert(secrets.roles.kernel.length > 20);
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
    assert.deepEqual(await loadSecrets({ data, ...NOTHING }), secrets);
  });
});

Deno.test("loadSecrets() refuses a file that is not its own", async () => {
  await inFolder(async (data) => {
    await Deno.mkdir(data);
    await Deno.writeTextFile(join(data, SECRETS_FILE), "not json");

    await assert.rejects(loadSecrets({ data, ...NOTHING }), ConfigError);
  });
});

Deno.test("trivialPassword() knows the first guesses", () => {
  for (
    const password of [
      "",
      "admin",
      "short7",
      "password",
      "Password123",
      "changeme!",
      "12345678",
      "qwertyuiop",
      "aaaaaaaaaa",
      "abababab",
    ]
  ) assert.notEqual(trivialPassword(password), null, password);
  assert.equal(trivialPassword("correct horse"), null);
  for (let round = 0; round < 50; round++) assert.equal(trivialPassword(randomPassword()), null);
});

Deno.test("checkAdministrator() refuses a guessed password only beyond loopback", () => {
  const config = (listen: string, password: string, allowed = false) => ({
    postgres: { connect: true },
    server: { listen },
    admin: { allow_trivial_password: allowed },
    secrets: { admin_password: password },
  } as Config);

  checkAdministrator(config("127.0.0.1", "admin"));
  checkAdministrator(config("0.0.0.0", "Xk29-fjsLq"));
  checkAdministrator(config("0.0.0.0", "admin", true));
  assert.throws(() => checkAdministrator(config("0.0.0.0", "admin")), (thrown) => {
    assert(thrown instanceof ConfigError);
    assert.match(thrown.message, /admin\.password .*0\.0\.0\.0.*allow_trivial_password/);
    return true;
  });
  assert.throws(() => checkAdministrator(config("::", "password1")), ConfigError);
});

Deno.test("isLoopback() knows this machine's own addresses", () => {
  for (const address of ["localhost", "127.0.0.1", "127.8.8.8", "::1"]) assert(isLoopback(address));
  for (const address of ["0.0.0.0", "::", "10.0.0.1", "", "127.0.0.1.example"]) {
    assert(!isLoopback(address), address);
  }
});
