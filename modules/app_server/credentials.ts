/**
 * In whose name a call is made: the first rule that applies decides.
 *
 * @module
 */
import {
  type AuthContext,
  authContext,
  cookieValue,
  decodeBasic,
  RequestError,
  type TokenCheck,
  tokenCookies,
  type TokenVerifier,
} from "../../core/http/mod.ts";

/** What `daemon.call` is told of the caller. */
export interface Credentials {
  kind: "bearer" | "session" | "basic" | "none";
  /** Token, session code or user name. */
  credential: string | null;
  /** Session secret or password. */
  secret: string | null;
  /** The context whose cookie the token came from; absent when it came from a header. */
  cookie?: AuthContext;
  /** The cookie's token has expired: the call needs a new pair first. */
  renew?: Renewal;
}

/** What a new pair of tokens is asked for with. */
export interface Renewal {
  /** The expired access token; its signature was right. */
  access: string;
  refresh: string;
  /** Code of the session that the token belongs to. */
  session: string;
}

const ANONYMOUS: Credentials = { kind: "none", credential: null, secret: null };

/**
 * Reads the credentials of a request; answers without a promise when nothing has to be verified.
 *
 * @throws {RequestError} 401 or 403 when there is a token and it cannot be used.
 */
export function readCredentials(
  headers: Headers,
  verifier: TokenVerifier,
): Credentials | Promise<Credentials> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return fromAuthorization(authorization, verifier);
  const session = headers.get("session");
  if (session) {
    const secret = headers.get("secret");
    if (secret) return { kind: "session", credential: session, secret };
  }
  const cookies = headers.get("cookie");
  return cookies === null ? ANONYMOUS : fromCookies(cookies, authContext(headers), verifier);
}

function fromAuthorization(
  authorization: string,
  verifier: TokenVerifier,
): Credentials | Promise<Credentials> {
  const space = authorization.indexOf(" ");
  const scheme = (space < 0 ? authorization : authorization.slice(0, space)).toLowerCase();
  const value = space < 0 ? "" : authorization.slice(space + 1).trim();
  if (scheme === "bearer") {
    const check = verifier.check(value);
    return check instanceof Promise
      ? check.then((done) => fromBearer(value, done))
      : fromBearer(value, check);
  }
  const pair = scheme === "basic" ? decodeBasic(value) : null;
  return pair === null
    ? ANONYMOUS
    : { kind: "basic", credential: pair.username, secret: pair.password };
}

function fromBearer(token: string, check: TokenCheck): Credentials {
  if (check.state === "invalid") {
    throw new RequestError(401, "The token is not valid", { detail: check.reason });
  }
  if (check.state === "expired") throw new RequestError(403, "The token has expired");
  return { kind: "bearer", credential: token, secret: null };
}

async function fromCookies(
  header: string,
  context: AuthContext,
  verifier: TokenVerifier,
): Promise<Credentials> {
  const names = tokenCookies(context);
  const access = cookieValue(header, names.access);
  if (access === null) return ANONYMOUS;
  const check = await verifier.check(access);
  const credentials = {
    kind: "bearer",
    credential: access,
    secret: null,
    cookie: context,
  } as const;
  if (check.state === "invalid") {
    throw new RequestError(401, "The token is not valid", { detail: check.reason });
  }
  if (check.state === "valid") return credentials;
  const refresh = cookieValue(header, names.refresh);
  if (refresh === null) throw new RequestError(401, "The token has expired");
  return { ...credentials, renew: { access, refresh, session: check.claims.sub ?? access } };
}
