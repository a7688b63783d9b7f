/**
 * Checks access tokens in the server, before the database sees them.
 *
 * A token is verified once; the result is kept until the token expires, in a bounded cache keyed
 * by the token itself. The database still decides: it knows whether the token was revoked.
 *
 * @module
 */
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import type { OAuthApplication } from "../config.ts";

/** What a check found. `reason` is for the log and, without details, for the client. */
export type TokenCheck =
  | { state: "valid" | "expired"; claims: JWTPayload; application: OAuthApplication }
  | { state: "invalid"; reason: string };

/** Finds the key of a token that is not signed with the application's secret. */
export type KeyResolver = (
  application: OAuthApplication,
  token: string,
) => Promise<CryptoKey | null>;

/** Settings of a {@linkcode TokenVerifier}. */
export interface VerifierOptions {
  /** Most tokens that are remembered. @default 10000 */
  cacheSize?: number;
  /** Finds public keys; without it only tokens signed with a secret are accepted. */
  resolver?: KeyResolver;
}

const SYMMETRIC = ["HS256", "HS384", "HS512"];
const ASYMMETRIC = /^(?:RS|PS|ES)(?:256|384|512)$/;

/** Tokens longer than this are refused unread. */
const MAX_LENGTH = 8192;

interface Remembered {
  check: TokenCheck & { state: "valid" };
  /** When the token expires, in milliseconds since 1970; infinite without `exp`. */
  expires: number;
}

/** Verifies tokens of the configured applications. */
export class TokenVerifier {
  readonly #applications = new Map<string, OAuthApplication>();
  readonly #keys = new Map<string, Uint8Array>();
  readonly #resolver: KeyResolver | undefined;
  readonly #generation: number;
  /** Remembered tokens in two generations: a hit in the older one moves to the younger. */
  #young = new Map<string, Remembered>();
  #old = new Map<string, Remembered>();

  /**
   * Prepares the keys.
   *
   * @param applications Those whose tokens are accepted; the first with a client id wins.
   */
  constructor(applications: readonly OAuthApplication[], options: VerifierOptions = {}) {
    const { cacheSize = 10_000, resolver } = options;
    for (const application of applications) {
      const id = application.client_id;
      if (id === "" || this.#applications.has(id)) continue;
      this.#applications.set(id, application);
      this.#keys.set(id, new TextEncoder().encode(application.client_secret));
    }
    this.#resolver = resolver;
    this.#generation = Math.max(1, cacheSize >> 1);
  }

  /** Checks a token; answers at once, without a promise, when the token is remembered. */
  check(token: string): TokenCheck | Promise<TokenCheck> {
    return this.#recall(token) ?? this.#verify(token);
  }

  /** How many tokens are remembered. */
  get remembered(): number {
    return this.#young.size + this.#old.size;
  }

  #recall(token: string): TokenCheck | undefined {
    let found = this.#young.get(token);
    if (found === undefined) {
      found = this.#old.get(token);
      if (found === undefined) return undefined;
      this.#remember(token, found);
    }
    if (found.expires > Date.now()) return found.check;
    this.#young.delete(token);
    this.#old.delete(token);
    return { ...found.check, state: "expired" };
  }

  #remember(token: string, entry: Remembered): void {
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(token, entry);
  }

  async #verify(token: string): Promise<TokenCheck> {
    try {
      return await this.#verifyKnown(token);
    } catch (thrown) {
      return invalid(thrown instanceof Error ? thrown.message : "The token cannot be read");
    }
  }

  async #verifyKnown(token: string): Promise<TokenCheck> {
    if (token.length > MAX_LENGTH) return invalid("The token is too long");
    const { alg } = decodeProtectedHeader(token);
    const { aud, iss } = decodeJwt(token);
    if (typeof aud !== "string") return invalid("The audience of the token is not one string");
    const application = this.#applications.get(aud);
    if (application === undefined) return invalid("The audience of the token is not known");
    if (application.issuers.length > 0 && iss !== undefined && !application.issuers.includes(iss)) {
      return invalid("The issuer of the token is not accepted");
    }
    const key = await this.#key(application, token, alg ?? "");
    if (key === null) return invalid("The algorithm or key of the token is not accepted");
    return await this.#verifySigned(token, key, alg!, application);
  }

  /** Returns what the signature is checked with; the algorithm decides, never the token's wish. */
  async #key(
    application: OAuthApplication,
    token: string,
    alg: string,
  ): Promise<Uint8Array | CryptoKey | null> {
    if (SYMMETRIC.includes(alg)) {
      return application.client_secret === "" ? null : this.#keys.get(application.client_id)!;
    }
    if (this.#resolver === undefined || !ASYMMETRIC.test(alg)) return null;
    return await this.#resolver(application, token);
  }

  async #verifySigned(
    token: string,
    key: Uint8Array | CryptoKey,
    alg: string,
    application: OAuthApplication,
  ): Promise<TokenCheck> {
    try {
      const { payload: claims } = await jwtVerify(token, key, {
        algorithms: [alg],
        clockTolerance: 0,
      });
      // Whole seconds: the issuer may have rounded the present moment up.
      if (claims.iat !== undefined && claims.iat > Math.ceil(Date.now() / 1000)) {
        return invalid("The token is from the future");
      }
      const check = { state: "valid" as const, claims, application };
      const expires = claims.exp === undefined ? Infinity : claims.exp * 1000;
      this.#remember(token, { check, expires });
      return check;
    } catch (thrown) {
      // The library checks the signature first: these claims are the issuer's.
      if (thrown instanceof errors.JWTExpired) {
        return { state: "expired", claims: thrown.payload, application };
      }
      throw thrown;
    }
  }
}

function invalid(reason: string): TokenCheck {
  return { state: "invalid", reason };
}
