/**
 * Cross-origin requests: which sites' scripts may read the answers.
 *
 * @module
 */
import type { OAuthApplication } from "../config.ts";

/** How long a browser may keep the answer to a preflight, in seconds. */
const PREFLIGHT_AGE = 600;

/** What one module allows. */
export interface CorsRules {
  /** Methods, comma-separated. */
  methods: string;
  /** Request headers, comma-separated. */
  headers: string;
}

/** Decides by the origins that the OAuth applications list; the comparison is exact. */
export class Cors {
  readonly #origins: ReadonlySet<string>;
  readonly #any: boolean;
  readonly #rules: CorsRules;

  /** Collects the origins of the applications. */
  constructor(applications: readonly OAuthApplication[], rules: CorsRules) {
    this.#origins = new Set(applications.flatMap((one) => one.javascript_origins));
    this.#any = this.#origins.has("*");
    this.#rules = rules;
  }

  /** Tells whether an origin is listed. */
  allows(origin: string): boolean {
    return this.#any ? origin !== "null" : this.#origins.has(origin);
  }

  /** Adds the headers to an answer when its request came from a listed origin. */
  apply(request: Request, response: Response): Response {
    const origin = request.headers.get("origin");
    return origin === null ? response : this.#open(origin, response);
  }

  /** Answers OPTIONS. */
  preflight(request: Request, allow: string): Response {
    const response = new Response(null, { status: 204, headers: { allow } });
    const origin = request.headers.get("origin");
    if (origin !== null && this.allows(origin)) {
      response.headers.set("access-control-max-age", String(PREFLIGHT_AGE));
    }
    return this.apply(request, response);
  }

  /**
   * Tells whether a request with cookies was made by a script or form of a foreign site.
   *
   * A browser adds the cookies to such a request by itself, so they prove nothing then.
   */
  isForeign(request: Request): boolean {
    const origin = request.headers.get("origin");
    if (origin === null) return request.headers.get("sec-fetch-site") === "cross-site";
    if (this.#origins.has(origin)) return false;
    const host = request.headers.get("host");
    return host === null || origin.slice(origin.indexOf("://") + 3) !== host;
  }

  #open(origin: string, response: Response): Response {
    if (!this.allows(origin)) return response;
    const headers = response.headers;
    headers.set("access-control-allow-origin", origin);
    headers.set("access-control-allow-methods", this.#rules.methods);
    headers.set("access-control-allow-headers", this.#rules.headers);
    headers.set("access-control-allow-credentials", "true");
    headers.set("vary", "Origin");
    return response;
  }
}
