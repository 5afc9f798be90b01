import type { Study } from "../record/schema/study.js";

/** How a method looks in every figure: a colour, a fill pattern for bars, a marker for points. */
export interface MethodStyle {
  readonly color: string;
  readonly pattern: string;
  readonly symbol: string;
}

/** The baseline: grey and plain, light enough for its interval to show. */
const baselineStyle: MethodStyle = { color: "#8a8a8a", pattern: "", symbol: "circle" };

/** Okabe and Ito's colours, which readers with the common colour-vision deficiencies tell apart; each with a pattern of its own. */
const palette: readonly MethodStyle[] = [
  { color: "#0072b2", pattern: "/", symbol: "square" },
  { color: "#e69f00", pattern: "x", symbol: "diamond" },
  { color: "#009e73", pattern: "\\", symbol: "triangle-up" },
  { color: "#cc79a7", pattern: ".", symbol: "cross" },
  { color: "#56b4e9", pattern: "-", symbol: "x" },
  { color: "#d55e00", pattern: "|", symbol: "star" },
  { color: "#b5a800", pattern: "+", symbol: "hexagon" },
  { color: "#44337a", pattern: "/", symbol: "triangle-down" },
];

/** The study's methods keep their places in the palette whether or not they are shown. */
const places: readonly string[] = ["sven", "safecoder", "codeguard", "promsec", "prompt-generic", "prompt-specific"];

/**
 * One style a method, the same in every figure of a study: the paper's methods always, others by their place among the study's
 * methods. A figure that shows fewer methods does not recolour the rest. With more methods than places, styles come round again.
 */
export function methodStyles(study: Study, shown: readonly string[]): ReadonlyMap<string, MethodStyle> {
  const planned = [...study.methods, ...study.models.flatMap((model) => model.methods ?? []), ...shown];
  const all = [...new Set(planned)].filter((method) => method !== study.baseline);
  const taken = new Set(all.filter((method) => places.includes(method)).map((method) => places.indexOf(method)));
  const free = palette.map((_, i) => i).filter((i) => !taken.has(i));
  const others = all.filter((method) => !places.includes(method));
  const styleOf = (method: string): MethodStyle => {
    if (method === study.baseline) return baselineStyle;
    const place = places.includes(method) ? places.indexOf(method) : (free[others.indexOf(method) % free.length] ?? 0);
    return palette[place] ?? baselineStyle;
  };
  return new Map([study.baseline, ...all].map((method) => [method, styleOf(method)]));
}
