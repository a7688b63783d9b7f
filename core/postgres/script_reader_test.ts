import assert from "node:assert/strict";
import { InstallError } from "./errors.ts";
import { placeOf, quoteLiteral, readScript } from "./script_reader.ts";
import { offsetOf } from "./script_runner.ts";
import type { SqlSource } from "./sql_source.ts";

/** A source that lives in memory. */
function sourceOf(files: Record<string, string>): SqlSource {
  return {
    name: "memory",
    read: (path) => {
      const text = files[path];
      if (text === undefined) throw new InstallError("SCRIPT", `Cannot read ${path}`);
      return Promise.resolve(text);
    },
    has: (path) => Promise.resolve(path in files),
    list: () => Promise.resolve([]),
  };
}

/** Every statement that is sent, in order, as `file: sql`. */
async function sent(files: Record<string, string>, options = {}): Promise<string[]> {
  const chunks = await readScript(sourceOf(files), "main.psql", options);
  return chunks.flatMap(({ file, statements }) => statements.map(({ sql }) => `${file}: ${sql}`));
}

Deno.test("readScript() includes files relative to the one that names them", async () => {
  const files = {
    "main.psql": "SELECT 1;\n\\ir a/create.psql\n\\i c.sql\nSELECT 2;",
    "a/create.psql": "\\ir b.sql\n\\ir ../c.sql\n",
    "a/b.sql": "SELECT 'b';",
    "c.sql": "SELECT 'c';",
  };

  assert.deepEqual(await sent(files), [
    "main.psql: SELECT 1;",
    "a/b.sql: SELECT 'b';",
    "c.sql: SELECT 'c';",
    "c.sql: SELECT 'c';",
    "main.psql: SELECT 2;",
  ]);
});

Deno.test("readScript() leaves out the files that are to be skipped", async () => {
  const files = {
    "main.psql": "\\ir table.sql\n\\ir view.sql\n",
    "view.sql": "SELECT 1;",
  };

  const skip = (name: string) => name.startsWith("table");

  assert.deepEqual(await sent(files, { skip }), ["view.sql: SELECT 1;"]);
});

Deno.test("readScript() fills variables in as they are, as string, as identifier", async () => {
  const files = {
    "main.psql": "\\set name 'it''s'\n\\set n 5\n\\set both :n'-'x\n" +
      "SELECT :n, :'name', :\"name\", ':n', 1::int, :'both', a[1:m];",
  };

  assert.deepEqual(await sent(files), [
    `main.psql: SELECT 5, 'it''s', "it's", ':n', 1::int, '5-x', a[1:m];`,
  ]);
});

Deno.test("readScript() takes variables from its options, and \\set wins over them", async () => {
  const files = { "main.psql": "SELECT :'a';\n\\set a 2\nSELECT :'a';" };

  assert.deepEqual(await sent(files, { variables: { a: "1" } }), [
    "main.psql: SELECT '1';",
    "main.psql: SELECT '2';",
  ]);
});

Deno.test("readScript() keeps the text of \\echo and ignores \\connect", async () => {
  const source = sourceOf({ "main.psql": "\\echo 'Step' one\n\\connect - admin\nSELECT 1;" });

  const [chunk] = await readScript(source, "main.psql");

  assert.deepEqual(chunk!.echoes, ["Step one"]);
  assert.equal(chunk!.statements.length, 1);
});

const FAULTS:
  readonly (readonly [title: string, files: Record<string, string>, message: string])[] = [
    ["a missing file", { "main.psql": "\n  \\ir a.sql" }, "main.psql:2:3: Cannot include a.sql"],
    ["a file outside of the source", { "main.psql": "\\ir ../../a.sql" }, "main.psql:1:1: Cannot"],
    [
      "a circle",
      { "main.psql": "\\ir main.psql" },
      "main.psql:1:1: Cannot include main.psql: files",
    ],
    [
      "an unknown command",
      { "main.psql": "SELECT 1;\n\\copy a from b" },
      "main.psql:2:1: Cannot run",
    ],
    ["an open quote", { "main.psql": "\\set a 'b" }, "main.psql:1:1: Cannot run command: a quote"],
    [
      "a variable that is not set",
      { "main.psql": "SELECT\n  :'a';" },
      "main.psql:2:3: Cannot fill",
    ],
    ["a string that is never closed", { "main.psql": "SELECT\n 'a" }, "main.psql:2:2: Cannot read"],
    ["COMMIT", { "main.psql": "SELECT 1;\ncommit;" }, "main.psql:2:1: Cannot run COMMIT"],
    ["BEGIN", { "main.psql": "BEGIN;" }, "main.psql:1:1: Cannot run BEGIN"],
    ["ROLLBACK", { "main.psql": "rollback;" }, "main.psql:1:1: Cannot run ROLLBACK"],
  ];

for (const [title, files, message] of FAULTS) {
  Deno.test(`readScript() refuses ${title} and tells where`, async () => {
    await assert.rejects(readScript(sourceOf(files), "main.psql"), (error: unknown) => {
      assert(error instanceof InstallError);
      assert(error.message.startsWith(message), error.message);
      return true;
    });
  });
}

Deno.test("readScript() lets ROLLBACK TO a savepoint pass", async () => {
  assert.equal((await sent({ "main.psql": "ROLLBACK TO SAVEPOINT a; SAVEPOINT b;" })).length, 2);
});

Deno.test("offsetOf() finds a position of the sent text in the file", async () => {
  const text = "\\set long 'a value that is longer'\n-- café 🎉\nSELECT '🎉', :'long', nonsense;";
  const [chunk] = await readScript(sourceOf({ "main.psql": text }), "main.psql");
  const statement = chunk!.statements[0]!;
  const characters = [...statement.sql];

  const position = characters.join("").indexOf("nonsense");
  const inCharacters = [...statement.sql.slice(0, position)].length + 1;

  assert.equal(offsetOf(statement, inCharacters), text.indexOf("nonsense"));
  assert.equal(offsetOf(statement, 1), text.indexOf("SELECT"));
  assert.equal(offsetOf(statement, null), text.indexOf("SELECT"));
  const inValue = [...statement.sql.slice(0, statement.sql.indexOf("value"))].length + 1;
  assert.equal(offsetOf(statement, inValue), text.indexOf(":'long'"));
});

Deno.test("placeOf() counts lines and characters from 1", () => {
  assert.deepEqual(placeOf("ab\n🎉c", 0), { line: 1, column: 1 });
  assert.deepEqual(placeOf("ab\n🎉c", 5), { line: 2, column: 2 });
});

Deno.test("quoteLiteral() writes quotes and backslashes so that they survive", () => {
  assert.equal(quoteLiteral("it's"), "'it''s'");
  assert.equal(quoteLiteral("a\\b"), " E'a\\\\b'");
});
