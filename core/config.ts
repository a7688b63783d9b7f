/**
 * The configuration: a file, the environment and the command line become one typed value.
 *
 * Command line beats environment beats file beats default. Every fault is reported at once.
 *
 * @module
 */
import type { OAuthApplication, Site } from "./config_oauth2.ts";
import type { ConfigOptions } from "./config_schema.ts";
import type { Secrets } from "./secrets.ts";

export type { OAuthApplication, Site } from "./config_oauth2.ts";
export type { Secrets } from "./secrets.ts";
export { configSchema } from "./config_schema.ts";

/** Everything that the program knows when it starts. Paths are absolute. */
export interface Config extends ConfigOptions {
  /** Generated once and kept in `secrets.json` of the data folder. */
  readonly secrets: Secrets;
  /** Applications of all providers, the project's own (`default`) first. */
  readonly oauth2: OAuthApplication[];
  /** Virtual hosts; the one named `default` serves every other host. */
  readonly sites: Site[];
  /** The file that was read; null when there was none. */
  readonly file: string | null;
}
