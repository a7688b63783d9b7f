/**
 * Logging: one place that decides where messages go, and what must never be in them.
 *
 * @module
 */
export type { Logger } from "@logtape/logtape";
export { getLogger } from "@logtape/logtape";
