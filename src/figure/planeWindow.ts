import type { PlanePanel } from "./planePoints.js";

/** The part of the plane that every panel of a figure shows: as wide as it is high, so that directions compare. */
export interface PlaneWindow {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Distance of ticks. */
  readonly step: number;
}

/**
 * The smallest window of a quarter, a half, three quarters or the whole of each axis that holds every point with its
 * intervals, its edges on multiples of .05.
 */
export function planeWindow(panels: readonly PlanePanel[]): PlaneWindow {
  const points = panels.flatMap((panel) => panel.points);
  const [xs, ys] = [
    points.flatMap(({ x, pass }) => [x, ...(pass.interval ?? [])]),
    points.flatMap(({ y, secure }) => [y, ...(secure.interval ?? [])]),
  ];
  for (const hundredths of [25, 50, 75]) {
    const [x, y] = [windowOf(xs, hundredths), windowOf(ys, hundredths)];
    if (x !== undefined && y !== undefined)
      return { x, y, step: hundredths === 25 ? 0.05 : hundredths === 50 ? 0.1 : 0.25 };
  }
  return { x: [0, 1], y: [0, 1], step: 0.25 };
}

/** A window of that many hundredths with the values near its middle, or none where they do not fit. */
function windowOf(values: readonly number[], hundredths: number): [number, number] | undefined {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const grid = 5;
  const first = Math.round((50 * (least + most) - hundredths / 2) / grid) * grid;
  const low = Math.min(Math.max(first, 0), 100 - hundredths);
  const fits = least * 100 >= low && most * 100 <= low + hundredths;
  return values.length > 0 && fits ? [low / 100, (low + hundredths) / 100] : undefined;
}
