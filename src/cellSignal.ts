import { AsyncLocalStorage } from "node:async_hooks";
import type { WorkOptions } from "./progress.js";

/** What a notebook cell offers to the work that is started in it. */
export interface CellWork {
  /** Aborted when the user interrupts the kernel. */
  readonly signal: AbortSignal;
}

/** The notebook cell that started the code at hand. Set by safelab's own kernel only. */
export const runningCell = new AsyncLocalStorage<CellWork>();

/**
 * The signal that long work listens to, ready to be spread into options: the one it was given, else that of the notebook
 * cell that started it, so that an interrupt of the kernel stops it; else none.
 */
export function stopSignal({ signal = runningCell.getStore()?.signal }: WorkOptions): Pick<WorkOptions, "signal"> {
  return signal === undefined ? {} : { signal };
}
