import type { WorkOptions } from "../progress.js";
import { terminalProgress } from "./terminalProgress.js";

/** Does long work with its progress shown on the terminal; returns its result and the seconds it took. */
export async function withProgress<T>(
  signal: AbortSignal,
  work: (options: Required<WorkOptions>) => Promise<T>,
): Promise<{ readonly result: T; readonly seconds: number }> {
  const start = performance.now();
  const progress = terminalProgress();
  try {
    return {
      result: await work({ onProgress: progress.onProgress, signal }),
      seconds: (performance.now() - start) / 1000,
    };
  } finally {
    progress.close();
  }
}
