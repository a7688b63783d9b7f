import assert from "node:assert/strict";
import { type Config, loadConfig } from "../config.ts";
import {
  connectionFor,
  type ConnectionRole,
  databaseOptions,
  installOptions,
  updateOptions,
  usesEmbedded,
} from "./configured.ts";

let folder: string;
Deno.test.beforeAll(async () => {
  folder = await Deno.makeTempDir({ prefix: "apostol-config-" });
});
Deno.test.afterAll(async () => {
  await Deno.remove(folder, { recursive: true });
});

async function load(postgres: Record<string, unknown>, env = {}): Promise<Config> {
  await Deno.writeTextFile(`${folder}/conf.json`, JSON.stringify({ postgres }));
  return await loadConfig({ prefix: folder, file: "conf.json", env, persist: false });
}

/** A connection as `user:password@host:port/database`; a generated password shows as its role. */
async function where(config: Config, role: ConnectionRole): Promise<string> {
  const { user, password, host, port, database } = await connectionFor(config, role);
  const { roles, superuser } = config.secrets;
  const known = Object.entries({ ...roles, postgres: superuser })
    .find(([, value]) => value === password);
  return `${user}:${known === undefined ? password : `<${known[0]}>`}@${host}:${port}/${database}`;
}

const ROLES: ConnectionRole[] = ["worker", "helper", "kernel", "superuser"];
const CASES: readonly (readonly [
  title: string,
  postgres: Record<string, unknown>,
  expected: string[],
])[] = [
  ["an address", { url: "postgres://root:pw@db:6000/shop" }, [
    "daemon:<daemon>@db:6000/shop",
    "apibot:<apibot>@db:6000/shop",
    "kernel:<kernel>@db:6000/shop",
    "root:pw@db:6000/shop",
  ]],
  ["an address of one of the roles", { url: "postgres://daemon:pw@db/shop" }, [
    "daemon:pw@db:5432/shop",
    "apibot:<apibot>@db:5432/shop",
    "kernel:<kernel>@db:5432/shop",
    "daemon:pw@db:5432/shop",
  ]],
  ["an address without a database", { url: "postgres://root:pw@db" }, [
    "daemon:<daemon>@db:5432/example",
    "apibot:<apibot>@db:5432/example",
    "kernel:<kernel>@db:5432/example",
    "root:pw@db:5432/example",
  ]],
  ["the worker alone", { worker: { host: "db", port: 7, dbname: "d", user: "w", password: "p" } }, [
    "w:p@db:7/d",
    "apibot:<apibot>@db:7/d",
    "kernel:<kernel>@db:7/d",
    "postgres:<postgres>@db:7/d",
  ]],
  ["a connection string", {
    worker: { conninfo: "host=/run/pg dbname=d user=w password=p" },
    helper: { host: "other", user: "h", password: "q" },
  }, [
    "w:p@/run/pg:5432/d",
    "h:q@other:5432/d",
    "kernel:<kernel>@/run/pg:5432/d",
    "postgres:<postgres>@/run/pg:5432/d",
  ]],
  ["an address and a role", {
    url: "postgres://root:pw@db/shop",
    kernel: { user: "owner", password: "o" },
  }, [
    "daemon:<daemon>@db:5432/shop",
    "apibot:<apibot>@db:5432/shop",
    "owner:o@db:5432/shop",
    "root:pw@db:5432/shop",
  ]],
];

for (const [title, postgres, expected] of CASES) {
  Deno.test(`connectionFor() finds each role's database from ${title}`, async () => {
    const config = await load(postgres);

    assert.equal(usesEmbedded(config), false);
    assert.deepEqual(await Promise.all(ROLES.map((role) => where(config, role))), expected);
  });
}

Deno.test("connectionFor() tells that the embedded server does not run", async () => {
  const config = await load({});

  assert.equal(usesEmbedded(config), true);
  await assert.rejects(connectionFor(config, "worker"), { code: "EMBEDDED-STOPPED", status: 503 });
});

Deno.test("usesEmbedded() is false without a database", async () => {
  assert.equal(usesEmbedded(await load({ connect: false })), false);
});

Deno.test("connectionFor() passes sslmode and the time to connect on", async () => {
  const config = await load({ worker: { host: "db", sslmode: true }, timeout: 3 });

  const { sslmode, connectTimeout } = await connectionFor(config, "worker");

  assert.deepEqual([sslmode, connectTimeout], ["require", 3000]);
});

Deno.test("databaseOptions() takes the pool's sizes and times from the configuration", async () => {
  const config = await load({
    url: "postgres://db",
    pool: { min: 3, max: 4 },
    acquire_timeout: 5,
    statement_timeout: 6,
  });

  const { connection: _, ...options } = await databaseOptions(config, "helper");

  assert.deepEqual(options, {
    name: "apostol helper",
    min: 3,
    max: 4,
    acquireTimeout: 5,
    statementTimeout: 6,
  });
});

Deno.test("installOptions() hands project, company and secrets to the scripts", async () => {
  const config = await load({ url: "postgres://root:pw@db/shop" }, {
    APOSTOL_PROJECT_CODE: "store",
    APOSTOL_PROJECT_DOMAIN: "store.example",
    APOSTOL_SECRET_WEB: "web-secret",
    APOSTOL_ADMIN_PASSWORD: "admin-password",
  });

  const { settings, database, passwords, configuration } = await installOptions(config);

  assert.equal(database, "shop");
  assert.equal(configuration, "apostol");
  assert.deepEqual(passwords, config.secrets.roles);
  assert.deepEqual(settings, {
    "password.admin": "admin-password",
    "current.key": config.secrets.server_key,
    "project.code": "store",
    "project.name": "Example",
    "project.domain": "store.example",
    "project.host": "https://store.example",
    "project.locale": "en",
    "project.currency": "RUB",
    "project.scope_alias": "",
    "company.code": "100000000000",
    "company.name": "Example Company",
    "secret.web": "web-secret",
    "secret.service": config.secrets.clients.service,
    "secret.android": config.secrets.clients.android,
    "secret.ios": config.secrets.clients.ios,
  });
  assert.equal((await updateOptions(config)).connection.user, "kernel");
});
