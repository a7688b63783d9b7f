/**
 * `GET|POST /oauth2/logout`: a client signs its user out (OpenID Connect RP-Initiated Logout).
 *
 * The identity token that was given to the client proves that it may: without one any page could
 * sign its visitors out.
 *
 * @module
 */
import { clearAllCookies } from "../../core/http/mod.ts";
import { issuer } from "./discovery.ts";
import type { Exchange } from "./exchange.ts";
import { isRefusal, OAuthError, refused } from "./oauth_error.ts";
import { queryParameters, readParameters, textParameter } from "./parameters.ts";
import { redirect, redirectError, withParameters } from "./redirect.ts";

const END_SESSION = "SELECT daemon.end_session($1, $2, $3)";

/** What an identity token says of the session. */
interface Hint {
  client: string;
  user: string;
  sid: string;
}

/** Answers the request. */
export async function endSession(exchange: Exchange): Promise<Response> {
  try {
    return await signOut(exchange);
  } catch (thrown) {
    if (thrown instanceof OAuthError && thrown.status < 500) return redirectError(exchange, thrown);
    throw thrown;
  }
}

async function signOut(exchange: Exchange): Promise<Response> {
  const { request, query, services } = exchange;
  const parameters = request.method === "GET"
    ? queryParameters(query)
    : await readParameters(request, "", services.reader);
  const hint = await readHint(exchange, textParameter(parameters, "id_token_hint"));
  const client = textParameter(parameters, "client_id");
  if (client !== "" && client !== hint.client) {
    throw invalid("The client_id is not that of the id_token_hint");
  }
  const target = textParameter(parameters, "post_logout_redirect_uri");
  const registered = exchange.application(hint.client)?.post_logout_redirect_uris ?? [];
  if (target !== "" && !registered.includes(target)) {
    throw invalid("The post_logout_redirect_uri is not registered for this client");
  }
  const result = await services.db.value(END_SESSION, [hint.client, hint.user, hint.sid]);
  if (isRefusal(result)) throw refused(result);
  const state = textParameter(parameters, "state");
  const response = target === ""
    ? new Response("Signed out\n", {
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    })
    : redirect(withParameters(target, { state }));
  for (const cookie of clearAllCookies()) response.headers.append("set-cookie", cookie);
  return response;
}

async function readHint({ services }: Exchange, token: string): Promise<Hint> {
  if (token === "") throw invalid("Parameter id_token_hint is missing");
  const claims = await services.keys.verify(token);
  const { aud, sub, sid, iss } = claims ?? {};
  if (
    iss !== issuer(services.config) || typeof aud !== "string" || typeof sub !== "string" ||
    typeof sid !== "string"
  ) {
    throw invalid("The id_token_hint is no identity token of this server");
  }
  return { client: aud, user: sub, sid };
}

function invalid(description: string): OAuthError {
  return new OAuthError(400, "invalid_request", description);
}
