/**
 * What is in a database: nothing, an installation, or somebody else's data.
 *
 * @module
 */
import { Link } from "./_link.ts";
import type { ConnectionOptions } from "./connection.ts";
import { DatabaseError } from "./errors.ts";

/**
 * `none`: there is no such database; `empty`: it holds nothing; `foreign`: it holds something that
 * this program did not make; else the version of what is installed.
 */
export type InstallationState = "none" | "empty" | "foreign" | { readonly version: string };

const NO_DATABASE = "3D000";

/** Tells what is in the database of a connection. */
export async function installationState(
  connection: ConnectionOptions,
): Promise<InstallationState> {
  let link: Link;
  try {
    link = await Link.open(connection);
  } catch (thrown) {
    if (thrown instanceof DatabaseError && thrown.sqlstate === NO_DATABASE) return "none";
    throw thrown;
  }
  try {
    return await stateOf(link);
  } finally {
    await link.close();
  }
}

/** Tells what is in the database of an open connection. */
export async function stateOf(link: Link): Promise<InstallationState> {
  const [row] = await link.values(
    `SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                     WHERE n.nspname = 'db' AND c.relname IN ('setting', 'patch_log')),
            EXISTS (SELECT FROM pg_namespace n
                     WHERE n.nspname !~ '^(pg_|information_schema$|public$)' AND NOT EXISTS (
                           SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid
                              AND d.deptype = 'e'))
         OR EXISTS (SELECT FROM pg_class c
                     WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS (
                           SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                              AND d.deptype = 'e'))
         OR EXISTS (SELECT FROM pg_proc p
                     WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (
                           SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                              AND d.deptype = 'e'))`,
    [],
  );
  const [installed, filled] = row as [boolean, boolean];
  if (installed) return { version: await versionOf(link) };
  return filled ? "foreign" : "empty";
}

/** Reads the schema version as well as the role may: only the owner sees the table. */
async function versionOf(link: Link): Promise<string> {
  for (
    const sql of [
      "SELECT value FROM db.setting WHERE name = 'schema.version'",
      "SELECT daemon.ready() ->> 'version'",
    ]
  ) {
    const rows = await link.values(sql, []).catch((thrown: unknown) => {
      if (thrown instanceof DatabaseError) return [];
      throw thrown;
    });
    if (typeof rows[0]?.[0] === "string") return rows[0][0];
  }
  return "unknown";
}
