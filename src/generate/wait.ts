import { InterruptedError } from "../error.js";

/** Waits. @throws InterruptedError as soon as `signal` is aborted. */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stopped = () => {
      clearTimeout(timer);
      reject(new InterruptedError("generation was stopped"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stopped);
      resolve();
    }, ms);
    if (signal?.aborted === true) stopped();
    signal?.addEventListener("abort", stopped, { once: true });
  });
}
