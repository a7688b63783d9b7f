/**
 * Exchanges an authorization code for tokens, at this system or at another provider.
 *
 * @module
 */
import type { OAuthApplication } from "../../core/config.ts";
import type { IssuedTokens } from "../../core/http/mod.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth_error.ts";
import { grant } from "./token.ts";

/** How long a provider may take, in milliseconds. */
const PROVIDER_TIMEOUT = 10_000;

/** Longest answer of a provider, in bytes. */
const MAX_ANSWER = 262_144;

/** What a provider answers with. */
export interface ProviderTokens extends IssuedTokens {
  token_type?: string;
  expires_in?: number;
  id_token?: string;
}

/**
 * Exchanges a code.
 *
 * @param application What this system is at the provider; it has a `token_uri`.
 * @throws {OAuthError} As the provider refuses, or 500 when it cannot be reached.
 */
export function exchangeCode(
  exchange: Exchange,
  application: OAuthApplication,
  code: string,
): Promise<ProviderTokens> {
  // A relative address is this system. It is not fetched: the Host header, which the client
  // writes, would decide where the client's secret is sent.
  return application.token_uri!.startsWith("/")
    ? exchangeHere(exchange, application, code)
    : exchangeThere(exchange, application, code);
}

async function exchangeHere(
  exchange: Exchange,
  { client_id: id, client_secret: secret, redirect_uris }: OAuthApplication,
  code: string,
): Promise<ProviderTokens> {
  // Clients register either form; a code is not spent by an attempt with the other.
  const forms = [`${exchange.origin}/oauth2/code`, `${exchange.origin}/oauth2/code/default`];
  const registered = forms.filter((form) => redirect_uris.includes(form));
  let refusal: unknown = new OAuthError(400, "invalid_request", "The redirect_uri is not known");
  for (const redirect_uri of registered) {
    const parameters = { grant_type: "authorization_code", code, redirect_uri };
    try {
      return (await grant(exchange, { id, secret, lent: false }, parameters)).tokens;
    } catch (thrown) {
      if (!(thrown instanceof OAuthError) || thrown.error !== "invalid_grant") throw thrown;
      refusal = thrown;
    }
  }
  throw refusal;
}

async function exchangeThere(
  exchange: Exchange,
  { client_id, client_secret, provider, token_uri }: OAuthApplication,
  code: string,
): Promise<ProviderTokens> {
  const body = new URLSearchParams({
    client_id,
    client_secret,
    grant_type: "authorization_code",
    code,
    redirect_uri: `${exchange.origin}/oauth2/code/${provider}`,
  });
  let status: number;
  let answer: Record<string, unknown>;
  try {
    const response = await fetch(token_uri!, {
      method: "POST",
      body,
      redirect: "error",
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(PROVIDER_TIMEOUT),
    });
    status = response.status;
    answer = await readAnswer(response);
  } catch (cause) {
    throw new OAuthError(500, "server_error", "The provider cannot be reached", { cause });
  }
  if (status === 200) return answer as ProviderTokens;
  const { error, error_description: description } = answer;
  throw new OAuthError(
    status >= 400 && status <= 599 ? status : 500,
    typeof error === "string" ? error : "server_error",
    typeof description === "string" ? description : "The provider refused the code",
  );
}

/** Reads a JSON object, bounded; anything else counts as an empty one. */
async function readAnswer(response: Response): Promise<Record<string, unknown>> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER) throw new Error("The answer of the provider is too long");
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
  } catch {
    // An error page instead of JSON: the status tells enough.
    return {};
  }
}
