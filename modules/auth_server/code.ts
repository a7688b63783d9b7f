/**
 * `GET /oauth2/code[/PROVIDER]`: a provider sends the browser back with a code.
 *
 * The code is exchanged for tokens, which go to the site's page in the fragment of its address and
 * into cookies.
 *
 * @module
 */
import { issueCookies } from "../../core/http/mod.ts";
import { exchangeCode, type ProviderTokens } from "./code_exchange.ts";
import type { Exchange } from "./exchange.ts";
import { externalLogin } from "./external_login.ts";
import { OAuthError, toOAuthError } from "./oauth_error.ts";
import { queryParameters } from "./parameters.ts";
import { redirect, redirectError, withParameters } from "./redirect.ts";

/** Providers whose tokens are no tokens of this system: they prove who somebody is. */
const IDENTITY_PROVIDERS = ["google"];

/** Answers the request. */
export async function code(exchange: Exchange): Promise<Response> {
  const parameters = queryParameters(exchange.query);
  try {
    return await receive(exchange, parameters);
  } catch (thrown) {
    return redirectError(exchange, toOAuthError(thrown, exchange.request));
  }
}

/** `GET /oauth2/callback`: the page that takes over. */
export function callback(exchange: Exchange): Response {
  const page = exchange.pages.callback;
  if (page !== "") return redirect(page);
  const message = "This site has no callback page";
  return redirectError(exchange, new OAuthError(500, "server_error", message));
}

async function receive(
  exchange: Exchange,
  parameters: Record<string, string>,
): Promise<Response> {
  const { error, error_description: description = "", code: value = "", state = "" } = parameters;
  if (error) throw new OAuthError(400, error, description);
  if (value === "") throw new OAuthError(400, "invalid_request", "Parameter code is missing");
  const provider = exchange.rest || "default";
  const application = exchange.applicationOf(provider, "web");
  if (application?.token_uri === undefined || application.token_uri === "") {
    throw new OAuthError(400, "invalid_request", "The provider is not known");
  }
  const received = await exchangeCode(exchange, application, value);
  const tokens = IDENTITY_PROVIDERS.includes(provider)
    ? await externalLogin(exchange, received)
    : received;
  return handOver(exchange, tokens, state);
}

function handOver(exchange: Exchange, tokens: ProviderTokens, state: string): Response {
  const { callback: page, debug } = exchange.pages;
  const { access_token, refresh_token, token_type, expires_in, session } = tokens;
  const target = state === "debug" && debug !== "" ? debug : page;
  const response = redirect(withParameters(target, {
    access_token,
    refresh_token,
    token_type,
    expires_in: expires_in === undefined ? undefined : String(expires_in),
    session,
    state,
  }, "#"));
  for (const cookie of issueCookies("user", tokens)) response.headers.append("set-cookie", cookie);
  return response;
}
