/** Passwords, tokens and keys stand in no log, whatever happens: signs-in, failures, a restart. */
import assert from "node:assert/strict";
import {
  accessToken,
  copySecrets,
  post,
  startServer,
  temporaryFolder,
  testCluster,
  type TestDatabase,
  testDatabase,
  type TestServer,
  WEB_SECRET,
} from "../support/mod.ts";

const PASSWORD = "Str0ng-user-password";
const NEXT_PASSWORD = "Str0nger-user-password";
const WRONG_PASSWORD = "Wr0ng-user-password";

/** What a client sees of its sign-in, by name. */
interface Grant {
  access_token: string;
  refresh_token: string;
  session: string;
  secret: string;
}

function ask(url: string, fields: Record<string, string>): Promise<Response> {
  const client = { client_id: "web-example.com", client_secret: WEB_SECRET };
  return fetch(`${url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ ...client, ...fields }),
  });
}

/** Uses every secret in every place where a client may put it, rightly and wrongly. */
async function useSecrets({ url }: TestServer, password: string): Promise<Grant> {
  const admin = await accessToken(url);
  const user = { username: "talker", name: "Talker", password, passwordchange: false };
  await drain(post(url, admin, "/admin/user/set", user));
  const grant = { grant_type: "password", username: "talker", access_type: "offline" };
  const reply: Grant = await (await ask(url, { ...grant, password })).json();
  assert.ok(reply.refresh_token, JSON.stringify(reply));
  const { access_token: token, refresh_token, session, secret } = reply;
  const get = (path: string, headers: Record<string, string> = {}) =>
    drain(fetch(`${url}/api/v1${path}`, { headers }));

  await drain(ask(url, { ...grant, password: WRONG_PASSWORD }));
  await drain(ask(url, { ...grant, password, client_secret: `${WEB_SECRET}x` }));
  await drain(ask(url, { grant_type: "refresh_token", refresh_token: `${refresh_token}x` }));
  await drain(fetch(`${url}/oauth2/token?password=${password}&client_secret=${WEB_SECRET}`));
  await get("/current/username", { authorization: `Bearer ${token}` });
  await get("/current/username", { authorization: `Bearer ${token}x` });
  await get("/current/username", { authorization: `Basic ${btoa(`talker:${WRONG_PASSWORD}`)}` });
  await get("/current/username", { session, secret });
  await get("/current/username", { session, secret: `${secret}x` });
  await get("/current/username", { cookie: `__Secure-AT=${token}; __Secure-RT=${refresh_token}` });
  await get(`/nosuch?access_token=${token}&secret=${encodeURIComponent(secret)}`);
  await drain(post(url, token, "/sign/in", { username: "talker", password: WRONG_PASSWORD }));
  await drain(post(url, token, "/user/password", { oldpass: password, newpass: NEXT_PASSWORD }));
  await drain(post(url, token, "/nosuch", { deep: [{ password, token, secret }] }));
  return reply;
}

async function drain(response: Promise<Response>): Promise<void> {
  await (await response).body?.cancel();
}

/** All that the server and the platform wrote down. */
async function written(data: string, db: TestDatabase): Promise<string> {
  const texts: string[] = [];
  for (const { name } of Deno.readDirSync(data)) {
    if (name.endsWith(".log")) texts.push(await Deno.readTextFile(`${data}/${name}`));
  }
  for (const table of ["db.log", "db.api_log"]) {
    texts.push(await db.value(`SELECT string_agg(row::text, E'\\n') FROM ${table} AS row`) ?? "");
  }
  return texts.join("\n");
}

/** Values of the file of secrets that are long enough to be no accident. */
function kept(value: unknown, found: string[] = []): string[] {
  if (typeof value === "string" && value.length >= 8) found.push(value);
  else if (value && typeof value === "object") {
    for (const member of Object.values(value)) kept(member, found);
  }
  return found;
}

Deno.test("no log holds a secret, at level debug and across a restart", async () => {
  await using db = await testDatabase();
  const data = await temporaryFolder();
  try {
    await copySecrets(data);
    const start = () =>
      startServer({
        database: db.name,
        data,
        config: {
          log: { level: "debug", file: `${data}/server.log`, access: `${data}/access.log` },
          postgres: { notice: true },
        },
      });
    const grants: Grant[] = [];
    let printed = "";
    for (const password of [PASSWORD, NEXT_PASSWORD]) {
      await using server = await start();
      grants.push(await useSecrets(server, password));
      await new Promise((resolve) => setTimeout(resolve, 1500));
      printed += server.output();
    }

    const text = printed + await written(data, db);
    const secrets = [
      ...kept(JSON.parse(await Deno.readTextFile(`${data}/secrets.json`))),
      ...grants.flatMap((grant) => [grant.access_token, grant.refresh_token, grant.secret]),
      PASSWORD,
      NEXT_PASSWORD,
      WRONG_PASSWORD,
      btoa(`talker:${WRONG_PASSWORD}`),
      testCluster().password,
    ];

    assert.match(text, /"level":"DEBUG"/i);
    assert.match(text, /talker/);
    assert.match(text, /\/api\/v1\/nosuch/);
    for (const secret of secrets) {
      const at = Math.max(text.indexOf(secret), text.indexOf(encodeURIComponent(secret)));
      assert.equal(at, -1, `${secret} stands in: ${text.slice(Math.max(0, at - 300), at + 100)}`);
    }
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});
