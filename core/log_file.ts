/**
 * A log file that several processes write to and one of them rotates.
 *
 * Every process appends. The one that rotates renames the file when it has grown too large; the
 * others notice within a second that another file bears the name, and open that.
 *
 * @module
 */
import { getFileSink } from "@logtape/file";
import type { LogRecord, Sink, TextFormatter } from "@logtape/logtape";
import { dirname } from "node:path";

/** How a file is written and rotated. */
export interface LogFileOptions {
  readonly formatter: TextFormatter;
  /** Bytes after which it is rotated; 0 never. */
  readonly maxSize: number;
  /** How many rotated files are kept. */
  readonly keep: number;
  /** Compress rotated files. */
  readonly compress: boolean;
  /** This process rotates; exactly one of those that write the file does. */
  readonly rotates: boolean;
  /** Collect up to this many characters before writing, at most a second. @default 0 */
  readonly buffer?: number;
}

/** Time between two looks at the file, in milliseconds. */
const LOOK_INTERVAL = 1000;

/** One log file; disposing of it writes what is buffered and closes it. */
export class LogFile implements AsyncDisposable {
  readonly #path: string;
  readonly #options: LogFileOptions;
  #sink: Sink & Disposable;
  #inode: number | null = null;
  #looked = 0;
  #compressing: Promise<void> = Promise.resolve();

  /** @param path Absolute; its folder is made. */
  constructor(path: string, options: LogFileOptions) {
    this.#path = path;
    this.#options = options;
    Deno.mkdirSync(dirname(path), { recursive: true });
    this.#sink = this.#open();
  }

  /** Writes one record. */
  write(record: LogRecord): void {
    const now = Date.now();
    if (now - this.#looked >= LOOK_INTERVAL) this.#look(now);
    this.#sink(record);
  }

  /** Opens the file anew, after somebody moved it away. */
  reopen(): void {
    this.#sink[Symbol.dispose]();
    this.#sink = this.#open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sink[Symbol.dispose]();
    await this.#compressing;
  }

  #open(): Sink & Disposable {
    const { formatter, buffer = 0 } = this.#options;
    const sink = getFileSink(this.#path, {
      formatter,
      bufferSize: buffer,
      flushInterval: LOOK_INTERVAL,
    });
    this.#inode = stat(this.#path)?.ino ?? null;
    return sink;
  }

  /** Finds out whether the file is still ours, and whether it is time to rotate it. */
  #look(now: number): void {
    this.#looked = now;
    const { maxSize, rotates } = this.#options;
    const info = stat(this.#path);
    if (info === null || info.ino !== this.#inode) this.reopen();
    else if (rotates && maxSize > 0 && info.size >= maxSize) this.#rotate();
  }

  #rotate(): void {
    const { keep, compress } = this.#options;
    remove(`${this.#path}.${keep}`);
    remove(`${this.#path}.${keep}.gz`);
    for (let number = keep - 1; number >= 1; number--) {
      rename(`${this.#path}.${number}`, `${this.#path}.${number + 1}`);
      rename(`${this.#path}.${number}.gz`, `${this.#path}.${number + 1}.gz`);
    }
    this.#sink[Symbol.dispose]();
    rename(this.#path, `${this.#path}.1`);
    this.#sink = this.#open();
    if (!compress) return;
    // The others may write to the old file for another second.
    const later = this.#compressing.then(() => compressFile(`${this.#path}.1`, LOOK_INTERVAL * 2));
    this.#compressing = later.catch(() => {}); // a file that stays plain is no loss
  }
}

async function compressFile(path: string, delay: number): Promise<void> {
  await new Promise<void>((resolve) => Deno.unrefTimer(setTimeout(resolve, delay)));
  const source = await Deno.open(path, { read: true });
  const target = await Deno.open(`${path}.gz`, { write: true, create: true, truncate: true });
  await source.readable.pipeThrough(new CompressionStream("gzip")).pipeTo(target.writable);
  await Deno.remove(path);
}

function stat(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return null;
    throw thrown;
  }
}

function rename(from: string, to: string): void {
  if (stat(from) !== null) Deno.renameSync(from, to);
}

function remove(path: string): void {
  if (stat(path) !== null) Deno.removeSync(path);
}
