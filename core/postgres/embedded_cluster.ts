/**
 * The embedded server's cluster: made by `initdb` once, its settings written at every start.
 *
 * @module
 */
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { EMBEDDED_MAJOR } from "./embedded_binaries.ts";
import { type EmbeddedFolders, ownFolder } from "./embedded_folder.ts";
import { embeddedFacts, embeddedSettings } from "./embedded_settings.ts";
import type { SystemUser } from "./embedded_user.ts";

/** Name of the superuser. */
export const SUPERUSER = "postgres";

const SETTINGS_FILE = "apostol.conf";

/** What a server is started from. */
export interface ServerParts {
  readonly folders: EmbeddedFolders;
  /** Folder with the programs. */
  readonly native: string;
  /** The system user to run as; null for our own. */
  readonly user: SystemUser | null;
}

/** How the cluster is made. */
export interface ClusterOptions extends ServerParts {
  readonly password: string;
  readonly durable: boolean;
  readonly onMake: () => void;
}

/** Makes the cluster if there is none, in a folder beside that is renamed when it is whole. */
export async function prepareCluster(options: ClusterOptions): Promise<void> {
  const { folders: { cluster }, user, durable } = options;
  const version = (await Deno.readTextFile(join(cluster, "PG_VERSION")).catch(() => "")).trim();
  if (version !== "" && version !== EMBEDDED_MAJOR) {
    throw new AppError(
      "EMBEDDED-VERSION",
      `The database in ${cluster} was made by PostgreSQL ${version}, this program has ` +
        `${EMBEDDED_MAJOR}: start the older program and copy the data, or choose another folder ` +
        "with --data",
    );
  }
  if (version === "") {
    options.onMake();
    const temporary = `${cluster}.new`;
    await Deno.remove(temporary, { recursive: true }).catch(() => {}); // left by a killed start
    await ownFolder(temporary, 0o700, user);
    await initialise(options, temporary);
    await Deno.rename(temporary, cluster);
  }
  const settings = join(cluster, SETTINGS_FILE);
  await Deno.writeTextFile(settings, embeddedSettings(await embeddedFacts(durable)));
  if (user !== null) await Deno.chown(settings, user.uid, user.gid);
}

async function initialise(
  { folders, native, user, password, durable }: ClusterOptions,
  temporary: string,
): Promise<void> {
  const passwordFile = join(folders.root, "password.new");
  await Deno.writeTextFile(passwordFile, password, { mode: 0o600 });
  try {
    if (user !== null) await Deno.chown(passwordFile, user.uid, user.gid);
    const { success, stdout, stderr } = await new Deno.Command(join(native, "bin", "initdb"), {
      args: [
        `--pgdata=${temporary}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // Sorts and compares the same on every machine, whatever its libraries are.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        ...(durable ? [] : ["--no-sync"]),
      ],
      ...spawnOptions(user),
      stdout: "piped",
      stderr: "piped",
    }).output();
    if (!success) {
      const text = new TextDecoder().decode(stderr) || new TextDecoder().decode(stdout);
      throw new AppError("EMBEDDED-START", `PostgreSQL cannot make its files:\n${text.trim()}`);
    }
    const include = `\n# Settings of apostol\ninclude_if_exists = '${SETTINGS_FILE}'\n`;
    await Deno.writeTextFile(join(temporary, "postgresql.conf"), include, { append: true });
  } finally {
    await Deno.remove(passwordFile);
  }
}

/** How the programs are run: without our environment, as their user. */
export function spawnOptions(user: SystemUser | null) {
  return {
    cwd: "/",
    env: { LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" },
    clearEnv: Deno.build.os !== "windows",
    stdin: "null",
    ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
  } as const;
}
