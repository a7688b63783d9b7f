/**
 * What the tests stand on: real PostgreSQL servers, databases of their own, the real program.
 *
 * @module
 */
export * from "./cluster.ts";
export * from "./database.ts";
export * from "./door.ts";
export * from "./server.ts";
export * from "./summary.ts";
