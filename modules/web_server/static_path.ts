/**
 * From the path of a request to a file below a root, and never to one outside of it.
 *
 * @module
 */
import { join, sep } from "node:path";
import { RequestError } from "../../core/http/mod.ts";

/** What a path stands for. */
export type Found =
  | { kind: "file"; path: string; info: Deno.FileInfo }
  /** A folder that was asked for without the slash at its end. */
  | { kind: "folder"; location: string }
  | { kind: "nothing" };

const NOTHING: Found = { kind: "nothing" };

/**
 * Splits a raw path into decoded names.
 *
 * @throws {RequestError} 400 when it is malformed, leaves the root, or has characters that no file
 * of a site has.
 */
export function pathNames(pathname: string): string[] {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch (cause) {
    throw new RequestError(400, "The path is not valid", { cause });
  }
  // Backslash and colon separate on other systems; control characters belong to no name.
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f\\:]/.test(decoded)) {
    throw new RequestError(400, "The path is not valid");
  }
  const names = decoded.split("/").filter((name) => name !== "");
  if (names.some((name) => name === "." || name === "..")) {
    throw new RequestError(400, "The path is not valid");
  }
  return names;
}

/**
 * Finds the file of a path; of a folder its `index.html`.
 *
 * Hidden files (`.env`, `.git`) are not there, save `.well-known`. A symbolic link counts only
 * when what it points to is below the root as well.
 *
 * @param root Real path of the root folder.
 * @param pathname Raw path of the request.
 */
export async function findFile(root: string, pathname: string): Promise<Found> {
  const names = pathNames(pathname);
  if (names.some((name) => name.startsWith(".") && name !== ".well-known")) return NOTHING;
  const path = join(root, ...names);
  const info = await inspect(root, path);
  if (info === null) return NOTHING;
  if (info.isFile) return pathname.endsWith("/") ? NOTHING : { kind: "file", path, info };
  if (!info.isDirectory) return NOTHING;
  const index = join(path, "index.html");
  const indexInfo = await inspect(root, index);
  if (!indexInfo?.isFile) return NOTHING;
  if (pathname.endsWith("/")) return { kind: "file", path: index, info: indexInfo };
  // Built from the names: a path such as //host would be another site as a location.
  return { kind: "folder", location: `/${names.map(encodeURIComponent).join("/")}/` };
}

async function inspect(root: string, path: string): Promise<Deno.FileInfo | null> {
  try {
    const real = await Deno.realPath(path);
    if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
    return await Deno.stat(real);
  } catch {
    // Not there, a name too long, a loop of links, a file used as a folder, or not readable: to
    // the client all of it is a file that does not exist.
    return null;
  }
}
