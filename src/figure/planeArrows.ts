import type { PlotlyFields } from "./figure.js";
import { axisName } from "./frame.js";
import type { PlanePoint } from "./planePoints.js";
import type { MethodStyle, Theme } from "./theme.js";

/** Pixels from a point's middle to the tip of its arrow. */
const standoff = 7;
/** Pixels between two points below which an arrow would be all head. */
const nearest = 22;

/**
 * Arrows from the baseline's point to those of the methods, each in a white border that parts it from what it crosses; the shorter lie
 * above the longer. A point right beside the baseline's has none.
 *
 * @param look `pixels`: that many for a difference of 1
 */
export function planeArrows(
  points: readonly PlanePoint[],
  at: number,
  look: { readonly styles: ReadonlyMap<string, MethodStyle>; readonly pixels: number; readonly theme: Theme },
): PlotlyFields[] {
  const length = ({ x, y, from }: PlanePoint) => (from === undefined ? 0 : Math.hypot(x - from.x, y - from.y));
  return points
    .filter((point) => length(point) * look.pixels >= nearest)
    .sort((a, b) => length(b) - length(a))
    .flatMap((point) => {
      const color = look.styles.get(point.method)?.color;
      return [
        arrow(point, at, { color: look.theme.paper, width: 3.5, head: 11 }),
        arrow(point, at, { color, width: 1.5, head: 8 }),
      ];
    });
}

function arrow(
  { method, x, y, from }: PlanePoint,
  at: number,
  { color, width, head }: { readonly color: string | undefined; readonly width: number; readonly head: number },
): PlotlyFields {
  return {
    type: "scatter",
    mode: "lines+markers",
    legendgroup: method,
    showlegend: false,
    hoverinfo: "skip",
    xaxis: axisName("x", at),
    yaxis: axisName("y", at),
    x: [from?.x, x],
    y: [from?.y, y],
    line: { color, width },
    marker: {
      symbol: "arrow",
      angleref: "previous",
      color,
      opacity: 1,
      size: [0, head],
      standoff: [0, standoff],
      line: { width: 0 },
    },
  };
}
