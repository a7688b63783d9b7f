/**
 * The access log: a line for every request, in the form that log readers know ("combined").
 *
 * @module
 */
import { getLogger } from "../log.ts";
import { requestTarget } from "./target.ts";

const log = getLogger(["apostol", "access"]);

/** What a line tells of a request; read before the request is handled. */
export interface AccessFacts {
  method: string;
  /** Path without the query, which may hold codes and tokens. */
  path: string;
  referer: string;
  agent: string;
}

/** Reads what the line needs. */
export function clientOf(request: Request): AccessFacts {
  return {
    method: request.method,
    path: requestTarget(request.url).pathname,
    referer: (request.headers.get("referer") ?? "-").split("?")[0]!,
    agent: request.headers.get("user-agent") ?? "-",
  };
}

/**
 * Writes the line of a request.
 *
 * @param milliseconds How long the answer took; printed in seconds after the agent.
 */
export function logAccess(
  { method, path, referer, agent }: AccessFacts,
  peer: string,
  status: number,
  milliseconds: number,
): void {
  const seconds = (milliseconds / 1000).toFixed(3);
  const time = new Date().toISOString();
  const line = `${peer} - - [${time}] "${plain(method)} ${plain(path)} HTTP/1.1" ${status} - ` +
    `"${plain(referer)}" "${plain(agent)}" ${seconds}`;
  log.info("{line}", { line });
}

/** Takes out what would end the field or the line. */
function plain(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  return text.replace(/["\\\u0000-\u001f\u007f]/g, "_");
}
