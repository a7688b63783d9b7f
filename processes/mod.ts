/**
 * The background processes of the program.
 *
 * @module
 */
import type { Daemon } from "../core/daemon.ts";
import { cleaner } from "./cleaner/mod.ts";

/** Each runs in a process of its own when the configuration enables it. */
export const daemons: readonly Daemon[] = [cleaner];

/** These share one process, the helper; it is started when one of them is enabled. */
export const helpers: readonly Daemon[] = [];
