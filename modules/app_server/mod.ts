/**
 * The REST API: `/api/v1/*` becomes one call of `daemon.call`, whose rows become the answer.
 *
 * @module
 */
export { appServer } from "./app_server.ts";
