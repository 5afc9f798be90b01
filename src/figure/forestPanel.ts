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

/** A point with the line that it stands on. */
export interface Placed extends ForestPoint {
  readonly y: number;
  /** The lines of the model's name, before the first of its points. */
  readonly heading?: readonly string[];
}

/** A panel with the lines of its points. */
export interface PlacedPanel {
  readonly measure: Measure;
  readonly points: readonly Placed[];
  /** Lines that it takes, headings included. */
  readonly height: number;
}

/** The points with their lines, a heading before each model in as many lines as `wrap` gives. */
export function placedPanel({ measure, points }: ForestPanel, wrap: (name: string) => readonly string[]): PlacedPanel {
  let headings = 0;
  const placed = points.map((point, i): Placed => {
    const heading = points[i - 1]?.name === point.name ? undefined : wrap(point.name);
    headings += heading?.length ?? 0;
    return { ...point, y: i + headings, ...(heading === undefined ? {} : { heading }) };
  });
  return { measure, points: placed, height: (placed.at(-1)?.y ?? 0) + 1 };
}
