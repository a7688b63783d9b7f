/** The list engine on input that nobody meant well: right rows or a clear refusal, nothing else. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Reply, sharedDatabase, testDatabase } from "../support/mod.ts";

const shared = sharedDatabase();

const COLUMNS = ["id", "username", "name", "email", "created", "status", "scope_code", "typecode"];
const COMPARE = ["EQL", "NEQ", "LSS", "GTR", "LKE", "IKE", "ISN", "INN", "IN", "PSX", "GIN", "NOT"];
const INJECTIONS = [
  "id; DROP TABLE db.user",
  "id FROM db.user --",
  "(SELECT secret FROM db.user LIMIT 1)",
  "max((SELECT pswhash FROM db.user LIMIT 1))",
  "count(DISTINCT (SELECT 1))",
  'id" FROM db.user; --',
  "id AS x, pswhash",
  "pg_sleep(1)",
  "length(username) desc",
  "username desc nulls last, (select 1)",
  "sum(id) OVER ()",
  "username/**/desc",
  "count(*) FILTER (WHERE true)",
  "\u0000",
  "'||(SELECT 1)||'",
  "$1",
  "t.*",
];

const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...COLUMNS) },
  { weight: 2, arbitrary: fc.constantFrom(...INJECTIONS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);
const scalar = fc.oneof(
  fc.constantFrom("admin", "%", "(", "now", "1", "", null, "00000000-0000-4000-a001-000000000001"),
  fc.integer(),
  fc.boolean(),
  word,
  fc.dictionary(word, fc.string({ maxLength: 5 }), { maxKeys: 2 }),
);
const anything = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
const condition = fc.record({
  condition: fc.constantFrom("AND", "OR", "or", "XOR", "AND 1=1"),
  field: word,
  compare: fc.oneof(fc.constantFrom(...COMPARE), word),
  value: anything,
  valarr: fc.array(scalar, { maxLength: 3 }),
  lstr: fc.constantFrom("(", "((", ") OR (1=1", ""),
  rstr: fc.constantFrom(")", "", "))", "; --"),
}, { requiredKeys: ["field"] });
const payload = fc.record({
  fields: fc.oneof(fc.array(word, { maxLength: 4 }), anything),
  search: fc.oneof(fc.array(condition, { maxLength: 4 }), anything),
  filter: fc.oneof(fc.dictionary(word, anything, { maxKeys: 3 }), anything),
  orderby: fc.oneof(fc.array(word, { maxLength: 3 }), anything),
  reclimit: fc.oneof(fc.integer({ min: -5, max: 5 }), anything),
  recoffset: fc.oneof(fc.integer({ min: -2, max: 5 }), anything),
}, { requiredKeys: [] });

const KNOWN = /^ERR-400-(06[0-9]|0[12]\d|03[01]|049)$/;

/** Refused with a code of the list engine, or answered; anything else is a fault. */
function isClean({ status, body }: Reply): boolean {
  if (status === 200) return true;
  return status === 400 && KNOWN.test(body.error?.error ?? "");
}

Deno.test("/admin/user/list answers 5,000 random payloads with rows or a clear refusal", async () => {
  await using db = await testDatabase();
  const token = await db.signIn();

  await fc.assert(
    fc.asyncProperty(payload, async (random) => {
      const text = JSON.stringify(random);
      if (text.includes("\\u0000")) return;
      const reply = await db.call(token, "/admin/user/list", random);
      assert.ok(isClean(reply), `${text} -> ${reply.status} ${JSON.stringify(reply.body)}`);
    }),
    { numRuns: 5000 },
  );
  assert.equal(await db.value("SELECT count(*)::int FROM db.user WHERE username = 'admin'"), 1);
});

Deno.test("/user/list never shows another user to a plain one, in 5,000 random payloads", async () => {
  await using db = await testDatabase();
  const token = await db.signIn("demo", "demo");
  const own = (await db.call(token, "/current/userid")).body.userid;
  const others =
    (await db.rows<{ id: string }>("SELECT id FROM db.user WHERE type = 'U' AND id <> $1", [own]))
      .map(({ id }) => id);

  await fc.assert(
    fc.asyncProperty(payload, async (random) => {
      const text = JSON.stringify(random);
      if (text.includes("\\u0000")) return;
      const reply = await db.call(token, "/user/list", random);
      assert.ok(isClean(reply), `${text} -> ${reply.status} ${JSON.stringify(reply.body)}`);
      if (reply.status !== 200) return;
      const answer = JSON.stringify(reply.body);
      assert.ok(reply.rows <= 1, `${text} -> ${reply.rows} rows`);
      assert.ok(!others.some((id) => answer.includes(id)), `${text} -> ${answer}`);
      assert.ok(!answer.includes("$2a$"), `${text} -> ${answer}`);
    }),
    { numRuns: 5000 },
  );
});

Deno.test("an OR in a search does not reach past the filter", async () => {
  const db = shared();
  const token = await db.signIn("demo", "demo");

  const { rows, body } = await db.call(token, "/user/list", {
    search: [
      { field: "username", value: "demo" },
      { condition: "OR", field: "username", compare: "LKE", value: "%" },
    ],
  });

  assert.equal(rows, 1);
  assert.equal(body.username, "demo");
});

const REFUSED: [string, unknown, string][] = [
  ["an unknown field", { fields: ["nosuch"] }, "ERR-400-065"],
  ["a field in capitals", { fields: ["Id"] }, "ERR-400-065"],
  ["a sub-select among the fields", { fields: ["max((SELECT 1))"] }, "ERR-400-065"],
  ["an unknown order", { orderby: ["nosuch desc"] }, "ERR-400-065"],
  ["a function that is not allowed in an order", { orderby: ["pg_sleep(id)"] }, "ERR-400-065"],
  ["an unknown filter", { filter: { nosuch: 1 } }, "ERR-400-061"],
  ["an unknown key of a condition", { search: [{ field: "id", nosuch: 1 }] }, "ERR-400-061"],
  ["a search that is no array", { search: { field: "id" } }, "ERR-400-063"],
  ["an unknown comparison", { search: [{ field: "id", compare: "X", value: 1 }] }, "ERR-400-065"],
  ["an unknown key", { nosuch: 1 }, "ERR-400-061"],
];

for (const [what, body, code] of REFUSED) {
  Deno.test(`a list refuses ${what} with ${code}`, async () => {
    const db = shared();
    const token = await db.signIn();

    const reply = await db.call(token, "/admin/user/list", body);

    assert.equal(reply.status, 400);
    assert.equal(reply.body.error.error, code);
  });
}

const COMPARISONS: [string, unknown, string[]][] = [
  ["EQL", { field: "username", value: "demo" }, ["demo"]],
  ["IN", { field: "username", valarr: ["demo", "admin"] }, ["admin", "demo"]],
  ["LKE", { field: "username", compare: "LKE", value: "adm%" }, ["admin"]],
  ["IKE", { field: "username", compare: "IKE", value: "ADM%" }, ["admin"]],
  ["PSX", { field: "username", compare: "PSX", value: "^dem" }, ["demo"]],
  ["by id", { field: "id", value: "00000000-0000-4000-a001-000000000001" }, ["admin"]],
];

for (const [code, search, expected] of COMPARISONS) {
  Deno.test(`a search compares ${code}`, async () => {
    const db = shared();
    const token = await db.signIn();

    const { status, body } = await db.call(token, "/admin/user/list", {
      fields: ["username"],
      search: [search],
      orderby: ["username"],
    });

    const rows = (Array.isArray(body) ? body : [body]) as { username: string }[];
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(rows.map(({ username }) => username), expected);
  });
}

Deno.test("a list's order, limit and offset agree with its count", async () => {
  const db = shared();
  const token = await db.signIn();
  const all = await db.call(token, "/admin/user/list", { fields: ["id"], orderby: ["username"] });
  const { body } = await db.call(token, "/admin/user/count", {});
  const pages: unknown[] = [];

  for (let offset = 0; offset < body.count; offset += 3) {
    const page = await db.call(token, "/admin/user/list", {
      fields: ["id"],
      orderby: ["username"],
      reclimit: 3,
      recoffset: offset,
    });
    pages.push(...(Array.isArray(page.body) ? page.body : [page.body]));
  }

  assert.equal(all.rows, body.count);
  assert.deepEqual(pages, all.body);
});
