/**
 * What every process of the program has around its work: signals, its parent's end, permissions.
 *
 * @module
 */
import { SUPERVISED } from "./child_command.ts";
import { closeInspector } from "./inspector.ts";
import { reopenLogs } from "./log.ts";
import { READY } from "./supervisor.ts";

/** How a process is asked to stop. */
export type StopKind = "fast" | "graceful";

/** What a process does when it is signalled. */
export interface SignalHandlers {
  /** TERM and INT: fast. QUIT: graceful. Called for every signal. */
  stop(kind: StopKind): void;
  /** HUP. @default nothing: whoever supervises replaces this process */
  reload?(): void;
  /** USR1 and USR2, after this process has opened its own files anew. */
  reopen?(): void;
}

/** Listens to the signals that the program knows. */
export function listenToSignals({ stop, reload, reopen }: SignalHandlers): void {
  const reopenFiles = () => {
    reopenLogs();
    reopen?.();
  };
  const handlers: [Deno.Signal, () => void][] = [
    ["SIGINT", () => stop("fast")],
    ["SIGTERM", () => stop("fast")],
    ["SIGQUIT", () => stop("graceful")],
    ["SIGHUP", () => reload?.()],
    ["SIGUSR1", () => {
      closeInspector();
      reopenFiles();
    }],
    ["SIGUSR2", reopenFiles],
  ];
  for (const [signal, handler] of handlers) {
    // Windows knows INT and BREAK only.
    if (Deno.build.os === "windows" && signal !== "SIGINT") continue;
    Deno.addSignalListener(signal, handler);
  }
}

/**
 * Watches the pipe from the supervisor, when there is one.
 *
 * @param gone Called when the supervisor has ended.
 */
export async function watchParent(gone: () => void): Promise<void> {
  if (!isSupervised()) return;
  const buffer = new Uint8Array(64);
  try {
    while (await Deno.stdin.read(buffer) !== null);
  } catch {
    // A broken pipe means the same as its end.
  }
  gone();
}

/** Tells the supervisor, when there is one, that this process works. */
export async function announceReady(): Promise<void> {
  if (isSupervised()) await Deno.stdout.write(new TextEncoder().encode(READY));
}

/**
 * Gives up the permissions that a worker or a daemon needed only to start.
 *
 * @param writes Keep the permission to write.
 */
export async function dropPermissions(writes: boolean): Promise<void> {
  const names = ["run", "ffi", "sys", ...(writes ? [] : ["write"])] as const;
  for (const name of names) await Deno.permissions.revoke({ name } as Deno.PermissionDescriptor);
}

let supervised: boolean | undefined;

/** Asked once: the environment may be out of reach later. */
function isSupervised(): boolean {
  return supervised ??= Deno.env.get(SUPERVISED) === "1";
}
