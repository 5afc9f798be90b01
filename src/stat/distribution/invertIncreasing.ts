/**
 * The x in [lower, upper] where an increasing function reaches a target, by bisection down to neighbouring numbers.
 * An end is returned where the target lies beyond it.
 */
export function invertIncreasing(f: (x: number) => number, target: number, lower: number, upper: number): number {
  let [low, high] = [lower, upper];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) < target) low = middle;
    else high = middle;
  }
}
