/**
 * The cookies that carry a sign-in.
 *
 * @module
 */

const LIFETIME = 5_184_000; // 60 days, in seconds
const TOKEN_FLAGS = "HttpOnly; SameSite=None; Secure";

/** Whose tokens: of a person, or of the client itself. */
export type AuthContext = "user" | "service";

/** Names of the cookies of one context. */
export interface TokenCookies {
  /** Name of the cookie with the access token. */
  access: string;
  /** Name of the cookie with the refresh token. */
  refresh: string;
}

const NAMES: Record<AuthContext, TokenCookies> = {
  user: { access: "__Secure-AT", refresh: "__Secure-RT" },
  service: { access: "__Secure-SAT", refresh: "__Secure-SRT" },
};

/** What a sign-in or a refresh has brought; empty members set no cookie. */
export interface IssuedTokens {
  /** Goes with each call. */
  access_token?: string;
  /** Brings the next pair of tokens. */
  refresh_token?: string;
  /** Code of the session. */
  session?: string;
}

/** Returns the context that a request asks for by its header `X-Auth-Context`. */
export function authContext(headers: Headers): AuthContext {
  return headers.get("x-auth-context") === "service" ? "service" : "user";
}

/** Returns the names of a context's cookies. */
export function tokenCookies(context: AuthContext): TokenCookies {
  return NAMES[context];
}

/**
 * Returns the value of one cookie; null when it is absent or empty.
 *
 * @param header Value of the `Cookie` header.
 */
export function cookieValue(header: string, name: string): string | null {
  for (let at = header.indexOf(name); at >= 0; at = header.indexOf(name, at + 1)) {
    const after = at + name.length;
    if (header[after] !== "=" || !beginsCookie(header, at)) continue;
    const end = header.indexOf(";", after);
    const value = header.slice(after + 1, end < 0 ? undefined : end).trim();
    if (value !== "") return plainValue(value);
  }
  return null;
}

/** Some clients quote or percent-encode what they were given; our values have neither sign. */
function plainValue(value: string): string {
  const bare = value.startsWith('"') ? value.slice(1, -1) : value;
  if (!bare.includes("%")) return bare;
  try {
    return decodeURIComponent(bare);
  } catch {
    // Not encoded after all; it is no value of ours then.
    return bare;
  }
}

function beginsCookie(header: string, at: number): boolean {
  let before = at - 1;
  while (header[before] === " ") before--;
  return before < 0 || header[before] === ";";
}

/** Returns the `Set-Cookie` values for issued tokens; the session id belongs to persons only. */
export function issueCookies(context: AuthContext, tokens: IssuedTokens): string[] {
  const names = NAMES[context];
  const cookies: string[] = [];
  add(cookies, names.access, tokens.access_token, TOKEN_FLAGS);
  add(cookies, names.refresh, tokens.refresh_token, TOKEN_FLAGS);
  if (context === "user") {
    add(cookies, "SID", tokens.session, "HttpOnly; SameSite=Lax; Secure");
  }
  return cookies;
}

/** Returns the `Set-Cookie` values that remove a context's tokens. */
export function clearTokenCookies(context: AuthContext): string[] {
  const names = NAMES[context];
  return [clear(names.access, TOKEN_FLAGS), clear(names.refresh, TOKEN_FLAGS)];
}

/** Returns the `Set-Cookie` values that remove every cookie of a sign-in. */
export function clearAllCookies(): string[] {
  return [
    ...clearTokenCookies("user"),
    ...clearTokenCookies("service"),
    clear("SID", "HttpOnly; SameSite=Lax"),
  ];
}

function add(cookies: string[], name: string, value: string | undefined, flags: string): void {
  // A value that could break out of its cookie is not of our making: it is left out.
  if (!value || !/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/.test(value)) return;
  cookies.push(`${name}=${value}; Path=/; Max-Age=${LIFETIME}; ${flags}`);
}

function clear(name: string, flags: string): string {
  return `${name}=; Path=/; Max-Age=0; ${flags}`;
}
