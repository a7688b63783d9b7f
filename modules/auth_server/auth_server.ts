/**
 * The module that answers `/oauth2/*`, and what clients read of it under `/.well-known/`.
 *
 * @module
 */
import {
  BodyReader,
  ClientAddress,
  Cors,
  methodNotAllowed,
  type Metrics,
  RateLimit,
  requestTarget,
  TokenVerifier,
} from "../../core/http/mod.ts";
import type { Module, ModuleFactory, RequestContext, Services } from "../../core/module.ts";
import { authorize } from "./authorize.ts";
import { callback, code } from "./code.ts";
import { type AuthServices, Exchange } from "./exchange.ts";
import { metadata, publicKeys } from "./discovery.ts";
import { endSession } from "./end_session.ts";
import { identifier } from "./identifier.ts";
import { OAuthError, oauthErrorReply, toOAuthError } from "./oauth_error.ts";
import { providerKeys } from "./provider_keys.ts";
import { SigningKeys } from "./signing_keys.ts";
import { token } from "./token.ts";
import { introspect, revoke } from "./token_status.ts";
import { userinfo } from "./userinfo.ts";

const PREFIX = "/oauth2/";
const METHODS = "GET, POST, OPTIONS";
const HEADERS = "Content-Type, X-Requested-With, Authorization, X-Auth-Context";

/** Most bytes of a request: parameters are short. */
const BODY_LIMIT = 1_048_576;

type Action = (exchange: Exchange) => Response | Promise<Response>;

/** What the first name after `/oauth2/` does, by method. */
const ACTIONS: Record<string, Record<string, Action>> = {
  GET: { authorize, auth: authorize, code, callback, identifier, userinfo, logout: endSession },
  POST: { token, identifier, revoke, introspect, userinfo, logout: endSession },
};

/** What is answered outside of `/oauth2/`, to GET. */
const WELL_KNOWN: Record<string, Action> = {
  "/.well-known/openid-configuration": metadata,
  "/.well-known/oauth-authorization-server": metadata,
  "/.well-known/jwks.json": publicKeys,
};

/** The entry of `modules/mod.ts`. */
export const authServer: ModuleFactory = {
  name: "AuthServer",
  needs: ["database", "oauth2"],
  create: (services) => new AuthServer(services),
};

class AuthServer implements Module {
  readonly name = "AuthServer";
  readonly #services: AuthServices;
  readonly #cors: Cors;
  readonly #metrics: Metrics;

  constructor({ config, db, metrics }: Services) {
    if (db === undefined) throw new TypeError("Cannot build AuthServer: a database is needed");
    const { server, oauth2 } = config;
    this.#metrics = metrics;
    this.#cors = new Cors(oauth2, { methods: METHODS, headers: HEADERS });
    this.#services = {
      config,
      db,
      cors: this.#cors,
      verifier: new TokenVerifier(oauth2),
      providerVerifier: new TokenVerifier(oauth2, { resolver: providerKeys(oauth2) }),
      reader: new BodyReader({
        bytes: Math.min(BODY_LIMIT, server.body_limit),
        timeout: server.timeout,
      }),
      client: new ClientAddress(server.trusted_proxies, server.tls !== undefined),
      // Enough for a form that asks at every key stroke, too little to try names out.
      keys: new SigningKeys(db),
      identifierLimit: new RateLimit({ burst: 30, rate: 3 }),
    };
  }

  matches(pathname: string): boolean {
    return pathname.startsWith(PREFIX) || Object.hasOwn(WELL_KNOWN, pathname);
  }

  async handle(request: Request, context: RequestContext): Promise<Response> {
    const started = performance.now();
    const response = await this.#answer(request, context);
    this.#metrics.request(this.name, response.status, performance.now() - started);
    return this.#cors.apply(request, response);
  }

  async #answer(request: Request, context: RequestContext): Promise<Response> {
    const { method } = request;
    if (method === "OPTIONS") return this.#cors.preflight(request, METHODS);
    const actions = ACTIONS[method];
    if (actions === undefined) return methodNotAllowed(METHODS);
    const { pathname, query } = requestTarget(request.url);
    const [name, rest = ""] = pathname.slice(PREFIX.length).split("/");
    const action = pathname.startsWith(PREFIX)
      ? Object.hasOwn(actions, name!) ? actions[name!] : undefined
      : method === "GET"
      ? WELL_KNOWN[pathname]
      : undefined;
    if (action === undefined) return unknownAction(method);
    const exchange = new Exchange(request, context, this.#services, { query, rest });
    try {
      return await action(exchange);
    } catch (thrown) {
      return oauthErrorReply(toOAuthError(thrown, request));
    }
  }
}

function unknownAction(method: string): Response {
  if (method === "GET") return new Response(null, { status: 404 });
  return oauthErrorReply(new OAuthError(404, "invalid_request", "There is no such endpoint"));
}
