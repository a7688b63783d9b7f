/**
 * `docs/entities.md` word for word: its commands are run, its files are written, its requests are
 * sent to a server.
 */
import assert from "node:assert/strict";
import { copy, exists } from "./files.ts";
import {
  accessToken,
  databaseUrl,
  ROOT,
  runProgram,
  SECRETS_VARIABLE,
  startServer,
  temporaryFolder,
  type TestDatabase,
  testDatabase,
} from "../support/mod.ts";

/** A fenced block of the page and the text between it and the block before. */
interface Block {
  language: string;
  text: string;
  before: string;
}

const page = await Deno.readTextFile(`${ROOT}docs/entities.md`);

/** The fenced blocks of a section. */
function blocks(heading: string): Block[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const found: Block[] = [];
  let end = 0;
  for (const match of section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)) {
    const [all, language = "", text = ""] = match;
    found.push({ language, text, before: section.slice(end, match.index) });
    end = match.index + all.length;
  }
  assert.notEqual(found.length, 0, `docs/entities.md has no section ${heading} with blocks`);
  return found;
}

/** A project's own copy of the SQL with a database, as somebody has who follows the page. */
class Project implements AsyncDisposable {
  readonly folder: string;
  readonly db: TestDatabase;
  /** Folder of the entity that was made last. */
  entity = "";
  /** What the blocks were taken for, to see that none was passed over. */
  readonly done: string[] = [];

  private constructor(folder: string, db: TestDatabase) {
    this.folder = folder;
    this.db = db;
  }

  static async make(): Promise<Project> {
    const folder = await temporaryFolder();
    await copy(`${ROOT}sql`, `${folder}/sql`);
    await Deno.mkdir(`${folder}/data`);
    const secrets = Deno.env.get(SECRETS_VARIABLE);
    if (secrets !== undefined) {
      await Deno.copyFile(secrets, `${folder}/data/secrets.json`);
      await Deno.chmod(`${folder}/data/secrets.json`, 0o600);
    }
    return new Project(folder, await testDatabase());
  }

  get configuration(): string {
    return `${this.folder}/sql/configuration/apostol`;
  }

  /** Does what a block says. */
  async follow({ language, text, before }: Block): Promise<void> {
    if (language === "sh") {
      for (const line of text.trim().split("\n")) await this.command(line);
    } else if (language === "sql") {
      // The last file that is named before a block is the one it is about.
      const file = [...before.matchAll(/`([\w/]+\.p?sql)`/g)].at(-1)?.[1];
      assert.ok(file !== undefined, `no file is named before\n${text}`);
      if (file.includes("/")) {
        assert.ok(await exists(`${this.configuration}/${file}`) || !file.endsWith(".psql"), file);
        await Deno.writeTextFile(`${this.configuration}/${file}`, text);
        this.done.push(`write ${file}`);
      } else {
        assert.equal(await Deno.readTextFile(`${this.entity}/${file}`), text);
        this.done.push(`compare ${file}`);
      }
    } else if (language === "http") {
      await this.requests(text);
    } else {
      assert.fail(`what is a block of ${language}?`);
    }
  }

  /** Runs a command of the page: `apostol` is the program. */
  async command(line: string): Promise<void> {
    const [program, ...args] = [...line.matchAll(/'([^']*)'|(\S+)/g)]
      .map(([, quoted, plain]) => quoted ?? plain ?? "");
    assert.equal(program, "apostol", line);
    const { code, stdout, stderr } = await runProgram(
      [...args, "--sql", `${this.folder}/sql`, "--data", `${this.folder}/data`],
      { env: { DATABASE_URL: databaseUrl(this.db.name) } },
    );
    assert.equal(code, 0, `${line}\n${stdout}${stderr}`);
    const name = args[args.indexOf("--new-entity") + 1];
    if (args.includes("--new-entity")) this.entity = `${this.configuration}/entity/${name}`;
    this.done.push(args.slice(0, 2).join(" "));
  }

  /** Sends the requests of a block to a server and compares the replies with the shown ones. */
  async requests(text: string): Promise<void> {
    await using server = await startServer({ database: this.db.name });
    const token = await accessToken(server.url);
    let id: string | undefined;
    for (const pair of text.trim().split("\n\n")) {
      const [request = "", reply = ""] = pair.split("\n");
      const [, method = "", path = "", body = ""] = /^(\w+) (\S+) (.*)$/.exec(request) ?? [];
      const response = await fetch(server.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: body.replaceAll("${id}", id ?? ""),
      });
      const got = await response.json();
      id ??= got.id;
      const [, status = "", shown = ""] = /^(\d+) (.*)$/.exec(reply) ?? [];
      assert.equal(response.status, Number(status), `${request}\n${JSON.stringify(got)}`);
      assert.deepEqual(restricted(got, JSON.parse(shown)), JSON.parse(shown), request);
      this.done.push(path);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.db[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** The part of a value that has the keys of another one: replies show some of their keys. */
function restricted(value: unknown, keys: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(keys)) {
    return value.map((item, i) => restricted(item, keys[i]));
  }
  if (typeof value !== "object" || value === null || typeof keys !== "object" || keys === null) {
    return value;
  }
  const object = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(keys).filter(([key]) => key in object)
      .map(([key, inner]) => [key, restricted(object[key], inner)]),
  );
}

Deno.test("the walk-through of docs/entities.md does what it says", async () => {
  await using project = await Project.make();

  for (const block of blocks("A working entity")) await project.follow(block);
  for (const block of blocks("States and actions of its own")) await project.follow(block);

  assert.equal(project.done.filter((step) => step === "--update").length, 2);
  assert.equal(project.done.filter((step) => step.startsWith("--new-entity")).length, 2);
  assert.ok(project.done.filter((step) => step.startsWith("/api/v1/")).length >= 10);
  assert.ok(project.done.includes("compare entity.sql"));
  assert.ok(project.done.includes("write entity/station/event.sql"));

  // What is written by hand wins at every update, and is listed.
  await project.command("apostol --update");
  const [repair] = await project.db.rows(
    "SELECT prosrc FROM pg_proc WHERE oid = 'kernel.eventstationrepair(uuid)'::regprocedure",
  );
  assert.match(repair?.prosrc, /SET fault = NULL/);
  const [query = { text: "" }] = blocks("What is written by hand wins");
  const overrides = await project.db.rows<{ name: string }>(query.text);
  assert.ok(overrides.some(({ name }) => name.includes("eventstationrepair")));
});
