/**
 * Secrets: generated once, kept in one file that only its owner may read.
 *
 * @module
 */

/** Everything that must not be known outside. */
export interface Secrets {
  /** Key of the token hashes in the database. */
  server_key: string;
  /** First password of the user `admin`. */
  admin_password: string;
  /** Secrets of the project's own OAuth clients. */
  clients: Record<"web" | "service" | "android" | "ios", string>;
  /** Passwords of the login roles. */
  roles: Record<"kernel" | "daemon" | "apibot" | "admin", string>;
  /** Password of the embedded server's superuser. */
  superuser: string;
}
