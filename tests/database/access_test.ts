/** Who may do what with an object: by class, by method, by object, for each kind of user. */
import assert from "node:assert/strict";
import {
  createUser,
  Door,
  type SignedIn,
  type TestDatabase,
  testDatabase,
} from "../support/mod.ts";

/** Columns of the matrix, see {@linkcode cast}. */
const USERS = ["admin", "owner", "reader", "editor", "denied", "other", "guest"] as const;
type Name = typeof USERS[number];

/**
 * The users of the matrix: an administrator; the owner of the object; members of groups that may
 * read, and read and update it; a member of both groups who is denied both; somebody else; a guest.
 */
async function cast(db: TestDatabase): Promise<Record<Name, SignedIn>> {
  const admin = await db.signIn();
  for (const username of ["readers", "editors"]) {
    const { status, body } = await db.call(admin, "/admin/group/set", { username, name: username });
    assert.equal(status, 200, JSON.stringify(body));
  }
  const id = await db.value<string>("SELECT kernel.GetUser('admin')") ?? "";
  return {
    admin: { id, token: admin },
    owner: await createUser(db, admin, "owner"),
    reader: await createUser(db, admin, "reader", ["user", "readers"]),
    editor: await createUser(db, admin, "editor", ["user", "editors"]),
    denied: await createUser(db, admin, "denied", ["user", "readers", "editors"]),
    other: await createUser(db, admin, "other"),
    guest: await createUser(db, admin, "stranger", ["guest"]),
  };
}

/** A vendor of the owner's that group user may not read, with rights for the groups. */
async function secret(
  db: TestDatabase,
  users: Record<Name, SignedIn>,
  code: string,
): Promise<string> {
  await using door = await Door.open(db);
  const made = await door.call(users.owner.token, "/vendor/set", { code, name: "Quagga" });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const id = made.body.id;
  const grants: [string, number][] = [["user", 0], ["readers", 4], ["editors", 6]];
  for (const [group, mask] of grants) {
    await grant(db, users.admin, id, await db.value("SELECT kernel.GetGroup($1)", [group]), mask);
  }
  await grant(db, users.admin, id, users.denied.id, 0b110_000);
  return id;
}

async function grant(
  db: TestDatabase,
  admin: SignedIn,
  id: string,
  userid: string | null,
  mask: number,
): Promise<void> {
  const { status, body } = await db.call(admin.token, "/object/access/set", { id, mask, userid });
  assert.equal(status, 200, JSON.stringify(body));
}

/** Group user. */
const EVERYBODY = "00000000-0000-4000-a000-000000000002";
const PLACE = { latitude: 1, longitude: 2 };
/** Results for USERS, in their order. */
const SEEN = "1 1 1 1 0 0 0";
const ASKED = "1 1 1 1 400-001 400-001 400-001";
const UPDATED = "200 200 400-001 200 400-001 400-001 400-001";
const DELETED = "200 200 400-001 400-001 400-001 400-001 400-001";

/** What each user sees of the object: rows, or the code of the error. */
const READS: [string, (id: string) => [string, unknown], string][] = [
  ["list", () => ["/vendor/list", { filter: { name: "Quagga" } }], SEEN],
  ["get", (id) => ["/vendor/get", { id }], SEEN],
  ["object list", (id) => ["/object/list", { filter: { id } }], SEEN],
  ["object get", (id) => ["/object/get", { id }], SEEN],
  ["reference list", (id) => ["/reference/list", { filter: { id } }], SEEN],
  ["reference get", (id) => ["/reference/get", { id }], SEEN],
  ["search", () => ["/search", { text: "Quagga" }], SEEN],
  ["type", (id) => ["/object/type", { id }], SEEN],
  ["class", (id) => ["/object/class", { id }], SEEN],
  ["state", (id) => ["/object/state", { id }], SEEN],
  ["states", (id) => ["/object/state/history/list", { filter: { object: id } }], SEEN],
  ["actions", (id) => ["/object/method/history/list", { filter: { object: id } }], SEEN],
  ["methods", (id) => ["/vendor/method", { id }], "3 3 3 3 0 0 0"],
  ["file list", (id) => ["/object/file/list", { filter: { object: id } }], SEEN],
  ["file get", (id) => ["/object/file/get", { id, name: "note.txt" }], ASKED],
  ["data list", (id) => ["/object/data/list", { filter: { object: id, code: "note" } }], SEEN],
  ["data get", (id) => ["/object/data/get", { id, type: "text", code: "note" }], ASKED],
  ["place list", (id) => ["/object/geolocation/list", { filter: { object: id } }], SEEN],
  ["place get", (id) => ["/object/geolocation/get", { id }], ASKED],
  ["link list", (id) => ["/object/link/list", { filter: { objectid: id } }], SEEN],
];

/** What each user may do with the object: status, or the code of the error. */
const WRITES: [string, (id: string, other: string) => [string, unknown], string][] = [
  ["edit", (id) => ["/vendor/set", { id, description: "x" }], UPDATED],
  ["execute", (id) => ["/vendor/enable", { id }], "200 200 400-001 200 400-001 400-001 400-003"],
  [
    "file set",
    (id) => ["/object/file/set", { id, files: [{ name: "b.txt", data: "aGk=" }] }],
    UPDATED,
  ],
  [
    "data set",
    (id) => ["/object/data/set", { id, data: [{ type: "text", code: "b", data: "x" }] }],
    UPDATED,
  ],
  ["place set", (id) => ["/object/geolocation/set", { id, coordinates: [PLACE] }], UPDATED],
  [
    "link set",
    (id, other) => ["/object/link/set", { object: id, linked: other, key: "b" }],
    UPDATED,
  ],
  ["file delete", (id) => ["/object/file/delete", { id, name: "note.txt" }], DELETED],
  ["file clear", (id) => ["/object/file/clear", { id }], DELETED],
  [
    "rights",
    (id) => ["/object/access/set", { id, mask: 7, userid: EVERYBODY }],
    "200 400-001 400-001 400-001 400-001 400-001 400-001",
  ],
];

Deno.test("what each kind of user sees of an object", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const users = await cast(db);
  const id = await secret(db, users, "quagga.vendor");
  const linked = await db.value<string>("SELECT kernel.GetVendor('system.vendor')") ?? "";
  await furnish(door, users.owner.token, id, linked);

  const found: Record<string, string> = {};
  for (const [name, call] of READS) {
    const results = await Promise.all(USERS.map(async (user) => {
      const { status, rows, body } = await door.call(users[user].token, ...call(id));
      return status === 200 ? String(rows) : brief(body.error.error);
    }));
    found[name] = results.join(" ");
  }

  assert.deepEqual(found, Object.fromEntries(READS.map(([name, , row]) => [name, row])));
});

Deno.test("what each kind of user may do with an object", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const users = await cast(db);
  const linked = await db.value<string>("SELECT kernel.GetVendor('system.vendor')") ?? "";

  const found: Record<string, string[]> = {};
  for (const user of USERS) {
    const id = await secret(db, users, `${user}.vendor`);
    await furnish(door, users.owner.token, id, linked);
    for (const [name, call] of WRITES) {
      const outcome = await door.outcome(users[user].token, ...call(id, linked));
      (found[name] ??= []).push(brief(outcome));
    }
  }

  const rows = Object.entries(found).map(([name, row]) => [name, row.join(" ")]);
  assert.deepEqual(rows, WRITES.map(([name, , row]) => [name, row]));
});

Deno.test("an object is destroyed by who has the right to delete it", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const users = await cast(db);

  const found: Record<string, string> = {};
  for (const user of USERS) {
    const id = await secret(db, users, `${user}.vendor`);
    assert.equal(await door.outcome(users.owner.token, "/vendor/delete", { id }), "200");
    found[user] = await door.outcome(users[user].token, "/vendor/drop", { id });
    const left = await db.value("SELECT count(*)::int FROM db.object WHERE id = $1", [id]);
    assert.equal(left, found[user] === "200" ? 0 : 1);
  }

  assert.deepEqual(found, {
    admin: "200",
    owner: "200",
    reader: "ERR-400-001",
    editor: "ERR-400-001",
    denied: "ERR-400-001",
    other: "ERR-400-001",
    guest: "ERR-400-003",
  });
});

Deno.test("counts, aggregates, filters and searches tell nothing of what may not be read", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const users = await cast(db);
  await secret(db, users, "zzz.vendor");
  const asked: [string, unknown][] = [
    ["/vendor/count", {}],
    ["/vendor/count", { filter: { name: "Quagga" } }],
    ["/vendor/count", { search: [{ field: "name", compare: "LKE", value: "Quag%" }] }],
    ["/vendor/list", { fields: ["count(*)", "max(name)", "max(code)"] }],
    ["/vendor/list", { fields: ["statecode", "count(*)"], groupby: ["statecode"] }],
    ["/vendor/list", { orderby: ["code desc"], reclimit: 1 }],
    ["/vendor/list", {
      search: [{ field: "name", value: "nothing" }, {
        condition: "OR",
        field: "name",
        value: "Quagga",
      }],
    }],
    ["/object/count", {}],
    ["/object/list", { fields: ["count(*)", "max(label)"] }],
    ["/reference/count", {}],
    ["/reference/list", { fields: ["max(code)"] }],
    ["/search", { text: "zzz" }],
    ["/search", { text: "%" }],
  ];

  const before: unknown[] = [];
  const id = await db.value("SELECT id FROM db.reference WHERE code = 'zzz.vendor'");
  for (const [path, payload] of asked) {
    before.push((await door.call(users.other.token, path, payload)).body);
  }
  await db.call(users.owner.token, "/vendor/delete", { id });
  await db.call(users.owner.token, "/vendor/drop", { id });
  const after: unknown[] = [];
  for (const [path, payload] of asked) {
    after.push((await door.call(users.other.token, path, payload)).body);
  }

  assert.deepEqual(before, after);
});

Deno.test("rights in the class decide who makes objects and who reads new ones", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const id = await db.value("SELECT kernel.GetClass('job')");
  // Ten bits: denied, allowed; each access create select update delete.
  const masks = { looking: 0b10100, making: 0b11100, banned: 0b01100_00000 };
  const tokens: Record<string, string> = {};
  for (const [username, mask] of Object.entries(masks)) {
    await db.call(admin, "/admin/group/set", { username, name: username });
    const userid = await db.value("SELECT kernel.GetGroup($1)", [username]);
    const set = await door.call(admin, "/workflow/class/access/set", { id, mask, userid });
    assert.equal(set.status, 200, JSON.stringify(set.body));
    tokens[username] = (await createUser(db, admin, `u${username}`, [username])).token;
  }
  const both = await createUser(db, admin, "both", ["making", "banned"]);
  const job = {
    scheduler: await db.value("SELECT kernel.GetScheduler('EACH_01_HOUR')"),
    program: await db.value("SELECT kernel.GetProgram('CHECK_SESSION')"),
  };
  const make = async (token: string) => await door.outcome(token, "/job/set", job);
  const mine = (await door.call(admin, "/job/set", job)).body.id;
  const seen = async (token: string) =>
    (await door.list(token, "/job/list", { filter: { id: mine } })).length;

  assert.equal(await make(tokens.looking ?? ""), "ERR-400-003");
  assert.equal(await make(tokens.making ?? ""), "200");
  assert.equal(await make(tokens.banned ?? ""), "ERR-400-003");
  assert.equal(await seen(tokens.looking ?? ""), 1);
  assert.equal(await seen(tokens.making ?? ""), 1);
  assert.equal(await seen(tokens.banned ?? ""), 0);
  // Objects inherit from their class what somebody may, a denial alone is not handed down.
  assert.equal(await seen(both.token), 1);
});

Deno.test("rights in a method decide who executes it, from the next call on", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const user = await createUser(db, admin, "worker");
  const id = await db.value(
    "SELECT id FROM db.method WHERE class = kernel.GetClass('vendor') AND code = 'created:enable'",
  );
  const made = async () =>
    (await door.call(user.token, "/vendor/set", { name: "Own" })).body.id as string;
  const enable = async () => await door.outcome(user.token, "/vendor/enable", { id: await made() });
  const chmodm = async (mask: number) =>
    await door.outcome(admin, "/workflow/method/access/set", { id, mask, userid: user.id });

  assert.equal(await enable(), "200");
  assert.equal(await chmodm(0b100_000), "200");
  assert.equal(await enable(), "ERR-400-003");
  const offered = await door.list(user.token, "/vendor/method", { id: await made() });
  const method = offered.find(({ actioncode }) => actioncode === "enable");
  assert.equal(method?.execute ?? false, false);
  assert.equal(await chmodm(0), "200");
  assert.equal(await enable(), "200");
  // Leaving the group counts at once, too: nothing is kept of what he was allowed.
  const groupid = await db.value("SELECT kernel.GetGroup('user')");
  const own = await made();
  await door.call(admin, "/admin/member/group/delete", { id: user.id, groupid });
  assert.equal(await door.outcome(user.token, "/vendor/enable", { id: own }), "ERR-400-003");
});

Deno.test("a new owner has all rights, the old one those of everybody", async () => {
  await using db = await testDatabase();
  await using door = await Door.open(db);
  const admin = await db.signIn();
  const [one, two] = [await createUser(db, admin, "one"), await createUser(db, admin, "two")];
  const { body } = await door.call(one.token, "/vendor/set", { name: "Own" });
  const edit = async (user: SignedIn) =>
    await door.outcome(user.token, "/vendor/set", { id: body.id, description: "x" });

  assert.deepEqual([await edit(one), await edit(two)], ["200", "ERR-400-001"]);
  await db.sql.begin(async (tx) => {
    await tx.unsafe("SELECT kernel.ActAs('admin')");
    await tx.unsafe("SELECT kernel.SetObjectOwner($1, $2)", [body.id, two.id]);
  });
  assert.deepEqual([await edit(one), await edit(two)], ["ERR-400-001", "200"]);
});

/** Hangs a file, data, a place and a link on an object, as its owner. */
async function furnish(door: Door, token: string, id: string, linked: string): Promise<void> {
  const calls: [string, unknown][] = [
    ["/object/file/set", { id, files: [{ name: "note.txt", data: "aGk=" }] }],
    ["/object/data/set", { id, data: [{ type: "text", code: "note", data: "x" }] }],
    ["/object/geolocation/set", { id, coordinates: [PLACE] }],
    ["/object/link/set", { object: id, linked, key: "other" }],
  ];
  for (const [path, payload] of calls) {
    assert.equal(await door.outcome(token, path, payload), "200");
  }
}

function brief(code: string): string {
  return code.replace("ERR-", "");
}
