/**
 * `GET|POST /oauth2/identifier`: tells a sign-in page whether and how a value names a user.
 *
 * The answer tells that an account exists, so only a signed-in client may ask, and not often.
 *
 * @module
 */
import {
  authContext,
  cookieValue,
  JSON_TYPE,
  type TokenCheck,
  tokenCookies,
} from "../../core/http/mod.ts";
import { httpStatus } from "../../core/errors.ts";
import type { Exchange } from "./exchange.ts";
import { isRefusal, OAuthError } from "./oauth_error.ts";
import { readParameters, textParameter } from "./parameters.ts";

const BY_TOKEN = "SELECT daemon.identifier($1, $2)";
const BY_SESSION = "SELECT daemon.identifier_lookup($1, $2, $3)";

/** Error codes by status, as clients of this endpoint know them. */
const ERRORS: Record<number, string> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  500: "server_error",
};

/** Answers the request. */
export async function identifier(exchange: Exchange): Promise<Response> {
  const { request, query, services } = exchange;
  const value = textParameter(await readParameters(request, query, services.reader), "value");
  if (value === "") throw new OAuthError(400, "invalid_request", "Parameter value is missing");
  const [sql, ...credentials] = await authenticate(exchange);
  limit(exchange);
  const [row] = await services.db.raw(sql, [...credentials, value]);
  const text = row?.[0] as Uint8Array<ArrayBuffer>;
  const result: unknown = JSON.parse(new TextDecoder().decode(text));
  if (isRefusal(result)) {
    const status = httpStatus(result.error.code ?? 400);
    throw fault(status, status === 500 ? "Internal server error" : result.error.message ?? "");
  }
  return new Response(text, {
    headers: { "content-type": JSON_TYPE, "cache-control": "no-store" },
  });
}

/** Returns the statement and its first parameters: by header, else session, else cookie. */
async function authenticate(exchange: Exchange): Promise<[string, ...string[]]> {
  const { request: { headers }, services } = exchange;
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    if (!/^bearer\s/i.test(authorization)) throw fault(401, "The token must be a Bearer token");
    const bearer = authorization.slice(7).trim();
    return [BY_TOKEN, usable(bearer, await services.verifier.check(bearer), 400)];
  }
  const session = headers.get("session");
  const secret = headers.get("secret");
  if (session && secret) return [BY_SESSION, session, secret];
  const names = tokenCookies(authContext(headers));
  const cookie = cookieValue(headers.get("cookie") ?? "", names.access);
  if (cookie === null) throw fault(401, "Sign in first");
  if (exchange.request.method !== "GET" && services.cors.isForeign(exchange.request)) {
    throw fault(403, "A request with cookies must come from a known origin");
  }
  return [BY_TOKEN, usable(cookie, await services.verifier.check(cookie), 401)];
}

function usable(text: string, check: TokenCheck, invalidStatus: number): string {
  if (check.state === "invalid") throw fault(invalidStatus, "The token is not valid");
  if (check.state === "expired") throw fault(403, "The token has expired");
  return text;
}

function limit({ host, services }: Exchange): void {
  const wait = services.identifierLimit.take(host ?? "");
  if (wait === 0) return;
  throw new OAuthError(429, "slow_down", `Too many requests; try again in ${wait} s`, {
    retryAfter: wait,
  });
}

function fault(status: number, description: string): OAuthError {
  return new OAuthError(status, ERRORS[status] ?? "invalid_request", description);
}
