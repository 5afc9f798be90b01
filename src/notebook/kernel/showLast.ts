import { isThenable } from "../isThenable.js";

/**
 * Shows the last value of a cell: tables, frames, rows and figures as `show` does, anything else as `print` prints it. A promise is
 * waited for, and what it comes to is shown, so that a forgotten `await` costs nothing. Rejects where the promise does.
 */
export async function showLast(value: unknown, print: (value: unknown) => void): Promise<void> {
  if (typeof value !== "object" || value === null) return print(value);
  if (isThenable(value)) {
    const result = await value;
    // Nothing is shown for nothing, as at the end of a cell without a promise.
    return result === undefined || result === null ? undefined : showLast(result, print);
  }
  // Loaded when first needed: the kernel starts sooner.
  const { isShowable, show } = await import("../show.js");
  if (isShowable(value)) await show(value);
  else print(value);
}
