/**
 * The system user that the embedded server runs as: PostgreSQL refuses to be run by root.
 *
 * @module
 */
import { AppError } from "../errors.ts";

const DEFAULT_USERS = ["postgres", "nobody"];

/** Numeric ids of a system user. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Finds the user to switch to; null when the program is not run by root and need not switch.
 *
 * @param wanted Name that was configured; else `postgres`, else `nobody`.
 * @throws {AppError} If there is no such user.
 */
export async function embeddedUser(
  wanted = "",
  file = "/etc/passwd",
): Promise<SystemUser | null> {
  if (Deno.build.os === "windows" || Deno.uid() !== 0) return null;
  const users = await readUsers(file);
  for (const name of wanted === "" ? DEFAULT_USERS : [wanted]) {
    const user = users.get(name);
    if (user !== undefined && user.uid !== 0) return user;
  }
  const names = wanted === "" ? DEFAULT_USERS.join(" nor ") : wanted;
  throw new AppError(
    "EMBEDDED-USER",
    `PostgreSQL cannot be run by root, and there is no unprivileged user ${names}: ` +
      "create one (useradd --system postgres), or start the program as another user",
  );
}

async function readUsers(file: string): Promise<Map<string, SystemUser>> {
  const text = await Deno.readTextFile(file).catch(() => "");
  const users = new Map<string, SystemUser>();
  for (const line of text.split("\n")) {
    const [name = "", , uid, gid] = line.split(":");
    if (gid !== undefined) users.set(name, { name, uid: Number(uid), gid: Number(gid) });
  }
  return users;
}
