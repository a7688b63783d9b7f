/**
 * Reads request bodies within a limit of bytes and of time.
 *
 * @module
 */
import { Deadlines } from "./deadline.ts";
import { RequestError } from "./errors.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** What a request body may cost. */
export interface BodyLimits {
  /** Most bytes. */
  bytes: number;
  /** Longest time until the body has arrived, in milliseconds; 0 waits. */
  timeout: number;
}

/** Reads bodies whole; a body that is too large or too slow is cut off. */
export class BodyReader {
  readonly #bytes: number;
  readonly #deadlines: Deadlines;

  /** Makes a reader; it holds nothing between two bodies. */
  constructor(limits: BodyLimits) {
    this.#bytes = limits.bytes;
    this.#deadlines = new Deadlines(limits.timeout);
  }

  /**
   * Returns the whole body; null when there is none.
   *
   * @throws {RequestError} 413 when it is too large, 408 when it takes too long, 400 when the
   * client breaks off.
   */
  async bytes(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
    const method = request.method;
    if (method === "GET" || method === "HEAD") return null;
    const declared = request.headers.get("content-length");
    if (declared !== null) {
      const length = Number(declared);
      if (length === 0) return null;
      if (!(length <= this.#bytes)) throw await this.#tooLarge(request.body);
      // The server never delivers more than was declared: this read is bounded.
      return await this.#within(request.bytes(), request);
    }
    return request.body === null ? null : await this.#stream(request.body, request);
  }

  /**
   * Returns the body as text; null when it is empty.
   *
   * @throws {RequestError} As {@linkcode bytes}; 400 when it is not UTF-8.
   */
  async text(request: Request): Promise<string | null> {
    const bytes = await this.bytes(request);
    return bytes === null || bytes.length === 0 ? null : decodeText(bytes);
  }

  /** Collects a body of unknown length: chunked, maybe without end. */
  async #stream(
    body: ReadableStream<Uint8Array<ArrayBuffer>>,
    request: Request,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const reader = body.getReader();
    const chunks: Uint8Array[] = [];
    let size = 0;
    const collect = async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        size += next.value.length;
        if (size > this.#bytes) throw await this.#tooLarge(reader);
        chunks.push(next.value);
      }
    };
    try {
      await this.#within(collect(), request);
    } catch (thrown) {
      reader.cancel().catch(ignore);
      throw thrown;
    }
    return size === 0 ? null : join(chunks, size);
  }

  #within<T>(reading: Promise<T>, request: Request): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = this.#deadlines.begin(() => {
        reject(new RequestError(408, "The request body took too long to arrive"));
      });
      reading.then(resolve, (thrown) => reject(brokenOff(thrown, request))).finally(end);
    });
  }

  async #tooLarge(
    unread: { cancel(): Promise<void> } | null,
  ): Promise<RequestError> {
    await unread?.cancel().catch(ignore);
    return new RequestError(413, `The request body is larger than ${this.#bytes} bytes`);
  }
}

/**
 * Decodes UTF-8 strictly, without a byte order mark.
 *
 * @throws {RequestError} 400 when the bytes are not UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new RequestError(400, "The request body is not valid UTF-8", { cause });
  }
}

function join(chunks: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

function brokenOff(thrown: unknown, request: Request): RequestError {
  if (thrown instanceof RequestError) return thrown;
  return new RequestError(400, "The request body could not be read", {
    cause: thrown,
    detail: request.method,
  });
}

function ignore(): void {
  // The client has gone, or the stream is closed already: there is nothing left to cancel.
}
