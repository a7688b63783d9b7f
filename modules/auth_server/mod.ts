/**
 * The authorization server: `/oauth2/*`.
 *
 * One file a step: `authorize` and `code` are the browser's way, `token` is the clients' way,
 * `identifier` tells a sign-in page whom it has before it. The grants themselves are functions of
 * the database (`daemon.token`).
 *
 * @module
 */
export { authServer } from "./auth_server.ts";
