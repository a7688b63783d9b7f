/**
 * Signs in a person whom another provider vouches for.
 *
 * The provider's identity token is verified here, then signed again with the client's secret: the
 * database verifies only such signatures.
 *
 * @module
 */
import { decodeProtectedHeader, SignJWT } from "jose";
import type { ProviderTokens } from "./code_exchange.ts";
import type { Exchange } from "./exchange.ts";
import { isRefusal, OAuthError } from "./oauth_error.ts";
import { httpStatus } from "../../core/errors.ts";

const LOGIN = "SELECT daemon.login($1, $2, $3::inet, $4)";

/** OAuth codes for what the database refuses. */
const ERRORS: Record<number, string> = {
  401: "unauthorized_client",
  403: "access_denied",
  500: "server_error",
};

/**
 * Signs in.
 *
 * @param received What the provider answered with.
 * @returns Tokens of this system.
 * @throws {OAuthError} If the token is not good, or the database knows nobody by it.
 */
export async function externalLogin(
  exchange: Exchange,
  received: ProviderTokens,
): Promise<ProviderTokens> {
  if (received.token_type?.toLowerCase() !== "bearer") {
    throw new OAuthError(401, "unauthorized_client", "The provider gave no Bearer token");
  }
  const assertion = await verifiedAssertion(exchange, received.id_token ?? "");
  const { db } = exchange.services;
  const values = [assertion, exchange.agent, exchange.host, exchange.origin];
  const result: unknown = await db.value(LOGIN, values);
  if (!isRefusal(result)) return result as ProviderTokens;
  const status = httpStatus(result.error.code ?? 400);
  const message = status === 500 ? "Internal server error" : result.error.message ?? "";
  throw new OAuthError(status, ERRORS[status] ?? "invalid_request", message);
}

async function verifiedAssertion(exchange: Exchange, idToken: string): Promise<string> {
  const check = await exchange.services.providerVerifier.check(idToken);
  if (check.state === "invalid") {
    const detail = check.reason;
    throw new OAuthError(400, "invalid_token", "The identity token is not valid", { detail });
  }
  if (check.state === "expired") {
    throw new OAuthError(403, "invalid_token", "The identity token has expired");
  }
  if (decodeProtectedHeader(idToken).alg === "HS256") return idToken;
  const secret = new TextEncoder().encode(check.application.client_secret);
  return await new SignJWT(check.claims).setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(secret);
}
