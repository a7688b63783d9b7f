/**
 * The keys that sign identity tokens. They stand in the database, for all servers have the same
 * ones; whichever server finds that one is due makes it.
 *
 * @module
 */
import {
  calculateJwkThumbprint,
  compactVerify,
  type CryptoKey,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from "jose";
import type { Database } from "../../core/postgres/mod.ts";
import { isRefusal, OAuthError } from "./oauth_error.ts";

/** Algorithms of identity tokens; the first one is that of clients that name none. */
export const SIGNING_ALGORITHMS = ["RS256", "ES256", "EdDSA"] as const;

/** How long keys are used before the database is asked again, in milliseconds. */
const MAX_AGE = 300_000;

const LIST = "SELECT daemon.signing_keys()";
const ADD = "SELECT daemon.add_signing_key($1, $2, ($3::text)::jsonb, ($4::text)::jsonb)";

/** A key as the database has it. */
interface StoredKey {
  kid: string;
  alg: string;
  private: JWK;
  public: JWK;
  /** It may sign at present. */
  signs: boolean;
  /** No new one of its algorithm is due. */
  fresh: boolean;
}

/** Signs identity tokens and verifies its own ones. */
export class SigningKeys {
  readonly #db: Database;
  #loaded: Promise<StoredKey[]> | undefined;
  #until = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The public keys as a JWK Set (RFC 7517): those that sign, will sign or have signed. */
  async publicKeys(): Promise<{ keys: JWK[] }> {
    const keys = await this.#keys();
    return { keys: keys.map((key) => ({ ...key.public, kid: key.kid, alg: key.alg, use: "sig" })) };
  }

  /**
   * Signs claims.
   *
   * @param alg Algorithm that the client wants; an unknown one is the usual one.
   * @param accessToken The token given out beside, whose hash becomes the claim `at_hash`.
   */
  async sign(claims: JWTPayload, alg: string, accessToken: string): Promise<string> {
    const keys = (await this.#keys()).filter((one) => one.signs);
    const key = keys.find((one) => one.alg === alg) ??
      keys.find((one) => one.alg === SIGNING_ALGORITHMS[0]);
    if (key === undefined) throw new OAuthError(500, "server_error", "There is no signing key");
    const payload = { ...claims, at_hash: await accessTokenHash(accessToken, key.alg) };
    return await new SignJWT(payload)
      .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: "JWT" })
      .sign(await importJWK(key.private, key.alg));
  }

  /**
   * Returns the claims of a token that one of the keys has signed; its time does not matter.
   *
   * @returns null for any other token: `kid` chooses among our keys, the key decides the algorithm.
   */
  async verify(token: string): Promise<JWTPayload | null> {
    try {
      const { kid } = decodeProtectedHeader(token);
      const key = (await this.#keys()).find((one) => one.kid === kid);
      if (key === undefined) return null;
      const imported = await importJWK(key.public, key.alg) as CryptoKey;
      const { payload } = await compactVerify(token, imported, { algorithms: [key.alg] });
      return JSON.parse(new TextDecoder().decode(payload)) as JWTPayload;
    } catch (thrown) {
      if (thrown instanceof OAuthError || !isFormFault(thrown)) throw thrown;
      return null;
    }
  }

  #keys(): Promise<StoredKey[]> {
    if (this.#loaded === undefined || performance.now() > this.#until) {
      this.#until = performance.now() + MAX_AGE;
      const loading = this.#load();
      this.#loaded = loading;
      loading.catch(() => {
        if (this.#loaded === loading) this.#loaded = undefined;
      });
    }
    return this.#loaded;
  }

  async #load(): Promise<StoredKey[]> {
    const keys = await this.#read();
    const due = SIGNING_ALGORITHMS.filter((alg) =>
      !keys.some((key) => key.alg === alg && key.fresh)
    );
    if (due.length === 0) return keys;
    for (const alg of due) await this.#create(alg);
    return await this.#read();
  }

  async #read(): Promise<StoredKey[]> {
    const result = await this.#db.value<StoredKey[]>(LIST);
    if (result === null || isRefusal(result)) {
      throw new OAuthError(500, "server_error", "The signing keys cannot be read");
    }
    return result;
  }

  async #create(alg: string): Promise<void> {
    const pair = await generateKeyPair(alg, { extractable: true });
    const shown = await exportJWK(pair.publicKey);
    const hidden = await exportJWK(pair.privateKey);
    const kid = await calculateJwkThumbprint(shown);
    await this.#db.value(ADD, [kid, alg, JSON.stringify(hidden), JSON.stringify(shown)]);
  }
}

/** The left half of the token's digest (OpenID Connect Core, 3.1.3.6). */
async function accessTokenHash(token: string, alg: string): Promise<string> {
  const name = alg === "EdDSA" ? "SHA-512" : "SHA-256";
  const digest = await crypto.subtle.digest(name, new TextEncoder().encode(token));
  return new Uint8Array(digest.slice(0, digest.byteLength / 2))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Tells whether a token was at fault and not this server: the library's errors, bad JSON. */
function isFormFault(thrown: unknown): boolean {
  return thrown instanceof SyntaxError || thrown instanceof TypeError ||
    (thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith("ERR_J"));
}
