import { runningCell } from "../cellSignal.js";

/** The signal that is handed out now; a new one takes its place after each interrupt. */
const current: { controller: AbortController | undefined } = { controller: undefined };

/**
 * A signal that is aborted when the kernel (or the program) is interrupted. An interrupted cell gives the prompt back,
 * but its code goes on in the background: work with this signal stops as well. In safelab's own kernel the verbs have it
 * without being told. Call it anew in each cell: after an interrupt the old signal stays aborted.
 *
 * @example await executeRun(run, { signal: interruptSignal() })
 */
export function interruptSignal(): AbortSignal {
  const cell = runningCell.getStore();
  if (cell !== undefined) return cell.signal;
  if (current.controller !== undefined) return current.controller.signal;
  const controller = new AbortController();
  current.controller = controller;
  // While a cell's synchronous part runs, tslab's own listeners are set aside and put back: ours is added after it.
  setImmediate(() => {
    process.once("SIGINT", () => {
      current.controller = undefined;
      controller.abort();
    });
  });
  return controller.signal;
}
