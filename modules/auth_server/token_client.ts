/**
 * Which client asks for a token, and may it ask so?
 *
 * @module
 */
import type { OAuthApplication } from "../../core/config.ts";
import { decodeBasic, isPrivateAddress } from "../../core/http/mod.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth_error.ts";
import { type Parameters, textParameter } from "./parameters.ts";

/** Clients that run in a browser and so cannot keep a secret. */
const BROWSER_CLIENTS = ["web", "service"];

/** What a public client may ask for: both take what only the rightful asker has. */
const PUBLIC_GRANTS = ["authorization_code", "refresh_token"];

/** Credentials of a client as far as they are known. */
export interface TokenClient {
  id: string;
  secret: string;
  /** The secret was not shown: a public client, or a page whose origin stands for it. */
  lent: boolean;
}

/** What the steps work on. */
interface ClientState extends TokenClient {
  readonly exchange: Exchange;
  readonly parameters: Parameters;
  readonly grant: string;
}

const steps = [readCredentials, assumeWebClient, lendSecret, requireSecret];

/**
 * Finds out the client.
 *
 * @throws {OAuthError} 400 `invalid_request` when it cannot be told or may not ask so.
 */
export function identifyClient(exchange: Exchange, parameters: Parameters): TokenClient {
  const grant = textParameter(parameters, "grant_type");
  const state: ClientState = { exchange, parameters, grant, id: "", secret: "", lent: false };
  for (const step of steps) step(state);
  return { id: state.id, secret: state.secret, lent: state.lent };
}

/** From the header `Authorization: Basic`, else from the parameters. */
function readCredentials(state: ClientState): void {
  const authorization = state.exchange.request.headers.get("authorization");
  if (authorization === null) {
    state.id = textParameter(state.parameters, "client_id");
    state.secret = textParameter(state.parameters, "client_secret");
    return;
  }
  const pair = /^basic\s/i.test(authorization) ? decodeBasic(authorization.slice(6).trim()) : null;
  if (pair === null) throw invalid("The Authorization header must be a Basic one");
  state.id = pair.username;
  state.secret = pair.password;
  // RFC 6749 has both encoded as in a form; many clients, and the original's, send them as they are.
  const { id, secret } = state;
  if (!`${id}${secret}`.includes("%")) return;
  if (state.exchange.application(id)?.client_secret === secret) return;
  state.id = unescaped(id);
  state.secret = unescaped(secret);
}

/** A plus stays one: secrets in base64 have it, and what encodes a blank writes %20 as well. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins no escape: it was not encoded.
    return text;
  }
}

/**
 * Finds out who asks about a token.
 *
 * @param lend Whether a public client may ask without a secret.
 * @throws {OAuthError} 401 `invalid_client` without credentials.
 */
export function identifyCaller(
  exchange: Exchange,
  parameters: Parameters,
  lend: boolean,
): TokenClient {
  const state: ClientState = { exchange, parameters, grant: "", id: "", secret: "", lent: false };
  readCredentials(state);
  const application = exchange.application(state.id);
  if (state.secret === "" && lend && application?.public) {
    return { id: state.id, secret: application.client_secret, lent: true };
  }
  if (state.id === "" || state.secret === "") {
    throw new OAuthError(401, "invalid_client", "The client must show its secret", {
      challenge: 'Basic realm="oauth2"',
    });
  }
  return { id: state.id, secret: state.secret, lent: false };
}

/** A password sign-in without a client id comes from this system's own pages. */
function assumeWebClient(state: ClientState): void {
  if (state.id !== "") return;
  const web = state.exchange.applicationOf("default", "web");
  if (state.grant !== "password" || web === undefined || !mayOmitId(web, state.exchange.peer)) {
    throw invalid("Parameter client_id is missing");
  }
  state.id = web.client_id;
}

function mayOmitId({ allowed_ips }: OAuthApplication, peer: string): boolean {
  return allowed_ips.length === 0
    ? isPrivateAddress(peer)
    : allowed_ips.some((allowed) => allowed !== "" && peer.startsWith(allowed));
}

/** A page of a listed origin needs no secret: the origin stands for it. Nor does a public client. */
function lendSecret(state: ClientState): void {
  if (state.secret !== "") return;
  const application = state.exchange.application(state.id);
  if (application === undefined) return;
  if (application.public && PUBLIC_GRANTS.includes(state.grant)) return lend(state, application);
  if (!application.public && !BROWSER_CLIENTS.includes(application.name)) return;
  const target = textParameter(state.parameters, "redirect_uri");
  if (target !== "" && !application.redirect_uris.includes(target)) {
    throw invalid("The redirect_uri is not registered for this client");
  }
  const origin = state.exchange.request.headers.get("origin");
  if (origin === null || !application.javascript_origins.includes(origin)) {
    throw invalid("The origin is not registered for this client");
  }
  lend(state, application);
}

function lend(state: ClientState, { client_secret }: OAuthApplication): void {
  state.secret = client_secret;
  state.lent = true;
}

function requireSecret(state: ClientState): void {
  if (state.secret === "") throw invalid("Parameter client_secret is missing");
}

function invalid(description: string): OAuthError {
  return new OAuthError(400, "invalid_request", description);
}
