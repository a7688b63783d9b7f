/** The workflow: its seeds against the recorded ones, lookups, copies, and the resolved form. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { type TestDatabase, testDatabase } from "../support/mod.ts";

/** Classes of the platform; `data/` holds what each of them must have. */
const CLASSES = [
  "agent",
  "document",
  "form",
  "inbox",
  "job",
  "message",
  "object",
  "outbox",
  "program",
  "reference",
  "scheduler",
  "vendor",
  "version",
];

/** What each file of `data/` is compared with: one column of it is one column of the query. */
const TABLES: Record<string, string> = {
  classes: `SELECT c.code, p.code, e.code, c.level, c.abstract
              FROM db.class_tree c
              LEFT JOIN db.class_tree p ON p.id = c.parent
              JOIN db.entity e ON e.id = c.entity
             WHERE c.code = ANY ($1)`,
  types: `SELECT c.code, t.code
            FROM db.type t JOIN db.class_tree c ON c.id = t.class
           WHERE c.code = ANY ($1)`,
  states: `SELECT c.code, s.code, t.code, s.sequence
             FROM db.state s JOIN db.class_tree c ON c.id = s.class
             JOIN db.state_type t ON t.id = s.type
            WHERE c.code = ANY ($1)`,
  methods: `SELECT c.code, m.code, p.code, a.code, s.code, m.sequence, m.visible
              FROM db.method m JOIN db.class_tree c ON c.id = m.class
              JOIN db.action a ON a.id = m.action
              LEFT JOIN db.method p ON p.id = m.parent
              LEFT JOIN db.state s ON s.id = m.state
             WHERE c.code = ANY ($1)`,
  transitions: `SELECT c.code, s.code, a.code, m.code, n.code
                  FROM db.transition t JOIN db.method m ON m.id = t.method
                  JOIN db.class_tree c ON c.id = m.class
                  JOIN db.action a ON a.id = m.action
                  JOIN db.state n ON n.id = t.newstate
                  LEFT JOIN db.state s ON s.id = t.state
                 WHERE c.code = ANY ($1)`,
  events: `SELECT c.code, a.code, e.sequence, t.code, e.text, e.enabled
             FROM db.event e JOIN db.class_tree c ON c.id = e.class
             JOIN db.action a ON a.id = e.action
             JOIN db.event_type t ON t.id = e.type
            WHERE c.code = ANY ($1)`,
};

/** Rows that the recorded installation lacks: a completed job could not be enabled again. */
const MORE: Record<string, string[]> = {
  transitions: ["job\tcompleted\tenable\tcompleted:enable\tenabled"],
};

Deno.test("the platform's workflow is that of data/workflow_*.tsv", async (test) => {
  await using db = await testDatabase();
  for (const [name, query] of Object.entries(TABLES)) {
    await test.step(name, async () => {
      const file = await readFile(new URL(`data/workflow_${name}.tsv`, import.meta.url), "utf8");
      const wanted = [...file.trimEnd().split("\n").slice(1), ...MORE[name] ?? []].sort();

      const rows = await db.sql.unsafe(query, [CLASSES]).values();
      const found = rows.map((row) => row.map(cell).join("\t")).sort();

      assert.deepEqual(found, wanted);
    });
  }
});

Deno.test("every text of the workflow exists in six locales", async () => {
  await using db = await testDatabase();

  assert.deepEqual(await db.rows("SELECT locale, kind, code FROM kernel.MissingTexts()"), []);
  assert.deepEqual(
    await db.rows(
      `SELECT l.code, count(*)::int AS labels
         FROM db.locale l JOIN db.workflow_label w ON w.locale = l.id
        WHERE NULLIF(btrim(w.label), '') IS NOT NULL
        GROUP BY l.code
       HAVING count(*) <> (SELECT count(DISTINCT id) FROM db.workflow_label)`,
    ),
    [],
  );
  assert.equal(await db.value("SELECT count(*)::int FROM db.locale"), 6);
});

Deno.test("labels follow the locale of the session", async () => {
  await using db = await testDatabase();
  const token = await db.signIn();
  const label = async (locale: string) => {
    assert.equal((await db.call(token, "/session/set/locale", { code: locale })).status, 200);
    const { body } = await db.call(token, "/action", {});
    return body.find(({ code }: { code: string }) => code === "enable").name;
  };

  assert.equal(await label("en"), "Enable");
  assert.equal(await label("ru"), "Включить");
  assert.notEqual(await label("de"), "Enable");
});

Deno.test("a state is found in the nearest class, a method not beyond an abstract one", async () => {
  await using db = await testDatabase();
  await db.value(make("upper", "reference", false));
  await db.value(make("lower", "upper", false));
  await db.value("SELECT kernel.AddDefaultMethods(kernel.GetClass('upper'))");
  const of = (name: string, ...params: unknown[]) =>
    db.value<string>(
      `SELECT c.code FROM db.${name} x JOIN db.class_tree c ON c.id = x.class
        WHERE x.id = kernel.Get${name}(kernel.GetClass($1), ${
        name === "state" ? "$2" : `kernel.GetAction($2), kernel.GetState(kernel.GetClass($1), $3)`
      })`,
      params,
    );

  assert.equal(await of("state", "lower", "enabled"), "upper");
  assert.equal(await of("method", "lower", "disable", "enabled"), "upper");
  await db.value("SELECT kernel.AddDefaultMethods(kernel.GetClass('lower'))");
  assert.equal(await of("state", "lower", "enabled"), "lower");
  assert.equal(await of("method", "lower", "disable", "enabled"), "lower");
  // Class reference is abstract: what stands below it and has no machine has its states only.
  await db.value(make("bare", "reference", false));
  assert.equal(await of("state", "bare", "enabled"), "reference");
  assert.equal(await of("method", "bare", "disable", "enabled"), null);
});

Deno.test("the level that an editor stores does not decide which class is nearest", async () => {
  await using db = await testDatabase();
  await db.value(make("upper", "vendor", false));
  await db.value(make("lower", "upper", false));
  for (const code of ["upper", "lower"]) {
    await db.value("SELECT kernel.AddDefaultMethods(kernel.GetClass($1))", [code]);
  }
  await db.value("UPDATE db.class_tree SET level = 1 WHERE code = 'lower'");

  const state = await db.value(
    `SELECT c.code FROM db.state s JOIN db.class_tree c ON c.id = s.class
      WHERE s.id = kernel.GetState(kernel.GetClass('lower'), 'enabled')`,
  );

  assert.equal(state, "lower");
});

Deno.test("a type is found by its code, an unknown one is answered with those there are", async () => {
  await using db = await testDatabase();
  const type = (code: string) =>
    db.value<string>(
      "SELECT t.code FROM db.type t WHERE t.id = kernel.CodeToType($1, 'vendor')",
      [code],
    );

  assert.equal(await type("car"), "car.vendor");
  assert.equal(await type("car.vendor"), "car.vendor");
  const error = await type("ship").then(() => "", (thrown: Error) => thrown.message);
  assert.match(error, /^ERR-400-029: /);
  for (const code of ["service.vendor", "device.vendor", "car.vendor"]) {
    assert.ok(error.includes(code), error);
  }
});

Deno.test("a clone has the workflow of its parent, and each handler runs once", async () => {
  await using db = await testDatabase();
  const token = await db.signIn();
  const vendor = await classId(db, "vendor");

  const { status, body } = await db.call(token, "/workflow/class/clone", {
    parent: vendor,
    entity: await db.value("SELECT id FROM db.entity WHERE code = 'vendor'"),
    code: "dealer",
    label: "Dealer",
    abstract: false,
  });

  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.code, "dealer");
  assert.deepEqual(await machine(db, "dealer"), await machine(db, "vendor"));
  assert.deepEqual(await handlers(db, "dealer"), await handlers(db, "vendor"));
});

Deno.test("copying a class leaves what the destination has, its transitions stay in it", async () => {
  await using db = await testDatabase();
  await db.value(make("bureau", "document", false));
  await db.value(
    `SELECT kernel.AddState(kernel.GetClass('bureau'),
       (SELECT id FROM db.state_type WHERE code = 'enabled'), 'executed', 'Mine')`,
  );
  const mine = await db.value("SELECT id FROM db.state WHERE class = kernel.GetClass('bureau')");

  await db.value("SELECT kernel.CopyClass(kernel.GetClass('job'), kernel.GetClass('bureau'))");

  assert.deepEqual(await machine(db, "bureau"), await machine(db, "job"));
  assert.equal(await db.value("SELECT code FROM db.state WHERE id = $1", [mine]), "executed");
  const foreign = await db.rows(
    `SELECT m.code FROM db.method m JOIN db.transition t ON t.method = m.id
       JOIN db.state n ON n.id = t.newstate
      WHERE m.class = kernel.GetClass('bureau') AND n.class <> m.class`,
  );
  assert.deepEqual(foreign, []);
});

Deno.test("the resolved workflow is what following the tables by hand gives", async () => {
  await using db = await testDatabase();

  const different = await db.rows(
    `WITH RECURSIVE chain AS (
       SELECT id AS class, id AS ancestor, parent, 0 AS distance FROM db.class_tree WHERE NOT abstract
        UNION ALL
       SELECT h.class, p.id, p.parent, h.distance + 1
         FROM chain h JOIN db.class_tree p ON p.id = h.parent AND NOT p.abstract
     ), wanted AS (
       SELECT DISTINCT ON (h.class, m.state, m.action) h.class,
              COALESCE(m.state, '00000000-0000-4000-8000-000000000000') AS state, m.action,
              m.id AS method, t.newstate
         FROM chain h JOIN db.method m ON m.class = h.ancestor
         LEFT JOIN db.transition t ON t.method = m.id
        ORDER BY h.class, m.state, m.action, h.distance
     ), found AS (SELECT class, state, action, method, new_state FROM db.workflow_method)
     (TABLE wanted EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE wanted)`,
  );

  assert.deepEqual(different, []);
});

Deno.test("a change of the workflow is seen at once in its transaction, and by others at commit", async () => {
  await using db = await testDatabase();
  const agent = await classId(db, "agent");
  const resolve = `SELECT n.code
                     FROM kernel.ResolveMethod($1, kernel.GetState($1::uuid, 'enabled'),
                                               kernel.GetAction('check')) r
                     JOIN db.state n ON n.id = r.newstate`;

  await db.sql.begin(async (tx) => {
    await tx.unsafe(
      `WITH added AS (
         SELECT kernel.AddMethod(NULL, $1, kernel.GetState($1::uuid, 'enabled'), kernel.GetAction('check')) AS id)
       SELECT kernel.AddTransition(kernel.GetState($1::uuid, 'enabled'), id,
                                   kernel.GetState($1::uuid, 'disabled')) FROM added`,
      [agent],
    );
    assert.equal((await tx.unsafe(resolve, [agent]))[0]?.code, "disabled");
    assert.equal(await db.value(resolve, [agent]), null);
  });

  assert.equal(await db.value(resolve, [agent]), "disabled");
  // Nothing was executed in this transaction: only its commit can have rebuilt the workflow.
  await db.rows(
    "DELETE FROM db.transition WHERE method = (SELECT id FROM db.method WHERE class = $1 AND code = 'enabled:check')",
    [agent],
  );
  assert.equal(await db.value(resolve, [agent]), null);
  assert.equal(await db.value("SELECT count(*)::int FROM db.workflow_rebuild"), 0);
});

Deno.test("a change that is rolled back leaves the resolved workflow as it was", async () => {
  await using db = await testDatabase();
  const before = await resolved(db);

  await db.sql.begin(async (tx) => {
    await tx.unsafe("DELETE FROM db.event WHERE class = kernel.GetClass('vendor')");
    await tx.unsafe("SELECT kernel.EnsureWorkflow()");
    throw new Error("rolled back");
  }).catch((error: Error) => assert.equal(error.message, "rolled back"));

  assert.equal(await resolved(db), before);
});

Deno.test("event texts that are expressions or commands run as such", async () => {
  await using db = await testDatabase();
  const vendor = await classId(db, "vendor");
  await db.rows("CREATE TABLE db.trace (id int GENERATED ALWAYS AS IDENTITY, text text)");
  await db.rows("ALTER TABLE db.trace OWNER TO kernel");
  for (
    const [type, text] of [
      ["event", "set_config('test.trace', upper('expression'), true);"],
      ["plpgsql", "INSERT INTO db.trace (text) SELECT current_setting('test.trace')"],
    ]
  ) {
    await db.rows(
      `SELECT kernel.AddEvent($1, (SELECT id FROM db.event_type WHERE code = $2),
                              kernel.GetAction('check'), $3, $3)`,
      [vendor, type ?? "", text ?? ""],
    );
  }

  await db.rows(
    "SELECT kernel.RunEvents($1, kernel.GetAction('check'), NULL::uuid, NULL::jsonb)",
    [vendor],
  );

  assert.deepEqual(await db.rows("SELECT text FROM db.trace"), [{ text: "EXPRESSION" }]);
});

Deno.test("the editor of the workflow is for administrators", async () => {
  await using db = await testDatabase();
  const admin = await db.signIn();
  await db.call(admin, "/admin/user/set", {
    username: "plain",
    password: "Plain-pass-1",
    name: "Plain",
  });
  const plain = await db.signIn("plain", "Plain-pass-1");

  const asUser = await db.call(plain, "/workflow/class/list", {});
  const asNobody = await db.call(null, "/workflow/class/list", {});

  assert.equal(asUser.body.error.error, "ERR-400-001");
  assert.equal(asNobody.body.error.error, "ERR-401-001");
  assert.equal((await db.call(null, "/class", {})).status, 200);
});

/** A statement that adds a class. */
function make(code: string, parent: string, abstract: boolean): string {
  return `SELECT kernel.AddClass(kernel.GetClass('${parent}'),
            (SELECT entity FROM db.class_tree WHERE code = '${parent}'), '${code}', '${code}', ${abstract})`;
}

async function classId(db: TestDatabase, code: string): Promise<string> {
  return await db.value<string>("SELECT id FROM db.class_tree WHERE code = $1", [code]) ?? "";
}

/** States, methods and targets of a class, without identifiers. */
async function machine(db: TestDatabase, code: string): Promise<unknown[]> {
  return await db.rows(
    `SELECT m.code, s.code AS state, m.sequence, m.visible, n.code AS target
       FROM db.method m
       LEFT JOIN db.state s ON s.id = m.state
       LEFT JOIN db.transition t ON t.method = m.id
       LEFT JOIN db.state n ON n.id = t.newstate
      WHERE m.class = kernel.GetClass($1)
      ORDER BY 1`,
    [code],
  );
}

/** What runs at each action of a class, in order. */
async function handlers(db: TestDatabase, code: string): Promise<unknown[]> {
  return await db.rows(
    `SELECT a.code, h.handlers
       FROM db.workflow_handler h JOIN db.action a ON a.id = h.action
      WHERE h.class = kernel.GetClass($1)
      ORDER BY 1`,
    [code],
  );
}

/** A number for the whole resolved workflow, its runners included. */
async function resolved(db: TestDatabase): Promise<string | null> {
  return await db.value(
    `SELECT md5((SELECT string_agg(w::text, ',' ORDER BY w::text) FROM db.workflow_method w)
             || (SELECT string_agg(h::text, ',' ORDER BY h::text) FROM db.workflow_handler h)
             || (SELECT string_agg(md5(p.prosrc), ',' ORDER BY p.proname) FROM pg_proc p
                  WHERE p.proname LIKE 'run\\_%' AND p.pronamespace = 'kernel'::regnamespace))`,
  );
}

/** A value as the files of `data/` write it. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  return value === true ? "t" : value === false ? "f" : String(value);
}
