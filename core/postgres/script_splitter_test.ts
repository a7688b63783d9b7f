import assert from "node:assert/strict";
import fc from "fast-check";
import { ScriptSyntaxError, splitScript } from "./script_splitter.ts";

/** The texts of the parts that are not blank, without the comments before them. */
function bodies(text: string): string[] {
  return splitScript(text)
    .filter(({ kind }) => kind !== "blank")
    .map(({ body, end }) => text.slice(body, end));
}

const CASES: readonly (readonly [title: string, text: string, expected: string[]])[] = [
  ["semicolons", "SELECT 1; SELECT 2;", ["SELECT 1;", "SELECT 2;"]],
  ["a last statement without semicolon", "SELECT 1;\nSELECT 2\n", ["SELECT 1;", "SELECT 2\n"]],
  ["an empty statement", ";;", [";", ";"]],
  ["semicolons in strings", "SELECT 'a;b', 'it''s;';", ["SELECT 'a;b', 'it''s;';"]],
  ["backslashes in plain strings", "SELECT 'a\\'; SELECT 2;", ["SELECT 'a\\';", "SELECT 2;"]],
  ["backslashes in E strings", "SELECT E'a\\';b'; SELECT 2;", ["SELECT E'a\\';b';", "SELECT 2;"]],
  ["e at the end of a name", "SELECT date'a\\'; SELECT 2;", ["SELECT date'a\\';", "SELECT 2;"]],
  ["identifiers", 'SELECT "a;""b"; SELECT 2;', ['SELECT "a;""b";', "SELECT 2;"]],
  ["line comments", "-- a; b\nSELECT 1 -- c;\n; SELECT 2;", [
    "SELECT 1 -- c;\n;",
    "SELECT 2;",
  ]],
  ["nested comments", "/* a; /* b; */ c; */ SELECT /* ; */ 1;", ["SELECT /* ; */ 1;"]],
  ["dollar quotes", "SELECT $$a;'b$$; SELECT 2;", ["SELECT $$a;'b$$;", "SELECT 2;"]],
  ["tagged dollar quotes", "SELECT $a$;$$;$b$;$a$;", ["SELECT $a$;$$;$b$;$a$;"]],
  ["tags of other alphabets", "SELECT $тег$;$тег$; SELECT 2;", [
    "SELECT $тег$;$тег$;",
    "SELECT 2;",
  ]],
  ["a dollar within a name", "SELECT a$b$c; SELECT 2;", ["SELECT a$b$c;", "SELECT 2;"]],
  ["parameters", "PREPARE q AS SELECT $1; SELECT 2;", ["PREPARE q AS SELECT $1;", "SELECT 2;"]],
  ["rules in parentheses", "CREATE RULE r AS DO (SELECT 1; SELECT 2); SELECT 3;", [
    "CREATE RULE r AS DO (SELECT 1; SELECT 2);",
    "SELECT 3;",
  ]],
  ["commands", "\\set a 1\nSELECT 1;\n\\ir b.sql\n", ["\\set a 1\n", "SELECT 1;", "\\ir b.sql\n"]],
  ["a command at the end", "\\echo done", ["\\echo done"]],
  [
    "atomic bodies",
    "CREATE OR REPLACE FUNCTION f(int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN $1 > 0 THEN 1 " +
    "ELSE 2 END; SELECT 3; END; SELECT 4;",
    [
      "CREATE OR REPLACE FUNCTION f(int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN $1 > 0 THEN 1 " +
      "ELSE 2 END; SELECT 3; END;",
      "SELECT 4;",
    ],
  ],
  ["atomic procedures", "CREATE PROCEDURE p() BEGIN ATOMIC; END; SELECT 4;", [
    "CREATE PROCEDURE p() BEGIN ATOMIC; END;",
    "SELECT 4;",
  ]],
  ["plpgsql blocks", "DO $$ BEGIN NULL; END $$; SELECT 2;", [
    "DO $$ BEGIN NULL; END $$;",
    "SELECT 2;",
  ]],
  ["a bare begin", "BEGIN; SELECT 1; END;", ["BEGIN;", "SELECT 1;", "END;"]],
];

for (const [title, text, expected] of CASES) {
  Deno.test(`splitScript() cuts ${title}`, () => {
    assert.deepEqual(bodies(text), expected);
  });
}

Deno.test("splitScript() finds variables outside of quotes and casts only", () => {
  const text = "SELECT :a, :'b', :\"c\", d::int, e:=1, ':f', \":g\", $$:h$$, x[1:n] -- :i\n;";

  const [part] = splitScript(text);

  const found = part!.variables.map(({ name, style, start, end }) => [
    name,
    style,
    text.slice(start, end),
  ]);
  assert.deepEqual(found, [
    ["a", "plain", ":a"],
    ["b", "literal", ":'b'"],
    ["c", "identifier", ':"c"'],
    ["n", "plain", ":n"],
  ]);
});

const UNCLOSED: readonly (readonly [string, number, RegExp])[] = [
  ["SELECT 'a;", 7, /string is never closed/],
  ["SELECT 1; SELECT E'a\\';", 18, /string is never closed/],
  ['SELECT "a;', 7, /identifier is never closed/],
  ["SELECT $x$ a $$;", 7, /dollar quote \$x\$ is never closed/],
  ["/* /* */ SELECT", 0, /comment is never closed/],
  ["SELECT 1\n\\ir b.sql\n", 9, /inside a statement/],
];

for (const [text, offset, message] of UNCLOSED) {
  Deno.test(`splitScript() refuses ${JSON.stringify(text)} and tells where`, () => {
    assert.throws(() => splitScript(text), (error: unknown) => {
      assert(error instanceof ScriptSyntaxError);
      assert.match(error.message, message);
      assert.equal(error.offset, offset);
      return true;
    });
  });
}

Deno.test("splitScript() loses nothing: its parts put together are the text", () => {
  const piece = fc.oneof(
    fc.constantFrom("'", '"', "$$", "$a$", "E'", "/*", "*/", "--", "\n", "\\", ";", "(", ")", ":"),
    fc.constantFrom(
      ":a",
      ":'a'",
      "BEGIN ATOMIC",
      "CREATE FUNCTION f",
      "END",
      "CASE",
      " ",
      "x1",
      "1e",
    ),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      let parts;
      try {
        parts = splitScript(text);
      } catch (error) {
        assert(error instanceof ScriptSyntaxError);
        return;
      }
      assert.equal(parts.map(({ start, end }) => text.slice(start, end)).join(""), text);
      for (const { start, body, end } of parts) assert(start <= body && body <= end && start < end);
    }),
    { numRuns: 3000 },
  );
});

Deno.test("splitScript() finds every statement of well-formed ones", () => {
  const quoted = fc.string().map((text) => `SELECT '${text.replaceAll("'", "''")}';`);
  const escaped = fc.string().map((text) =>
    `SELECT E'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}';`
  );
  const named = fc.string().map((text) => `SELECT 1 AS "${text.replaceAll('"', '""')}";`);
  const dollar = fc.string().map((text) => `DO $x$${text.replaceAll("$", "")}$x$;`);
  const comment = fc.string().map((text) => `/*${text.replaceAll(/[*/]/g, "")}*/ SELECT 2;`);
  const statement = fc.oneof(quoted, escaped, named, dollar, comment);
  fc.assert(
    fc.property(fc.array(statement), (statements) => {
      const parts = splitScript(statements.join("\n"));
      assert.equal(parts.length, statements.length);
      assert(parts.every(({ kind }) => kind === "statement"));
    }),
    { numRuns: 1000 },
  );
});

Deno.test("splitScript() is linear in the length of the text", () => {
  const text = `SELECT ${"'x' || ".repeat(100_000)}'y';`;

  const started = performance.now();
  splitScript(text);

  assert(performance.now() - started < 2000);
});
