/**
 * Where SQL scripts come from: the program's own `sql/`, or a folder given with `--sql`.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InstallError } from "./errors.ts";

/** A tree of scripts; paths have forward slashes and start from its root. */
export interface SqlSource {
  /** For messages. */
  readonly name: string;
  /** Returns the text of a file. */
  read(path: string): Promise<string>;
  /** Tells whether there is such a file. */
  has(path: string): Promise<boolean>;
  /** Names in a folder, sorted; empty when there is no such folder. */
  list(path: string): Promise<string[]>;
}

/** The `sql/` beside `main.ts`; inside a compiled executable it is carried along. */
export function embeddedSource(): SqlSource {
  return folderSource(fileURLToPath(new URL("../../sql", import.meta.url)));
}

/** The source that the configuration asks for. */
export function sqlSource(folder: string): SqlSource {
  return folder === "" ? embeddedSource() : folderSource(folder);
}

/** A folder of scripts. */
export function folderSource(root: string): SqlSource {
  return {
    name: root,
    async read(path) {
      try {
        return await Deno.readTextFile(join(root, path));
      } catch (cause) {
        throw new InstallError("SCRIPT", `Cannot read ${join(root, path)}: is --sql right?`, {
          cause,
        });
      }
    },
    async has(path) {
      return await Deno.stat(join(root, path)).then((info) => info.isFile, () => false);
    },
    async list(path) {
      const names: string[] = [];
      try {
        for await (const { name } of Deno.readDir(join(root, path))) names.push(name);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
      return names.sort();
    },
  };
}
