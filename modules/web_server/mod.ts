/**
 * What is served without the API: static files, health, readiness and metrics.
 *
 * @module
 */
export { webServer } from "./web_server.ts";
