/**
 * OAuth applications and sites: the files of `conf/oauth2` and `conf/sites`.
 *
 * @module
 */
import { z } from "zod";

const texts = z.array(z.string()).default([]);

/** One application of a file in `conf/oauth2`. Keys that nothing reads are accepted. */
export const applicationSchema = z.object({
  client_id: z.string().default(""),
  client_secret: z.string().default(""),
  algorithm: z.string().default("HS256"),
  issuers: texts,
  scopes: texts,
  redirect_uris: texts,
  javascript_origins: texts,
  allowed_ips: texts,
  auth_uri: z.string().optional(),
  token_uri: z.string().optional(),
  cert_uri: z.string().optional(),
  auth_provider_x509_cert_url: z.string().optional(),
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
