/**
 * `GET|POST /oauth2/userinfo`: tells the holder of an access token who signed in.
 *
 * @module
 */
import { JSON_TYPE } from "../../core/http/mod.ts";
import type { Exchange } from "./exchange.ts";
import { isRefusal, OAuthError, refused } from "./oauth_error.ts";
import { readParameters, textParameter } from "./parameters.ts";

const USERINFO = "SELECT daemon.userinfo($1)";

/** Answers the request. */
export async function userinfo(exchange: Exchange): Promise<Response> {
  const token = await bearer(exchange);
  const [row] = await exchange.services.db.raw(USERINFO, [token]);
  const text = row?.[0] as Uint8Array<ArrayBuffer>;
  const result: unknown = JSON.parse(new TextDecoder().decode(text));
  if (isRefusal(result)) {
    const { status, error, message } = refused(result);
    throw new OAuthError(status, error, message, { challenge: `Bearer error="${error}"` });
  }
  return new Response(text, {
    headers: { "content-type": JSON_TYPE, "cache-control": "no-store" },
  });
}

/** From the header, else the body; never from the address (RFC 9700). */
async function bearer({ request, services }: Exchange): Promise<string> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null && /^bearer\s/i.test(authorization)) {
    return authorization.slice(7).trim();
  }
  const form = authorization === null && request.method === "POST";
  const token = form
    ? textParameter(await readParameters(request, "", services.reader), "access_token")
    : "";
  if (token !== "") return token;
  throw new OAuthError(401, "invalid_token", "A Bearer token is needed", { challenge: "Bearer" });
}
