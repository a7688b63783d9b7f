/**
 * What a reload may change, and what it may not.
 *
 * @module
 */
import type { Config } from "./config.ts";

/** Options of the listener, which stays open through a reload. */
const FIXED = ["listen", "port", "backlog", "timeout"] as const;

/**
 * Returns the next configuration with the address and the database server of the present one.
 *
 * @param refused Told the key of every option that was changed in vain.
 */
export function withFixedOptions(
  next: Config,
  present: Config,
  refused: (key: string) => void,
): Config {
  const server = { ...next.server };
  for (const key of FIXED) {
    if (server[key] !== present.server[key]) refused(`server.${key}`);
    Object.assign(server, { [key]: present.server[key] });
  }
  if (present.server.workers === 1 && server.workers > 1) {
    // The port was opened for one process; another could not share it.
    refused("server.workers");
    server.workers = 1;
  }
  if (next.data !== present.data) refused("data");
  if (next.daemon.pid !== present.daemon.pid) refused("daemon.pid");
  return { ...next, server, data: present.data, daemon: present.daemon };
}
