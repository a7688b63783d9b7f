/**
 * Whether a password is easily guessed, and who may come near enough to guess.
 *
 * @module
 */
import type { Config } from "./config.ts";
import { ConfigError } from "./errors.ts";

const SHORTEST = 8;

/** First guesses of everybody; compared without case, digits and punctuation at the end cut off. */
const GUESSES = new Set([
  "admin",
  "administrator",
  "apostol",
  "changeit",
  "changeme",
  "default",
  "demo",
  "example",
  "iloveyou",
  "letmein",
  "login",
  "manager",
  "master",
  "pass",
  "password",
  "passwort",
  "postgres",
  "qwerty",
  "qwertyuiop",
  "root",
  "secret",
  "superuser",
  "test",
  "user",
  "welcome",
]);

/** Tells why a password is easily guessed; null when it is not. */
export function trivialPassword(password: string): string | null {
  if (password.length < SHORTEST) return `it is shorter than ${SHORTEST} characters`;
  if (new Set(password).size < 4) return "it repeats a few characters";
  const word = password.toLowerCase();
  const stem = word.replace(/[\d\W_]+$/, "");
  if (GUESSES.has(word) || GUESSES.has(stem) || stem === "") {
    return stem === "" ? "it has no letter" : "it is one of the first guesses";
  }
  const rows = "abcdefghijklmnopqrstuvwxyz 0123456789 qwertyuiop asdfghjkl zxcvbnm";
  return rows.includes(word) ? "it is a row of keys" : null;
}

/** Tells whether only this machine can reach an address. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || address === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(address);
}

/**
 * Refuses to be reached from other machines with an administrator whose password is guessed.
 *
 * @throws {ConfigError} If so; the message names the settings that would help.
 */
export function checkAdministrator(config: Config): void {
  const { connect } = config.postgres;
  if (!connect || isLoopback(config.server.listen) || config.admin.allow_trivial_password) return;
  const reason = trivialPassword(config.secrets.admin_password);
  if (reason === null) return;
  throw new ConfigError([
    `admin.password (APOSTOL_ADMIN_PASSWORD): must not be easily guessed when ` +
    `"server.listen" is ${config.server.listen}: ${reason}; choose another, or set ` +
    `"admin.allow_trivial_password" when it was changed since`,
  ]);
}
