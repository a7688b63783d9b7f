/**
 * `POST /oauth2/token`: checks the client, lets the database grant, hands out tokens and cookies.
 *
 * @module
 */
import type { JWTPayload } from "jose";
import {
  type AuthContext,
  issueCookies,
  type IssuedTokens,
  JSON_TYPE,
} from "../../core/http/mod.ts";
import { DatabaseError } from "../../core/postgres/mod.ts";
import { issuer } from "./discovery.ts";
import type { AuthServices, Exchange } from "./exchange.ts";
import { isRefusal, OAuthError, refused } from "./oauth_error.ts";
import { type Parameters, readParameters, textParameter } from "./parameters.ts";
import { identifyClient, type TokenClient } from "./token_client.ts";

const TOKEN = "SELECT daemon.token($1, $2, ($3::text)::jsonb, $4, $5::inet)";
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** What a grant brought. */
export interface Grant {
  /** JSON text as the database made it. */
  text: Uint8Array<ArrayBuffer>;
  tokens: IssuedTokens & { token_type?: string; expires_in?: number; id_token?: string };
}

/** Answers the request. */
export async function token(exchange: Exchange): Promise<Response> {
  const { request, query, services } = exchange;
  const parameters = await readParameters(request, query, services.reader);
  const grantType = textParameter(parameters, "grant_type");
  // An assertion names and proves its client itself.
  const client = grantType === JWT_BEARER ? null : identifyClient(exchange, parameters);
  const { text, tokens } = await grant(exchange, client, parameters);
  const context = grantType === "client_credentials" ? "service" : "user";
  return tokenReply(text, context, tokens);
}

/**
 * Lets the database grant tokens.
 *
 * @param client Null for a grant that needs none.
 * @throws {OAuthError} As the database refuses.
 */
export async function grant(
  { services, agent, host }: Exchange,
  client: TokenClient | null,
  parameters: Parameters,
): Promise<Grant> {
  // Set here only: a client cannot pass for one that has shown its secret.
  const payload = JSON.stringify({ ...parameters, client_auth: client?.lent ? "none" : "secret" });
  const values = [client?.id ?? null, client?.secret ?? null, payload, agent, host];
  const [row] = await services.db.raw(TOKEN, values).catch(unstorable);
  const text = (row?.[0] ?? null) as Uint8Array<ArrayBuffer> | null;
  if (text === null) throw new OAuthError(400, "invalid_request", "Nothing was granted");
  const result: unknown = JSON.parse(new TextDecoder().decode(text));
  if (isRefusal(result)) throw refused(result);
  const { id_claims: claims, ...tokens } = result as Grant["tokens"] & { id_claims?: JWTPayload };
  if (claims === undefined) return { text, tokens };
  const id_token = await identityToken(services, claims, tokens.access_token ?? "");
  const answer = { ...tokens, id_token };
  return { text: new TextEncoder().encode(JSON.stringify(answer)), tokens: answer };
}

/** Signs what the database says of a user, as the client of the token wants it signed. */
async function identityToken(
  { config, keys }: AuthServices,
  claims: JWTPayload,
  accessToken: string,
): Promise<string> {
  const application = config.oauth2.find((one) => one.client_id === claims.aud);
  const alg = application?.id_token_signed_response_alg ?? "";
  return await keys.sign({ iss: issuer(config), ...claims }, alg, accessToken);
}

function tokenReply(text: Uint8Array<ArrayBuffer>, context: AuthContext, tokens: IssuedTokens) {
  const response = new Response(text, {
    headers: { "content-type": JSON_TYPE, "cache-control": "no-store", pragma: "no-cache" },
  });
  for (const cookie of issueCookies(context, tokens)) response.headers.append("set-cookie", cookie);
  return response;
}

/** Characters that PostgreSQL cannot store are the client's fault. */
function unstorable(thrown: unknown): never {
  if (thrown instanceof DatabaseError && /^(?:22|54)/.test(thrown.sqlstate)) {
    const message = "A parameter holds what cannot be stored";
    throw new OAuthError(400, "invalid_request", message, { cause: thrown });
  }
  throw thrown;
}
