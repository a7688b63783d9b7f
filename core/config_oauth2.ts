/**
 * OAuth applications and sites: the files of `conf/oauth2` and `conf/sites`.
 *
 * One file a provider or site, named after it. Strings may hold variables; beside the
 * environment, the options of the effective configuration stand under their environment names.
 *
 * @module
 */
import { basename, join } from "node:path";
import { z } from "zod";
import { expandVariables } from "./config_expand.ts";
import { describeFaults } from "./config_faults.ts";
import { parseJson } from "./config_json.ts";
import { toError } from "./errors.ts";

const texts = z.array(z.string()).default([]);

/** One application of a file in `conf/oauth2`. Keys that nothing reads are accepted. */
export const applicationSchema = z.object({
  client_id: z.string().default(""),
  client_secret: z.string().default(""),
  algorithm: z.string().default("HS256"),
  issuers: texts,
  scopes: texts,
  /** The client keeps no secret: it redeems codes by PKCE, and refreshes, without one. */
  public: z.boolean().default(false),
  redirect_uris: texts,
  post_logout_redirect_uris: texts,
  /** How its identity tokens are signed. */
  id_token_signed_response_alg: z.enum(["RS256", "ES256", "EdDSA"]).default("RS256"),
  javascript_origins: texts,
  allowed_ips: texts,
  auth_uri: z.string().optional(),
  token_uri: z.string().optional(),
  cert_uri: z.string().optional(),
  auth_provider_x509_cert_url: z.string().optional(),
  userinfo_uri: z.string().optional(),
  userinfo_audience: z.string().optional(),
  userinfo_subject: z.string().default("sub"),
  userinfo_scheme: z.string().default("Bearer"),
});

/** A file of `conf/sites`. */
export const siteSchema = z.strictObject({
  hosts: texts,
  root: z.string().optional(),
  oauth2: z.object({
    identifier: z.string().default(""),
    secret: z.string().default(""),
    consent: z.string().default(""),
    callback: z.string().default(""),
    error: z.string().default(""),
    debug: z.string().default(""),
  }).prefault({}),
});

/** A client known to the authorization server, or this program as a client of another. */
export type OAuthApplication = z.output<typeof applicationSchema> & {
  /** Stem of the file: `default` is this system, anything else another. */
  provider: string;
  /** Key in the file: `web`, `service`, ... */
  name: string;
};

/** A virtual host: its files and the pages that sign-in goes through. */
export type Site = z.output<typeof siteSchema> & {
  /** Stem of the file; `default` serves every host that no site lists. */
  name: string;
};

/** What was read, and what was wrong with it. */
export interface Loaded<T> {
  readonly items: T[];
  /** One line a fault. */
  readonly faults: string[];
}

/** Reads the applications of every provider in a folder; `default` comes first. */
export async function loadApplications(
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<Loaded<OAuthApplication>> {
  const loaded: Loaded<OAuthApplication> = { items: [], faults: [] };
  const schema = z.record(z.string(), z.unknown());
  for await (const { name: provider, path, value } of jsonFiles(folder, loaded.faults)) {
    const file = check(schema, value, path, variables, loaded.faults);
    for (const [name, section] of Object.entries(file ?? {})) {
      if (typeof section !== "object" || section === null || Array.isArray(section)) continue;
      const found = check(applicationSchema, section, `${path}: ${name}`, variables, loaded.faults);
      if (found !== null) loaded.items.push({ ...found, provider, name });
    }
  }
  return loaded;
}

/** Reads the sites of a folder; `default` comes first. */
export async function loadSites(
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<Loaded<Site>> {
  const loaded: Loaded<Site> = { items: [], faults: [] };
  for await (const { name, path, value } of jsonFiles(folder, loaded.faults)) {
    const found = check(siteSchema, value, path, variables, loaded.faults);
    if (found !== null) loaded.items.push({ ...found, name });
  }
  return loaded;
}

/** Checks one value after its variables were put in; what is wrong goes to the faults. */
function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
  place: string,
  variables: Readonly<Record<string, string>>,
  faults: string[],
): z.output<T> | null {
  const expanded = expandVariables(value, variables);
  const result = schema.safeParse(expanded);
  if (result.success) return result.data;
  faults.push(...describeFaults(result.error.issues, expanded).map((line) => `${place}: ${line}`));
  return null;
}

/** Reads the JSON files of a folder by name, `default` first; a missing folder holds none. */
async function* jsonFiles(
  folder: string,
  faults: string[],
): AsyncGenerator<{ name: string; path: string; value: unknown }> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.name.endsWith(".json") && !entry.isDirectory) {
        names.push(basename(entry.name, ".json"));
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) {
      faults.push(`${folder}: cannot be read: ${toError(thrown).message}`);
    }
    return;
  }
  const rank = (name: string) => (name === "default" ? "0" : "1") + name;
  for (const name of names.sort((a, b) => rank(a) < rank(b) ? -1 : 1)) {
    const path = join(folder, `${name}.json`);
    try {
      yield { name, path, value: parseJson(await Deno.readTextFile(path)) };
    } catch (thrown) {
      faults.push(`${path}: ${toError(thrown).message}`);
    }
  }
}
