/**
 * Calls as the server makes them: over a connection of role daemon, which no rule of rights spares.
 *
 * @module
 */
import postgres from "postgres";
import { testCluster } from "./cluster.ts";
import { TestDatabase } from "./database.ts";

/** One connection of role daemon to a test database; disposing of it keeps the database. */
export class Door extends TestDatabase {
  override readonly sql: postgres.Sql;

  private constructor(database: string) {
    super(database);
    const { host, port, user, password } = testCluster();
    this.sql = postgres({ host, port, user, password, database, max: 1, onnotice: () => {} });
  }

  /** Connects. */
  static async open(db: TestDatabase): Promise<Door> {
    const door = new Door(db.name);
    await door.sql.unsafe("SET SESSION AUTHORIZATION daemon");
    return door;
  }

  /** The rows of a reply, none when it failed. */
  // deno-lint-ignore no-explicit-any -- replies have the shape that the test expects
  async list(token: string | null, path: string, payload?: unknown): Promise<any[]> {
    const { status, rows, body } = await this.call(token, path, payload);
    return status !== 200 || rows === 0 ? [] : [body].flat();
  }

  /** `200`, or the code of the error. */
  async outcome(token: string | null, path: string, payload?: unknown): Promise<string> {
    const { status, body } = await this.call(token, path, payload);
    return status === 200 ? "200" : body.error.error ?? `${status} ${body.error.message}`;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.sql.end({ timeout: 5 });
  }
}

/** Password of the users that {@linkcode createUser} makes. */
const USER_PASSWORD = "Correct-horse-1";

/** A user who is signed in. */
export interface SignedIn {
  id: string;
  token: string;
}

/**
 * Makes a user and signs him in.
 *
 * @param admin Access token of an administrator.
 * @param groups Names of the groups that he is a member of.
 */
export async function createUser(
  db: TestDatabase,
  admin: string,
  username: string,
  groups: string[] = ["user"],
): Promise<SignedIn> {
  const user = { username, password: USER_PASSWORD, name: username };
  const { status, body } = await db.call(admin, "/admin/user/set", user);
  if (status !== 200) throw new Error(`Cannot make user ${username}: ${JSON.stringify(body)}`);
  for (const group of groups) {
    const groupid = await db.value("SELECT kernel.GetGroup($1)", [group]);
    await db.call(admin, "/admin/member/group/add", { id: body.id, groupid });
  }
  return { id: body.id, token: await db.signIn(username, USER_PASSWORD) };
}
