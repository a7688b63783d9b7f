/**
 * Secrets: generated once, kept in one file that only its owner may read.
 *
 * The file is written by whichever process comes first; the others read what it wrote. What the
 * configuration gives wins over the file, and is recorded when the file is made, so that a later
 * start without it still fits the database that was installed with it.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { z } from "zod";
import type { ConfigOptions } from "./config_schema.ts";
import { ConfigError, toError } from "./errors.ts";

/** Everything that must not be known outside. */
export interface Secrets {
  /** Key of the token hashes in the database. */
  server_key: string;
  /** First password of the user `admin`. */
  admin_password: string;
  /** Secrets of the project's own OAuth clients. */
  clients: Record<"web" | "service" | "android" | "ios", string>;
  /** Passwords of the login roles. */
  roles: Record<"kernel" | "daemon" | "apibot" | "admin", string>;
  /** Password of the embedded server's superuser. */
  superuser: string;
}

/** Name of the file in the data folder. */
export const SECRETS_FILE = "secrets.json";

/** Letters and digits that are not taken for one another. */
const READABLE = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** What the file may hold; a member that is missing is generated. */
const fileSchema = z.object({
  server_key: z.string(),
  admin_password: z.string(),
  clients: z.partialRecord(z.enum(["web", "service", "android", "ios"]), z.string()),
  roles: z.partialRecord(z.enum(["kernel", "daemon", "apibot", "admin"]), z.string()),
  superuser: z.string(),
}).partial();

type Partly = z.output<typeof fileSchema>;

/**
 * Returns the secrets: those given, else those of the file, else new ones.
 *
 * @param options Where the file is, and what is given.
 * @param persist Write the file when it is missing or lacks something. @default true
 * @throws {ConfigError} If the file cannot be read or written.
 */
export async function loadSecrets(
  options: Pick<ConfigOptions, "data" | "secret" | "admin">,
  persist = true,
): Promise<Secrets> {
  const path = join(options.data, SECRETS_FILE);
  const given = givenSecrets(options);
  const kept = await readSecrets(path);
  if (kept !== null && isComplete(kept)) return merge(kept, given);
  const generated = generate();
  const secrets = kept === null ? merge(generated, given) : merge(generated, kept);
  if (!persist) return merge(secrets, given);
  const written = kept === null
    ? await createFile(path, secrets)
    : await replaceFile(path, secrets);
  return merge(merge(generated, written), given);
}

/**
 * Writes the secrets that a database was installed with: some may have been given after the file
 * was made, and a later start without them must still fit.
 */
export async function recordSecrets(data: string, secrets: Secrets): Promise<void> {
  const path = join(data, SECRETS_FILE);
  const kept = await readSecrets(path);
  if (kept === null) await createFile(path, secrets);
  else if (JSON.stringify(merge(secrets, kept)) !== JSON.stringify(merge(secrets, {}))) {
    await replaceFile(path, secrets);
  }
}

/** Reads the file; null when there is none. */
export async function readSecrets(path: string): Promise<Partly | null> {
  try {
    const text = await Deno.readTextFile(path);
    await protect(path);
    return fileSchema.parse(JSON.parse(text));
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return null;
    throw new ConfigError([`${path}: cannot be used: ${toError(thrown).message}`], {
      cause: thrown,
    });
  }
}

/** Returns a secret of so many random bytes, as base64url text. */
export function randomSecret(bytes = 32): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}

/** Returns a password that can be read out and typed, about 93 bits of chance. */
export function randomPassword(length = 16): string {
  const letters: string[] = [];
  while (letters.length < length) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    // Bytes past the last whole multiple would make the first letters likelier.
    if (byte! < 256 - 256 % READABLE.length) letters.push(READABLE[byte! % READABLE.length]!);
  }
  return letters.join("");
}

function generate(): Secrets {
  return {
    server_key: randomSecret(48),
    admin_password: randomPassword(),
    clients: {
      web: randomSecret(),
      service: randomSecret(),
      android: randomSecret(),
      ios: randomSecret(),
    },
    roles: {
      kernel: randomSecret(),
      daemon: randomSecret(),
      apibot: randomSecret(),
      admin: randomSecret(),
    },
    superuser: randomSecret(),
  };
}

function givenSecrets({ secret, admin }: Pick<ConfigOptions, "secret" | "admin">): Partly {
  const clients = Object.entries(secret).filter(([, value]) => value !== undefined && value !== "");
  const password = admin.password;
  return {
    ...(password === undefined || password === "" ? {} : { admin_password: password }),
    clients: Object.fromEntries(clients),
  };
}

/** Lays some secrets over a whole set, member by member. */
function merge(under: Secrets, over: Partly): Secrets {
  return {
    ...under,
    ...over,
    clients: { ...under.clients, ...over.clients },
    roles: { ...under.roles, ...over.roles },
  } as Secrets;
}

function isComplete(kept: Partly): kept is Secrets {
  const whole = generate();
  return Object.keys(whole).every((key) => key in kept) &&
    Object.keys(whole.clients).every((key) => key in (kept.clients ?? {})) &&
    Object.keys(whole.roles).every((key) => key in (kept.roles ?? {}));
}

/** Writes the file unless another process was first; returns what stands in it then. */
async function createFile(path: string, secrets: Secrets): Promise<Partly> {
  const draft = await writeDraft(path, secrets);
  try {
    await Deno.link(draft, path); // unlike a rename it never replaces
    return secrets;
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.AlreadyExists)) throw thrown;
    return (await readSecrets(path))!;
  } finally {
    await Deno.remove(draft);
  }
}

async function replaceFile(path: string, secrets: Secrets): Promise<Partly> {
  await Deno.rename(await writeDraft(path, secrets), path);
  return secrets;
}

async function writeDraft(path: string, secrets: Secrets): Promise<string> {
  const draft = `${path}.${crypto.randomUUID()}`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  } catch (thrown) {
    const { message } = toError(thrown);
    throw new ConfigError([`data: secrets cannot be written to ${path}: ${message}`], {
      cause: thrown,
    });
  }
  return draft;
}

/** Takes the file away from everybody else, should it have been copied carelessly. */
async function protect(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  const { mode } = await Deno.stat(path);
  if (mode !== null && (mode & 0o077) !== 0) await Deno.chmod(path, 0o600);
}
