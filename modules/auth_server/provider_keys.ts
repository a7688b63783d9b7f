/**
 * Public keys of other providers, fetched when they are first needed and every half hour after.
 *
 * @module
 */
import { type CryptoKey, decodeProtectedHeader, importJWK, importX509, type JWK } from "jose";
import type { OAuthApplication } from "../../core/config.ts";
import { toError } from "../../core/errors.ts";
import type { KeyResolver } from "../../core/http/mod.ts";
import { getLogger } from "../../core/log.ts";

const MAX_AGE = 1_800_000; // milliseconds
const RETRY = 5_000; // milliseconds
const FETCH_TIMEOUT = 10_000; // milliseconds

const log = getLogger(["apostol", "http", "keys"]);

/** Keys of one address by their `kid`: as JWK, or as a certificate in PEM. */
type KeySet = Map<string, JWK | string>;

interface Cached {
  keys: Promise<KeySet>;
  until: number;
}

/** Makes the function that finds the key of a token in what its provider publishes. */
export function providerKeys(applications: readonly OAuthApplication[]): KeyResolver {
  const cache = new Map<string, Cached>();
  return async (application, token) => {
    const { kid, alg } = decodeProtectedHeader(token);
    const address = certificateAddress(applications, application.provider);
    if (address === undefined || kid === undefined || alg === undefined) return null;
    const key = (await cachedKeys(cache, address)).get(kid);
    if (key === undefined) return null;
    if (typeof key === "string") return await importX509(key, alg);
    return await importJWK(key, alg) as CryptoKey;
  };
}

/** The address stands with the provider's application `web`, under one of two names. */
function certificateAddress(
  applications: readonly OAuthApplication[],
  provider: string,
): string | undefined {
  const web = applications.find((one) => one.provider === provider && one.name === "web");
  return web?.cert_uri ?? web?.auth_provider_x509_cert_url;
}

function cachedKeys(cache: Map<string, Cached>, address: string): Promise<KeySet> {
  const now = performance.now();
  const known = cache.get(address);
  if (known !== undefined && known.until > now) return known.keys;
  const entry: Cached = { keys: fetchKeys(address), until: now + MAX_AGE };
  // Tried again soon; until then nobody can be verified, which is what an unknown key means.
  entry.keys = entry.keys.catch((thrown) => {
    entry.until = performance.now() + RETRY;
    log.warn("Keys of {address} not fetched: {reason}", {
      address,
      reason: toError(thrown).message,
    });
    return new Map();
  });
  cache.set(address, entry);
  return entry.keys;
}

async function fetchKeys(address: string): Promise<KeySet> {
  const response = await fetch(address, { signal: AbortSignal.timeout(FETCH_TIMEOUT) });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`status ${response.status}`);
  }
  const answer = await response.json() as { keys: JWK[] } | Record<string, string>;
  if (!Array.isArray(answer.keys)) return new Map(Object.entries(answer as Record<string, string>));
  return new Map(answer.keys.map((key) => [key.kid ?? "", key]));
}
