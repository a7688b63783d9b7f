/**
 * Who is at the other end: the client's address, seen through the proxies that are trusted.
 *
 * @module
 */

/** What a request tells of its way here. */
export interface ClientFacts {
  /** Address of the client; null when it is not known. */
  host: string | null;
  /** `http` or `https`, as the client sees it. */
  protocol: string;
}

/** Reads `X-Real-IP` and `X-Forwarded-*`, but only from peers that are trusted. */
export class ClientAddress {
  readonly #trusted: ReadonlyArray<(address: string) => boolean>;
  readonly #tls: boolean;
  /** The last decision: most requests of a connection come from one peer. */
  #lastPeer = "";
  #lastTrusted = false;

  /**
   * Prepares the list.
   *
   * @param trusted Addresses, or networks such as `10.0.0.0/8`; `*` trusts every peer.
   * @param tls Whether this server itself speaks HTTPS.
   */
  constructor(trusted: readonly string[], tls = false) {
    this.#trusted = trusted.map(matcher);
    this.#tls = tls;
  }

  /**
   * Returns the client's address, or null when none is known.
   *
   * `X-Real-IP` first; else the last address of `X-Forwarded-For` that is no trusted proxy: what
   * stands before it was written by the client and may be forged. Else the peer.
   */
  host(request: Request, peer: string): string | null {
    const direct = normalizeAddress(peer);
    if (direct === null || !this.#trusts(direct)) return direct;
    const headers = request.headers;
    const real = headers.get("x-real-ip");
    if (real !== null) {
      const address = normalizeAddress(real);
      if (address !== null) return address;
    }
    const chain = headers.get("x-forwarded-for");
    return chain === null ? direct : this.#lastUntrusted(chain) ?? direct;
  }

  /** Returns the scheme that the client used. */
  protocol(request: Request, peer: string): string {
    const own = this.#tls ? "https" : "http";
    const direct = normalizeAddress(peer);
    if (direct === null || !this.#trusts(direct)) return own;
    const forwarded = request.headers.get("x-forwarded-proto")?.toLowerCase();
    return forwarded === "https" || forwarded === "http" ? forwarded : own;
  }

  #trusts(address: string): boolean {
    if (address !== this.#lastPeer) {
      this.#lastTrusted = this.#trusted.some((matches) => matches(address));
      this.#lastPeer = address;
    }
    return this.#lastTrusted;
  }

  #lastUntrusted(chain: string): string | null {
    let seen: string | null = null;
    for (const part of chain.split(",").reverse()) {
      const address = normalizeAddress(part);
      if (address === null) continue;
      if (!this.#trusted.some((matches) => matches(address))) return address;
      seen = address;
    }
    return seen;
  }
}

/**
 * Returns an address without port, brackets and zone; null when the text is none.
 *
 * An IPv4 address inside IPv6 becomes plain IPv4.
 */
export function normalizeAddress(text: string): string | null {
  let address = text.trim();
  if (isIPv4(address)) return address;
  if (address.startsWith("[")) address = address.slice(1, address.indexOf("]"));
  else if (address.indexOf(":") === address.lastIndexOf(":")) address = address.split(":")[0]!;
  const zone = address.indexOf("%");
  if (zone >= 0) address = address.slice(0, zone);
  if (isIPv4(address)) return address;
  if (/^::ffff:[0-9.]+$/i.test(address) && isIPv4(address.slice(7))) return address.slice(7);
  return parseIPv6(address) === null ? null : address.toLowerCase();
}

/** Tells whether an address is loopback or private (RFC 1918, ULA). */
export function isPrivateAddress(address: string): boolean {
  const plain = normalizeAddress(address);
  return plain !== null && PRIVATE.some((matches) => matches(plain));
}

/** Tells whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  const plain = normalizeAddress(address);
  return plain !== null && LOOPBACK.some((matches) => matches(plain));
}

const LOOPBACK = ["127.0.0.0/8", "::1"].map(matcher);
const PRIVATE = ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7"]
  .map(matcher);

/** Makes a test for an address or a network. */
function matcher(rule: string): (address: string) => boolean {
  if (rule === "*") return () => true;
  const [network, bits] = rule.split("/");
  const wanted = addressBits(normalizeAddress(network!) ?? "");
  if (wanted === null) {
    throw new RangeError(`Cannot trust a proxy: "${rule}" is neither an address nor a network`);
  }
  const length = bits === undefined ? wanted.length : Number(bits);
  if (!(length >= 0 && length <= wanted.length)) {
    throw new RangeError(`Cannot trust a proxy: "${rule}" has a wrong prefix length`);
  }
  const prefix = wanted.slice(0, length);
  return (address) => {
    const own = addressBits(address);
    return own !== null && own.length === wanted.length && own.startsWith(prefix);
  };
}

/** Returns an address as a text of zeros and ones. */
function addressBits(address: string): string | null {
  if (isIPv4(address)) {
    return address.split(".").map((part) => Number(part).toString(2).padStart(8, "0")).join("");
  }
  const groups = parseIPv6(address);
  return groups?.map((group) => group.toString(2).padStart(16, "0")).join("") ?? null;
}

function isIPv4(text: string): boolean {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  return parts !== null && parts.slice(1).every((part) => Number(part) <= 255);
}

/** Returns the eight groups of an IPv6 address, or null. */
function parseIPv6(text: string): number[] | null {
  if (!/^[0-9a-f:]{2,39}$/i.test(text) || text.includes(":::")) return null;
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => half === "" ? [] : half.split(":"));
  const groups = [...head!, ...(tail ?? [])];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null;
  if (halves.length === 1 ? groups.length !== 8 : groups.length > 7) return null;
  const fill = Array<string>(8 - groups.length).fill("0");
  return [...head!, ...fill, ...(tail ?? [])].map((group) => parseInt(group, 16));
}
