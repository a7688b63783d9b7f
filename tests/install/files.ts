/**
 * Files of the tests that change a copy of the SQL.
 *
 * @module
 */

/** Copies a folder with all that is in it. */
export async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [`${from}/${entry.name}`, `${to}/${entry.name}`];
    if (entry.isDirectory) await copy(source, target);
    else await Deno.copyFile(source, target);
  }
}

/** Tells whether there is a file or folder. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
