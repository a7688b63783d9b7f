/**
 * One request to the authorization server, and what it is answered with.
 *
 * @module
 */
import type { Config, OAuthApplication, Site } from "../../core/config.ts";
import type {
  BodyReader,
  ClientAddress,
  Cors,
  RateLimit,
  TokenVerifier,
} from "../../core/http/mod.ts";
import type { RequestContext } from "../../core/module.ts";
import type { Database } from "../../core/postgres/mod.ts";
import type { SigningKeys } from "./signing_keys.ts";

/** Named as the agent of sessions whose client does not say what it is. */
const UNKNOWN_AGENT = "apostol";

/** What every step may use. */
export interface AuthServices {
  config: Config;
  db: Database;
  verifier: TokenVerifier;
  /** Checks tokens of other providers too. */
  providerVerifier: TokenVerifier;
  reader: BodyReader;
  client: ClientAddress;
  cors: Cors;
  identifierLimit: RateLimit;
  /** Signs identity tokens. */
  keys: SigningKeys;
}

/** One request. */
export class Exchange {
  readonly request: Request;
  readonly services: AuthServices;
  /** Query, not decoded. */
  readonly query: string;
  /** What follows the action in the path, such as a provider; empty when nothing does. */
  readonly rest: string;
  /** Address of the socket's other end. */
  readonly peer: string;

  constructor(
    request: Request,
    context: RequestContext,
    services: AuthServices,
    { query, rest }: { query: string; rest: string },
  ) {
    this.request = request;
    this.services = services;
    this.query = query;
    this.rest = rest;
    this.peer = context.peer;
  }

  /** User agent of the client. */
  get agent(): string {
    return this.request.headers.get("user-agent") || UNKNOWN_AGENT;
  }

  /** Address of the client, seen through trusted proxies; null when it is not known. */
  get host(): string | null {
    return this.services.client.host(this.request, this.peer);
  }

  /** Scheme and host as the client addressed them. */
  get origin(): string {
    const protocol = this.services.client.protocol(this.request, this.peer);
    return `${protocol}://${this.request.headers.get("host") ?? "localhost"}`;
  }

  /** The pages of the site that was addressed. */
  get pages(): Site["oauth2"] {
    const { sites } = this.services.config;
    const host = this.request.headers.get("host") ?? "localhost";
    const site = sites.find((one) => one.hosts.includes(host)) ??
      sites.find((one) => one.name === "default");
    return site?.oauth2 ??
      { identifier: "", secret: "", consent: "", callback: "", error: "", debug: "" };
  }

  /** Returns the application with a client id, of whatever provider. */
  application(clientId: string): OAuthApplication | undefined {
    return this.services.config.oauth2.find((one) => one.client_id === clientId);
  }

  /** Returns an application by its provider and its name there. */
  applicationOf(provider: string, name: string): OAuthApplication | undefined {
    const { oauth2 } = this.services.config;
    return oauth2.find((one) => one.provider === provider && one.name === name);
  }
}
