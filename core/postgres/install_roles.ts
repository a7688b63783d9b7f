/**
 * The roles of a server: who owns the database and who signs in to it.
 *
 * @module
 */
import type { Link } from "./_link.ts";
import type { LoginRole } from "./install_options.ts";
import { quoteLiteral } from "./script_reader.ts";

const SCRAM_ITERATIONS = 4096; // as PostgreSQL's own default

/** Role: its options. A role that is there already keeps what it has. */
const ROLES: readonly (readonly [name: string, options: string])[] = [
  ["kernel", "LOGIN"],
  ["administrator", "NOLOGIN"],
  ["admin", "LOGIN IN ROLE administrator"],
  ["daemon", "LOGIN"],
  ["apibot", "LOGIN"],
];

/**
 * Makes the roles that are missing and sets the passwords.
 *
 * @returns The roles that were made, to be dropped again if the installation fails.
 */
export async function createRoles(
  link: Link,
  passwords: Readonly<Record<LoginRole, string>>,
): Promise<string[]> {
  const { superuser, version } = await whoAmI(link);
  const names = ROLES.map(([name]) => name);
  const known = await link.values("SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)", [names]);
  const present = new Set(known.map(([name]) => name));
  const missing = ROLES.filter(([name]) => !present.has(name));
  const statements = [
    ...missing.map(([name, options]) => `CREATE ROLE ${name} ${options};`),
    ...(superuser ? [] : [memberStatement(version)]),
  ];
  for (const [role, password] of Object.entries(passwords)) {
    statements.push(`ALTER ROLE ${role} PASSWORD ${quoteLiteral(await scramVerifier(password))};`);
  }
  await link.simple(statements.join("\n")); // one message is one transaction
  return missing.map(([name]) => name);
}

/** Who is connected to what. */
export async function whoAmI(link: Link): Promise<{ superuser: boolean; version: number }> {
  const [row] = await link.values(
    `SELECT rolsuper, current_setting('server_version_num')::int / 10000
       FROM pg_roles WHERE rolname = current_user`,
    [],
  );
  return { superuser: row?.[0] === true, version: Number(row?.[1]) };
}

/** The administrator of a managed server is no superuser: to give kernel a database he must be a member. */
function memberStatement(version: number): string {
  return `GRANT kernel TO CURRENT_USER${version >= 16 ? " WITH SET TRUE, INHERIT TRUE" : ""};`;
}

/** Drops roles that a failed installation made; one that somebody uses meanwhile stays. */
export async function dropRoles(link: Link, roles: readonly string[]): Promise<void> {
  for (const role of roles.toReversed()) {
    await link.simple(`DROP ROLE IF EXISTS ${role}`).catch(() => {});
  }
}

/**
 * Makes the form in which the server keeps a password (RFC 5803), so that the password itself
 * never travels and is in no log.
 */
export async function scramVerifier(
  password: string,
  salt: Uint8Array<ArrayBuffer> = crypto.getRandomValues(new Uint8Array(16)),
): Promise<string> {
  const secret = new TextEncoder().encode(password);
  const key = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveBits"]);
  const salted = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: SCRAM_ITERATIONS },
    key,
    256,
  );
  const clientKey = await hmac(salted, "Client Key");
  const serverKey = await hmac(salted, "Server Key");
  const storedKey = new Uint8Array(await crypto.subtle.digest("SHA-256", clientKey));
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toBase64()}$` +
    `${storedKey.toBase64()}:${new Uint8Array(serverKey).toBase64()}`;
}

async function hmac(secret: ArrayBuffer, text: string): Promise<ArrayBuffer> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  return await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
}
