/**
 * Shows the last value of a cell: tables, frames, rows and figures as `show` does, anything else as `print` prints it. The figure
 * that a `show` without `await` is drawing is waited for.
 */
export async function showLast(value: unknown, print: (value: unknown) => void): Promise<void> {
  if (typeof value !== "object" || value === null) return print(value);
  // Loaded when first needed: the kernel starts sooner.
  const { isDrawing, isShowable, show } = await import("../show.js");
  if (value instanceof Promise && isDrawing(value)) await value;
  else if (isShowable(value)) await show(value);
  else print(value);
}
