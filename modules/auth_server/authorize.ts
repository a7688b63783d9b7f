/**
 * `GET /oauth2/authorize`: checks what a client asks for and sends the browser to the sign-in page.
 *
 * Nothing is remembered: the page gets the parameters and calls the token endpoint itself.
 *
 * @module
 */
import type { OAuthApplication } from "../../core/config.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth_error.ts";
import { queryParameters } from "./parameters.ts";
import { redirect, redirectError, withParameters } from "./redirect.ts";

const RESPONSE_TYPES = ["code", "token"];
const ACCESS_TYPES = ["online", "offline"];
const PROMPTS = ["none", "login", "signin", "secret", "consent", "select_account"];

/** SHA-256 in base64url (RFC 7636). */
const CHALLENGE = /^[\w-]{43}$/;

/** What is asked for. */
interface AuthorizeRequest {
  client_id: string;
  redirect_uri: string;
  response_type: string;
  scope: string;
  access_type: string;
  state: string;
  prompt: string;
  code_challenge: string;
  code_challenge_method: string;
  nonce: string;
  max_age: string;
  login_hint: string;
  ui_locales: string;
}

/** A rule: what must hold, and the error when it does not. */
interface Check {
  holds(asked: AuthorizeRequest, application: OAuthApplication): boolean;
  status: number;
  error: string;
  message: string;
}

/** In this order; `client_id` has been looked up before the second. */
const CHECKS: readonly Check[] = [
  {
    holds: (asked, { redirect_uris }) => redirect_uris.includes(asked.redirect_uri),
    status: 400,
    error: "invalid_request",
    message: "The redirect_uri is not registered for this client",
  },
  {
    holds: (asked) => isSubset(asked.response_type, RESPONSE_TYPES),
    status: 400,
    error: "unsupported_response_type",
    message: `The response_type must be of: ${RESPONSE_TYPES.join(", ")}`,
  },
  {
    holds: ({ access_type, response_type }) =>
      access_type === "" || (ACCESS_TYPES.includes(access_type) && response_type !== "token"),
    status: 400,
    error: "invalid_request",
    message: "The access_type is not valid here",
  },
  {
    holds: (asked, { scopes }) => isSubset(asked.scope, scopes),
    status: 400,
    error: "invalid_scope",
    message: "A scope is not allowed for this client",
  },
  {
    holds: (asked) => isSubset(asked.prompt, PROMPTS),
    status: 400,
    error: "unsupported_prompt_type",
    message: `The prompt must be of: ${PROMPTS.join(", ")}`,
  },
  {
    holds: ({ code_challenge, code_challenge_method: method }) =>
      code_challenge === "" ? method === "" : method === "S256" && CHALLENGE.test(code_challenge),
    status: 400,
    error: "invalid_request",
    message: "The code_challenge must be a SHA-256 in base64url, its method S256",
  },
  {
    holds: ({ code_challenge, response_type }, application) =>
      code_challenge !== "" || !application.public || !/\bcode\b/.test(response_type),
    status: 400,
    error: "invalid_request",
    message: "A client without a secret must send a code_challenge",
  },
];

/** Answers the request. */
export function authorize(exchange: Exchange): Response {
  const asked = readRequest(exchange.query);
  const fault = findFault(asked, exchange);
  if (fault !== null) return redirectError(exchange, fault);
  const { identifier, secret } = exchange.pages;
  const page = asked.prompt === "secret" ? secret : identifier;
  if (page === "") {
    const message = "This site has no sign-in page";
    return redirectError(exchange, new OAuthError(500, "server_error", message));
  }
  const { client_id, response_type, ...optional } = asked;
  const required = `${page}${page.includes("?") ? "&" : "?"}client_id=${
    encodeURIComponent(client_id)
  }&response_type=${encodeURIComponent(response_type)}`;
  return redirect(withParameters(required, optional));
}

function readRequest(query: string): AuthorizeRequest {
  const parameters = queryParameters(query);
  const get = (name: string) => parameters[name] ?? "";
  return {
    client_id: get("client_id"),
    redirect_uri: get("redirect_uri"),
    response_type: get("response_type"),
    access_type: get("access_type"),
    scope: get("scope"),
    prompt: get("prompt"),
    state: get("state"),
    code_challenge: get("code_challenge"),
    code_challenge_method: get("code_challenge_method"),
    nonce: get("nonce"),
    max_age: get("max_age"),
    login_hint: get("login_hint"),
    ui_locales: get("ui_locales"),
  };
}

function findFault(asked: AuthorizeRequest, exchange: Exchange): OAuthError | null {
  if (asked.redirect_uri === "") {
    return new OAuthError(400, "invalid_request", "Parameter redirect_uri is missing");
  }
  const application = exchange.application(asked.client_id);
  if (asked.client_id === "" || application === undefined) {
    return new OAuthError(401, "invalid_client", "The client is not known");
  }
  const failed = CHECKS.find((check) => !check.holds(asked, application));
  return failed === undefined ? null : new OAuthError(failed.status, failed.error, failed.message);
}

/** Tells whether every word, separated by spaces or commas, is allowed. */
function isSubset(words: string, allowed: readonly string[]): boolean {
  return words.split(/[\s,]+/).every((word) => word === "" || allowed.includes(word));
}
