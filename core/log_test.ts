import assert from "node:assert/strict";
import { join } from "node:path";
import { configSchema } from "./config_schema.ts";
import { closeLogging, configureLogging, getLogger, reopenLogs } from "./log.ts";
import { HIDDEN, redactText } from "./log_redact.ts";

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmNkZWYifQ.c2lnbmF0dXJlLWJ5dGVz";

/** Configures logging, logs, and returns the lines that went to standard error. */
async function logged(
  log: Record<string, unknown>,
  work: () => void,
  terminal = false,
): Promise<string[]> {
  const lines: string[] = [];
  const config = configSchema.parse({ log });
  await configureLogging(config, {
    process: "master",
    terminal,
    write: (line) => lines.push(line),
  });
  work();
  await closeLogging();
  return lines;
}

Deno.test("configureLogging() writes JSON lines to what is no terminal", async () => {
  const lines = await logged({}, () => {
    getLogger(["apostol", "http"]).info("Listening on {port}", { port: 80, extra: 1n, level: "x" });
  });

  assert.equal(lines.length, 1);
  const line = JSON.parse(lines[0]!);
  assert.equal(line.message, "Listening on 80");
  assert.equal(line.logger, "apostol.http");
  assert.equal(line.level, "INFO");
  assert.equal(line.port, 80);
  assert.equal(line.level_, "x");
  assert.equal(line.process, "master");
  assert.equal(line.pid, Deno.pid);
});

Deno.test("configureLogging() writes text to a terminal, with facts and stack behind", async () => {
  const lines = await logged({}, () => {
    const error = new Error("inner fault");
    getLogger(["apostol", "x"]).error("It failed at {place}", { place: "home", tries: 3, error });
  }, true);

  const text = lines.join("");
  assert.match(text, /It failed at home tries=3\nError: inner fault\n {4}at /);
  assert(!text.startsWith("{"));
});

Deno.test("configureLogging() holds a level for each category", async () => {
  const log = { level: "warning", levels: { "http": "debug", "http.quiet": "error" } };

  const lines = await logged(log, () => {
    getLogger(["apostol", "other"]).info("no 1");
    getLogger(["apostol", "other"]).warn("yes 1");
    getLogger(["apostol", "http", "deep"]).debug("yes 2");
    getLogger(["apostol", "http", "quiet"]).warn("no 2");
  });

  assert.deepEqual(lines.map((line) => JSON.parse(line).message), ["yes 1", "yes 2"]);
});

Deno.test("configureLogging() hides secrets wherever they stand", async () => {
  const secret = "hunter2-s3cret";
  const lines: string[] = [];
  const everything = (): void => {
    const log = getLogger(["apostol", "test"]);
    log.info("password is {password}", { password: secret });
    log.info("nested", { user: { name: "joe", new_password: secret, list: [{ token: secret }] } });
    log.info("header {h}", { h: { Authorization: `Bearer ${secret}`, cookie: `SID=${secret}` } });
    log.info(`Authorization: Bearer ${secret}`);
    log.info("jwt {text}", { text: `sent ${JWT} to them` });
    log.info(`{"grant_type":"password","password":"${secret}","client_secret":"${secret}"}`);
    log.info("form {body}", {
      body: `username=joe&password=${secret}&client_secret=${secret}&x=1`,
    });
    log.info(`connect postgres://joe:${secret}@db:5432/name failed`);
    log.error("failed", { error: new Error(`bad token: "${secret}" Bearer ${secret}`) });
    log.error("caused", {
      error: new Error("outer", { cause: { secret, detail: `PGPASSWORD=${secret}` } }),
    });
    log.info("conninfo {conninfo}", { conninfo: `host=a password=${secret}` });
    log.info("text {t}", { t: JSON.stringify({ body: JSON.stringify({ password: secret }) }) });
    log.info(`Cookie: __Secure-AT=${secret}; SID=${secret}`);
  };
  lines.push(...await logged({}, everything), ...await logged({}, everything, true));

  const text = lines.join("");
  for (const line of lines) assert(!line.includes(secret), line);
  assert(!text.includes(JWT.slice(0, 30)));
  assert(text.includes(HIDDEN) && text.includes("joe"));
});

Deno.test("redactText() leaves what is no secret", () => {
  for (
    const text of [
      "grant_type=password&x=1",
      "Listening on http://127.0.0.1:4977",
      "The password is wrong",
      'unknown key "tokens"',
      "SELECT * FROM oauth2.audience WHERE id = 5",
      "tokens removed: 5",
    ]
  ) assert.equal(redactText(text), text);
});

Deno.test("redactText() takes no longer than the text is long", () => {
  const started = performance.now();

  for (const piece of ["a", "a-", "password", 'token"', "://", "eyJ", "cookie: ", "\\"]) {
    redactText(piece.repeat(100_000 / piece.length));
  }
  assert(performance.now() - started < 2000);
});

Deno.test("reopenLogs() writes to a new file after the old one was moved away", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "logs", "error.log");

  const lines = await logged({ file, access: join(folder, "access.log") }, () => {
    const log = getLogger(["apostol", "test"]);
    log.info("first");
    Deno.renameSync(file, `${file}.moved`);
    reopenLogs();
    log.info("second");
    getLogger(["apostol", "access"]).info("GET /\nforged {token}", { token: "abc" });
  });

  assert.deepEqual(lines, []);
  assert.match(await Deno.readTextFile(`${file}.moved`), /first/);
  assert.match(await Deno.readTextFile(file), /second/);
  const access = await Deno.readTextFile(join(folder, "access.log"));
  assert.equal(access, `GET / forged ${HIDDEN}\n`);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("LogFile rotates at its size, keeps so many, and compresses", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "a.log");
  const log = { file, max_size: 200, keep_rotated: 2, compress: false };
  const real = Date.now;
  let now = real();
  Date.now = () => now;
  try {
    await logged(log, () => {
      for (let round = 0; round < 6; round++) {
        now += 1001; // the file is looked at once a second
        getLogger(["apostol", "test"]).info(`round ${round} ${"x".repeat(200)}`);
      }
    });
    assert.match(await Deno.readTextFile(file), /round 5/);
    assert.match(await Deno.readTextFile(`${file}.1`), /round 4/);
    assert.match(await Deno.readTextFile(`${file}.2`), /round 3/);
    assert.equal([...Deno.readDirSync(folder)].length, 3);
  } finally {
    Date.now = real;
    await Deno.remove(folder, { recursive: true });
  }
});
