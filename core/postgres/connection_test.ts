import assert from "node:assert/strict";
import { describeConnection, parseConninfo, readSslMode, socketPath } from "./connection.ts";

const CASES: readonly (readonly [string, Record<string, unknown>])[] = [
  ["postgres://u:p@h:5433/d", { user: "u", password: "p", host: "h", port: 5433, database: "d" }],
  ["postgresql://h/d", { host: "h", database: "d" }],
  ["postgres://u%40x:p%2F%3A@h", { user: "u@x", password: "p/:", host: "h" }],
  ["postgres://u@[::1]:5/d", { user: "u", host: "::1", port: 5, database: "d" }],
  ["postgres://%2Fvar%2Frun/d", { host: "/var/run", database: "d" }],
  ["postgres:///d?host=/var/run&port=7&sslmode=require", {
    database: "d",
    host: "/var/run",
    port: 7,
    sslmode: "require",
  }],
  ["host=h port=5 dbname=d user=u password='a b\\'c' connect_timeout=3", {
    host: "h",
    port: 5,
    database: "d",
    user: "u",
    password: "a b'c",
    connectTimeout: 3000,
  }],
  ["host=h hostaddr=10.0.0.1 unknown=1", { host: "10.0.0.1" }],
  ["password='' user = u", { user: "u" }],
];

for (const [text, expected] of CASES) {
  Deno.test(`parseConninfo() reads ${text}`, () => {
    assert.deepEqual(parseConninfo(text), expected);
  });
}

for (
  const text of [
    "postgres://u:secret@h:99999/d",
    "postgres://u:secret@a,b/d",
    "postgres://u:sec%ZZret@h/d",
    "postgres://u:secret@h/d?sslmode=maybe",
    "password=secret nonsense",
    "password='secret",
  ]
) {
  Deno.test(`parseConninfo() refuses ${text.replace("secret", "…")} without telling it`, () => {
    assert.throws(() => parseConninfo(text), (error: Error) => {
      assert.match(error.message, /^Cannot read database connection string: /);
      assert(!error.message.includes("sec"), error.message);
      return true;
    });
  });
}

Deno.test("readSslMode() takes true for require and false for disable", () => {
  assert.equal(readSslMode(true), "require");
  assert.equal(readSslMode(false), "disable");
  assert.equal(readSslMode("verify-full"), "verify-full");
});

Deno.test("socketPath() takes a host with a slash for the folder of a Unix socket", () => {
  assert.equal(socketPath({ host: "/run", port: 5432 }), "/run/.s.PGSQL.5432");
  assert.equal(socketPath({ host: "localhost", port: 5432 }), null);
});

Deno.test("describeConnection() tells no password", () => {
  const options = { host: "h", port: 5, database: "d", user: "u", password: "secret" };
  assert.equal(describeConnection(options), "u@h:5/d");
});
