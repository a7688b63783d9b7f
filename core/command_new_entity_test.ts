import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entityFiles, newEntity, parseFields } from "./command_new_entity.ts";
import type { Config } from "./config.ts";
import { UsageError } from "./errors.ts";

Deno.test("parseFields() keeps commas and spaces inside of a type", () => {
  const fields = parseFields("price numeric(12, 2) required, at timestamp with time zone index");

  assert.deepEqual(fields, [
    { name: "price", type: "numeric(12, 2)", required: true },
    { name: "at", type: "timestamp with time zone", index: true },
  ]);
});

Deno.test("parseFields() reads references", () => {
  assert.deepEqual(parseFields("vendor ref vendor required"), [
    { name: "vendor", ref: "vendor", required: true },
  ]);
});

Deno.test("parseFields() refuses what is no column", () => {
  for (const text of ["price", "Price numeric", "vendor ref", "vendor ref a b"]) {
    assert.throws(() => parseFields(text), UsageError, text);
  }
});

Deno.test("entityFiles() declares a reference without columns", () => {
  const files = entityFiles({ name: "shelf", kind: "reference", fields: [] });

  assert.deepEqual(Object.keys(files), ["create.psql", "text.sql", "entity.sql"]);
  assert.match(files["entity.sql"]!, /"kind": "reference"/);
  assert.doesNotMatch(files["entity.sql"]!, /"columns"|"code"/);
});

Deno.test("newEntity() wires entities in, one after the other, and overwrites none", async () => {
  const sql = await mkdtemp(join(tmpdir(), "apostol-"));
  const base = join(sql, "configuration", "apostol");
  const config = { sql, project: { code: "example" } } as unknown as Config;
  try {
    await mkdir(base, { recursive: true });
    const script = "\\ir admin/create.psql\n\nSELECT RegisterViews();\nSELECT ApplyGrants();\n";
    await writeFile(join(base, "create.psql"), script);

    await newEntity({ newEntity: "shelf", kind: "reference" }, config);
    await newEntity({ newEntity: "parcel", kind: "document", fields: "shelf ref shelf" }, config);

    assert.equal(
      await readFile(join(base, "create.psql"), "utf8"),
      "\\ir admin/create.psql\n\\ir entity/create.psql\n\n" +
        "SELECT RegisterViews();\nSELECT ApplyGrants();\n",
    );
    const list = await readFile(join(base, "entity", "create.psql"), "utf8");
    assert.match(list, /\\ir shelf\/create.psql\n\\ir parcel\/create.psql\n\n/);
    await assert.rejects(newEntity({ newEntity: "shelf", kind: "reference" }, config), UsageError);
  } finally {
    await rm(sql, { recursive: true });
  }
});
