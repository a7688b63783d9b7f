/**
 * `POST /oauth2/revoke` and `POST /oauth2/introspect`: a client is done with a token, or asks what
 * one is good for (RFC 7009, RFC 7662).
 *
 * @module
 */
import { JSON_TYPE } from "../../core/http/mod.ts";
import type { Exchange } from "./exchange.ts";
import { isRefusal, OAuthError, refused } from "./oauth_error.ts";
import { readParameters, textParameter } from "./parameters.ts";
import { identifyCaller } from "./token_client.ts";

const REVOKE = "SELECT daemon.revoke($1, $2, $3)";
const INTROSPECT = "SELECT daemon.introspect($1, $2, $3)";

/** Revokes a token; 200 without a body, also for a token that is not good any more. */
export async function revoke(exchange: Exchange): Promise<Response> {
  await ask(exchange, REVOKE, true);
  return new Response(null, { headers: { "cache-control": "no-store", pragma: "no-cache" } });
}

/** Tells what a token is good for. */
export async function introspect(exchange: Exchange): Promise<Response> {
  return new Response(await ask(exchange, INTROSPECT, false), {
    headers: { "content-type": JSON_TYPE, "cache-control": "no-store", pragma: "no-cache" },
  });
}

/**
 * Lets the database answer.
 *
 * @param lend Whether a public client may ask: who holds a token may take it back, but not look
 * foreign ones up.
 */
async function ask(
  exchange: Exchange,
  statement: string,
  lend: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const { request, services } = exchange;
  // A token in an address ends in logs: only the body counts.
  const parameters = await readParameters(request, "", services.reader);
  const client = identifyCaller(exchange, parameters, lend);
  const token = textParameter(parameters, "token");
  if (token === "") throw new OAuthError(400, "invalid_request", "Parameter token is missing");
  const [row] = await services.db.raw(statement, [client.id, client.secret, token]);
  const text = row?.[0] as Uint8Array<ArrayBuffer>;
  const result: unknown = JSON.parse(new TextDecoder().decode(text));
  if (!isRefusal(result)) return text;
  const { status, error, message } = refused(result);
  const challenge = request.headers.has("authorization") ? 'Basic realm="oauth2"' : undefined;
  throw new OAuthError(status, error, message, { challenge });
}
