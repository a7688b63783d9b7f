/**
 * How far an installation is: one line that moves on a terminal, else a line for each phase.
 *
 * @module
 */
import type { InstallProgress } from "./postgres/mod.ts";

const WORDS: Record<InstallProgress["phase"], string> = {
  wait: "Waiting for another installation",
  roles: "Login roles",
  database: "Database",
  patch: "Patches",
  platform: "Platform",
  configuration: "Configuration",
  finish: "Finishing",
};

const CLEAR_LINE = "\r\x1b[K";

/** Shows progress on standard error; disposing of it ends the line. */
export class Progress implements Disposable {
  readonly #terminal: boolean;
  readonly #write: (text: string) => void;
  #phase: InstallProgress["phase"] | null = null;

  /**
   * @param terminal Whether lines may be written over. @default whether standard error is one
   * @param write Takes the text. @default standard error
   */
  constructor(terminal?: boolean, write?: (text: string) => void) {
    this.#terminal = terminal ?? Deno.stderr.isTerminal();
    this.#write = write ?? ((text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)));
  }

  /** Shows one step; to be given as `onProgress`. */
  readonly show = ({ phase, file, index, total }: InstallProgress): void => {
    if (this.#terminal) {
      const share = total > 0
        ? `${String(Math.round(100 * index / total)).padStart(3)} %`
        : "     ";
      this.#write(`${CLEAR_LINE}${share}  ${WORDS[phase]} ${file}`.slice(0, 100));
    } else if (phase !== this.#phase) {
      this.#write(`${WORDS[phase]} ...\n`);
    }
    this.#phase = phase;
  };

  [Symbol.dispose](): void {
    if (this.#terminal && this.#phase !== null) this.#write(CLEAR_LINE);
  }
}
