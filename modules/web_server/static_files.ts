/**
 * Static files of the sites.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Config } from "../../core/config.ts";
import { errorReply, fileReply, type Target } from "../../core/http/mod.ts";
import type { RequestContext } from "../../core/module.ts";
import { findFile } from "./static_path.ts";

/** A name with a digest in it never changes its content. */
const HASHED = /[-.][0-9a-f]{8,}\.[a-z0-9.]+$/;
const FOR_EVER = "public, max-age=31536000, immutable";
const REVALIDATE = "no-cache";

/** A root is looked up again after this time: a deployment may have moved its link. */
const ROOT_AGE = 5000; // milliseconds

/** The part of the configuration that is read here. */
type StaticConfig = Pick<Config, "prefix" | "server" | "sites" | "module">;

/** Answers with the files below the roots of the configured sites. */
export class StaticFiles {
  readonly #roots = new Map<string, string>();
  readonly #defaultRoot: string;
  readonly #spa: boolean;
  readonly #headers: ReadonlyArray<readonly [string, string]>;
  readonly #real = new Map<string, { path: string | null; until: number }>();

  constructor({ prefix, server, sites, module }: StaticConfig) {
    for (const { hosts, root } of sites) {
      if (root === undefined) continue;
      for (const host of hosts) this.#roots.set(host, resolve(prefix, root));
    }
    const root = sites.find((site) => site.name === "default")?.root ?? server.root;
    this.#defaultRoot = resolve(prefix, root);
    this.#spa = module.WebServer.spa;
    this.#headers = securityHeaders(server.tls !== undefined);
  }

  /** Answers GET or HEAD. */
  async answer(request: Request, target: Target, context: RequestContext): Promise<Response> {
    const response = await this.#find(request, target, context);
    for (const [name, value] of this.#headers) response.headers.set(name, value);
    return response;
  }

  async #find(request: Request, target: Target, context: RequestContext): Promise<Response> {
    const { pathname, query } = target;
    const host = request.headers.get("host") ?? "";
    const root = await this.#realRoot(this.#roots.get(host) ?? this.#defaultRoot);
    if (root === null) return errorReply(404, "Not found");
    const found = await findFile(root, pathname);
    if (found.kind === "folder") {
      const location = query === "" ? found.location : `${found.location}?${query}`;
      return new Response(null, { status: 301, headers: { location } });
    }
    if (found.kind === "file") {
      const cacheControl = HASHED.test(found.path) ? FOR_EVER : REVALIDATE;
      return await fileReply(request, { ...found, cacheControl }, context);
    }
    return await this.#missing(request, root, pathname, context);
  }

  /** A page of an application that routes in the browser, else a page that says so. */
  async #missing(
    request: Request,
    root: string,
    pathname: string,
    context: RequestContext,
  ): Promise<Response> {
    const html = request.headers.get("accept")?.includes("text/html") ?? false;
    if (html && this.#spa && !/\.[^/]+$/.test(pathname)) {
      const index = await findFile(root, "/index.html");
      if (index.kind === "file") {
        return await fileReply(request, { ...index, cacheControl: REVALIDATE }, context);
      }
    }
    const page = html ? await findFile(root, "/404.html") : null;
    if (page?.kind !== "file") return errorReply(404, "Not found");
    // Read whole: conditions and ranges concern files that exist.
    const body = request.method === "HEAD" ? null : await Deno.readFile(page.path);
    return new Response(body, {
      status: 404,
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": REVALIDATE },
    });
  }

  async #realRoot(root: string): Promise<string | null> {
    const now = performance.now();
    const known = this.#real.get(root);
    if (known !== undefined && known.until > now) return known.path;
    const path = await Deno.realPath(root).catch(() => null);
    this.#real.set(root, { path, until: now + ROOT_AGE });
    return path;
  }
}

/** What every file is sent with. */
function securityHeaders(tls: boolean): [string, string][] {
  const headers: [string, string][] = [
    ["x-content-type-options", "nosniff"],
    ["x-frame-options", "SAMEORIGIN"],
    ["referrer-policy", "strict-origin-when-cross-origin"],
    ["content-security-policy", "frame-ancestors 'self'; base-uri 'self'; object-src 'none'"],
  ];
  if (tls) headers.push(["strict-transport-security", "max-age=31536000"]);
  return headers;
}
