/**
 * Bodies of long replies: sent piece by piece, given up when the client stops reading.
 *
 * @module
 */
import type { RequestContext } from "../module.ts";
import { holdConnection } from "./connection.ts";

/** How long a client may take nothing of a reply, in milliseconds. */
const STALL_LIMIT = 60_000;

/** Bytes handed over at once. */
const PIECE = 262_144;

/** Where the bytes of a reply come from. */
export interface ByteSource {
  /** Returns the next bytes; null after the last ones. */
  read(): Promise<Uint8Array | null> | Uint8Array | null;
  /** Lets go of what the source holds; called once, in whatever way the reply ends. */
  close(): void;
}

/**
 * Makes a body that keeps its connection open until it has been sent.
 *
 * @param stallLimit Time without progress after which the reply is broken off, in milliseconds.
 */
export function heldStream(
  source: ByteSource,
  context: RequestContext,
  stallLimit = STALL_LIMIT,
): ReadableStream<Uint8Array> {
  const release = holdConnection(context);
  let stalled: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(stalled);
    source.close();
    release();
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(stalled);
      try {
        const bytes = await source.read();
        if (bytes === null) {
          end();
          controller.close();
          return;
        }
        stalled = setTimeout(() => {
          end();
          controller.error(new Error("The client stopped reading the reply"));
        }, stallLimit);
        controller.enqueue(bytes);
      } catch (thrown) {
        end();
        controller.error(thrown);
      }
    },
    cancel: end,
  }, { highWaterMark: 0 });
}

/** Makes a source of bytes that are in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  let offset = 0;
  return {
    read() {
      if (offset >= bytes.length) return null;
      offset += PIECE;
      return bytes.subarray(offset - PIECE, offset);
    },
    close() {
      offset = bytes.length;
    },
  };
}
