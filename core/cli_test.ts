import assert from "node:assert/strict";
import { parseArguments } from "./cli.ts";
import { helpText } from "./cli_help.ts";
import { COMMANDS, OPTIONS } from "./cli_options.ts";
import { UsageError } from "./errors.ts";
import { editDistance, nearest } from "./nearest.ts";

Deno.test("parseArguments() serves when no command is given", () => {
  assert.deepEqual(parseArguments([]), { name: "serve", options: {} });
});

Deno.test("parseArguments() reads every spelling of an option", () => {
  const expected = { name: "serve", options: { conf: "a.json", port: 80, workers: 4 } };

  assert.deepEqual(parseArguments(["-c", "a.json", "--port", "80", "-w", "4"]), expected);
  assert.deepEqual(parseArguments(["--conf=a.json", "--port=80", "--workers=4"]), expected);
  assert.deepEqual(parseArguments(["--config", "a.json", "-w4", "--port=80"]), expected);
});

Deno.test("parseArguments() reads each command", () => {
  assert.deepEqual(parseArguments(["--install", "--force"]), {
    name: "install",
    options: { force: true },
  });
  assert.deepEqual(parseArguments(["--patch", "--status"]).options, { status: true });
  assert.deepEqual(parseArguments(["-s", "quit"]).options, { signal: "quit" });
  assert.deepEqual(parseArguments(["--process", "cleaner"]).options, { process: "cleaner" });
  for (const name of ["init", "create", "update", "api", "database", "version"]) {
    assert.equal(parseArguments([`--${name}`]).name, name);
  }
  assert.equal(parseArguments(["-t"]).name, "test");
  assert.equal(parseArguments(["--show-secrets"]).name, "secrets");
  assert.deepEqual(parseArguments(["--update", "--help"]).topic, "update");
});

const REFUSED: [string[], RegExp][] = [
  [["--instal"], /^Unknown option --instal; did you mean --install\?$/],
  [["--prot", "80"], /did you mean --port\?/],
  [["--xyzzyquux"], /^Unknown option --xyzzyquux; see --help$/],
  [["serve"], /^Unexpected argument "serve"/],
  [["--port"], /^Option --port wants a value: --port N$/],
  [["--port", "--force"], /wants a value/],
  [["--port", "0"], /whole number 1 to 65535, is "0"/],
  [["--port", "8o"], /whole number/],
  [["--force=yes", "--install"], /^Unexpected value "yes"/],
  [["--install", "--update"], /^Options --install and --update cannot be combined$/],
  [["--patch", "--status", "--dry-run"], /^Options --status and --dry-run cannot be combined$/],
  [["--dry-run"], /^Option --dry-run needs a command; it belongs to --patch$/],
  [["--update", "--force"], /--force does not go with --update; it belongs to --install/],
  [["--port", "80", "--port", "81"], /^Option --port is given twice: 80 and 81$/],
  [["-s", "stopp"], /must be one of stop, quit, reload, reopen, is "stopp"; did you mean stop\?$/],
];

for (const [argv, message] of REFUSED) {
  Deno.test(`parseArguments() refuses ${argv.join(" ")} with one line`, () => {
    assert.throws(() => parseArguments(argv), (error) => {
      assert(error instanceof UsageError);
      assert.match(error.message, message);
      assert(!error.message.includes("\n"));
      return true;
    });
  });
}

Deno.test("helpText() names every command and option", () => {
  const all = helpText();

  for (const { long } of [...COMMANDS, ...OPTIONS]) {
    if (long !== undefined) assert(all.includes(long), long);
  }
});

Deno.test("helpText() of a command lists its options and exit statuses", () => {
  const text = helpText("patch");

  assert.match(text, /--dry-run/);
  assert.match(text, /Exit status\n {2}0 {2}done/);
  assert(!text.includes("--admin-password"));
});

Deno.test("nearest() counts a swap as one edit and gives up on the far", () => {
  assert.equal(editDistance("prot", "port"), 1);
  assert.equal(nearest("sevrer", ["server", "serve"]), "server");
  assert.equal(nearest("abcdef", ["uvwxyz"]), undefined);
});
