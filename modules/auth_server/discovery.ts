/**
 * What clients read before anything else: `/.well-known/openid-configuration`,
 * `/.well-known/oauth-authorization-server` (RFC 8414) and the public keys.
 *
 * @module
 */
import { JSON_TYPE } from "../../core/http/mod.ts";
import type { Config } from "../../core/config.ts";
import type { Exchange } from "./exchange.ts";
import { SIGNING_ALGORITHMS } from "./signing_keys.ts";

/** Scopes of OpenID Connect; those of data are the project's own. */
const SCOPES = ["openid", "profile", "email", "phone", "offline_access"];
const CLAIMS = [
  ...["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid"],
  ...["name", "given_name", "middle_name", "family_name", "preferred_username", "picture"],
  ...["locale", "email", "email_verified", "phone_number", "phone_number_verified"],
];
const CLIENT_PROOFS = ["client_secret_basic", "client_secret_post"];

/** The name of this server in identity tokens: `project.host`, never what a request says. */
export function issuer(config: Config): string {
  return config.project.host.replace(/\/+$/, "");
}

/** Answers with the server's metadata. */
export function metadata({ services: { config } }: Exchange): Response {
  const base = issuer(config);
  return published({
    issuer: base,
    authorization_endpoint: `${base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    userinfo_endpoint: `${base}/oauth2/userinfo`,
    revocation_endpoint: `${base}/oauth2/revoke`,
    introspection_endpoint: `${base}/oauth2/introspect`,
    end_session_endpoint: `${base}/oauth2/logout`,
    jwks_uri: `${base}/.well-known/jwks.json`,
    scopes_supported: SCOPES,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "password",
      "client_credentials",
      "urn:ietf:params:oauth:grant-type:jwt-bearer",
      "urn:ietf:params:oauth:grant-type:token-exchange",
    ],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: SIGNING_ALGORITHMS,
    token_endpoint_auth_methods_supported: [...CLIENT_PROOFS, "none"],
    revocation_endpoint_auth_methods_supported: [...CLIENT_PROOFS, "none"],
    introspection_endpoint_auth_methods_supported: CLIENT_PROOFS,
    code_challenge_methods_supported: ["S256"],
    claims_supported: CLAIMS,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  });
}

/** Answers with the public keys. */
export async function publicKeys({ services }: Exchange): Promise<Response> {
  return published(await services.keys.publicKeys());
}

function published(value: unknown): Response {
  return new Response(JSON.stringify(value), {
    headers: { "content-type": JSON_TYPE, "cache-control": "public, max-age=300" },
  });
}
