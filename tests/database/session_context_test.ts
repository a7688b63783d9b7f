/** What a call reads from the row of the user holds at once, and whoami says what the views say. */
import assert from "node:assert/strict";
import { type TestDatabase, testDatabase } from "../support/mod.ts";

const ADMINISTRATOR = "00000000-0000-4000-a000-000000000001";
const PASSWORD = "Plain-password-1";

Deno.test("membership of a group holds from the next call on, and ends with it", async () => {
  await using db = await testDatabase();
  const { id, token } = await plainUser(db);
  const status = async () => (await db.call(token, "/admin/user/count", {})).status;

  const before = await status();
  await db.rows("INSERT INTO db.member_group (userid, member) VALUES ($1, $2)", [
    ADMINISTRATOR,
    id,
  ]);
  const during = await status();
  await db.rows("DELETE FROM db.member_group WHERE userid = $1 AND member = $2", [
    ADMINISTRATOR,
    id,
  ]);

  assert.deepEqual([before, during, await status()], [400, 200, 400]);
});

Deno.test("the groups in the row of each user are those of member_group", async () => {
  await using db = await testDatabase();
  await plainUser(db);

  const different = await db.rows(
    `SELECT u.username
       FROM db."user" u
      WHERE ARRAY(SELECT unnest(u.groups) ORDER BY 1)
         <> ARRAY(SELECT m.userid FROM db.member_group m WHERE m.member = u.id ORDER BY 1)`,
  );

  assert.deepEqual(different, []);
});

Deno.test("a rule for addresses keeps an open session out at once, until it is gone", async () => {
  await using db = await testDatabase();
  const { id, token } = await plainUser(db);
  const status = async () => (await db.call(token, "/whoami", {})).status;

  const before = await status();
  await db.rows("INSERT INTO db.iptable (type, userid, addr) VALUES ('D', $1, '127.0.0.1')", [id]);
  const during = await status();
  await db.rows("DELETE FROM db.iptable WHERE userid = $1", [id]);

  assert.deepEqual([before, during, await status()], [200, 400, 200]);
});

Deno.test("a lock, an expiry and a spent token refuse the next call", async () => {
  await using db = await testDatabase();
  const { id, token } = await plainUser(db);
  const change = async (assignment: string) => {
    await db.rows(`UPDATE db."user" SET ${assignment} WHERE id = $1`, [id]);
    return (await db.call(token, "/whoami", {})).status;
  };

  const locked = await change("status = status | B'0100'");
  const opened = await change("status = status & B'1011'");
  const until = await change("lock_date = now() + interval '1 minute'");
  const expired = await change("lock_date = NULL, expiry_date = now() - interval '1 minute'");
  const later = await change("expiry_date = now() + interval '1 day'");
  await db.rows("UPDATE db.token SET validtodate = now() WHERE type = 'A'");
  const spent = (await db.call(token, "/whoami", {})).status;

  assert.equal(opened, 200);
  assert.equal(later, 200);
  for (const status of [locked, until, expired, spent]) assert.ok(status === 401 || status === 403);
});

Deno.test("whoami shows the profile as the view of users does", async () => {
  await using db = await testDatabase();
  const token = await db.signIn();
  const profile = async () => (await db.call(token, "/whoami", {})).body.profile;
  const user = async () => (await db.call(token, "/user/get", {})).body;

  assert.deepEqual(await profile(), await user());

  // Elsewhere than by default: the codes of the profile are not those of the session.
  await db.rows(
    `UPDATE db.profile
        SET locale = (SELECT id FROM db.locale WHERE id <> db.profile.locale ORDER BY id LIMIT 1)`,
  );
  await db.rows(
    `INSERT INTO db.login_failure (userid, host, failures, lock_date)
     SELECT id, '192.0.2.1', 5, now() + interval '1 minute' FROM db."user" WHERE username = 'admin'`,
  );
  const shown = await profile();

  assert.deepEqual(shown, await user());
  assert.notEqual(shown.lock_date, null);
});

Deno.test("whoami finds the company of a session that works in an area above it", async () => {
  await using db = await testDatabase();
  const token = await db.signIn();
  const before = (await db.call(token, "/whoami", {})).body;
  await db.rows("UPDATE db.session SET area = (SELECT id FROM db.area WHERE code = 'all')");

  const { body } = await db.call(token, "/whoami", {});

  assert.equal(body.area.code, "all");
  assert.equal(
    body.company.id,
    await db.value("SELECT kernel.current_company(code) FROM db.session"),
  );
  assert.deepEqual(body.company, before.company);
});

/** A user in no group but that of all users, signed in. */
async function plainUser(db: TestDatabase): Promise<{ id: string; token: string }> {
  const admin = await db.signIn();
  const { body } = await db.call(admin, "/admin/user/set", {
    username: "plain",
    password: PASSWORD,
    name: "Plain",
    passwordchange: false,
  });
  const group = await db.value("SELECT kernel.GetGroup('user')");
  await db.call(admin, "/admin/member/group/add", { id: body.id, groupid: group });
  return { id: body.id, token: await db.signIn("plain", PASSWORD) };
}
