/**
 * Shuts the debugger that the runtime opens when USR1 arrives.
 *
 * Since version 2.9.2 the runtime answers that signal by opening its inspector on 127.0.0.1:9229,
 * beside calling our listener; whoever has an account on the machine could then run code in this
 * process. There is no option against it, so it is closed as soon as it is there.
 *
 * @module
 */
import inspector from "node:inspector";

const INTERVAL = 2; // milliseconds between two looks
const PATIENCE = 2000; // milliseconds for which it may still appear

let watching = false;

/** Closes the inspector that appears within the next two seconds. */
export function closeInspector(): void {
  if (watching) return;
  watching = true;
  const end = performance.now() + PATIENCE;
  const timer = setInterval(() => {
    if (inspector.url() !== undefined) inspector.close();
    if (performance.now() < end) return;
    clearInterval(timer);
    watching = false;
  }, INTERVAL);
}
