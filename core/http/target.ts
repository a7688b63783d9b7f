/**
 * The target of a request as it was sent: raw path and query.
 *
 * `new URL(request.url)` throws for a malformed `Host`, resolves `..`, and costs more than the
 * rest of a short request.
 *
 * @module
 */

/** Path and query of a request, not decoded. */
export interface Target {
  /** Path, beginning with `/`. */
  readonly pathname: string;
  /** Query without the question mark; empty when there is none. */
  readonly query: string;
}

let lastUrl = "";
let lastTarget: Target = { pathname: "/", query: "" };

/** Splits the address of a request; the last result is kept, for it is asked more than once. */
export function requestTarget(url: string): Target {
  if (url !== lastUrl) {
    lastTarget = splitTarget(url);
    lastUrl = url;
  }
  return lastTarget;
}

function splitTarget(url: string): Target {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  if (start < 0) return { pathname: "/", query: "" };
  const mark = url.indexOf("?", start);
  if (mark < 0) return { pathname: url.slice(start), query: "" };
  return { pathname: url.slice(start, mark), query: url.slice(mark + 1) };
}

/**
 * Makes a test for configured paths: exact, or a prefix when it ends in `*`.
 *
 * @param endpoints Compared with the raw path, case-sensitively.
 */
export function endpointMatcher(endpoints: readonly string[]): (pathname: string) => boolean {
  const exact = new Set(endpoints.filter((one) => !one.endsWith("*")));
  const prefixes = endpoints.filter((one) => one.endsWith("*")).map((one) => one.slice(0, -1));
  const [only] = prefixes;
  if (exact.size === 0 && prefixes.length === 1) return (pathname) => pathname.startsWith(only!);
  return (pathname) =>
    exact.has(pathname) || prefixes.some((prefix) => pathname.startsWith(prefix));
}
