/**
 * Answers that send the browser somewhere.
 *
 * @module
 */
import type { Exchange } from "./exchange.ts";
import { type OAuthError, oauthErrorReply } from "./oauth_error.ts";

/** Sends the browser to an address. */
export function redirect(location: string): Response {
  return new Response(null, {
    status: 302,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
}

/**
 * Adds parameters to an address; empty ones are left out.
 *
 * @param mark What begins the parameters: `?`, or `#` for a fragment that no server sees.
 */
export function withParameters(
  address: string,
  parameters: Record<string, string | undefined>,
  mark: "?" | "#" = "?",
): string {
  const pairs = Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `${name}=${encodeURIComponent(value!.toWellFormed())}`);
  if (pairs.length === 0) return address;
  return `${address}${address.includes(mark) ? "&" : mark}${pairs.join("&")}`;
}

/** Sends the browser to the site's error page; without one the error is answered as JSON. */
export function redirectError(exchange: Exchange, error: OAuthError): Response {
  const page = exchange.pages.error;
  if (page === "") return oauthErrorReply(error);
  return redirect(withParameters(page, {
    code: String(error.status),
    error: error.error,
    error_description: error.message,
  }));
}
