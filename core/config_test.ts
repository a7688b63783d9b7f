import assert from "node:assert/strict";
import { join } from "node:path";
import { loadConfig, type LoadOptions } from "./config.ts";
import { expandVariables } from "./config_expand.ts";
import { parseJson } from "./config_json.ts";
import { CONFIG_OPTIONS, environmentName } from "./config_options.ts";
import { ConfigError } from "./errors.ts";

/** Loads a configuration from a file of its own; nothing of this machine's environment counts. */
async function load(file: unknown, options: Partial<LoadOptions> = {}) {
  const folder = await Deno.makeTempDir();
  try {
    const text = typeof file === "string" ? file : JSON.stringify(file);
    await Deno.writeTextFile(join(folder, "test.json"), text);
    const base = { file: join(folder, "test.json"), data: join(folder, "data"), env: {} };
    return await loadConfig({ ...base, ...options });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Loads a configuration that must be refused; returns its faults. */
async function faultsOf(file: unknown, options: Partial<LoadOptions> = {}): Promise<string[]> {
  let faults: readonly string[] = [];
  await assert.rejects(load(file, options), (thrown) => {
    assert(thrown instanceof ConfigError);
    faults = thrown.faults;
    return true;
  });
  return [...faults];
}

Deno.test("loadConfig() fills in every default", async () => {
  const config = await load({});

  assert.equal(config.server.listen, "127.0.0.1");
  assert.equal(config.server.port, 4977);
  assert.equal(config.project.host, "https://example.com");
  assert.equal(config.module.AppServer.enable, true);
  assert.deepEqual(config.postgres.pool, { min: 2, max: 10 });
  assert(config.daemon.pid.endsWith("data/apostol.pid"));
  assert(config.sql.startsWith("/") && config.server.root.startsWith("/"));
  assert.notEqual(config.node, "");
});

Deno.test("loadConfig() accepts comments, trailing commas and numbers written as texts", async () => {
  const config = await load(`{
    // one
    "server": { "port": "8080", /* two */ "listen": "//not a comment", },
    "postgres": { "connect": "false" },
  }`);

  assert.equal(config.server.port, 8080);
  assert.equal(config.server.listen, "//not a comment");
  assert.equal(config.postgres.connect, false);
});

Deno.test("loadConfig() reports all faults at once: path, rule, value", async () => {
  const faults = await faultsOf({
    sevrer: {},
    server: { prot: 1, port: 70_000, trusted_proxies: "x", tls: { cert: "a.pem" } },
    log: { level: "loud" },
    postgres: { worker: { password: 7 } },
    module: { AppServer: { enable: "maybe", endpoints: ["api"] }, AppSever: {} },
    project: { currency: "rub" },
  });

  assert.deepEqual(faults.sort(), [
    'log.level: must be one of emerg, alert, crit, error, warn, warning, notice, info, debug, is "loud"',
    'module.AppServer.enable: must be true or false, is "maybe"',
    'module.AppServer.endpoints.0: must begin with "/", is "api"',
    'module.AppSever: unknown key, is {}; did you mean "AppServer"?',
    "postgres.worker.password: must be a text, is not (value hidden)",
    'project.currency: must be a code of ISO 4217, is "rub"',
    "server.port: must be a whole number 1 to 65535, is 70000",
    'server.prot: unknown key, is 1; did you mean "port"?',
    "server.tls.key: must be a text, is missing",
    'server.trusted_proxies: must be a list of texts, is "x"',
    'sevrer: unknown key, is {}; did you mean "server"?',
  ]);
});

Deno.test("loadConfig() reports faults that no single option shows", async () => {
  const faults = await faultsOf({
    postgres: { pool: { min: 5, max: 3 } },
    server: { tls: { cert: "/missing/cert.pem", key: "/missing/key.pem" } },
    sql: "/missing/sql",
  });

  assert.deepEqual(faults, [
    'postgres.pool.max: must be at least "postgres.pool.min" (5), is 3',
    "sql: must be a folder, is /missing/sql",
    "server.tls.cert: must be a file, is /missing/cert.pem",
    "server.tls.key: must be a file, is /missing/key.pem",
  ]);
});

Deno.test("loadConfig() names the line of broken JSON, and a named file that is missing", async () => {
  const [broken] = await faultsOf('{\n  "server": {\n    "port" 80\n  }\n}');
  const [missing] = await faultsOf({}, { file: "/missing/file.json" });

  assert.match(broken!, /test\.json: cannot be used: Cannot read JSON in line 3, column \d+/);
  assert.match(missing!, /^\/missing\/file\.json: cannot be used/);
});

Deno.test("loadConfig() lets command line beat environment beat file", async () => {
  const file = { server: { port: 1001, listen: "10.0.0.1" }, workers: 3 };
  const env = { APOSTOL_SERVER_PORT: "1002", APOSTOL_SERVER_LISTEN: "10.0.0.2" };

  const config = await load(file, { env, port: 1003 });

  assert.equal(config.server.port, 1003);
  assert.equal(config.server.listen, "10.0.0.2");
  assert.equal(config.server.workers, 3);
  assert.equal((await load(file, { workers: 2 })).server.workers, 2);
});

Deno.test("loadConfig() names the variable that a bad value came from", async () => {
  const faults = await faultsOf({}, { env: { APOSTOL_SERVER_PORT: "eighty" } });

  assert.deepEqual(faults, [
    'server.port (APOSTOL_SERVER_PORT): must be a whole number 1 to 65535, is "eighty"',
  ]);
});

Deno.test("loadConfig() reads each type of option from the environment", async () => {
  const config = await load({}, {
    env: {
      APOSTOL_PROJECT_CODE: "shop",
      APOSTOL_PROJECT_DOMAIN: "shop.example",
      APOSTOL_MODULE_WEB_SERVER_SPA: "no",
      APOSTOL_SERVER_TRUSTED_PROXIES: "10.0.0.1, 10.0.0.2",
      APOSTOL_LOG_LEVELS: '{"http": "debug"}',
      APOSTOL_SECRET_WEB: "given-web-secret",
      APOSTOL_ADMIN_PASSWORD: "given-password",
      APOSTOL_SERVER_BACKLOG: "",
    },
  });

  assert.equal(config.project.code, "shop");
  assert.equal(config.module.WebServer.spa, false);
  assert.deepEqual(config.server.trusted_proxies, ["10.0.0.1", "10.0.0.2"]);
  assert.deepEqual(config.log.levels, { http: "debug" });
  assert.equal(config.secrets.clients.web, "given-web-secret");
  assert.equal(config.secrets.admin_password, "given-password");
  assert.equal(config.server.backlog, 128);
});

Deno.test("loadConfig() warns of variables that nothing reads", async () => {
  const { warnings } = await load({}, { env: { APOSTOL_SERVER_PROT: "1", APOSTOL_BENCH: "1" } });

  assert.deepEqual(warnings, [
    "Unknown environment variable APOSTOL_SERVER_PROT; did you mean APOSTOL_SERVER_PORT?",
  ]);
});

Deno.test("loadConfig() applies libpq's variables to configured connections only", async () => {
  const env = { PGUSER: "u", PGPASSWORD: "p", PGPORT: "6543" };
  const file = { postgres: { worker: { host: "db", user: "x" }, helper: { conninfo: "host=h" } } };

  const none = await load({}, { env });
  const some = await load(file, { env: { ...env, PGUSERAPI: "api", PGUSERKERNEL: "owner" } });
  const host = await load({}, { env: { ...env, PGHOST: "a", PGHOSTADDR: "10.1.1.1" } });

  assert.equal(none.postgres.worker, undefined);
  assert.deepEqual(some.postgres.worker, { host: "db", user: "u", port: 6543, password: "p" });
  assert.deepEqual(some.postgres.helper, { conninfo: "host=h" });
  assert.equal(some.postgres.kernel?.user, "owner");
  assert.equal(some.postgres.kernel?.host, "db");
  assert.equal(host.postgres.worker?.host, "10.1.1.1");
});

Deno.test("loadConfig() takes DATABASE_URL as the server to use", async () => {
  const config = await load({}, {
    env: { DATABASE_URL: "postgres://a:b@c/d", PGHOST: "elsewhere" },
  });

  assert.equal(config.postgres.url, "postgres://a:b@c/d");
  assert.equal(config.postgres.worker, undefined);
});

Deno.test("loadConfig() reads OAuth applications and sites with the settings in force", async () => {
  const env = { APOSTOL_PROJECT_DOMAIN: "shop.example", APOSTOL_SECRET_WEB: "web secret" };

  const { oauth2, sites } = await load({ server: { port: 8000 } }, { env });

  const web = oauth2.find(({ name }) => name === "web")!;
  assert.deepEqual(oauth2.map(({ name }) => name), ["web", "service", "android", "ios"]);
  assert.equal(web.provider, "default");
  assert.equal(web.client_id, "web-shop.example");
  assert.equal(web.client_secret, "web secret");
  assert.equal(web.issuers[0], "accounts.shop.example");
  assert(web.javascript_origins.includes("http://127.0.0.1:8000"));
  assert.equal(sites[0]?.name, "default");
  assert(sites[0]?.hosts.includes("localhost:8000"));
});

Deno.test("loadConfig() reports a provider file that cannot be read", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "oauth2"));
    await Deno.writeTextFile(join(folder, "test.json"), "{}");
    await Deno.writeTextFile(join(folder, "oauth2", "bad.json"), '{"web": ');
    await Deno.writeTextFile(join(folder, "oauth2", "odd.json"), '{"web": {"issuers": "x"}}');

    const load = loadConfig({ file: join(folder, "test.json"), data: folder, env: {} });

    await assert.rejects(load, (thrown) => {
      assert(thrown instanceof ConfigError);
      assert.equal(thrown.faults.length, 2);
      assert.match(thrown.faults[0]!, /bad\.json: Cannot read JSON at its end/);
      assert.match(thrown.faults[1]!, /odd\.json: web: issuers: must be a list, is "x"/);
      return true;
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("expandVariables() replaces variables and keeps doubled dollars", () => {
  const value = { a: ["$HOME/x", "${HOME}x"], b: "pa$$word $NONE.", c: 1, d: null };

  assert.deepEqual(expandVariables(value, { HOME: "/root" }), {
    a: ["/root/x", "/rootx"],
    b: "pa$word .",
    c: 1,
    d: null,
  });
});

Deno.test("parseJson() leaves what looks like a comment in a text", () => {
  assert.deepEqual(parseJson('{"a": "/* x */ // y", "b": ",}" /* z */,}'), {
    a: "/* x */ // y",
    b: ",}",
  });
});

Deno.test("environmentName() is unique for every option", () => {
  assert.equal(
    environmentName(["module", "WebSocketAPI", "enable"]),
    "APOSTOL_MODULE_WEB_SOCKET_API_ENABLE",
  );
  assert.equal(new Set(CONFIG_OPTIONS.map(({ env }) => env)).size, CONFIG_OPTIONS.length);
});

Deno.test("CONFIG_OPTIONS all have a sentence", () => {
  for (const { path, description } of CONFIG_OPTIONS) {
    assert.match(description, /\.$/, path.join("."));
  }
});
