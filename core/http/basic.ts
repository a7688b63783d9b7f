/**
 * The header `Authorization: Basic`.
 *
 * @module
 */

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** A name and a secret. */
export interface BasicPair {
  /** What stands before the first colon. */
  username: string;
  /** What follows it. */
  password: string;
}

/**
 * Decodes what follows the scheme; the first colon separates.
 *
 * @returns null when it is not base64, not UTF-8, or has no colon.
 */
export function decodeBasic(value: string): BasicPair | null {
  try {
    const text = UTF8.decode(Uint8Array.fromBase64(value));
    const colon = text.indexOf(":");
    if (colon < 0) return null;
    return { username: text.slice(0, colon), password: text.slice(colon + 1) };
  } catch {
    // The caller decides what credentials that cannot be read mean.
    return null;
  }
}
