/**
 * The module that answers the REST API.
 *
 * A call is: shape of the answer, credentials, payload, one statement, answer. What PostgreSQL
 * returns is sent as it is; nothing is parsed on the way unless a row says that it is special.
 *
 * @module
 */
import {
  type ActivityLog,
  BodyReader,
  clearAllCookies,
  clearTokenCookies,
  ClientAddress,
  Cors,
  type Counter,
  endpointMatcher,
  issueCookies,
  methodNotAllowed,
  type Metrics,
  RequestError,
  requestTarget,
  type Target,
  thrownReply,
  TokenVerifier,
} from "../../core/http/mod.ts";
import type { Module, ModuleFactory, RequestContext, Services } from "../../core/module.ts";
import type { Database } from "../../core/postgres/mod.ts";
import { answerBuiltin } from "./builtin.ts";
import { type Call, callDatabase } from "./call.ts";
import { readConditions } from "./conditions.ts";
import { type Credentials, readCredentials } from "./credentials.ts";
import { readPayload } from "./payload.ts";
import { resultReply } from "./result_reply.ts";
import { readShape, type Shape } from "./shape.ts";
import { type RefreshedTokens, TokenRefresh } from "./token_refresh.ts";

const METHODS = "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS";
const HEADERS = "Content-Type, X-Requested-With, Authorization, Session, Secret, X-Auth-Context, " +
  "If-Match, Idempotency-Key";
const SAFE = new Set(["GET", "HEAD"]);

/** The entry of `modules/mod.ts`. */
export const appServer: ModuleFactory = {
  name: "AppServer",
  needs: ["database"],
  create: (services) => new AppServer(services),
};

class AppServer implements Module {
  readonly name = "AppServer";
  readonly matches: (pathname: string) => boolean;
  readonly #db: Database;
  readonly #activity: ActivityLog | undefined;
  readonly #metrics: Metrics;
  readonly #builtins: Counter;
  readonly #cors: Cors;
  readonly #verifier: TokenVerifier;
  readonly #refresh: TokenRefresh;
  readonly #reader: BodyReader;
  readonly #client: ClientAddress;

  constructor({ config, db, activity, metrics }: Services) {
    if (db === undefined) throw new TypeError("Cannot build AppServer: a database is needed");
    const { server, oauth2 } = config;
    this.matches = endpointMatcher(config.module.AppServer.endpoints);
    this.#db = db;
    this.#activity = activity;
    this.#metrics = metrics;
    this.#builtins = metrics.requestCounter("builtin", 200);
    this.#cors = new Cors(oauth2, { methods: METHODS, headers: HEADERS });
    this.#verifier = new TokenVerifier(oauth2);
    this.#refresh = new TokenRefresh(db);
    this.#reader = new BodyReader({ bytes: server.body_limit, timeout: server.timeout });
    this.#client = new ClientAddress(server.trusted_proxies, server.tls !== undefined);
  }

  handle(request: Request, context: RequestContext): Response | Promise<Response> {
    const target = requestTarget(request.url);
    switch (request.method) {
      case "GET":
      case "POST":
      case "HEAD": {
        const builtin = answerBuiltin(target.pathname);
        if (builtin !== null) return this.#builtin(request, builtin);
        return this.#answer(request, context, target);
      }
      case "PUT":
      case "PATCH":
      case "DELETE":
        return this.#answer(request, context, target);
      case "OPTIONS":
        return this.#counted(this.#cors.preflight(request, METHODS));
      default:
        return this.#counted(this.#cors.apply(request, methodNotAllowed(METHODS)));
    }
  }

  #builtin(request: Request, response: Response): Response {
    this.#builtins.value++;
    return this.#cors.apply(request, response);
  }

  #counted(response: Response): Response {
    this.#metrics.request(this.name, response.status);
    return response;
  }

  async #answer(request: Request, context: RequestContext, target: Target): Promise<Response> {
    const started = performance.now();
    let response: Response;
    try {
      response = await this.#call(request, context, target);
    } catch (thrown) {
      response = thrownReply(thrown, request);
    }
    if (isSignOut(target.pathname)) addCookies(response, clearAllCookies());
    this.#metrics.request(this.name, response.status, performance.now() - started);
    return this.#cors.apply(request, response);
  }

  async #call(request: Request, context: RequestContext, target: Target): Promise<Response> {
    const { pathname, query } = target;
    const { headers, method } = request;
    const shape = readShape(pathname, query);
    const found = readCredentials(headers, this.#verifier);
    const credentials = found instanceof Promise ? await found : found;
    if (credentials.cookie !== undefined) this.#refuseForeign(request);
    const safe = SAFE.has(method);
    const payload = safe ? null : await readPayload(request, this.#reader);
    const call: Call = {
      method: method === "HEAD" ? "GET" : method,
      pathname,
      payload,
      agent: headers.get("user-agent") ?? "",
      host: this.#client.host(request, context.peer),
      conditions: safe ? undefined : readConditions(headers),
    };
    if (credentials.renew !== undefined) {
      return await this.#callRenewed(request, credentials, call, shape, context);
    }
    const result = await callDatabase(this.#db, credentials, call, this.#activity);
    return resultReply(result, shape, context);
  }

  /** Gets new tokens for expired cookies, makes the call with them, and hands them out. */
  async #callRenewed(
    request: Request,
    { cookie, renew }: Credentials,
    call: Call,
    shape: Shape,
    context: RequestContext,
  ): Promise<Response> {
    const owner = cookie!;
    let tokens: RefreshedTokens;
    try {
      tokens = await this.#refresh.refresh(renew!);
    } catch (thrown) {
      const response = thrownReply(thrown, request);
      return response.status === 401 ? addCookies(response, clearTokenCookies(owner)) : response;
    }
    const fresh = { kind: "bearer", credential: tokens.access_token, secret: null } as const;
    let response: Response;
    try {
      const result = await callDatabase(this.#db, fresh, call, this.#activity);
      response = resultReply(result, shape, context);
    } catch (thrown) {
      // The old pair is spent: without the new one the client would be signed out.
      response = thrownReply(thrown, request);
    }
    return isSignOut(call.pathname) ? response : addCookies(response, issueCookies(owner, tokens));
  }

  /** A browser adds cookies by itself: what another site's script or form sends is not a wish. */
  #refuseForeign(request: Request): void {
    if (!SAFE.has(request.method) && this.#cors.isForeign(request)) {
      throw new RequestError(403, "A request with cookies must come from a known origin");
    }
  }
}

function isSignOut(pathname: string): boolean {
  return pathname.includes("/sign/out");
}

function addCookies(response: Response, cookies: string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
