/**
 * Who may call what: every route of the database, called by everybody with an empty payload, must
 * answer as `access_matrix.json` says. `APOSTOL_UPDATE_ACCESS_MATRIX=1` writes that file anew; what
 * then changes in it is to be read line by line.
 */
import assert from "node:assert/strict";
import {
  accessToken,
  post,
  SERVICE_SECRET,
  startServer,
  type TestDatabase,
  testDatabase,
} from "../support/mod.ts";

const GOLDEN = new URL("access_matrix.json", import.meta.url);
const UPDATE = Deno.env.get("APOSTOL_UPDATE_ACCESS_MATRIX") === "1";
const PASSWORD = "Matrix-2f7c!";

/** Routes that end the caller's session come last: nobody could call another one after them. */
const LAST = ["/sign/in", "/sign/out"];
/** Routes that only read come before those that may change something. */
const READING = /\/(?:list|count|get|log|member|group|area|interface)$|^\/current\//;

/** Status and error id of each caller's reply, by caller. */
type Row = Record<string, string>;

/** Paths of all routes that the installed database answers. */
async function routesOf(db: TestDatabase): Promise<string[]> {
  const rows = await db.rows<{ path: string }>(
    `SELECT DISTINCT path
       FROM db.dispatcher AS d, jsonb_array_elements(d.routes) AS route,
            LATERAL unnest(ARRAY[route->>'path', route->>'alias']) AS path
      WHERE path IS NOT NULL`,
  );
  const order = (path: string) =>
    LAST.includes(path) ? LAST.indexOf(path) : (READING.test(path) ? -3 : -2.5);
  return rows.map(({ path }) => path)
    .sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
}

/** Makes a user as an administrator does; returns its access token. */
async function newUser(url: string, admin: string, username: string): Promise<string> {
  const user = { username, name: username, password: PASSWORD, passwordchange: false };
  const made = await post(url, admin, "/admin/user/set", user);
  assert.equal(made.status, 200, await made.text());
  return await accessToken(url, username, PASSWORD);
}

/** A session of the service client itself, without a person. */
async function serviceToken(url: string): Promise<string> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "service-example.com",
      client_secret: SERVICE_SECRET,
    }),
  });
  const reply = await response.json();
  assert.equal(response.status, 200, JSON.stringify(reply));
  return reply.access_token;
}

async function answer(url: string, token: string | null, path: string): Promise<string> {
  const response = await post(url, token, path, {});
  const body = await response.json().catch(() => null);
  if (response.status === 200) return "200";
  return `${response.status} ${body?.error?.error ?? body?.error?.message ?? "no error object"}`;
}

Deno.test("every route answers everybody as the access matrix says", async () => {
  await using db = await testDatabase();
  await using server = await startServer({
    database: db.name,
    config: { module: { Cleaner: { enable: false } } },
  });
  const { url } = server;
  const admin = await accessToken(url);
  const callers: [string, string | null][] = [
    ["anonymous", null],
    ["service", await serviceToken(url)],
    ["user", await newUser(url, admin, "matrix-one")],
    ["other", await newUser(url, admin, "matrix-two")],
    ["admin", admin],
  ];

  const found: Record<string, Row> = {};
  for (const path of await routesOf(db)) {
    const row: Row = {};
    for (const [caller, token] of callers) row[caller] = await answer(url, token, path);
    found[path] = row;
  }

  if (UPDATE) await Deno.writeTextFile(GOLDEN, textOf(found));
  const golden = JSON.parse(await Deno.readTextFile(GOLDEN));
  for (const [path, row] of Object.entries(found)) {
    const faults = Object.values(row).filter((cell) => cell.startsWith("5"));
    assert.deepEqual(faults, [], `${path} fails`);
  }
  assert.deepEqual(found, golden, "see the head of this file");
});

/** One line a route, sorted: a change of rights is a change of one line. */
function textOf(matrix: Record<string, Row>): string {
  const lines = Object.keys(matrix).sort().map((path) =>
    `  ${JSON.stringify(path)}: ${JSON.stringify(matrix[path], null, 1).replaceAll(/\n\s*/g, " ")}`
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}
