/**
 * Files from disk as answers: ETag, conditional requests, ranges, type by extension.
 *
 * @module
 */
import { detectMimeType } from "@remix-run/mime";
import { createFileResponse } from "@remix-run/response/file";
import type { RequestContext } from "../module.ts";
import { type ByteSource, heldStream } from "./held_stream.ts";

/** Bytes read from the disk at once. */
const PIECE = 65_536;

/** Ranges as RFC 9110 writes them; anything else is no range and is ignored. */
const RANGES = /^bytes=\s*(?:\d+-\d*|-\d+)(?:\s*,\s*(?:\d+-\d*|-\d+))*\s*$/;

/** A file that is to be sent. */
export interface ServedFile {
  /** Where it is on the disk. */
  path: string;
  /** What is known of it; a regular file. */
  info: Deno.FileInfo;
  /** MIME type. @default by the extension of the path */
  type?: string;
  /** Value of `Cache-Control`. */
  cacheControl: string;
}

/**
 * Answers GET or HEAD with a file or the part of it that is asked for.
 *
 * Conditions give 304 or 412; a range that the file does not have, and several ranges at once,
 * give 416.
 *
 * @param context Connection that a long answer holds open.
 */
export async function fileReply(
  request: Request,
  file: ServedFile,
  context: RequestContext,
): Promise<Response> {
  const { info, cacheControl } = file;
  const modified = info.mtime?.getTime() ?? 0;
  const disk = new DiskFile(file, modified, context);
  const range = request.headers.get("range");
  const response = await createFileResponse(disk, request, {
    cacheControl,
    etag: "strong",
    // Size and time, as other servers do: reading the whole file for its digest would cost more
    // than sending it.
    digest: () => Promise.resolve(`${modified.toString(16)}-${info.size.toString(16)}`),
    acceptRanges: range === null || RANGES.test(range),
  });
  response.headers.set("accept-ranges", "bytes");
  return response;
}

/** Returns the MIME type of a path; octets when its extension is not known. */
export function mimeType(path: string): string {
  return detectMimeType(path) ?? "application/octet-stream";
}

/** A file on disk in the shape in which the library reads files; nothing is opened before. */
class DiskFile {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly lastModified: number;
  readonly #path: string;
  readonly #context: RequestContext;

  constructor({ path, info, type }: ServedFile, modified: number, context: RequestContext) {
    this.name = path;
    this.size = info.size;
    this.type = type ?? mimeType(path);
    this.lastModified = modified;
    this.#path = path;
    this.#context = context;
  }

  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.slice().stream();
  }

  slice(start = 0, end = this.size): { stream(): ReadableStream<Uint8Array<ArrayBuffer>> } {
    return {
      stream: () => {
        const body = heldStream(diskSource(this.#path, start, end), this.#context);
        return body as ReadableStream<Uint8Array<ArrayBuffer>>;
      },
    };
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    throw new TypeError("Cannot read the whole file: it is only ever sent in pieces");
  }
}

/** Reads a part of a file; opened at the first read. */
function diskSource(path: string, start: number, end: number): ByteSource {
  let file: Deno.FsFile | undefined;
  let left = end - start;
  let closed = false;
  return {
    async read() {
      if (left <= 0) return null;
      if (file === undefined) {
        file = await Deno.open(path);
        if (closed) return closeFile();
        if (start > 0) await file.seek(start, Deno.SeekMode.Start);
      }
      const buffer = new Uint8Array(Math.min(PIECE, left));
      const count = await file.read(buffer);
      // Shorter than it was when the headers were sent: the connection breaks, as it must.
      if (count === null) throw new Error(`The file became shorter while it was sent: ${path}`);
      left -= count;
      return count === buffer.length ? buffer : buffer.subarray(0, count);
    },
    close() {
      closed = true;
      closeFile();
    },
  };

  function closeFile(): null {
    file?.close();
    file = undefined;
    left = 0;
    return null;
  }
}
