/**
 * Where the embedded server keeps its things, and the lock that lets only one program use them.
 *
 * ```
 * <data>/postgres/            or, when the server's user cannot get there, /var/lib/apostol/<id>/
 *   <version>/                programs
 *   cluster/                  the database files
 *   run/                      the Unix socket
 *   lock                      held by the program that runs the server
 *   location                  only in <data>/postgres: where the rest is instead
 * ```
 *
 * @module
 */
import { join, resolve } from "node:path";
import { AppError, toError } from "../errors.ts";
import type { SystemUser } from "./embedded_user.ts";

const ELSEWHERE = "/var/lib/apostol";
const LONGEST_SOCKET = 100; // bytes; systems allow 103 to 107
const SOCKET_NAME = "/.s.PGSQL.65535"; // the longest there can be

/** The folders of one embedded server. */
export interface EmbeddedFolders {
  /** Folder of everything else. */
  readonly root: string;
  /** Folder of the database files. */
  readonly cluster: string;
  /** Folder of the Unix socket. */
  readonly run: string;
  /** True when `root` had to be put outside of the data folder. */
  readonly elsewhere: boolean;
}

/** Finds the folders of a server that was started before, without making or changing anything. */
export async function findFolders(data: string): Promise<EmbeddedFolders> {
  const home = join(resolve(data), "postgres");
  const location = (await Deno.readTextFile(join(home, "location")).catch(() => "")).trim();
  return await foldersIn(location === "" ? home : location, location !== "");
}

/**
 * Makes the folders so that the server's user can use them.
 *
 * A folder below, say, `/root` cannot be reached by any other user. When we are root the server's
 * part then goes to `/var/lib/apostol`, and a file in the data folder says so.
 *
 * @throws {AppError} If there is no place; the message says what to do.
 */
export async function prepareFolders(
  data: string,
  user: SystemUser | null,
): Promise<EmbeddedFolders> {
  const known = await findFolders(data);
  if (known.elsewhere) return await make(known, user);
  const home = await make(known, user);
  if (user === null || await canReach(known.root, user)) return home;
  // The data folder itself is ours: others may pass through it, not look into it.
  const { mode } = await Deno.stat(resolve(data));
  await Deno.chmod(resolve(data), (mode ?? 0o700) & 0o7777 | 0o011);
  if (await canReach(known.root, user)) return home;

  const id = crypto.getRandomValues(new Uint8Array(6)).toHex();
  const folders = await make(await foldersIn(join(ELSEWHERE, id), true), user);
  if (!await canReach(folders.root, user)) {
    throw new AppError(
      "EMBEDDED-FOLDER",
      `The user ${user.name}, as whom PostgreSQL runs, can reach neither ${known.root} nor ` +
        `${folders.root}: choose a folder with --data whose parents everybody may enter`,
    );
  }
  await Deno.writeTextFile(join(known.root, "location"), `${folders.root}\n`);
  return folders;
}

async function foldersIn(root: string, elsewhere: boolean): Promise<EmbeddedFolders> {
  const run = join(root, "run");
  const length = new TextEncoder().encode(run + SOCKET_NAME).length;
  return {
    root,
    cluster: join(root, "cluster"),
    run: length <= LONGEST_SOCKET ? run : await shortFolder(root),
    elsewhere,
  };
}

/** A folder for the socket when the path of the data folder is too long for one. */
async function shortFolder(root: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(root));
  return `/tmp/apostol-${new Uint8Array(hash).toHex().slice(0, 16)}`;
}

async function make(folders: EmbeddedFolders, user: SystemUser | null): Promise<EmbeddedFolders> {
  try {
    await Deno.mkdir(folders.root, { recursive: true, mode: 0o755 });
    await ownFolder(folders.run, 0o755, user);
    return folders;
  } catch (thrown) {
    const error = toError(thrown);
    if (error instanceof AppError) throw error;
    throw new AppError(
      "EMBEDDED-FOLDER",
      `Cannot write to ${folders.root}: ${error.message}; choose another folder with --data`,
      { cause: error },
    );
  }
}

/** Makes a folder that belongs to the server's user. */
export async function ownFolder(
  path: string,
  mode: number,
  user: SystemUser | null,
): Promise<void> {
  await Deno.mkdir(path, { recursive: true, mode });
  const info = await Deno.lstat(path);
  const owner = user?.uid ?? Deno.uid();
  // In /tmp anybody could have put a folder or link of that name before us.
  if (!info.isDirectory || (owner !== null && ![owner, Deno.uid()].includes(info.uid))) {
    throw new AppError("EMBEDDED-FOLDER", `${path} belongs to somebody else: remove it`);
  }
  if (user !== null && info.uid !== user.uid) await Deno.chown(path, user.uid, user.gid);
}

/** Tries as that user; looking at modes would not see access lists and mount options. */
async function canReach(path: string, user: SystemUser): Promise<boolean> {
  const { success } = await new Deno.Command("/bin/sh", {
    args: ["-c", 'cd "$1" && [ -r . ]', "sh", path],
    uid: user.uid,
    gid: user.gid,
    cwd: "/",
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

/** The lock of a server's folders; the system releases it when its holder dies. */
export class FolderLock {
  readonly #file: Deno.FsFile;

  private constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  /**
   * Takes the lock.
   *
   * @throws {AppError} If another program has it; code `EMBEDDED-RUNNING`.
   */
  static async take(root: string): Promise<FolderLock> {
    const path = join(root, "lock");
    const file = await Deno.open(path, { create: true, read: true, write: true });
    if (!await file.tryLock(true)) {
      file.close();
      const holder = (await Deno.readTextFile(path).catch(() => "")).trim();
      throw new AppError(
        "EMBEDDED-RUNNING",
        `Another apostol${holder === "" ? "" : ` (process ${holder})`} runs the database in ` +
          `${root}: stop it first, or choose another folder with --data`,
      );
    }
    await file.truncate();
    await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
    return new FolderLock(file);
  }

  release(): void {
    this.#file.close();
  }
}
