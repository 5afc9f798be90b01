import type { Effect } from "../analysis/effect.js";
import type { Measure } from "../analysis/measure.js";
import type { Where } from "../table/typedTable.js";

/** One effect of a forest. */
export interface ForestPoint {
  readonly method: string;
  /** The model, and the prompt where there are several. */
  readonly name: string;
  readonly effect: Effect;
  /** Holm-adjusted; absent where there is no test. */
  readonly p?: number;
  readonly where: Where;
}

/** The effects on one measure. */
export interface ForestPanel {
  readonly measure: Measure;
  readonly points: readonly ForestPoint[];
}

/** A point with the line that it stands on: a heading with the model's name comes before its points. */
export interface Placed extends ForestPoint {
  readonly y: number;
  /** First of its model. */
  readonly first: boolean;
}

/** The points with their lines, a heading before each model. */
export function placed(points: readonly ForestPoint[]): Placed[] {
  let headings = 0;
  return points.map((point, i) => {
    const first = points[i - 1]?.name !== point.name;
    if (first) headings += 1;
    return { ...point, y: i + headings, first };
  });
}

/** Lines that a panel takes, headings included. */
export const forestHeight = (points: readonly ForestPoint[]): number => (placed(points).at(-1)?.y ?? 0) + 1;
